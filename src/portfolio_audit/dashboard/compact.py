"""A report made small for the page: every text once, every rule once, and places only as many as one looks at.

The result is plain JSON; ``web/data.js`` reads it, and nobody else should: for other readers there is the JSON export.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portfolio_audit.dashboard.visible import LONGEST, visible
from portfolio_audit.model.result import LIKELY_BELOW
from portfolio_audit.reporting.wire.report import Criterion, Portfolio, Readiness, Report, Repository, Rule
from portfolio_audit.reporting.wire.verdicts import CriterionScore, Finding, Location, PartScore, PlanStep, Result

Row = list[object]
_OUTCOMES = ("pass", "partial", "fail", "not_applicable", "unknown")
_UNMET = frozenset({"partial", "fail"})
_LONGEST_NAME = 140
_MOST_STEPS, _MOST_PROBLEMS, _MOST_MOMENTS = 40, 50, 400
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_WEB = re.compile(r"https?://[^\s\"'<>\\\x00-\x1f]{1,500}")


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is kept: places of a result that is met, and of one that is not; the length of notes and of texts.

    ``silent`` keeps what was not judged, too.
    """

    met: int
    unmet: int
    note: int
    text: int = LONGEST
    silent: bool = True


DETAILS = (
    Detail(6, 12, 160),
    Detail(3, 6, 100),
    Detail(1, 4, 60, 200),
    Detail(1, 1, 0, 120),
    Detail(0, 1, 0, 60, silent=False),
)
"""From generous to bare; a page uses the first that fits."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the curve: when (UTC, ISO 8601), and what was reached then; ``label`` is a commit or a run."""

    at: str
    score: float
    grade: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """The curves that led to a report: of the whole, and of its repositories by full name."""

    whole: Sequence[Moment] = ()
    repositories: Mapping[str, Sequence[Moment]] = field(default_factory=dict)


NO_PAST = Past()


def compact(report: Report, past: Past = NO_PAST, detail: Detail = DETAILS[0]) -> Mapping[str, object]:
    """The report, and the curves that led to it, at one level of detail."""
    kept = _Kept(detail, {rule: number for number, rule in enumerate(report.rules)}, past)
    portfolio, repositories = kept.portfolio(report.portfolio), [kept.repository(r) for r in report.repositories]
    return {
        "tool": visible(report.tool.version, 40),
        "ruleset": visible(report.ruleset.version, 40),
        "at": report.at,
        "target": visible(report.target),
        "grade": report.grade,
        "score": report.score,
        "criteria": [_criterion(criterion) for criterion in report.criteria],
        "rules": [_rule(rule_id, rule) for rule_id, rule in report.rules.items()],
        "portfolio": portfolio,
        "repositories": repositories,
        "notes": kept.notes(report),
        "history": _curve(past.whole),
        "shortened": detail != DETAILS[0],
        "texts": list(kept.texts),
    }


