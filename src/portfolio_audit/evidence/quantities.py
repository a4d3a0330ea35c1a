"""Quantities of value in a sentence: money, time, people, a share; not counts of data, settings or names of models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from portfolio_audit.evidence.numbers import names_of
from portfolio_audit.model.vocabulary import Vocabulary


class Quantity(StrEnum):
    """What a quantity measures, by what a sentence must say besides to be about value."""

    MONEY = "money"
    SHARE = "share"
    TIME = "time"


_NUMBER = r"(?<![\w.,/^-])\d[\d,.]{0,15}(?:\s?(?:[-\u2013]|to|or)\s?\d[\d,.]{0,15})?\+?"
_SCALE = r"(?:\s?[kmb]n?\b\+?|\s(?:thousand|million|billion|mio|mrd)\b)?"
_PEOPLE = (
    r"people|persons|adults|children|women|men|users|customers|clients|patients|deaths|lives|cases|visitors|members"
    r"|students|employees|workers|families|households|passengers|travell?ers|victims|americans|citizens|calls|tickets"
    r"|visits|orders|stores"
)
_PATTERNS = {
    Quantity.MONEY: re.compile(
        rf"[€£₹¥]\s?\d|\$\s?\d[\d,.]*+(?!\s?[$\\^=+*])|{_NUMBER}\s?[€£₹¥]|(?<![\w$^.,])\d[\d,.]*+\$(?!\w)"
        rf"|{_NUMBER}{_SCALE}\s?(?:dollars?|euros?|pounds|rupees|usd|eur|gbp|inr|brl)\b",
        re.IGNORECASE,
    ),
    Quantity.SHARE: re.compile(
        rf"{_NUMBER}\s?(?:%|percent\b|per\s?cent\b)|{_NUMBER}\s?(?:million|billion|thousand)\b"
        rf"|{_NUMBER}{_SCALE}\s(?:\w+\s)?(?:{_PEOPLE})\b|{_NUMBER}{_SCALE}\s?(?:[kmgt]wh|tonn?es?|tons?|lit(?:re|er)s)\b"
        r"|\b(?:one|two|three|four|nine) (?:in|out of) (?:every )?(?:two|three|four|five|six|ten|\d+)\b",
        re.IGNORECASE,
    ),
    Quantity.TIME: re.compile(
        rf"(?:{_NUMBER}|\b(?:two|three|four|five|six|ten|twelve))[ -]?"
        r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|times)\b",
        re.IGNORECASE,
    ),
}
_ABOUT_DATA = re.compile(
    r"\b(?:data ?sets?|the data|rows?|columns?|records|samples|images|reviews|observations|split"
    r"|train\w*|test|validation|epochs?|class(?:es)?|imbalance\w*|transactions|uptime|coverage|features?"
    r"|target variable|missing|confidence|threshold|download\w*|install\w*)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[\w /]{1,40}:\s*[\d./,%()\s-]{1,30}$")


def quantities(text: str, vocabulary: Vocabulary) -> Iterator[Quantity]:
    """The kinds of quantity a sentence gives that are not about data or the quality of a model."""
    if _ABOUT_DATA.search(text) or _LABELLED.match(text) or names_of(vocabulary.metrics).search(text):
        return
    yield from (kind for kind, pattern in _PATTERNS.items() if pattern.search(text))
