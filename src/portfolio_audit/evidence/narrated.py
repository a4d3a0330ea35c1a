"""Sentences that tell what somebody did, by their grammar: "we split", "was tuned", "se entrenó", "wurde trainiert"."""

from __future__ import annotations

import re

_BETWEEN = r"(?:(?:\w+ly|also|then|first|have|had|did|not|will|only)\s){0,2}"
_IRREGULAR = "took|ran|built|chose|made|did|split|fit|kept|got|wrote"
_PRESENT = (
    "use|train|compare|apply|create|build|choose|select|perform|start|define|drop|replace|convert|compute|calculate"
    "|add|remove|fill|scale|test|evaluate|try"
)
_FORMS = (
    rf"\b(?:i|we)(?:['\u2019](?:ll|ve))?\s{_BETWEEN}(?:\w{{2,30}}ed|{_IRREGULAR}|{_PRESENT})\b",
    rf"\b(?:was|were|is|are|been|being)\s{_BETWEEN}(?:\w{{2,30}}ed|built|made|chosen|taken|split|fit|kept|run|done)\b",
    r"\bse\s\w{2,30}(?:ó|aron|ieron)\b",
    r"\b(?:hemos|temos|tenho|fue|fueron|foi|foram)\s\w{2,30}[ai]d[oa]s?\b",
    r"\b\w{3,30}(?:amos|imos|emos|ou-se)\b",
    r"\b(?:nous\s(?:av\w{2,5})|j['\u2019]ai|on\sa)\s\w{2,30}",
    r"\b(?:a|ont)\sété\s\w{2,30}",
    r"\b(?:wurden?|haben\swir|wir\shaben|habe\sich|ich\shabe)\b",
    r"\bмы\s(?:\w{2,20}\s)?\w{2,30}ли\b|\b(?:был|была|было|были)\s\w{2,30}[нт][аоы]?\b",
    r"\b\w{3,30}(?:liśmy|łam|łem|owano|ywano|iono|ęto)\b",
    r"我们|使用了|采用了",
)
"""English: a person, and the passive; then Spanish and Portuguese, French, German, Russian, Polish and Chinese."""
_PATTERN = re.compile("|".join(_FORMS), re.IGNORECASE)


def is_narrated(sentence: str) -> bool:
    """Whether a sentence says that something was done: by a person, or in the passive."""
    return _PATTERN.search(sentence) is not None


__all__ = ["is_narrated"]
