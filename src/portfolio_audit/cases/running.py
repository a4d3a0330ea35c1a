"""Cases run through the same pipeline as real repositories, and compared with what they expect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from portfolio_audit import evidence
from portfolio_audit.cases.case import CASES_AT, Case, CaseRepository
from portfolio_audit.engine.conditions import text_globs
from portfolio_audit.engine.evaluate import evaluate
from portfolio_audit.engine.fields import nearest
from portfolio_audit.errors import RuleError
from portfolio_audit.evidence import profile
from portfolio_audit.judging import judge
from portfolio_audit.model.kinds import RepositoryKind
from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.result import Result
from portfolio_audit.model.rule import Rule, Ruleset, Scope
from portfolio_audit.model.snapshot import Snapshot
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.settings import Settings


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """What a rule said of a case; it is as expected when there are no differences."""

    case: Case
    result: Result
    differences: tuple[str, ...]


def run_case(case: Case, ruleset: Ruleset, vocabulary: Vocabulary) -> CaseOutcome:
    """Ask the case's rule, and only it, about the case's repositories; raises RuleError if the two do not fit."""
    rule = ruleset.rule(case.rule)
    if rule is None:
        suggestion = nearest(case.rule, [r.id for r in ruleset.rules])
        raise RuleError(f"there is no rule '{case.rule}'.", at=case.defined, suggestion=suggestion)
    if (rule.scope is Scope.PROFILE) != (case.profile is not None):
        wanted = "repositories" if rule.scope is Scope.PROFILE else "files"
        raise RuleError(f"a case of the rule '{rule.id}' needs '{wanted}'.", at=case.defined)
    settings = Settings(ruleset, vocabulary, now=CASES_AT)
    result = _profile_result(case, case.profile, rule, settings) if case.profile else _result(case, rule, settings)
    return CaseOutcome(case, result, tuple(_differences(case, result)))


def _result(case: Case, rule: Rule, settings: Settings) -> Result:
    repository = case.repositories[0]
    snapshot = _read(repository.snapshot, settings.ruleset)
    seen = evidence.extract(snapshot, settings.vocabulary)
    detected = next(iter(seen.names("repository.kind")), RepositoryKind.ML_PROJECT.value)
    alone = replace(settings.ruleset, rules=(rule,))
    return evaluate(alone, seen, kind=repository.kind or detected, texts=snapshot.texts)[0]


def _profile_result(case: Case, person: Profile, rule: Rule, settings: Settings) -> Result:
    digests = tuple(
        judge(_read(r.snapshot, settings.ruleset), _with_kind(settings, r)).digest for r in case.repositories
    )
    seen = profile.extract(profile.Overview(person, digests, settings.vocabulary, CASES_AT))
    alone = replace(settings.ruleset, rules=(rule,))
    return evaluate(alone, seen, kind="", texts={}, scope=Scope.PROFILE)[0]


def _with_kind(settings: Settings, repository: CaseRepository) -> Settings:
    kinds = ((repository.snapshot.name, repository.kind),) if repository.kind else ()
    return replace(settings, kinds=kinds)


def _read(snapshot: Snapshot, ruleset: Ruleset) -> Snapshot:
    """The snapshot with no other text than a source would have read."""
    wanted = evidence.select(snapshot.tree, text_globs(ruleset))
    return replace(snapshot, texts={path: snapshot.texts[path] for path in wanted if path in snapshot.texts})


def _differences(case: Case, result: Result) -> Iterator[str]:
    """Every way in which the result is not what the case expects, in words."""
    expect = case.expect
    told = result.message or result.reason
    if result.outcome is not expect.outcome:
        yield f"the outcome is {result.outcome.value}, not {expect.outcome.value}" + (f" ({told})" if told else "")
    places = (*result.evidence, *(finding.at for finding in result.findings))
    shown = ", ".join(map(str, places)) or "none"
    for wanted in expect.at:
        if not any(_is_at(place, wanted) for place in places):
            yield f"'{wanted}' is not among the places: {shown}"
    if expect.message not in result.message:
        yield f"the message is '{result.message}'; it lacks '{expect.message}'"
    if expect.reason not in result.reason:
        yield f"the reason is '{result.reason}'; it lacks '{expect.reason}'"


def _is_at(place: Location, wanted: str) -> bool:
    return wanted in {place.path, f"{place.path}:{place.line}", str(place)}
