"""The Markdown page: short, bounded, and deaf to what a repository would have it do."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from cmarkgfm import markdown_to_html_with_extensions
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st

import canonical
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.markdown import render
from portfolio_audit.reporting.markdown.page import MOST, Page, Section, size
from portfolio_audit.reporting.wire import export
from portfolio_audit.reporting.wire.reading import parse_report
from portfolio_audit.reporting.wire.report import Report as Exported

EXPORTED = export(canonical.portfolio_report())
TAGS = {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "a", "code", "ol", "ul", "li"}
TAGS |= {"details", "summary", "sub"}
NASTY = [
    "@ada",
    "#12",
    "<script>",
    "![x](y)",
    "https://evil.example",
    "a|b\\|c",
    "</details>",
    "`x`",
    "\u202e",
    "$x$",
    "_x_",
]


def rendered(page: str) -> str:
    """The page as GitHub's own renderer has it."""
    made: str = markdown_to_html_with_extensions(page, Options.CMARK_OPT_UNSAFE, ["table", "autolink", "strikethrough"])
    return made


def hostile(report: Exported, text: str) -> Exported:
    """The report, in which every name, message, path, note and reason is the text."""
    content = json.loads(FORMATS["json"].convert(report))

    def put(inner: Any, keys: tuple[str, ...]) -> None:
        for key, value in inner.items() if isinstance(inner, dict) else enumerate(inner):
            if key in keys and isinstance(value, str):
                inner[key] = text
            elif isinstance(value, (dict, list)):
                put(value, keys)

    put(content, ("name", "full_name", "kind", "kind_reason", "message", "path", "note", "title", "suppressed", "fix"))
    return parse_report(json.dumps(content).encode())


@settings(deadline=None)
@given(st.lists(st.sampled_from(NASTY) | st.text(max_size=8), max_size=4).map("".join))
def test_nothing_in_the_page_comes_from_a_repository_but_words(text: str) -> None:
    calm, made = rendered(render(hostile(EXPORTED, "x"))), rendered(render(hostile(EXPORTED, text)))
    assert {tag.lower() for tag in re.findall(r"</?(\w+)", made)} <= TAGS
    for tag in ("<tr>", "<td", "<li>", "<details>", "</details>", "<a "):
        assert made.count(tag) == calm.count(tag)
    words = html.unescape(re.sub(r"<code>.*?</code>|<[^>]*>", "", made))
    assert not re.search(r"@ada|#12|https://", words)


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


def test_a_portfolio_of_nothing_that_counts_has_no_table_of_pieces() -> None:
    others = tuple(one for one in EXPORTED.repositories if not one.counted)
    page = render(replace(EXPORTED, repositories=others))
    assert page.startswith("## ada: **B** (65 of 100)\n\n\nNot shown: 1 coursework, 1 fork.\n\n| criterion |")


def test_a_report_that_does_not_tell_of_its_criteria_has_grades() -> None:
    page = render(replace(EXPORTED, criteria=(), rules={}, portfolio=None))
    assert page.startswith("## ada/churn-service: **A** (87 of 100)\n")
    page = render(replace(EXPORTED, criteria=()))
    assert "\n| repository | grade |\n|---|---|\n| [ada/churn-service](<" in page


def test_only_the_best_pieces_are_in_the_table(report: Report) -> None:
    page = render(many(report, 33))
    assert page.count("\n| [@") == 30
    assert "\nNot shown: 3 more pieces.\n" in page
