"""A story as Markdown: short, what changed first; the same in a comment and, longer, in a job summary."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.action.page import COMMENT, SUMMARY, Page
from portfolio_audit.action.story import Item, Story, open_items
from portfolio_audit.comparing import Cause, Change, Verdict
from portfolio_audit.reporting.gfm import code, link, prose
from portfolio_audit.reporting.wire.report import Report
from portfolio_audit.reporting.wire.verdicts import Finding, PlanStep

_SHOWN = 5
_PLACES = 3
_SHORT = 7
_EFFORTS = {"15m": "15 minutes", "1h": "an hour", "4h": "half a day", "1d": "a day", "3d": "three days"}
_CAUSES = {
    Cause.RULESET: "The rules changed, not the repository: scores are not compared.",
    Cause.TOOL: "portfolio-audit changed, not the repository: scores are not compared.",
    Cause.UNCLEAR: "The rules or portfolio-audit changed too: scores are not compared.",
}


def comment(story: Story) -> str:
    """The comment on a pull request or a commit."""
    return _told(story, Page(COMMENT), _SHOWN)


def summary(story: Story) -> str:
    """The job summary."""
    return _told(story, Page(SUMMARY), 10 * _SHOWN)


def headline(story: Story) -> str:
    """Grade and change in a few words of plain text."""
    return f"{story.head.grade} ({story.head.score:.1f} of 100{_change(story)})"


def _told(story: Story, page: Page, shown: int) -> str:
    page.add(f"### portfolio-audit: {_grades(story)}", "", _compared(story))
    _part(page, "Fixed", story.fixed[:shown])
    _part(page, "Broken", story.new[:shown])
    if story.next:
        page.add("", _next(story.next, story.head))
    _rest(page, "More that is fixed", story.fixed[shown:])
    _rest(page, "More that is broken", story.new[shown:])
    _shifted(page, story)
    _undecided(page, story)
    _criteria(page, story)
    _open(page, story)
    page.reserved = 0
    page.add("", f"<sub>{_origin(story.head)}</sub>")
    return str(page)


def _grades(story: Story) -> str:
    head, base = story.head, story.base
    if base is None or story.gained is None or base.grade == head.grade:
        return f"**{prose(head.grade)}** · {head.score:.1f} of 100{_change(story)}"
    return f"{prose(base.grade)} → **{prose(head.grade)}** · {head.score:.1f} of 100{_change(story)}"


def _change(story: Story) -> str:
    return f" ({_signed(story.gained)})" if story.gained else ""


def _signed(points: float) -> str:
    return f"{points:+.1f}".replace("-", "\N{MINUS SIGN}")


def _compared(story: Story) -> str:
    if story.delta is None or story.base is None:
        return prose(story.unmatched or "There is nothing to compare it with.")
    if story.delta.cause in _CAUSES:
        return _CAUSES[story.delta.cause]
    told = "Nothing changed" if story.is_quiet else "Changed"
    return f"{told} since {_commit(story.base)}."


def _commit(report: Report) -> str:
    known = report.repositories[0] if len(report.repositories) == 1 else None
    if known is None or known.commit is None:
        return "the audit before"
    page = f"{known.web_url}/commit/{known.commit}" if known.web_url else None
    return link(code(known.commit[:_SHORT]), page)


def _part(page: Page, title: str, items: tuple[Item, ...]) -> None:
    if items:
        page.add("", f"**{title}**", "")
        page.items(map(_item, items), "- and {} more")


def _rest(page: Page, title: str, items: tuple[Item, ...]) -> None:
    page.fold(f"{title} ({len(items)})", map(_item, items), "- and {} more")


def _item(item: Item) -> str:
    result, places = item.verdict.result, [change.after or change.before for change in item.changes]
    is_gone = item.changes[0].change is Change.FIXED
    worth = f" ({_signed(item.gain if is_gone else -item.gain)})" if item.gain else ""
    told = "" if is_gone else f": {prose(result.message)} Fix: {prose(result.fix.title)} ({_EFFORTS[item.effort]})."
    return f"- **{prose(result.title)}**{worth}{told}{_places(item.verdict, [p for p in places if p])}"


def _places(verdict: Verdict, findings: list[Finding]) -> str:
    """Where it shows, the first few, each a link to its line at the commit."""
    known = [finding for finding in findings if finding.path]
    where = f" in {code(verdict.project)}" if verdict.project and not known else ""
    if not known:
        return where
    more = f" and {len(known) - _PLACES} more" if len(known) > _PLACES else ""
    return f" — {', '.join(map(_place, known[:_PLACES]))}{more}"


def _place(finding: Finding) -> str:
    cell = f" cell {finding.cell}" if finding.cell else ""
    line = f":{finding.line}" if finding.line and not finding.cell else ""
    return link(code(f"{finding.path}{cell}{line}"), finding.url)


def _next(step: PlanStep, report: Report) -> str:
    rule = report.rules.get(step.rule)
    title = link(f"**{prose(step.fix)}**", rule.documentation if rule else None)
    where = step.location
    begin = f" Begin at {link(code(f'{where.path}:{where.line}' if where.line else where.path), where.url)}."
    project = f" in {code(step.project)}" if step.project else ""
    repository = f" of {code(step.repository)}" if step.repository and report.portfolio else ""
    leads = f", which leads to {prose(step.grade)}" if step.grade != report.grade else ""
    gain = f"{_signed(step.gain)} for {_EFFORTS[step.effort]} of work{leads}."
    return f"Next: {title}{project}{repository}: {gain}{begin if where.path else ''}"


def _shifted(page: Page, story: Story) -> None:
    shifted = story.shifted
    lines = (f"- {prose(v.result.title)} ({_signed(gain)}): {prose(v.result.message or 'met')}" for v, gain in shifted)
    page.fold(f"Better or worse in part ({len(shifted)})", lines, "- and {} more")


def _undecided(page: Page, story: Story) -> None:
    found = story.delta.of(Change.UNDECIDED) if story.delta else ()
    rules = {finding.verdict.key: finding.verdict for finding in found}
    lines = (f"- {prose(v.result.title)}: {prose(v.result.reason or 'was not judged before')}" for v in rules.values())
    page.fold(f"Could not be judged on one of the two sides ({len(rules)})", lines, "- and {} more")


def _criteria(page: Page, story: Story) -> None:
    head = ("| Criterion | Score | Change |", "|---|--:|--:|")
    page.fold("Criteria", _rows(story), "| and {} more | | |", head)


def _rows(story: Story) -> Iterator[str]:
    before = _scores(story.base) if story.base and story.gained is not None else {}
    titles = {criterion.id: criterion.title for criterion in story.head.criteria}
    for criterion, score in _scores(story.head).items():
        was = before.get(criterion)
        shown = "not judged" if score is None else f"{100 * score:.0f} %"
        change = "" if score is None or was is None else _moved(round(100 * (score - was), 1))
        yield f"| {prose(titles.get(criterion, criterion))} | {shown} | {change} |"


def _moved(points: float) -> str:
    return _signed(points) if points else "="


def _scores(report: Report) -> dict[str, float | None]:
    found = report.portfolio.criteria if report.portfolio else {}
    if not report.portfolio and report.repositories:
        found = report.repositories[0].criteria
    return {criterion: scored.score for criterion, scored in found.items()}


def _open(page: Page, story: Story) -> None:
    items = list(open_items(story.head))
    lines = (_open_item(verdict, gain, several=story.head.portfolio is not None) for verdict, gain in items)
    page.fold(f"All that is open ({len(items)})", lines, "- and {} more, in the report")


def _open_item(verdict: Verdict, gain: float, *, several: bool) -> str:
    """A rule that is not met, and of which repository if there are several."""
    worth = f" ({_signed(gain)})" if gain else ""
    of = f"{code(verdict.repository)}: " if several and verdict.repository else ""
    told = f"- {of}{prose(verdict.result.title)}{worth}: {prose(verdict.result.message)}"
    return f"{told}{_places(verdict, list(verdict.findings))}"


def _origin(report: Report) -> str:
    of = f" of {_commit(report)}" if len(report.repositories) == 1 and report.repositories[0].commit else ""
    return f"portfolio-audit {prose(report.tool.version)}, rules {prose(report.ruleset.version)}{of}"
