"""Rules and evidence to results; pure: the same ruleset and evidence always give the same results."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio_audit.engine.conditions import LOCATIONS_KEPT, Judge, Judgement, Truth, kept
from portfolio_audit.engine.describe import describe
from portfolio_audit.engine.messages import fill
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import REPOSITORY, Location
from portfolio_audit.model.result import Finding, Outcome, Result
from portfolio_audit.model.rule import Rule, Ruleset, Scope
from portfolio_audit.model.snapshot import Unavailable

_README = "readme.exists"


def evaluate(
    ruleset: Ruleset,
    evidence: Evidence,
    *,
    kind: str,
    texts: Mapping[str, str | Unavailable],
    scope: Scope = Scope.REPOSITORY,
) -> tuple[Result, ...]:
    """What every rule of the scope says about one repository of a kind (or the profile), in the ruleset's order.

    What is full decides first: undecided, the outcome is unknown, whatever partial says; so is it when full fails
    and partial is undecided.
    """
    evaluator = _Evaluator(ruleset, evidence, kind, Judge(evidence, texts))
    return tuple(evaluator.result(rule) for rule in ruleset.rules if rule.scope is scope)


class _Evaluator:
    """Evaluates rules on one repository."""

    def __init__(self, ruleset: Ruleset, evidence: Evidence, kind: str, judge: Judge) -> None:
        self.ruleset = ruleset
        self.evidence = evidence
        self.kind = kind
        self.judge = judge.judge

    def result(self, rule: Rule) -> Result:
        """The result of one rule."""
        if rule.kinds and self.kind not in rule.kinds:
            wanted = " or ".join(rule.kinds)
            return Result(rule, Outcome.NOT_APPLICABLE, reason=f"asked of {wanted}; this is {self.kind or 'unknown'}")
        applies = self.judge(rule.when) if rule.when else Judgement(Truth.TRUE)
        if applies.truth is Truth.UNKNOWN:
            return _unknown(rule, applies)
        if applies.truth is Truth.FALSE and rule.when:
            return Result(rule, Outcome.NOT_APPLICABLE, reason=f"asked only where there is {describe(rule.when)}")
        return self._judged(rule)

    def _judged(self, rule: Rule) -> Result:
        full = self.judge(rule.full)
        if full.truth is Truth.UNKNOWN:
            return _unknown(rule, full)
        if full.truth is Truth.TRUE:
            return Result(rule, Outcome.PASS, points=rule.points, evidence=full.at)
        partial = self.judge(rule.partial) if rule.partial else Judgement(Truth.FALSE)
        if partial.truth is Truth.UNKNOWN:
            return _unknown(rule, partial)
        met = partial.truth is Truth.TRUE
        message = fill(rule.message, self.evidence, self.ruleset.facts)
        return Result(
            rule,
            Outcome.PARTIAL if met else Outcome.FAIL,
            points=rule.points * rule.partial_share if met else 0.0,
            evidence=partial.at if met else (),
            findings=tuple(Finding(rule.id, message, at) for at in self._places(rule, full)),
            message=message,
        )

    def _places(self, rule: Rule, full: Judgement) -> tuple[Location, ...]:
        """Where a failure shows: at the facts the rule names, else at what fell short, else in the README."""
        named = (fact.at for fact_id in rule.at for fact in self.evidence.known(fact_id))
        readme = (fact.at for fact in self.evidence.known(_README))
        for places in (named, full.at, readme):
            found = kept((at for at in places if at.path), LOCATIONS_KEPT)
            if found:
                return found
        return (REPOSITORY,)


def _unknown(rule: Rule, judgement: Judgement) -> Result:
    return Result(rule, Outcome.UNKNOWN, reason="; ".join(judgement.reasons))
