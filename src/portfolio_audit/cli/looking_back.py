"""Past audits as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from portfolio_audit.history import Run
from portfolio_audit.reporting.escaping import clean

_BARS = "▁▂▃▄▅▆▇█"
_WIDEST = 60


def listing(runs: Sequence[Run], subject: str, most: int, file: str) -> str:
    """The runs by subject, each with its curve, and how each run differs from the one before."""
    if not runs:
        about = f" of {clean(subject)}" if subject else ""
        return f"No audit{about} is kept in {clean(file)}. Keep one with --record.\n"
    ordered = sorted(runs, key=lambda run: (run.subject, run.at, run.number))
    blocks = ["".join(_block(list(group), most)) for _, group in groupby(ordered, key=lambda run: run.subject)]
    return "\n".join(blocks) + f"\nKept in {clean(file)}\n"


def _block(runs: list[Run], most: int) -> Iterator[str]:
    yield f"{clean(runs[0].subject)}  {curve(run.score for run in runs)}\n"
    before: Run | None = runs[-most - 1] if len(runs) > most else None
    for run in runs[-most:]:
        change = f"{run.score - before.score:+6.1f}" if before else " " * 6
        remark = _remark(before, run)
        yield f"  #{run.number:<4} {run.at[:10]}  {run.grade:<2} {run.score:5.1f} {change}  {remark}".rstrip() + "\n"
        before = run


def _remark(before: Run | None, run: Run) -> str:
    """What else than the repositories changed since the run before, and how the run came about."""
    told = [run.way] if run.way != "audit" else []
    if before and before.standard != run.standard:
        told.append("other rules")
    elif before and before.tool != run.tool:
        told.append(f"portfolio-audit {run.tool}")
    return ", ".join(told)


def curve(scores: Iterable[float]) -> str:
    """Scores of 0 to 100 as a row of bars, the newest on the right."""
    return "".join(_BARS[min(len(_BARS) - 1, int(score / 100 * len(_BARS)))] for score in list(scores)[-_WIDEST:])
