"""Hand-made rules, rulesets and results for the tests of what comes after the rules engine."""

from __future__ import annotations

from portfolio_audit.model.location import Location
from portfolio_audit.model.result import Finding, Outcome, Result
from portfolio_audit.model.rule import (
    Criterion,
    Effort,
    FactTest,
    Fix,
    GradeScale,
    Rule,
    Ruleset,
    Scope,
    Severity,
)

CRITERIA = (
    Criterion("writeup", "Write-up", "Is there one?", 20),
    Criterion("reproducibility", "Reproducibility", "Could I rebuild it?", 25),
    Criterion("value", "Value", "What for?", 20),
    Criterion("depth", "Depth", "How far?", 35, parts={"api": 1, "monitoring": 1}),
    Criterion("focus", "Focus", "On what?", 1, Scope.PROFILE),
)
GRADES = GradeScale((("A", 80), ("B", 60), ("C", 40), ("D", 20), ("F", 0)))


def ruleset(**changes: object) -> Ruleset:
    """A small ruleset with every criterion of a repository and one of the profile."""
    given: dict[str, object] = {
        "version": "1",
        "rules": (),
        "criteria": CRITERIA,
        "grades": GRADES,
        "counted_kinds": ("ml-project",),
        "piece_shares": (0.8, 0.9, 1.0),
        "profile_weight": 0.25,
        "project_weight": 0.5,
    }
    return Ruleset(**{**given, **changes})  # type: ignore[arg-type]  # the keys are the fields


def rule(rule_id: str, criterion: str = "writeup", points: float = 4, *, part: str = "", effort: str = "1h") -> Rule:
    """A rule that is only looked at, never evaluated."""
    return Rule(
        id=rule_id,
        criterion=criterion,
        title=rule_id.replace("-", " "),
        points=points,
        severity=Severity.MEDIUM,
        message="",
        why="",
        fix=Fix(f"Mend {rule_id}", Effort(effort)),
        full=FactTest("x"),
        part=part,
        scope=Scope.PROFILE if criterion == "focus" else Scope.REPOSITORY,
    )


def result(of: Rule, outcome: Outcome, *, suppressed: str | None = None) -> Result:
    """A result with the points its outcome earns, and a finding where one belongs."""
    share = {Outcome.PASS: 1.0, Outcome.PARTIAL: 0.5}.get(outcome, 0.0)
    unmet = outcome in {Outcome.PARTIAL, Outcome.FAIL}
    findings = (Finding(of.id, "", Location("README.md", 1)),) if unmet else ()
    return Result(of, outcome, points=share * of.points, findings=findings, suppressed=suppressed)
