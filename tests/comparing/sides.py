"""Sides of comparisons, made in a line."""

from __future__ import annotations

from dataclasses import replace

from portfolio_audit.comparing import Side
from portfolio_audit.comparing.sides import Place, Verdict
from portfolio_audit.model.location import Location
from portfolio_audit.model.result import Outcome

NAME = "ada/churn"
OLD, NEW = "1" * 40, "2" * 40


def place(path: str, line: int = 0, *, fingerprint: str = "", note: str = "") -> Place:
    return Place(Location(path, line, note=note), fingerprint)


def failed(rule: str, *places: Place, points: float = 0.0, project: str = "") -> Verdict:
    outcome = Outcome.PARTIAL if points else Outcome.FAIL
    return Verdict(NAME, project, rule, rule.replace("-", " ").capitalize(), outcome, points, "Something.", places)


def passed(rule: str, points: float = 4.0) -> Verdict:
    return replace(failed(rule), outcome=Outcome.PASS, points=points, message="")


def side(*verdicts: Verdict, score: float = 50.0, grade: str = "C", commit: str = OLD) -> Side:
    return Side(score, grade, "rules-1", "0.1.0", ((NAME, commit),), verdicts)
