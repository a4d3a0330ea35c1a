"""docs/accuracy.md: what was measured, for whoever wants to know how far to trust a verdict. No repository is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import cast

from benchmarks.accuracy.figures import Figures
from benchmarks.accuracy.mapping import Column, ColumnMap
from benchmarks.accuracy.tables import Json, kind_lines, number, row, spread

TEXT = Path(__file__).with_name("page.md")
LEVEL_NAMES = ("none", "partly", "fully")


def page(whole: Figures, halves: Mapping[str, Figures], mapping: ColumnMap) -> str:
    """Fill the page with figures; only sums and shares stand in it."""
    return _filled(cast("Json", whole), cast("dict[str, Json]", halves), mapping)


def _filled(whole: Json, halves: Mapping[str, Json], mapping: ColumnMap) -> str:
    overall, kind = whole["overall"], whole["kind"]
    return Template(TEXT.read_text(encoding="utf-8")).substitute(
        n=whole["n"],
        owners=whole["owners"],
        failures=len(whole["failures"]),
        seconds=number(whole["seconds_per_repository"]),
        columns="\n".join(_columns(whole, halves, mapping)),
        spearman=number(overall["spearman"]),
        interval=spread(overall["spearman_interval"]),
        kendall=number(overall["kendall"]),
        ranked=overall["n"],
        halves=", ".join(f"{name} {number(half['overall']['spearman'])}" for name, half in halves.items()),
        kind_share=number(kind["accuracy"]),
        kind_n=kind["n"],
        kinds="\n".join(kind_lines(kind)),
        about="\n\n".join(_about(column, whole["columns"][column.name]) for column in mapping.columns),
    )


def _columns(whole: Json, halves: Mapping[str, Json], mapping: ColumnMap) -> Iterator[str]:
    heads = ["column", "n", "undecided", "kappa", "95 % interval", "two readers", *halves, "full: P / R", "any: P / R"]
    yield row(heads)
    yield "|" + "---|" * len(heads)
    for column in mapping.columns:
        own = whole["columns"][column.name]
        shares = [" / ".join(number(own[level][key]) for key in ("precision", "recall")) for level in ("full", "any")]
        kappa, counts = f"**{number(own['kappa'])}**", (own["n"], own["undecided"])
        others = [number(half["columns"][column.name]["kappa"]) for half in halves.values()]
        interval = spread(own["kappa_interval"])
        yield row([column.name, *counts, kappa, interval, number(column.readers), *others, *shares])


def _about(column: Column, own: Json) -> str:
    rules = ", ".join(f"[{rule}](rules/{rule}.md)" for rule in column.rules)
    return (
        f"**{column.name}**: {column.says}. Judged by {rules}.\n"
        f"{_errors(own['confusion'])} Files cannot tell {column.unseen}."
    )


def _errors(confusion: list[list[int]]) -> str:
    """The commonest error in words, from the table of labels and verdicts."""
    cells = [(confusion[a][b], a, b) for a in range(3) for b in range(3) if a != b and confusion[a][b]]
    total = sum(map(sum, confusion))
    if not cells:
        return f"No verdict of {total} differs from the reader's."
    count, label, verdict = max(cells, key=lambda cell: (cell[0], abs(cell[1] - cell[2])))
    wide = confusion[0][2] + confusion[2][0]
    return (
        f"{sum(cell[0] for cell in cells)} of {total} verdicts differ, {wide} of them by two levels; "
        f"most often ({count}) we say *{LEVEL_NAMES[verdict]}* where the reader says *{LEVEL_NAMES[label]}*."
    )