class _Kept:
    """What is kept at one level of detail; the texts are collected on the way, and then named by their number."""

    def __init__(self, detail: Detail, rules: Mapping[str, int], past: Past) -> None:
        self.texts: dict[str, int] = {"": 0}
        self._detail = detail
        self._rules = rules
        self._past = past.repositories if detail == DETAILS[0] else {}

    def portfolio(self, portfolio: Portfolio | None) -> Mapping[str, object] | None:
        """The portfolio as a whole, None for a single repository."""
        if portfolio is None:
            return None
        return {
            "name": visible(portfolio.name, 100),
            "pieces": [visible(name, 140) for name in portfolio.pieces],
            "criteria": _scores(portfolio.criteria),
            "results": self._results(portfolio.results),
            "plan": [self._step(step) for step in portfolio.plan],
        }

    def repository(self, repository: Repository) -> Mapping[str, object]:
        """A repository, or a project in one."""
        covered = repository.coverage
        return {
            "name": visible(repository.name, 100),
            "full": visible(repository.full_name, _LONGEST_NAME),
            "commit": _matching(_COMMIT, repository.commit or ""),
            "url": _matching(_WEB, repository.web_url),
            "kind": visible(repository.kind, 60),
            "why": visible(repository.kind_reason, self._detail.text),
            "counted": repository.counted,
            "grade": repository.grade,
            "score": repository.score,
            "folder": visible(repository.folder or "", _LONGEST_NAME),
            "criteria": _scores(repository.criteria),
            "rungs": repository.rungs,
            "ready": _ready(repository.readiness),
            "results": self._results(repository.results),
            "plan": [self._step(step) for step in repository.plan],
            "projects": [self.repository(project) for project in repository.projects],
            "problems": [self._text(problem.message) for problem in repository.problems[:_MOST_PROBLEMS]],
            "history": _curve(() if repository.folder else self._past.get(repository.full_name, ())),
            "read": [covered.files, covered.read, covered.unread],
        }

    def notes(self, report: Report) -> Mapping[str, object]:
        """What is not in the report, and why."""
        return {
            "unread": [[visible(one.name, 140), self._text(one.reason)] for one in report.unread],
            "left_out": [[visible(one.reason, 60), one.count] for one in report.left_out],
            "problems": [self._text(problem.message) for problem in report.problems[:_MOST_PROBLEMS]],
        }

    def _results(self, results: Iterable[Result]) -> list[Row]:
        return [self._result(r) for r in results if self._detail.silent or r.possible]

    def _result(self, result: Result) -> Row:
        """``[rule, outcome, points, possible, text, suppressed, places, likely]``, without the empty end."""
        most = self._detail.unmet if result.outcome in _UNMET else self._detail.met
        return _without_empty_end(
            [
                self._rules[result.rule],
                _OUTCOMES.index(result.outcome),
                result.points,
                result.possible,
                self._text(result.message or result.reason),
                self._text(result.suppressed or ""),
                self._places((*result.evidence, *result.findings), most),
                int(result.confidence is not None and result.confidence < LIKELY_BELOW),
            ]
        )

    def _places(self, places: Iterable[Location | Finding], most: int) -> Row:
        """The first places, each as ``[path, line, cell, note]``, then how many more there are, if any."""
        rows = list(dict.fromkeys(self._place(at) for at in places if at.path))
        more = len(rows) - most
        return [*(_without_empty_end(list(row)) for row in rows[:most]), *([more] if more > 0 else [])]

    def _place(self, at: Location | Finding) -> tuple[int, int, int, int]:
        return (self._path(at.path), at.line or 0, at.cell or 0, self._note(at.note))

    def _step(self, step: PlanStep) -> Row:
        """``[rule, gain, score, grade, effort, fix, repository, project]``."""
        return [
            visible(step.rule, 100),
            step.gain,
            step.score,
            step.grade,
            step.effort,
            self._text(step.fix),
            self._name(step.repository or ""),
            self._name(step.project or ""),
        ]

    def _text(self, text: str) -> int:
        return self._number(visible(text, self._detail.text))

    def _name(self, text: str) -> int:
        """As long as repositories and projects have it themselves at any detail: the plan leads to them by it."""
        return self._number(visible(text, _LONGEST_NAME))

    def _note(self, text: str) -> int:
        return self._number(visible(text, self._detail.note) if self._detail.note else "")

    def _path(self, path: str) -> int:
        return self._number(visible(path))

    def _number(self, shown: str) -> int:
        return self.texts.setdefault(shown, len(self.texts))


def _curve(moments: Sequence[Moment]) -> list[Row]:
    return [[m.at, m.score, m.grade, visible(m.label, 60)] for m in moments[-_MOST_MOMENTS:]]


def _criterion(criterion: Criterion) -> Mapping[str, object]:
    return {
        "id": criterion.id,
        "title": visible(criterion.title, 60),
        "question": visible(criterion.question),
        "profile": criterion.scope == "profile",
        "parts": list(criterion.parts),
    }


def _rule(rule_id: str, rule: Rule) -> Mapping[str, object]:
    return {
        "id": visible(rule_id, 100),
        "title": visible(rule.title),
        "criterion": rule.criterion,
        "part": rule.part or "",
        "severity": rule.severity,
        "why": visible(rule.why, 600),
        "fix": visible(rule.fix.title),
        "effort": rule.fix.effort,
        "steps": [visible(step, 600) for step in rule.fix.steps[:_MOST_STEPS]],
        "links": list(_addresses((*rule.fix.links[:_MOST_STEPS], rule.documentation or ""))),
    }


def _addresses(links: Iterable[str]) -> Iterator[str]:
    """Those of the addresses that a person may follow: no javascript:, no data:."""
    return (link for link in links if _WEB.fullmatch(link))


def _scores(criteria: Mapping[str, CriterionScore]) -> Mapping[str, Row]:
    """By id ``[score, points, possible, weight, parts]``, the parts by id once more."""
    return {
        name: [*_scored(criterion), {part: _scored(score) for part, score in criterion.parts.items()}]
        for name, criterion in criteria.items()
    }


def _ready(readiness: Readiness | None) -> Row:
    """``[score, runnable, clear]``, or nothing where nothing can be run."""
    return [readiness.score, readiness.runnable, readiness.clear] if readiness else []


def _scored(scored: CriterionScore | PartScore) -> Row:
    return [scored.score, scored.points, scored.possible, scored.weight]


def _matching(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""


def _without_empty_end(row: Row) -> Row:
    while row and not row[-1]:
        row.pop()
    return row
