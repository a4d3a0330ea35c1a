"""Values of quality measures in text: told apart from targets, settings, column names and other people's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.vocabulary import Metric, Vocabulary

_VALUE = r"[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)(?:e[-+]?\d+)?\s?%?"
_SIGNS = r"""=|:|≈|~|\||-|\u2013|\u2014|\(|\)|\*|"|'|,|>|\[|\]|`|\.|\$|€"""
_ERRORS = re.compile(r"rmse|mse|mae|error|loss|perplexity|reward|wer\b|gini|cosine")
_SHARE_LIMITS = (20, 100)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+")
_MOST_TEXT = 4_000
_BEFORE = 24
_ROOM_BEFORE, _ROOM_AFTER = 120, 240
_TRAINING_BEFORE = re.compile(r"\b(?:train|training|fit)(?:[\s_-](?:set|data|sample))?['\"\s_:.-]{0,3}$", re.IGNORECASE)
_ON_TRAINING = re.compile(
    r"\b(?:on|for|of) (?:the )?train(?:ing)?(?: set| data| sample)?\b(?! and| or|/)", re.IGNORECASE
)
BOUNDED = frozenset({"accuracy", "auc", "r2", "f1"})
TOO_GOOD = 0.999
_MOST_VALUE = 10**9


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure and the value found beside it; ``training`` if it was taken on the data the model was fitted to."""

    metric: Metric
    value: float
    start: int
    training: bool = False

    @property
    def too_good(self) -> bool:
        """Whether it is nearly perfect: a question to expect, not a result."""
        return self.metric.name in BOUNDED and TOO_GOOD <= self.value <= 1


@lru_cache(maxsize=8)
def _pattern(metrics: tuple[Metric, ...], between: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, Metric]]:
    names = {name: metric for metric in metrics for name in (metric.name, *metric.aliases)}
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    filling = "|".join(map(re.escape, between)) or "(?!)"
    gap = rf"(?:\s*(?:(?:{filling})(?!\w)|{_SIGNS})){{0,12}}?\s*"
    forward = rf"(?<![\w-])(?P<name>{known})(?![\w²^])(?:@\d+)?{gap}(?P<value>{_VALUE})(?![\w.]*\w)"
    of = r"(?:(?:\w+\s+)?(?:score|in|of|on|for)\s+)?"
    inside = r"(?:(?<=\S\s)|(?=[\d.,]{1,12}\s?%))(?<![\w.])"
    backward = rf"{inside}(?P<value2>{_VALUE})\s+{of}(?P<name2>{known})(?![\w²^])"
    return re.compile(f"{forward}|{backward}", re.IGNORECASE), names


def measured(text: str, vocabulary: Vocabulary) -> Iterator[Measured]:
    """Every measure with a value beside it, whoever's it is."""
    windows = _windows(text[:_MOST_TEXT], vocabulary.metrics) if _DIGIT.search(text) else []
    if not windows:
        return
    pattern, names = _pattern(vocabulary.metrics, vocabulary.words.get("between", ()))
    for found in (found for start, end in windows for found in pattern.finditer(text, start, end)):
        name = (found["name"] or found["name2"]).lower()
        written = found["value"] or found["value2"]
        value = _number(written)
        if value is not None and name in names and _plausible(names[name].name, value, written):
            yield Measured(names[name], value, found.start(), _on_training(text, found))


def _on_training(text: str, found: re.Match[str]) -> bool:
    """Whether the words around a measure say that it is that of training."""
    before = text[max(found.start() - _BEFORE, 0) : found.start()]
    around = text[found.start() : found.end() + _BEFORE]
    return _TRAINING_BEFORE.search(before) is not None or _ON_TRAINING.search(around) is not None


def _windows(text: str, metrics: tuple[Metric, ...]) -> list[tuple[int, int]]:
    """Where a text can name a measure, with room for the value; most outputs of notebooks can nowhere."""
    words, others = _hints(metrics)
    starts = [found.start() for found in _WORD.finditer(text) if found[0].lower() in words]
    starts += [found.start() for found in others.finditer(text)] if not text.isascii() else []
    windows: list[tuple[int, int]] = []
    for start in sorted(starts):
        first, last = max(start - _ROOM_BEFORE, 0), min(start + _ROOM_AFTER, len(text))
        if windows and first <= windows[-1][1]:
            first = windows.pop()[0]
        windows.append((first, last))
    return windows


@lru_cache(maxsize=8)
def _hints(metrics: tuple[Metric, ...]) -> tuple[frozenset[str], re.Pattern[str]]:
    """The first words of names in Latin letters, and a pattern of the other names."""
    names = [name for metric in metrics for name in (metric.name, *metric.aliases)]
    latin = {found[0] for name in names if name.isascii() and (found := _WORD.search(name))}
    others = "|".join(re.escape(name) for name in names if not name.isascii())
    return frozenset(latin), re.compile(others or "(?!)", re.IGNORECASE)


def own_results(sentence: str, vocabulary: Vocabulary) -> list[Measured]:
    """The measures in a sentence of prose that reads as the author's own result."""
    found = [one for one in measured(sentence, vocabulary) if not one.training]
    return [] if found and phrases(vocabulary.words.get("others", ())).search(sentence) else found


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


def numbers_in(text: str) -> int:
    """How many fractions, percentages and larger numbers a text has."""
    return len(re.findall(r"(?<![\w.])(?:\d+[.,]\d+|\d{2,})(?![\w.]*\w)", text[:_MOST_TEXT]))


def _number(text: str) -> float | None:
    share = text.strip().endswith("%")
    plain = text.strip().rstrip("% ")
    plain = plain.replace(",", "") if re.search(r",\d{3}\b", plain) else plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value / 100 if share else value


def _plausible(metric: str, value: float, written: str) -> bool:
    """A measure between 0 and 1 is written as a fraction or a percentage, not as a section number, year or count."""
    if _ERRORS.search(metric):
        return abs(value) <= _MOST_VALUE and ("." in written or "," in written or abs(value) >= 1)
    if "%" in written:
        return 0 <= value <= 1
    least, most = _SHARE_LIMITS
    fraction = "." in written or "," in written
    return (fraction and -1 <= value <= 1) or least <= value <= most
