"""Values of quality measures in text: told apart from targets, settings, column names and other people's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from portfolio_audit.model.vocabulary import Metric, Vocabulary

_VALUE = r"[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)(?:e[-+]?\d+)?\s?%?"
_FILLERS = (
    "score|value|rate|metric|of|is|was|are|at|to|around|about|approximately|approx|nearly|reach|reached|reaches|achieve|achieved|"
    "achieves|on|the|for|test|train|training|validation|val|set|data|model|mean|average|avg|final|best|overall"
)
_GAP = rf"(?:\s*(?:{_FILLERS}|=|:|≈|~|\||-|\u2013|\u2014|\(|\)|\*|\"|'|,|>|\[|\]|`|\.(?=\s)))*\s*"
_NOT_OURS = re.compile(
    r"\b(?:target|goal|aim|threshold|at least|should|must|expect\w*|paper|authors|state[- ]of[- ]the[- ]art|literature|"
    r"et al|according to|reported by|minimum|desired|would|if the|alert|greater than|less than|below|above|drops?|version|e\.g|example|for instance|hope)\b",
    re.IGNORECASE,
)
_LARGEST = 10_000
_PERCENT_FROM, _PERCENT_TO = 30, 100
_MOST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure and the value found beside it."""

    metric: Metric
    value: float
    start: int


@lru_cache(maxsize=8)
def _pattern(metrics: tuple[Metric, ...]) -> tuple[re.Pattern[str], dict[str, Metric]]:
    names = {name: metric for metric in metrics for name in (metric.name, *metric.aliases)}
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    forward = rf"(?<![\w-])(?P<name>{known})(?![\w²^])(?:@\d+)?{_GAP}(?P<value>{_VALUE})(?![\w.])"
    backward = (
        rf"(?<![\w.])(?P<value2>{_VALUE})\s+(?:(?:\w+\s+)?(?:score|in|of|on|for)\s+)?(?P<name2>{known})(?![\w²^])"
    )
    return re.compile(f"{forward}|{backward}", re.IGNORECASE), names


def measured(text: str, vocabulary: Vocabulary) -> Iterator[Measured]:
    """Every measure with a value beside it, whoever's it is."""
    pattern, names = _pattern(vocabulary.metrics)
    for found in pattern.finditer(text[:_MOST_TEXT]):
        name = (found["name"] or found["name2"]).lower()
        value = _number(found["value"] or found["value2"])
        if value is not None and name in names and _plausible(name, value, found[0]):
            yield Measured(names[name], value, found.start())


def own_results(sentence: str, vocabulary: Vocabulary) -> list[Measured]:
    """The measures in a sentence of prose that reads as the author's own result."""
    found = list(measured(sentence, vocabulary))
    return [] if found and _NOT_OURS.search(sentence) else found


@lru_cache(maxsize=8)
def names_of(metrics: tuple[Metric, ...]) -> re.Pattern[str]:
    """A pattern that finds the name of a measure, as in the header of a table."""
    names = sorted({n for m in metrics for n in (m.name, *m.aliases)}, key=len, reverse=True)
    return re.compile(rf"(?<![\w])(?:{'|'.join(map(re.escape, names))})(?![\w])", re.IGNORECASE)


def is_number(cell: str) -> bool:
    """Whether a table cell holds a number, with marks such as ± and % around it."""
    return bool(re.fullmatch(rf"[~≈<>*]*\s*{_VALUE}(?:\s*(?:±|\+/-|\()\s*[\d.,%\s)±-]{{1,20}})?[*]*", cell.strip()))


def value_of(cell: str) -> float | None:
    """The number in a table cell."""
    found = re.search(_VALUE, cell)
    return _number(found[0]) if found else None


def _number(text: str) -> float | None:
    text = text.strip()
    share = text.endswith("%")
    plain = text.rstrip("% ")
    plain = plain.replace(",", "") if re.search(r",\d{3}\b", plain) else plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value / 100 if share else value


def _plausible(name: str, value: float, shown: str) -> bool:
    """A measure between 0 and 1 is not written as a bare whole number such as a year or a count."""
    whole = float(value).is_integer() and "%" not in shown and "." not in shown
    bounded = not re.search(r"rmse|mse|mae|error|loss|perplexity|reward|map\b", name)
    return abs(value) <= _LARGEST * 1000 and not (
        whole and bounded and abs(value) not in {0.0, 1.0} and not 30 <= value <= 100
    )
