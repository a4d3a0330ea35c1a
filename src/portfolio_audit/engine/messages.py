"""Messages with what was seen filled in: ``{environment.unpinned_count}`` becomes the number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portfolio_audit.model.fact import Evidence, FactSpec, FactType

_QUOTED = re.compile(r"\{([^{}\s]+)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z{])")
_NAMES_SHOWN = 2
_LONGEST_NAME = 80


def quoted_facts(message: str) -> list[str]:
    """The ids of the facts that a message quotes."""
    return _QUOTED.findall(message)


def fill(message: str, evidence: Evidence, facts: Mapping[str, FactSpec]) -> str:
    """The message with every quoted fact replaced by what was seen.

    A sentence that only lists names, when there are none, is left out beside others that say something.
    """
    said = [s for s in _SENTENCE_END.split(message) if not _lists_nothing(s, evidence, facts)]
    told = " ".join(said) or message
    return _QUOTED.sub(lambda match: _shown(match[1], evidence, facts.get(match[1])), told)


def _lists_nothing(sentence: str, evidence: Evidence, facts: Mapping[str, FactSpec]) -> bool:
    quoted = [(fact_id, facts.get(fact_id)) for fact_id in quoted_facts(sentence)]
    names = [fact_id for fact_id, spec in quoted if spec and spec.type is FactType.NAMES]
    return bool(quoted) and len(names) == len(quoted) and not any(map(evidence.names, names))


def _shown(fact_id: str, evidence: Evidence, spec: FactSpec | None) -> str:
    if spec is None:
        return f"{{{fact_id}}}"
    if spec.type is FactType.NAMES:
        return _listed(sorted(evidence.names(fact_id)))
    if spec.type is FactType.FLAG:
        return f"{len(evidence.known(fact_id)):,}"
    return _number(evidence.number(fact_id), spec.unit)


def _listed(names: list[str]) -> str:
    if not names:
        return "none"
    shown = [name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in names]
    if len(shown) > _NAMES_SHOWN + 1:
        return f"{', '.join(shown[:_NAMES_SHOWN])} and {len(shown) - _NAMES_SHOWN} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _number(value: float, unit: str) -> str:
    if unit == "share":
        return f"{100 * value:.0f} %"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
