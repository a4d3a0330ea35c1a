"""A fact sheet as bytes, and back: what is not exactly in the form it was written in is no fact sheet.

The form has no version: what is kept is only read by the code that wrote it (see origin.py).
"""

from __future__ import annotations

import orjson

from portfolio_audit.evidence.boundary import has_failed
from portfolio_audit.evidence.sheet import FactSheet
from portfolio_audit.model.fact import Evidence, Fact, Problem, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Row = list[object]


def write_sheet(sheet: FactSheet) -> bytes:
    """Give the bytes; none if it should not be kept, or cannot.

    What an extractor of ours failed on may go well the next time.
    """
    if any(map(has_failed, (sheet.whole, *sheet.projects.values()))):
        return b""
    prints = sorted(each.hex() for each in sheet.fingerprints)
    projects = [(folder, _evidence(seen)) for folder, seen in sheet.projects.items()]
    try:
        return orjson.dumps((_evidence(sheet.whole), prints, projects))
    except TypeError:  # a text that is no Unicode, a number beyond 64 bits
        return b""


def read_sheet(data: bytes) -> FactSheet | None:
    """Give the fact sheet that was written, None for anything else."""
    try:
        return _read(orjson.loads(data))
    except (TypeError, ValueError):
        return None


def _evidence(seen: Evidence) -> tuple[list[Row], list[Row]]:
    return [_fact(fact) for fact in seen.facts], [[problem.message, *_place(problem.at)] for problem in seen.problems]


def _fact(fact: Fact) -> Row:
    value = [fact.value.reason] if isinstance(fact.value, Unavailable) else fact.value
    return [fact.id, value, fact.rung.value, *_place(fact.at)]


def _place(at: Location) -> Row:
    return [at.path, at.line, at.cell, at.note]


def _read(form: object) -> FactSheet:
    match form:
        case [whole, list(prints), list(projects)]:
            apart = dict(_read_project(project) for project in projects)
            return FactSheet(_read_evidence(whole), frozenset(map(bytes.fromhex, prints)), apart)
        case _:
            raise ValueError(form)


def _read_project(form: object) -> tuple[str, Evidence]:
    match form:
        case [str(folder), seen]:
            return folder, _read_evidence(seen)
        case _:
            raise ValueError(form)


def _read_evidence(form: object) -> Evidence:
    match form:
        case [list(facts), list(problems)]:
            return Evidence(tuple(map(_read_fact, facts)), tuple(map(_read_problem, problems)))
        case _:
            raise ValueError(form)


def _read_fact(form: object) -> Fact:
    match form:
        case [str(fact_id), value, int(rung), *place]:
            return Fact(fact_id, _read_value(value), _read_place(place), Rung(rung))
        case _:
            raise ValueError(form)


def _read_value(form: object) -> bool | float | str | Unavailable:
    match form:
        case [str(reason)]:
            return Unavailable(reason)
        case bool() | int() | float() | str():
            return form
        case _:
            raise ValueError(form)


def _read_problem(form: object) -> Problem:
    match form:
        case [str(message), *place]:
            return Problem(message, _read_place(place))
        case _:
            raise ValueError(form)


def _read_place(form: Row) -> Location:
    match form:
        case [str(path), int(line), int(cell), str(note)] if min(line, cell) >= 0:
            return Location(path, line, cell, note)
        case _:
            raise ValueError(form)
