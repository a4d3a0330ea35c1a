"""The Markdown page: short, bounded, and deaf to what a repository would have it do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from portfolio_audit.model.report import Report
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.markdown import render
from portfolio_audit.reporting.markdown.escaping import code, link, prose
from portfolio_audit.reporting.markdown.page import MOST, Page, Section, size
from portfolio_audit.reporting.wire import export
from portfolio_audit.reporting.wire.report import Report as Exported

NOTHING = "\u200b"
HARMLESS = {"text", "text_special", "code_inline", "html_inline"}
ACTIVE = re.compile(r"@\w|#\w|\bgh-\d|://|\bwww\.|:[\w+-]+:", re.IGNORECASE)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NASTY = st.text(st.sampled_from("ab12 @#<>&`*_[]()!|\\~$:/.-'\"\n\t\u202ewgh"), max_size=40) | st.text(max_size=40)


def inside(markdown: str) -> list[Token]:
    """What a Markdown reader sees in the middle cell of a table's row."""
    tokens = READER.parse(f"| a | b | c |\n|---|---|---|\n| x | {markdown} | y |\n")
    cells = [token for token in tokens if token.type == "inline"]
    assert [cell.content for cell in (*cells[:3], cells[3], cells[-1])] == ["a", "b", "c", "x", "y"]
    assert len(cells) == 6
    return cells[4].children or []


def text_of(tokens: list[Token]) -> str:
    return "".join(token.content for token in tokens if token.type != "html_inline").replace(NOTHING, "")


@given(NASTY)
def test_text_shows_as_itself_and_does_nothing(text: str) -> None:
    tokens = inside(prose(text))
    assert {token.type for token in tokens} <= {"text", "text_special"}
    assert text_of(tokens) == clean(text).strip()
    assert not ACTIVE.search("".join(token.content for token in tokens))


@given(NASTY)
def test_code_shows_as_itself_and_does_nothing(text: str) -> None:
    tokens = inside(code(text))
    assert {token.type for token in tokens} <= HARMLESS
    assert {t.content for t in tokens if t.type == "html_inline"} <= {"<code>", "</code>"}
    assert text_of(tokens) == clean(text, 120).strip()


@given(NASTY)
def test_a_link_leads_to_the_web_or_nowhere(address: str) -> None:
    tokens = inside(link("here", f"https://{address}"))
    assert [token.type for token in tokens] == ["link_open", "text", "link_close"]
    assert str(tokens[0].attrs["href"]).startswith("https://")
    assert link("here", address) == "here"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("@octocat", "@&#8203;octocat"),
        ("ada@example.org", "ada@&#8203;example.org"),
        ("fixes #12", "fixes #&#8203;12"),
        ("ada/churn#12", "ada/churn#&#8203;12"),
        ("GH-12", "GH-&#8203;12"),
        ("https://evil.example", "https:&#8203;//evil.example"),
        ("www.evil.example", "www.&#8203;evil.example"),
        (":tada:", ":&#8203;tada:"),
        ("![x](y)", "!&#91;x&#93;(y)"),
        ("<script>", "&#60;script&#62;"),
        ("a | b", "a &#124; b"),
        ("&amp;", "&#38;amp;"),
        ("snake_case stays", "snake_case stays"),
        ("__init__", "&#95;&#95;init&#95;&#95;"),
        ("2 of 3: 66.7 %", "2 of 3: 66.7 %"),
    ],
)
def test_text_of_repositories_is_escaped(text: str, markdown: str) -> None:
    assert prose(text) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("src/train_model.py:41", "`src/train_model.py:41`"),
        ("@octocat", "`@octocat`"),
        ("a|b", "<code>a&#124;b</code>"),
        ("`", "<code>&#96;</code>"),
        ("", ""),
    ],
)
def test_code_of_repositories_is_escaped(text: str, markdown: str) -> None:
    assert code(text) == markdown


def many(report: Report, count: int) -> Exported:
    """The portfolio with its hostile repository over and over, under long names."""
    exported = export(report)
    hostile = exported.repositories[1]
    named = [replace(hostile, full_name=f"{'@|<' * 30}{number}") for number in range(count)]
    return replace(exported, repositories=tuple(named))


@pytest.mark.parametrize("count", [1, 30, 31, 400])
def test_it_never_grows_over_what_github_takes(report: Report, count: int) -> None:
    page = render(many(report, count))
    assert size(page) <= MOST
    assert page.count("<details>") == page.count("</details>") > 0


def test_what_has_no_room_is_counted(report: Report) -> None:
    page = render(many(report, 400))
    missing = 1 + 400 - page.count("\n- ")
    assert f"\n*{missing} more findings have no room here; the report as JSON has them all.*\n" in page


def sections() -> Iterator[Section]:
    yield Section("first", ["- one", "- two", "- three"])
    yield Section("second", ["- four"])


def test_a_page_is_cut_between_lines() -> None:
    page = Page(most=400 + sum(map(size, ["", "<details><summary>first</summary>", "", "- one", "", "</details>"])))
    page.fold(sections())
    assert page.text() == (
        "\n<details><summary>first</summary>\n\n- one\n\n</details>\n"
        "\n*3 more findings have no room here; the report as JSON has them all.*\n"
    )


def test_a_section_without_room_is_left_out_whole() -> None:
    page = Page(most=400)
    page.fold(sections())
    assert page.text() == "\n*4 more findings have no room here; the report as JSON has them all.*\n"


def test_characters_beyond_the_basic_plane_count_twice() -> None:
    assert (size("a"), size("é"), size("🎉")) == (2, 2, 3)


def test_what_is_not_sure_is_called_likely(single: Report) -> None:
    exported = export(single)
    repository = exported.repositories[0]
    unsure = tuple(replace(result, confidence=0.6) for result in repository.results)
    page = render(replace(exported, repositories=(replace(repository, results=unsure),)))
    assert page.count(" *likely:* ") == page.count("\n- ") == 4
    assert "likely" not in render(exported)
