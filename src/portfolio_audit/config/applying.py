"""A configuration and the rules it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from portfolio_audit.config.reading import Config
from portfolio_audit.engine.fields import nearest
from portfolio_audit.errors import ConfigError
from portfolio_audit.model.rule import Ruleset


def apply(config: Config, ruleset: Ruleset) -> Ruleset:
    """The ruleset with what the user wants different; raises ConfigError for a rule or criterion there is not."""
    _check(config, ruleset)
    rules = (rule for rule in ruleset.rules if rule.id not in config.disable)
    return replace(
        ruleset,
        rules=tuple(replace(rule, points=config.points.get(rule.id, rule.points)) for rule in rules),
        criteria=tuple(replace(c, weight=config.weights.get(c.id, c.weight)) for c in ruleset.criteria),
        suppressions=(*ruleset.suppressions, *config.suppress),
    )


def _check(config: Config, ruleset: Ruleset) -> None:
    rules = [rule.id for rule in ruleset.rules]
    _check_names(config, "disable", config.disable, rules)
    _check_names(config, "points", config.points, rules)
    _check_names(config, "suppress", (s.rule for s in config.suppress), rules)
    _check_names(config, "weights", config.weights, [criterion.id for criterion in ruleset.criteria])
    if config.fail_under:
        _check_names(config, "fail_under", [config.fail_under], ruleset.grades.letters)
    zero = next((rule_id for rule_id, points in config.points.items() if points <= 0), None)
    if zero:
        raise ConfigError(f"give '{zero}' points, or disable it.", at=config.lines.get(("points", zero)))


def _check_names(config: Config, key: str, names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            hint = nearest(name, known)
            did_you_mean = f" Did you mean '{hint}'?" if hint else ""
            at = config.lines.get((key, name), config.lines.get((key, "")))
            raise ConfigError(f"'{key}' names '{name}', which is not known.{did_you_mean}", at=at)
