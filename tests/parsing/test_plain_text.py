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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("===\nTitle\n===\n", [(1, "Title", 2)]),
        ("Title\n==\n", [(0, "", 1)]),
        ("A rather long line of text\n---\n", [(0, "", 1)]),
        ("-----\n-----\n", []),
        ("# A #\n#hash\n###### F\n####### G\n", [(1, "A", 1), (6, "F", 3)]),
        ("## [Data](d.md) `x`\n", [(2, "Data x", 1)]),
        ("```\n# a comment\n```\n# B\n", [(0, "", 1), (1, "B", 4)]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_what_is_a_heading_and_what_is_not(text: str, found: list[tuple[int, str, int]]) -> None:
    assert titles(text) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("```python\nx = 1\n```", (Code("x = 1", 2, "python"),)),
        ("~~~\na\n\nb\n~~~\n", (Code("a\n\nb", 2),)),
        ("```\nnever closed", (Code("never closed", 2),)),
        ("```\nnever closed\n", (Code("never closed\n", 2),)),
        ("```\n```\n", (Code("", 2),)),
        ("```pip install x``` shows\nmore\n", ()),
    ],
)
def test_fences_hold_code_to_their_end(text: str, code: tuple[Code, ...]) -> None:
    assert only(text).code == code


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("```pip install x```\n\nmore\n", (Prose("pip install x", 1), Prose("more", 3))),
        ("one\n\n***\n\n___\ntwo\n", (Prose("one", 1), Prose("two", 6))),
        ("1. a\n2) b\n   more\n• c", (Prose("a", 1), Prose("b more", 2), Prose("c", 4))),
        ("> a\n> > b\nc", (Prose("a b", 1, quoted=True), Prose("c", 3))),
        ("snake_case, 2 * 3 * 4 and __bold__", (Prose("snake_case, 2 * 3 * 4 and bold", 1),)),
        ("a<!--\n\n-->b", (Prose("a", 1), Prose("b", 3))),
        ("MAE is <b>14</b> cm", (Prose("MAE is 14 cm", 1),)),
    ],
)
def test_what_is_prose(text: str, prose: tuple[Prose, ...]) -> None:
    assert only(text).prose == prose


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("a | b\n--|--\n1 | 2\n\nend", Table(("a", "b"), (("1", "2"),), 1)),
        ("|a|\n|--|\n", Table(("a",), (), 1)),
        ("| a |\n|---|\n| **1** |\n| [x](y) | more |\n", Table(("a",), (("1",), ("x", "more")), 1)),
    ],
)
def test_tables_have_plain_cells(text: str, table: Table) -> None:
    assert only(text).tables == (table,)


@pytest.mark.parametrize("line", ["|" + "-" * 4_999 + "x", "<h1>" * 1_200, "[" * 5_000, "*" * 5_000, "> " * 2_500])
def test_pathological_lines_are_read(line: str) -> None:
    assert parse_plain("\n".join(["| a |", *[line] * 40])) is not None


@given(st.text(alphabet="ab #*_`[]()<>!|-~\n=&:/\"'", max_size=200))
def test_any_text_gives_sections_with_lines_inside_it(text: str) -> None:
    last = text.count("\n") + 1
    for section in parse_plain(text):
        lines = [section.line, *(p.line for p in section.prose), *(t.line for t in section.tables)]
        assert all(1 <= line <= last for line in (*lines, *(p.line for p in (*section.links, *section.images))))
