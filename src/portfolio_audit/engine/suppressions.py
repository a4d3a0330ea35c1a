"""Findings the user silences with a reason: they stay visible, and count as unmet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from portfolio_audit.model.globs import matcher
from portfolio_audit.model.result import Finding, Result
from portfolio_audit.model.rule import Ruleset, Suppression

_BETWEEN = "; "


def suppressed(results: Iterable[Result], ruleset: Ruleset, name: str) -> tuple[Result, ...]:
    """The results of a repository, those marked that the ruleset's suppressions silence."""
    return tuple(suppress(result, ruleset.suppressions, name) for result in results)


def suppress(result: Result, suppressions: Iterable[Suppression], name: str) -> Result:
    """The result marked with the reason, if suppressions cover every one of its findings."""
    if not result.findings:
        return result
    near = [s for s in suppressions if s.rule == result.rule.id and matcher(s.repositories)(name or "-")]
    covering = [next((s for s in near if _covers(s, finding)), None) for finding in result.findings]
    reasons = dict.fromkeys(s.reason for s in covering if s)
    return result if None in covering else replace(result, suppressed=_BETWEEN.join(reasons))


def unused_suppressions(ruleset: Ruleset, results: Iterable[Result]) -> tuple[str, ...]:
    """The rules of suppressions that silenced nothing in all the results of an audit."""
    silenced = [(r.rule.id, f"{_BETWEEN}{r.suppressed}{_BETWEEN}") for r in results if r.suppressed is not None]
    return tuple(
        s.rule
        for s in ruleset.suppressions
        if not any(rule == s.rule and f"{_BETWEEN}{s.reason}{_BETWEEN}" in said for rule, said in silenced)
    )


def _covers(suppression: Suppression, finding: Finding) -> bool:
    return not suppression.paths or matcher(suppression.paths)(finding.at.path)
