"""A story as Markdown: whole, bounded, and nothing of it is markup that the repository chose."""

from __future__ import annotations

import re
from dataclasses import replace

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

import canonical
from portfolio_audit.action.page import COMMENT, Page, size_of
from portfolio_audit.action.story import Story
from portfolio_audit.action.telling import comment, headline, summary
from portfolio_audit.reporting.wire import Report, export
from portfolio_audit.reporting.wire.verdicts import Finding

MINUS = "\N{MINUS SIGN}"
EVIL = "x`@ada` #1 | </details><script>alert(1)</script> ![p](https://e.example/p.png)\n\n# Big"
TAGS = {"<h3>", "<p>", "<strong>", "<a>", "<code>", "<ul>", "<li>", "<sub>", "<details>", "<summary>"}
TABLES = {"<table>", "<thead>", "<tbody>", "<tr>", "<th>", "<td>"}


def report() -> Report:
    return export(canonical.repository_report())


def with_failures(count: int, *, message: str = "It is so.", path: str = "src/{}.py") -> Report:
    """The report with one result made to fail at as many places, in as many rules."""
    made = report()
    one = made.repositories[0]
    results = tuple(
        replace(
            one.results[0],
            rule=f"rule-{number}",
            outcome="fail",
            points=0.0,
            message=message,
            findings=(Finding(f"f{number}", path.format(number), 3, url=f"https://github.com/ada/x#{number}"),),
        )
        for number in range(count)
    )
    return replace(made, repositories=(replace(one, results=(*one.results, *results)),))


def against(head: Report, base: Report | None = None) -> Story:
    """A story of two commits."""
    before = base or report()
    (one,) = before.repositories
    return Story(head, replace(before, repositories=(replace(one, commit="0" * 40),)))


def tags(markdown: str) -> set[str]:
    extensions = ["table", "autolink", "tagfilter", "strikethrough", "tasklist"]
    made = cmarkgfm.markdown_to_html_with_extensions(markdown, Options.CMARK_OPT_UNSAFE, extensions)
    return {f"<{name}>" for name in re.findall(r"<([a-z0-9]+)", made)}


@pytest.mark.parametrize("count", [1, 50, 400, 5_000])
def test_a_comment_is_bounded_and_whole(count: int) -> None:
    told = comment(against(with_failures(count)))
    assert size_of(told) <= COMMENT
    assert told.count("<details>") == told.count("</details>")
    assert told.endswith("</sub>\n")
    assert tags(told) <= TAGS | TABLES


def test_a_summary_has_room_for_more_than_a_comment() -> None:
    story = against(with_failures(1_000))
    assert size_of(comment(story)) < COMMENT < size_of(summary(story)) < 1024 * 1024


def test_what_does_not_fit_is_counted() -> None:
    told = comment(against(with_failures(5_000)))
    left = [int(number) for number in re.findall(r"^- and (\d+) more$", told, re.MULTILINE)]
    assert left
    assert told.count("- **") + left[0] == 5_000


def test_nothing_of_a_repository_is_markup() -> None:
    story = against(with_failures(3, message=EVIL, path=f"{EVIL}/{{}}.py"))
    told = comment(story)
    assert tags(told) <= TAGS | TABLES
    assert told.count("\n#") == 0
    assert len([line for line in told.splitlines() if line.startswith("|")]) == 6


def test_the_first_lines_say_what_matters() -> None:
    better = report()
    worse = replace(with_failures(1), score=better.score - 3, grade="C")
    lines = comment(against(worse, better)).splitlines()
    assert lines[0] == f"### portfolio-audit: {better.grade} → **C** · {better.score - 3:.1f} of 100 ({MINUS}3.0)"
    assert lines[2] == "Changed since [`0000000`](<https://github.com/ada/churn-service/commit/" + "0" * 40 + ">)."
    assert lines[4] == "**Broken**"
    assert headline(against(worse, better)) == f"C ({better.score - 3:.1f} of 100 ({MINUS}3.0))"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"ruleset": replace(report().ruleset, digest="x")}, "The rules or portfolio-audit changed too"),
        ({"tool": replace(report().tool, version="9")}, "The rules or portfolio-audit changed too"),
    ],
)
def test_a_change_of_the_rules_is_none_of_the_repository(more: dict[str, object], told: str) -> None:
    head = replace(with_failures(2), score=1.0, **more)  # type: ignore[arg-type]
    story = against(head)
    assert told in comment(story)
    assert (story.gained, story.new, story.is_worse_grade) == (None, (), False)


def test_a_portfolio_is_told_too() -> None:
    head = export(canonical.portfolio_report())
    told = comment(Story(head, unmatched="The profile of ada."))
    assert "The profile of ada." in told
    assert tags(told) <= TAGS | TABLES


def test_a_page_takes_only_what_is_whole() -> None:
    page = Page(limit=40, reserved=10)
    assert page.add("a" * 20)
    assert not page.add("b" * 20, "c")
    page.items(["d" * 4, "e" * 9], "{} more")
    assert str(page) == f"{'a' * 20}\ndddd\n1 more\n"


def test_what_was_amiss_before_is_not_put_down_to_the_change() -> None:
    """Issue 6: one more unpinned dependency among many was told to cost all that the rule is worth."""
    head = with_failures(1)
    (one,) = head.repositories
    (last,) = one.results[-1:]
    more = replace(last, findings=(*last.findings, Finding("g", "src/b.py", 9)))
    plan = (replace(one.plan[0], rule=last.rule, repository=one.full_name, project=None, gain=3.1),)
    base, worse = (
        replace(head, repositories=(replace(one, plan=plan, results=(*one.results[:-1], found)),))
        for found in (last, more)
    )
    told = comment(against(worse, base)).splitlines()
    assert f"- **{last.title}**: It is so. Fix: Write the analysis up (half a day). — `src/b.py:9`" in told
    assert f"- **{last.title}** — `src/b.py:9`" in comment(against(base, worse)).splitlines()


def test_a_portfolio_says_whose_rule_is_not_met() -> None:
    head = export(canonical.portfolio_report())
    told = comment(Story(head, unmatched="The profile of ada.")).partition("All that is open")[2].splitlines()
    owned = [one.full_name for one in head.repositories if any(r.findings for r in one.results)]
    assert owned
    assert all(any(line.startswith(f"- `{name}`: ") for line in told) for name in owned if name.isascii())
