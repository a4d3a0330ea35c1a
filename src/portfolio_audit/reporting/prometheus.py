"""Prometheus' text format, for a textfile collector or a push gateway, and Grafana behind it.

Source: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from portfolio_audit.reporting.wire.report import Report, Repository
from portfolio_audit.reporting.wire.subjects import Subject, subjects
from portfolio_audit.reporting.wire.verdicts import CriterionScore

PREFIX = "portfolio_audit"
_SEVERITIES = ("high", "medium", "low", "info")
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A metric: its name without the prefix, what it means, and its samples by their labels."""

    name: str
    about: str
    samples: dict[Labels, float]

    def lines(self) -> Iterator[str]:
        """The metric as it is exposed."""
        name = f"{PREFIX}_{self.name}"
        yield f"# HELP {name} {self.about}"
        yield f"# TYPE {name} gauge"
        for labels, value in self.samples.items():
            told = ",".join(f'{key}="{escaped(text)}"' for key, text in labels)
            yield f"{name}{{{told}}} {value!r}" if told else f"{name} {value!r}"


def render(report: Report) -> str:
    """Every metric of the report."""
    lines = [line for family in _families(report) for line in family.lines()]
    return "".join(f"{line}\n" for line in lines)


def escaped(text: str) -> str:
    """The value of a label, between its quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _families(report: Report) -> Iterator[Family]:
    made = {("version", report.tool.version), ("ruleset", report.ruleset.version), ("digest", report.ruleset.digest)}
    at = datetime.fromisoformat(report.at).timestamp()
    repositories = list(_with_projects(report.repositories))
    yield Family("info", "What made the report; always 1.", {tuple(sorted(made)): 1})
    yield Family("last_run_timestamp_seconds", "When the audit was made.", {(): at})
    yield Family(
        "score", "The score of the portfolio, or of the single repository, 0 to 100.", {_name(report): report.score}
    )
    yield Family(
        "repository_score",
        "The score of a repository or of a project in it, 0 to 100.",
        {(*of, ("kind", one.kind), ("counted", str(one.counted).lower())): one.score for of, one in repositories},
    )
    yield Family("criterion_ratio", "The score of a criterion, 0 to 1.", dict(_criteria(report, repositories)))
    yield Family("part_ratio", "The score of a part of a criterion, 0 to 1.", dict(_parts(repositories)))
    yield Family("results", "The number of results with an outcome.", _outcomes(report))
    yield Family("unmet_results", "The number of rules unmet, whole or in part, not silenced.", _unmet(report))
    yield Family("unread_repositories", "The number of repositories that could not be read.", {(): len(report.unread)})


def _name(report: Report) -> Labels:
    return (("name", report.portfolio.name if report.portfolio else report.repositories[0].full_name),)


def _with_projects(repositories: Iterable[Repository]) -> Iterator[tuple[Labels, Repository]]:
    for repository in repositories:
        yield _labels(repository.full_name, ""), repository
        for project in repository.projects:
            yield _labels(repository.full_name, project.folder or ""), project


def _labels(repository: str, project: str) -> Labels:
    return (("repository", repository), ("project", project))


def _criteria(report: Report, repositories: Iterable[tuple[Labels, Repository]]) -> Iterator[tuple[Labels, float]]:
    of_profile: dict[str, CriterionScore] = report.portfolio.criteria if report.portfolio else {}
    for labels, criteria in ((_labels("", ""), of_profile), *((of, one.criteria) for of, one in repositories)):
        for name, scored in criteria.items():
            if scored.score is not None:
                yield (*labels, ("criterion", name)), scored.score


def _parts(repositories: Iterable[tuple[Labels, Repository]]) -> Iterator[tuple[Labels, float]]:
    for labels, one in repositories:
        for name, scored in one.criteria.items():
            for part, of_part in scored.parts.items():
                if of_part.score is not None:
                    yield (*labels, ("criterion", name), ("part", part)), of_part.score


def _outcomes(report: Report) -> dict[Labels, float]:
    found: dict[Labels, float] = {}
    for subject in subjects(report):
        counted = Counter(result.outcome for result in subject.results)
        found |= {(*_of(subject), ("outcome", outcome)): count for outcome, count in sorted(counted.items())}
    return found


def _unmet(report: Report) -> dict[Labels, float]:
    found: dict[Labels, float] = {}
    for subject in subjects(report):
        unmet = (result for result in subject.results if result.findings and result.suppressed is None)
        counted: Counter[str] = Counter(result.severity for result in unmet)
        found |= {(*_of(subject), ("severity", severity)): counted[severity] for severity in _SEVERITIES}
    return found


def _of(subject: Subject) -> Labels:
    project = subject.project.folder if subject.project else None
    return _labels(subject.repository.full_name if subject.repository else "", project or "")
