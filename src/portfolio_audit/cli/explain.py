"""``portfolio-audit explain``: a rule, and what it saw."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Given

OptionalTarget = Annotated[str | None, typer.Argument(metavar="[TARGET]", help="What the rule saw in this repository.")]


def explain(
    rule_id: options.RuleId,
    target: OptionalTarget = None,
    ref: options.Ref = None,
    config: options.ConfigFile = None,
    rules: options.RuleFolders = None,
) -> None:
    """Say what a rule asks, why a reviewer cares, how it is found and how to meet it.

    With a TARGET, say also what it saw there: every fact it asks for, with file and line.

    Examples:
      portfolio-audit explain unpinned-environment

      portfolio-audit explain unpinned-environment ~/work/churn
    """
    from portfolio_audit import evidence
    from portfolio_audit.cli.explaining import facts_of, rule_in_words, rule_named, what_it_saw
    from portfolio_audit.cli.preparing import configuration, settings_of
    from portfolio_audit.judging import collect, judge

    given = Given(config, tuple(rules or ()), ref)
    settings = settings_of(given, configuration(given))
    rule = rule_named(rule_id, settings.ruleset)
    lines = list(rule_in_words(rule, settings.ruleset))
    if target is not None:
        snapshot = collect(target, settings)
        result = next((r for r in judge(snapshot, settings).report.results if r.rule.id == rule.id), None)
        seen = evidence.extract(snapshot, settings.vocabulary)
        lines += ["", f"In {snapshot.full_name}:"]
        asked = {fact_id: seen.of(fact_id) for fact_id in facts_of(rule)}
        lines += (
            what_it_saw(result, asked) if result else ["This rule judges a profile: see 'portfolio-audit portfolio'."]
        )
    sys.stdout.write("\n".join(lines) + "\n")
