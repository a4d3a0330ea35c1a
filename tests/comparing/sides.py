"""Sides of comparisons, made in a line."""

from __future__ import annotations

from dataclasses import replace

from portfolio_audit.comparing import Side
from portfolio_audit.comparing.sides import Verdict
from portfolio_audit.reporting.wire.verdicts import Finding, Result, ShortFix

NAME = "ada/churn"
OLD, NEW = "1" * 40, "2" * 40


def place(path: str, line: int = 0, *, fingerprint: str = "", note: str = "") -> Finding:
    return Finding(fingerprint, path, line or None, note=note)


def failed(rule: str, *places: Finding, points: float = 0.0, project: str = "") -> Verdict:
    result = Result(
        rule=rule,
        criterion="reproducibility",
        part=None,
        title=rule.replace("-", " ").capitalize(),
        severity="medium",
        outcome="partial" if points else "fail",
        points=points,
        possible=4.0,
        message=f"Something about {rule}.",
        reason="",
        fix=ShortFix(f"Mend {rule}", "1h"),
        findings=places,
    )
    return Verdict(NAME, project, result)


def passed(rule: str, points: float = 4.0) -> Verdict:
    return changed(failed(rule), outcome="pass", points=points, message="")


def changed(verdict: Verdict, **more: object) -> Verdict:
    """The verdict with another outcome, message or the like."""
    return replace(verdict, result=replace(verdict.result, **more))  # type: ignore[arg-type]  # the caller's word


def side(*verdicts: Verdict, score: float = 50.0, grade: str = "C", commit: str = OLD) -> Side:
    return Side(score, grade, "rules-1", "0.1.0", ((NAME, commit),), verdicts)
