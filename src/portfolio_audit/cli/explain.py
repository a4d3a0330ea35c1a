"""``portfolio-audit explain``: a rule, and what it saw."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Asked, Given
from portfolio_audit.reporting.escaping import clean

if TYPE_CHECKING:
    from portfolio_audit.config import Config
    from portfolio_audit.model.rule import Rule
    from portfolio_audit.settings import Settings

OptionalTarget = Annotated[str | None, typer.Argument(metavar="[TARGET]", help="What the rule saw in this repository.")]


def explain(
    rule_id: options.RuleId,
    target: OptionalTarget = None,
    ref: options.Ref = None,
    config: options.ConfigFile = None,
    rules: options.RuleFolders = None,
) -> None:
    """Say what a rule asks, why a reviewer cares, how it is found and how to meet it.

    With a TARGET, say also what it saw there: every condition, with the files and lines that decided it.

    Examples:
      portfolio-audit explain unpinned-environment

      portfolio-audit explain unpinned-environment ~/work/churn
    """
    from portfolio_audit.cli.explaining import rule_in_words, rule_named
    from portfolio_audit.cli.preparing import configuration, settings_of

    given = Given(config, tuple(rules or ()), ref)
    chosen = configuration(given)
    settings = settings_of(given, chosen)
    rule = rule_named(rule_id, settings.ruleset)
    told = [f"With examples: {rule.page}"] if rule.page else []
    lines = [
        *rule_in_words(rule, settings.ruleset),
        *told,
        *(_seen(rule, target, settings, chosen) if target is not None else ()),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _seen(rule: Rule, target: str, settings: Settings, config: Config) -> Iterator[str]:
    from portfolio_audit import evidence
    from portfolio_audit.cli.noticing import notices
    from portfolio_audit.cli.preparing import hosted_source
    from portfolio_audit.cli.seeing import conditions_in_words, outcome_in_words
    from portfolio_audit.engine.conditions import Judge
    from portfolio_audit.judging import collect, judge

    with notices(quiet=False, plain=True) as told:
        snapshot = collect(target, settings, hosted_source(target, Asked(), config, settings, told.warn))
    result = next((r for r in judge(snapshot, settings).report.results if r.rule.id == rule.id), None)
    yield ""
    if result is None:
        yield "This rule judges a profile as a whole: 'portfolio-audit portfolio FOLDER' shows its outcome."
        return
    yield f"In {clean(snapshot.full_name)}:"
    yield from outcome_in_words(result)
    yield from conditions_in_words(rule, Judge(evidence.extract(snapshot, settings.vocabulary), snapshot.texts))
