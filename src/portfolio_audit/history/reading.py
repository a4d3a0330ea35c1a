"""The history read again: the runs of a subject, and what was kept of one as a side of a comparison."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolio_audit.comparing.sides import Side, Verdict
from portfolio_audit.reporting.wire.verdicts import Finding, Result, ShortFix

_COLUMNS = "id, subject, moment, way, portfolio, tool, ruleset, standard, grade, score"


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
    """The runs, oldest first; ``subject`` may be a repository's name without its owner."""
    wanted = "WHERE subject = ?1 COLLATE NOCASE OR subject LIKE '%/' || ?1" if subject else ""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM runs {wanted} ORDER BY moment, id",  # noqa: S608  # no text of a user's
        (subject,) if subject else (),
    )
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
