"""One report that spans everything a report can hold, for the tests of formats and of the command line.

Its scores and plans are computed by the real formula, so that the pages made from it add up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from portfolio_audit.engine.fingerprints import fingerprinted
from portfolio_audit.model.fact import Problem, Rung
from portfolio_audit.model.location import REPOSITORY, Location
from portfolio_audit.model.report import Coverage, Kind, PortfolioReport, Report, RepositoryReport
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
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.planning import plan_portfolio, plan_repository
from portfolio_audit.scoring import score_pieces, score_portfolio, score_results

HOSTILE = "evil[red]\x1b[31m\u202egnp.exe\nname[/red]"
"""A name with markup, an escape sequence, a right-to-left override and a newline."""

PARTS = ("hosting", "api", "monitoring", "retraining", "versioning", "delivery")
RULESET = Ruleset(
    version="1",
    rules=(),
    criteria=(
        Criterion("writeup", "Write-up", "Is there a full write-up of the analysis?", 20),
        Criterion("reproducibility", "Reproducibility", "Could I rebuild it from what is here?", 25),
        Criterion("value", "Business value", "Does it say who has the problem and why it matters?", 20),
        Criterion("depth", "Technical depth", "Does it go beyond a notebook?", 35, parts=dict.fromkeys(PARTS, 1.0)),
        Criterion("focus", "Focus", "Is there an area of specialisation?", 60, Scope.PROFILE),
        Criterion("writing", "Writing", "Do you write about your work?", 40, Scope.PROFILE),
    ),
    grades=GradeScale((("A", 80), ("B+", 70), ("B", 60), ("C", 45), ("D", 30), ("F", 0))),
    counted_kinds=("ml-project",),
    piece_shares=(0.8, 0.9, 0.96, 1.0),
    profile_weight=0.25,
    project_weight=0.5,
)

_RULES = {
    # id: (criterion, part, title, points, effort, title of the fix)
    "missing-writeup": ("writeup", "", "There is no write-up", 8, "4h", "Write the analysis up"),
    "unstated-limits": ("writeup", "", "Limits are not discussed", 2, "1h", "Add a section on limits"),
    "unpinned-environment": ("reproducibility", "", "It cannot be rebuilt", 6, "15m", "Pin every dependency"),
    "stale-notebooks": ("reproducibility", "", "Notebooks do not run", 4, "1h", "Run them top to bottom"),
    "missing-licence": ("reproducibility", "", "There is no licence", 1, "15m", "Add a licence"),
    "unstated-problem": ("value", "", "Nobody has the problem", 5, "1h", "Say who has the problem"),
    "no-baseline": ("value", "", "No baseline to compare with", 5, "4h", "Report a baseline beside the model"),
    "unhosted-model": ("depth", "hosting", "The model runs nowhere", 8, "1d", "Deploy the service"),
    "missing-api": ("depth", "api", "There is no API or UI", 8, "4h", "Wrap the model in a service"),
    "unmonitored-model": ("depth", "monitoring", "Nobody watches the model", 8, "1d", "Watch inputs and scores"),
    "manual-retraining": ("depth", "retraining", "Retraining is by hand", 6, "1d", "Schedule the training"),
    "unversioned-data": ("depth", "versioning", "Data has no versions", 4, "4h", "Version data and models"),
    "manual-deployment": ("depth", "delivery", "Deployment is by hand", 6, "4h", "Deploy from the pipeline"),
    "scattered-focus": ("focus", "", "No area stands out", 5, "3d", "Deepen one area"),
    "unwritten-work": ("writing", "", "Nothing is written about it", 4, "4h", "Write one article"),
}
_STEPS = (
    "Write down what is there today.",
    "Do the smallest thing that works, and commit it.",
    "Say so in the README.",
)


def rule_of(rule_id: str) -> Rule:
    """One of the rules that the report was made with."""
    criterion, part, title, points, effort, fix = _RULES[rule_id]
    return Rule(
        id=rule_id,
        criterion=criterion,
        title=title,
        points=points,
        severity=Severity.HIGH if points > 5 else Severity.MEDIUM,
        message="",
        why="A reviewer asks.",
        fix=Fix(fix, Effort(effort), _STEPS, ("https://example.org/how",)),
        full=FactTest("x"),
        part=part,
        scope=RULESET.criterion(criterion).scope,
        page=f"https://example.org/rules/{rule_id}.md",
    )


def passed(rule_id: str, *evidence: Location) -> Result:
    """A rule that is met, with its evidence."""
    rule = rule_of(rule_id)
    return Result(rule, Outcome.PASS, rule.points, evidence)


def unmet(rule_id: str, message: str, *places: Location, share: float = 0.0, suppressed: str | None = None) -> Result:
    """A rule that is not met, or only to a share."""
    rule = rule_of(rule_id)
    findings = tuple(Finding(rule_id, message, at) for at in places or (REPOSITORY,))
    outcome = Outcome.PARTIAL if share else Outcome.FAIL
    return Result(rule, outcome, share * rule.points, (), findings, message, suppressed=suppressed)


def unasked(rule_id: str, reason: str, outcome: Outcome = Outcome.NOT_APPLICABLE) -> Result:
    """A rule that could not be judged, or was not asked."""
    return Result(rule_of(rule_id), outcome, reason=reason)


def repository(name: str, kind: Kind, results: Iterable[Result], **changes: object) -> RepositoryReport:
    """A repository of ada's with these results."""
    judged = fingerprinted(results)
    score = score_results(RULESET, judged)
    made = RepositoryReport(
        name=name,
        owner="ada",
        commit="4f1c2a9b7d3e5f60718293a4b5c6d7e8f9012345",
        web_url=f"https://github.com/ada/{name}",
        kind=kind,
        score=score,
        results=judged,
        plan=plan_repository(RULESET, f"ada/{name}", judged, score),
        problems=(),
        coverage=Coverage(1240, 61, 482_113, 2),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the keys are the fields


def churn() -> RepositoryReport:
    """Nearly excellent: served, watched, and with one finding that was accepted."""
    return repository(
        "churn-service",
        Kind("ml-project", counted=True, reason="trains a model", evidence=(Location("src/churn/train.py", 41),)),
        (
            passed("missing-writeup", Location("README.md", 12, note="section Results")),
            unmet("unstated-limits", "Limits have one sentence.", Location("README.md", 96), share=0.5),
            passed("unpinned-environment", Location("uv.lock", note="pins 84 packages"), Location("pyproject.toml", 9)),
            passed("stale-notebooks"),
            unmet("missing-licence", "No licence.", suppressed="the data owner forbids reuse"),
            passed("unstated-problem", Location("README.md", 3, note="names call-centre managers")),
            passed("no-baseline", Location("reports/evaluation.md", 18, note="0.71 against 0.64")),
            passed("unhosted-model", Location("fly.toml", 1, note="describes a service")),
            passed("missing-api", Location("src/churn/api.py", 22, note="serves POST /score with FastAPI")),
            unmet("unmonitored-model", "Drift is measured, but nothing alerts.", Location("drift.py", 7), share=0.5),
            unmet("manual-retraining", "No job trains the model again.", Location("src/churn/train.py", 41)),
            passed("unversioned-data", Location("dvc.yaml", 4, note="tracks data/members.parquet")),
            passed("manual-deployment", Location(".github/workflows/deploy.yml", 23, note="runs flyctl deploy")),
        ),
        rungs=(
            ("api", Rung.EXERCISED),
            ("delivery", Rung.WIRED),
            ("hosting", Rung.OBSERVED),
            ("monitoring", Rung.WIRED),
            ("versioning", Rung.DECLARED),
        ),
    )


def notebook() -> RepositoryReport:
    """A bare notebook with a file that could not be read."""
    return repository(
        "house-prices",
        Kind("ml-project", counted=True, reason="a notebook fits a model", evidence=(Location("prices.ipynb", 3, 4),)),
        (
            unmet("missing-writeup", "The README has 9 words and no section on results.", Location("README.md", 1)),
            unmet("unpinned-environment", "3 of 3 dependencies have no version.", Location("requirements.txt", 1)),
            unasked("stale-notebooks", "eda.ipynb: is no JSON, so its order of runs is not known", Outcome.UNKNOWN),
            unmet("unstated-problem", "Nothing says who has the problem.", Location("README.md", 1)),
            unmet("no-baseline", "A score is reported, a baseline is not.", Location("prices.ipynb", 9, 12), share=0.4),
            unmet("unhosted-model", "Nothing hosts the model."),
            unmet("missing-api", "Nothing serves the model."),
            unasked("unmonitored-model", "asked only where a model is served"),
            unasked("manual-retraining", "asked only where a model is served"),
            unmet("unversioned-data", "Data is in git, with no versions.", Location("data/train.csv")),
            unmet("manual-deployment", "Nothing is deployed."),
        ),
        problems=(Problem("is no JSON: expected a comma", Location("eda.ipynb", 88)),),
    )


def hostile() -> RepositoryReport:
    """Everything in it tries to break out of the page."""
    return repository(
        HOSTILE,
        Kind("ml-project", counted=True, reason=f"its name is {HOSTILE}", evidence=(Location(f"{HOSTILE}.py", 1),)),
        (
            passed("missing-writeup", Location(f"{HOSTILE}.md", 2, note=f"section {HOSTILE}")),
            unmet("unpinned-environment", f"{HOSTILE} has no version.", Location(f"{HOSTILE}.txt", 3)),
            unasked("stale-notebooks", f"{HOSTILE} is no notebook", Outcome.UNKNOWN),
        ),
        problems=(Problem(f"{HOSTILE} cannot be read", Location(HOSTILE)),),
    )


def left_out() -> tuple[RepositoryReport, ...]:
    """Two that do not count."""
    course = Kind("coursework", counted=False, reason="exercises of a course: week1 to week6", evidence=())
    fork = Kind("fork", counted=False, reason="a copy of someone else's repository", evidence=())
    written = (unmet("missing-writeup", "There is no README."),)
    return (
        repository("ml-course", course, written),
        repository("scikit-learn", fork, (), web_url="", commit=Unavailable("a plain folder has no commit")),
    )


@cache
def portfolio_report() -> Report:
    """The whole portfolio of ada."""
    pieces = (churn(), hostile(), notebook())
    results = fingerprinted(
        (
            unmet("scattered-focus", "Two areas share three pieces.", share=0.5),
            unasked("unwritten-work", "not known from files alone; audit it on GitHub to see it", Outcome.UNKNOWN),
        )
    )
    profile = score_results(RULESET, results, Scope.PROFILE)
    values = sorted((piece.score.value for piece in pieces), reverse=True)
    made = score_pieces(RULESET, values)
    ranked = sorted(pieces, key=lambda piece: -piece.score.value)
    portfolio = PortfolioReport(
        name="ada",
        score=score_portfolio(RULESET, values, profile),
        pieces=tuple(piece.full_name for piece in ranked[: made.count]),
        pieces_score=made.value,
        results=results,
        plan=plan_portfolio(RULESET, pieces, results, profile),
    )
    broken = Problem("has no commits yet.", Location("empty-one"))
    return _report((*ranked, *left_out()), portfolio=portfolio, problems=(broken,), unused=("unlinted-code",))


@cache
def repository_report() -> Report:
    """One repository alone."""
    return _report((churn(),))


def _report(
    repositories: tuple[RepositoryReport, ...],
    *,
    portfolio: PortfolioReport | None = None,
    problems: tuple[Problem, ...] = (),
    unused: tuple[str, ...] = (),
) -> Report:
    return Report(
        tool_version="0.1.0",
        ruleset_version=RULESET.version,
        at=datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC),
        target="/home/ada/github",
        criteria=RULESET.criteria,
        repositories=repositories,
        portfolio=portfolio,
        problems=problems,
        unused_suppressions=unused,
        grades=RULESET.grades,
        standard="5eedf00d5eedf00d",
    )
