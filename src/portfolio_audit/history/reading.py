"""The history read again: the runs of a subject, and what was kept of one as a side of a comparison."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolio_audit.comparing.sides import Side, Verdict
from portfolio_audit.reporting.wire.verdicts import Finding, Result, ShortFix

_ALL = "SELECT id, subject, moment, way, portfolio, tool, ruleset, standard, grade, score FROM runs"
_ALONE = "(subject = :name COLLATE NOCASE OR subject LIKE '%/' || :name)"
_AMONG = (
    "SELECT r.id AS id, s.repository, r.moment AS moment, r.way, 0, r.tool, r.ruleset, r.standard, s.grade, s.score"
    " FROM runs r JOIN run_states rs ON rs.run = r.id JOIN states s ON s.id = rs.state WHERE s.repository <> ''"
)
_IN_PORTFOLIO = "r.portfolio = 1 AND (s.repository = :name COLLATE NOCASE OR s.repository LIKE '%/' || :name)"


@dataclass(frozen=True, slots=True)
class Run:
    """One audit that was kept; ``at`` is UTC, ISO 8601; ``way`` is ``audit`` or ``backfill``."""

    number: int
    subject: str
    at: str
    way: str
    portfolio: bool
    tool: str
    ruleset: str
    standard: str
    grade: str
    score: float


def runs(connection: sqlite3.Connection, subject: str = "") -> list[Run]:
    """The runs, oldest first; ``subject`` may be a repository without its owner, also one in a portfolio."""
    if not subject:
        return _runs(connection, _ALL, {})
    return _runs(connection, f"{_ALL} WHERE {_ALONE} UNION ALL {_AMONG} AND {_IN_PORTFOLIO}", {"name": subject})


def runs_of_repositories(connection: sqlite3.Connection) -> list[Run]:
    """What each repository reached in each run, by itself or in a portfolio, oldest first."""
    return _runs(connection, _AMONG, {})


def _runs(connection: sqlite3.Connection, query: str, values: Mapping[str, str]) -> list[Run]:
    rows = connection.execute(f"{query} ORDER BY moment, id", values)
    return [Run(number, about, at, way, bool(portfolio), *rest) for number, about, at, way, portfolio, *rest in rows]


def side(connection: sqlite3.Connection, run: Run) -> Side:
    """A run as a side of a comparison."""
    states = connection.execute(
        "SELECT s.id, s.repository, s.commit_id FROM run_states r JOIN states s ON s.id = r.state"
        " WHERE r.run = ? ORDER BY s.repository",
        (run.number,),
    ).fetchall()
    return Side(
        score=run.score,
        grade=run.grade,
        standard=run.standard,
        tool=run.tool,
        commits=tuple((name, commit) for _, name, commit in states if name),
        verdicts=tuple(v for state, repository, _ in states for v in _verdicts(connection, state, repository)),
    )


def _verdicts(connection: sqlite3.Connection, state: int, repository: str) -> Iterator[Verdict]:
    findings = _findings(connection, state)
    rows = connection.execute(
        "SELECT v.project, v.rule, r.criterion, r.part, r.title, r.severity, r.fix, r.effort,"
        " v.outcome, v.points, v.possible, v.message"
        " FROM verdicts v JOIN rules r ON r.rule = v.rule WHERE v.state = ?",
        (state,),
    )
    for project, rule, criterion, part, title, severity, fix, effort, outcome, points, possible, message in rows:
        unknown = outcome == "unknown"
        yield Verdict(
            repository,
            project,
            Result(
                rule=rule,
                criterion=criterion,
                part=part,
                title=title,
                severity=severity,
                outcome=outcome,
                points=points,
                possible=possible,
                message="" if unknown else message,
                reason=message if unknown else "",
                fix=ShortFix(fix, effort),
                findings=tuple(findings[project, rule]),
            ),
        )


def _findings(connection: sqlite3.Connection, state: int) -> Mapping[tuple[str, str], list[Finding]]:
    found: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    rows = connection.execute(
        "SELECT project, rule, fingerprint, path, line, cell, note FROM findings WHERE state = ? ORDER BY rowid",
        (state,),
    )
    for project, rule, *finding in rows:
        found[project, rule].append(Finding(*finding))
    return found
