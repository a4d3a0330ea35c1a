"""Marks, bars and colours: every meaning has a shape, so that nothing is lost without colour.

Colours are the terminal's own, set on spans (``Text.assemble``): a style given to a ``Text`` would spread over
everything appended to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from portfolio_audit.model.result import Outcome
from portfolio_audit.model.score import Score
from portfolio_audit.scoring import UNGRADED

GRADE_STYLES = {"A": "bold green", "B": "bold cyan", "C": "bold yellow", "D": "bold magenta", "F": "bold red"}
_GOOD, _FAIR = 0.75, 0.4


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters a terminal can show."""

    outcomes: dict[Outcome, str]
    levels: str
    full: str
    empty: str
    parts: tuple[str, str, str, str]
    rule: str
    arrow: str
    bullet: str


UNICODE = Marks(
    {Outcome.PASS: "✓", Outcome.PARTIAL: "◐", Outcome.FAIL: "✗", Outcome.UNKNOWN: "?", Outcome.NOT_APPLICABLE: "·"},
    "▁▂▃▄▅▆▇█",
    "━",
    "╌",
    ("●", "◐", "○", "·"),
    "─",
    "→",
    "•",
)
ASCII = Marks(
    {Outcome.PASS: "+", Outcome.PARTIAL: "~", Outcome.FAIL: "x", Outcome.UNKNOWN: "?", Outcome.NOT_APPLICABLE: "."},
    "_.:-=+*#",
    "=",
    ".",
    ("#", "~", "o", "."),
    "-",
    "->",
    "-",
)
OUTCOME_STYLES = {
    Outcome.PASS: "green",
    Outcome.PARTIAL: "yellow",
    Outcome.FAIL: "red",
    Outcome.UNKNOWN: "blue",
    Outcome.NOT_APPLICABLE: "dim",
}


def marks_for(console: Console) -> Marks:
    """Unicode marks, or ASCII where the encoding cannot show them."""
    needed = (*UNICODE.outcomes.values(), UNICODE.levels, UNICODE.full, UNICODE.empty, *UNICODE.parts, UNICODE.rule)
    try:
        "".join((*needed, UNICODE.arrow, UNICODE.bullet)).encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


def style_of(share: float | None) -> str:
    """The colour of a share: good, fair, poor, or unknown."""
    if share is None:
        return "dim"
    return "green" if share >= _GOOD else "yellow" if share >= _FAIR else "red"


def grade_text(grade: str) -> Text:
    """A letter in its colour, two cells wide."""
    return Text.assemble((f"{grade:<2}", GRADE_STYLES.get(grade[:1], "dim")))


def graded(score: Score) -> Text:
    """A letter in its colour, with the score beside it."""
    if score.grade == UNGRADED:
        return Text("not graded", style="bold")
    return grade_text(score.grade).append(f" {score.value:.0f} of 100", style="bold")


def bar(share: float | None, width: int, marks: Marks) -> Text:
    """A bar of a share of 0 to 1."""
    if share is None:
        return Text.assemble(("?" + " " * (width - 1), "dim"))
    filled = round(share * width)
    return Text.assemble((marks.full * filled, style_of(share)), (marks.empty * (width - filled), "dim"))


def level(share: float | None, marks: Marks) -> Text:
    """A share as one character of growing height."""
    if share is None:
        return Text.assemble(("?", "dim"))
    height = min(int(share * len(marks.levels)), len(marks.levels) - 1)
    return Text.assemble((marks.levels[height], style_of(share)))


def part_mark(share: float | None, marks: Marks) -> Text:
    """A depth part as one mark: there, partly, not, unknown."""
    if share is None:
        return Text.assemble((marks.parts[3], "dim"))
    index = 0 if share >= _GOOD else 1 if share > 0 else 2
    return Text.assemble((marks.parts[index], style_of(share)))
