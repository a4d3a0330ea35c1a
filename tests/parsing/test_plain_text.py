"""Text with little markup, and the cells of notebooks, to the sections Markdown has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.parsing.plain_text import parse_plain
from portfolio_audit.parsing.prose import Code, Image, Link, Prose, Section, Table


def only(text: str) -> Section:
    (section,) = parse_plain(text)
    return section


def titles(text: str) -> list[tuple[int, str, int]]:
    return [(s.level, s.title, s.line) for s in parse_plain(text)]


def test_headings_of_restructured_text_and_of_markdown() -> None:
    assert titles("Tides\n=====\n\nData\n----\n\n### Gauge ###\n") == [(1, "Tides", 1), (2, "Data", 4), (3, "Gauge", 7)]


def test_headings_in_html() -> None:
    assert titles('<h2 align="center">Data</h2>') == [(2, "Data", 1)]


def test_paragraphs_and_items_have_their_lines() -> None:
    assert only("one\ntwo\n\n- three\n- four\n").prose == (Prose("one two", 1), Prose("three", 4), Prose("four", 5))


def test_markup_pictures_and_addresses_are_no_prose() -> None:
    text = "The **level** rises, see [the gauge](https://g.org) ![plot](p.png) https://x.org"
    assert only(text).prose == (Prose("The level rises, see the gauge", 1),)


def test_quotes_are_marked_and_comments_left_out() -> None:
    text = "mine\n> theirs\n<!-- hidden -->\n"
    assert only(text).prose == (Prose("mine", 1), Prose("theirs", 2, quoted=True))


def test_links_pictures_and_badges() -> None:
    section = only("[a](b.md) https://c.org.\n![p](p.png)\n![ci](https://img.shields.io/x)\n.. image:: q.png\n")
    assert section.links == (Link("b.md", "a", 1), Link("https://c.org", "", 1))
    badge = Image("https://img.shields.io/x", "ci", 3, badge=True)
    assert section.images == (Image("p.png", "p", 2), badge, Image("q.png", "", 4))


def test_tables_and_code() -> None:
    section = only("| model | MAE |\n|---|--:|\n| ridge | 14 |\n\n```bash\nmake\n```\n")
    assert section.tables == (Table(("model", "MAE"), (("ridge", "14"),), 1),)
    assert section.code == (Code("make", 6, "bash"),)


def test_lines_can_start_elsewhere() -> None:
    assert parse_plain("# A\n\ntext", first_line=40)[0].prose == (Prose("text", 42),)


@pytest.mark.parametrize("line", ["|" + "-" * 4_999 + "x", "<h1>" * 1_200, "[" * 5_000, "*" * 5_000, "> " * 2_500])
def test_pathological_lines_are_read(line: str) -> None:
    assert parse_plain("\n".join(["| a |", *[line] * 40])) is not None


@given(st.text(alphabet="ab #*_`[]()<>!|-~\n=&:/\"'", max_size=200))
def test_any_text_gives_sections_with_lines_inside_it(text: str) -> None:
    last = text.count("\n") + 1
    places = [p.line for s in parse_plain(text) for p in (s, *s.prose, *s.tables, *s.links, *s.images)]
    assert all(1 <= line <= last for line in places)
