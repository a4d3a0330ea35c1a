"""An audit into the history: one row for the run, and a state for each repository unless that very state is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from hashlib import blake2b
from itertools import chain

import orjson

from portfolio_audit.history.reading import Run
from portfolio_audit.reporting.wire.report import Portfolio, Report, Repository, Rule
from portfolio_audit.reporting.wire.verdicts import CriterionScore, PartScore, Result

Row = tuple[object, ...]
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class _State:
    """All that is kept of one repository, as rows without the number of the state."""

    head: Row
    scores: tuple[Row, ...]
    verdicts: tuple[Row, ...]
    findings: tuple[Row, ...]

    @property
    def digest(self) -> bytes:
        """The same for the same content."""
        content = orjson.dumps((self.head, self.scores, self.verdicts, self.findings))
        return blake2b(content, digest_size=_DIGEST).digest()


def record(connection: sqlite3.Connection, report: Report, way: str) -> Run:
    """Keep a report, within a transaction of the caller's."""
    subject = subject_of(report)
    run = Run(
        number=0,
        subject=subject,
        at=report.at,
        way=way,
        portfolio=report.portfolio is not None,
        tool=report.tool.version,
        ruleset=report.ruleset.version,
        standard=report.ruleset.digest,
        grade=report.grade,
        score=report.score,
    )
    row = (_forgotten(connection, subject, report.at, way), *astuple(run)[1:])
    number = connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid
    states = {_state_number(connection, state) for state in _states(report)}
    connection.executemany("INSERT INTO run_states VALUES (?, ?)", [(number, state) for state in states])
    connection.executemany(
        "INSERT OR REPLACE INTO rules VALUES (?, ?, ?, ?, ?, ?, ?)", map(_rule, report.rules.items())
    )
    return replace(run, number=number or 0)


def _rule(named: tuple[str, Rule]) -> Row:
    rule_id, rule = named
    return (rule_id, rule.title, rule.criterion, rule.part, rule.severity, rule.fix.title, rule.fix.effort)


def _forgotten(connection: sqlite3.Connection, *run: str) -> int | None:
    """Take out the run of a subject, a moment and a way, and give its number to whatever replaces it; states stay."""
    found = connection.execute("SELECT id FROM runs WHERE (subject, moment, way) = (?, ?, ?)", run).fetchone()
    if found is None:
        return None
    connection.execute("DELETE FROM run_states WHERE run = ?", found)
    connection.execute("DELETE FROM runs WHERE id = ?", found)
    return int(found[0])


def subject_of(report: Report) -> str:
    """What a report is about: the account or folder, or the one repository by its full name."""
    return report.portfolio.name if report.portfolio else report.repositories[0].full_name


def _states(report: Report) -> Iterator[_State]:
    if report.portfolio:
        yield _profile(report.portfolio)
    yield from map(_repository, report.repositories)


def _state_number(connection: sqlite3.Connection, state: _State) -> int:
    digest = state.digest
    known = connection.execute("SELECT id FROM states WHERE digest = ?", (digest,)).fetchone()
    if known:
        return int(known[0])
    head = (digest, *state.head)
    number = connection.execute("INSERT INTO states VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", head).lastrowid
    for table, rows in (("scores", state.scores), ("verdicts", state.verdicts), ("findings", state.findings)):
        if rows:
            places = ", ".join("?" * (1 + len(rows[0])))
            connection.executemany(
                f"INSERT INTO {table} VALUES ({places})",  # noqa: S608  # the three names above
                ((number, *row) for row in rows),
            )
    return number or 0


def _profile(portfolio: Portfolio) -> _State:
    return _State(
        ("", None, "", False, portfolio.grade, portfolio.score),
        tuple(_scores("", portfolio.criteria)),
        tuple(_verdicts("", portfolio.results)),
        tuple(_findings("", portfolio.results)),
    )


def _repository(repository: Repository) -> _State:
    parts = [(part.folder or "", part) for part in (repository, *repository.projects)]
    counted, grade, score = repository.counted, repository.grade, repository.score
    return _State(
        (repository.full_name, repository.commit, repository.kind, counted, grade, score),
        tuple(chain.from_iterable(_scores(folder, part.criteria) for folder, part in parts)),
        tuple(chain.from_iterable(_verdicts(folder, part.results) for folder, part in parts)),
        tuple(chain.from_iterable(_findings(folder, part.results) for folder, part in parts)),
    )


def _scores(project: str, criteria: Mapping[str, CriterionScore]) -> Iterator[Row]:
    for name, whole in criteria.items():
        yield (project, name, "", *_scored(whole))
        for part, scored in whole.parts.items():
            yield (project, name, part, *_scored(scored))


def _scored(scored: CriterionScore | PartScore) -> Row:
    return (scored.score, scored.points, scored.possible, scored.weight)


def _verdicts(project: str, results: Iterable[Result]) -> Iterator[Row]:
    return (
        (project, r.rule, r.outcome, r.points, r.possible, r.message or r.reason)
        for r in results
        if r.outcome != "not_applicable"
    )


def _findings(project: str, results: Iterable[Result]) -> Iterator[Row]:
    return (
        (project, r.rule, f.fingerprint, f.path, f.line, f.cell, f.note)
        for r in results
        if r.suppressed is None
        for f in r.findings
    )
