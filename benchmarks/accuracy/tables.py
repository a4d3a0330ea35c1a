"""The figures of the benchmark as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

MOST_DISAGREEMENTS = 60


def markdown(result: Mapping[str, object]) -> str:
    """One table of columns, one line of overall figures, and the widest disagreements."""
    return "\n".join(_lines(cast("dict[str, Any]", result))) + "\n"


def _lines(result: dict[str, Any]) -> Iterator[str]:
    yield "| column | n | kappa | 95 % interval | full: precision / recall | any: precision / recall |"
    yield "|---|---|---|---|---|---|"
    for name, column in result["columns"].items():
        low, high = column["kappa_interval"]
        full, some = column["full"], column["any"]
        yield (
            f"| {name} | {column['n']} | {column['kappa']:.2f} | {low:.2f} to {high:.2f} "
            f"| {full['precision']:.2f} / {full['recall']:.2f} | {some['precision']:.2f} / {some['recall']:.2f} |"
        )
    overall, kind = result["overall"], result["kind"]
    low, high = overall["spearman_interval"]
    yield ""
    yield f"{result['n']} repositories, {len(result['failures'])} failures. Kind right: {kind['accuracy']:.0%}."
    yield (
        f"Score against the readers' overall impression: Spearman {overall['spearman']:.2f} "
        f"({low:.2f} to {high:.2f}), Kendall {overall['kendall']:.2f}."
    )
    yield f"{result['seconds_per_repository']:.2f} s a repository, {result['peak_memory_mb']:.0f} MB at most."
    yield ""
    yield "| repository | column | reader | tool | the reader's evidence | ours |"
    yield "|---|---|---|---|---|---|"
    for d in result["disagreements"][:MOST_DISAGREEMENTS]:
        cells = (d["repository"], d["column"], str(d["label"]), str(d["verdict"]), d["reader"], d["tool"])
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
