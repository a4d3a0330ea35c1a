"""``confidence.yaml``: how often readers agreed with each outcome of each rule; the accuracy benchmark counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portfolio_audit.engine.fields import Fields, Origin
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import Measured, Rule
from portfolio_audit.parsing.yaml import YamlNode

_OUTCOMES = tuple(outcome.value for outcome in Outcome if outcome.judged)
_KEYS = ("right", "of")


def with_confidence(rules: Mapping[str, Rule], origin: Origin, node: YamlNode) -> dict[str, Rule]:
    """Give the rules with what was measured of them; raises RuleError for a rule that there is not."""
    fields = origin.mapping(node, "the confidence", list(rules))
    told = {rule: origin.mapping(inner, f"'{rule}'", _OUTCOMES) for rule, inner in fields.nodes()}
    return {
        name: replace(rule, measured=_measured(told[name])) if name in told else rule for name, rule in rules.items()
    }


def _measured(outcomes: Fields) -> tuple[Measured, ...]:
    return tuple(_count(outcomes, outcome) for outcome, _ in outcomes.nodes())


def _count(outcomes: Fields, outcome: str) -> Measured:
    counts = outcomes.origin.mapping(outcomes.required(outcome), f"'{outcome}'", _KEYS)
    of = int(counts.number("of", least=0))
    return Measured(outcome, int(counts.number("right", least=0, most=of)), of)
