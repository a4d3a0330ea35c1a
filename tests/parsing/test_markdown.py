"""Markdown and the HTML in it, to sections with lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.parsing.html import without_comments
from portfolio_audit.parsing.markdown import Code, Image, Link, Markdown, Prose, Section, Table, parse_markdown


def only(text: str) -> Section:
    (section,) = parse_markdown(text).sections
    return section


def titles(text: str) -> list[tuple[int, str, int]]:
    return [(s.level, s.title, s.line) for s in parse_markdown(text).sections]


def test_headings_open_sections() -> None:
    text = "before\n\n# One\n\n## Two *and* `three`\n\nText\n====\n"
    assert titles(text) == [(0, "", 1), (1, "One", 3), (2, "Two and …", 5), (1, "Text", 7)]


def test_a_hash_in_a_code_block_is_no_heading() -> None:
    assert titles("# Run\n\n```bash\n# install\npip install x\n```\n") == [(1, "Run", 1)]


def test_code_blocks_know_their_language_and_first_line() -> None:
    assert only("```bash\npip install x\n```").code == (Code("pip install x\n", 2, "bash"),)
    assert only("text\n\n    make run\n").code == (Code("make run\n", 3),)


def test_prose_is_plain_text_with_its_line() -> None:
    text = "The **model** uses `xgboost` and reaches `0.91`,\nsee [here](http://a.b) or https://c.d/e."
    assert only(text).prose == (Prose("The model uses … and reaches 0.91, see here or", 1),)


def test_list_items_are_prose_of_their_own() -> None:
    assert [p.line for p in only("- one\n- two\n  - three\n").prose] == [1, 2, 3]


def test_quotes_are_marked() -> None:
    assert only("> said by others\n").prose == (Prose("said by others", 1, quoted=True),)


def test_struck_out_text_and_comments_are_left_out() -> None:
    text = "<!-- monitoring\nwith drift -->\nlive ~~not live~~ now\n"
    assert only(text).prose == (Prose("live now", 3),)


def test_front_matter_is_left_out_and_lines_stay() -> None:
    assert titles("---\ntitle: x\n---\n# One\n") == [(1, "One", 4)]


def test_a_rule_is_no_front_matter() -> None:
    assert [p.text for p in only("a\n\n---\n\nb\n").prose] == ["a", "b"]


def test_tables() -> None:
    text = "| model | AUC |\n|---|--:|\n| baseline | 0.71 |\n| **boosted** | `0.83` |\n"
    assert only(text).tables == (Table(("model", "AUC"), (("baseline", "0.71"), ("boosted", "0.83")), 1),)


@pytest.mark.parametrize(
    ("text", "image"),
    [
        ("![a plot](img/roc.png)", Image("img/roc.png", "a plot", 1)),
        ("![](https://img.shields.io/badge/x-y)", Image("https://img.shields.io/badge/x-y", "", 1, badge=True)),
        ('<p align="center">\n<img src="a.png" alt="A">\n</p>', Image("a.png", "A", 2)),
        ("text ![x](y.svg)\n", Image("y.svg", "x", 1)),
    ],
)
def test_pictures(text: str, image: Image) -> None:
    assert only(text).images == (image,)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[Live demo](https://x.app)", Link("https://x.app", "Live demo", 1)),
        ("at\nhttps://x.app, really", Link("https://x.app", "", 1)),
        ("one\n[two](u)", Link("u", "two", 2)),
        ("[![CI](https://a/badge.svg)](https://a)", Link("https://a", "CI", 1, badge=True)),
        ("[![shot](demo.png)](https://a)", Link("https://a", "shot", 1)),
        ('<a href="u">go</a>', Link("u", "go", 1)),
    ],
)
def test_links(text: str, link: Link) -> None:
    assert link in only(text).links


def test_html_headings_open_sections_too() -> None:
    assert titles('<h1 align="center">Churn</h1>\n\n<div>\n\n## Data\n\n</div>') == [(1, "Churn", 1), (2, "Data", 5)]


def test_html_text_is_prose_and_scripts_are_not() -> None:
    text = "<details>\n<summary>More</summary>\nAll of it\n<script>alert(1)</script></details>\n"
    assert [(p.text, p.line) for p in only(text).prose] == [("More", 2), ("All of it", 3)]


def test_words_are_counted_without_code() -> None:
    assert parse_markdown("# T\n\none two three\n\n```\nfour five\n```\n").words == 3


def test_comments_keep_the_lines() -> None:
    assert without_comments("a<!-- x\ny -->b<!-- open") == "a\nb<!-- open"


@pytest.mark.parametrize("text", ["[" * 20_000, "|" * 20_000 + "\n" + "|-" * 10_000, "> " * 3_000 + "x", "`" * 20_000])
def test_pathological_text_is_read(text: str) -> None:
    assert isinstance(parse_markdown(text), Markdown)


@given(st.text(alphabet="ab #*_`[]()<>!|-~\n=&;:/\"'", max_size=200))
def test_any_text_gives_sections_with_lines_inside_it(text: str) -> None:
    last = text.count("\n") + 1
    for section in parse_markdown(text).sections:
        places = [section.line, *(p.line for p in section.prose), *(x.line for x in section.links)]
        assert all(1 <= line <= last for line in places)
