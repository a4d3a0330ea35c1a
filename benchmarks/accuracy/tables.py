"""The figures of the benchmark as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

MOST_DISAGREEMENTS = 80
Json = dict[str, Any]


def markdown(result: Mapping[str, object]) -> str:
    """The tables of columns, kinds and order, and what reader and tool disagree on, the widest gaps first."""
    return "\n".join(_lines(cast("Json", result))) + "\n"


def number(value: float | None, places: int = 2) -> str:
    """Write a figure, or n/a where there is none."""
    return "n/a" if value is None else f"{value:.{places}f}"


def spread(interval: Sequence[float] | None) -> str:
    """Write an interval, or n/a."""
    return "n/a" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}"


def kind_lines(kind: Json) -> Iterator[str]:
    """The kinds that were taken for another, the commonest first."""
    yield "| kind for the reader | for us | repositories |"
    yield "|---|---|---|"
    for cell in kind["confusion"]:
        if cell["label"] != cell["verdict"]:
            yield f"| {cell['label']} | {cell['verdict']} | {cell['count']} |"


def _lines(result: Json) -> Iterator[str]:
    yield from _columns(result["columns"])
    yield ""
    yield from _summary(result)
    yield ""
    yield from kind_lines(result["kind"])
    yield ""
    yield from _order(result["misplaced"])
    yield ""
    yield from _disagreements(result["disagreements"])


def _columns(columns: Json) -> Iterator[str]:
    yield "| column | n | undecided | kappa | 95 % interval | full: P / R / F1 | any: P / R / F1 | reader by tool |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, column in columns.items():
        full, some = (
            " / ".join(number(column[level][key]) for key in ("precision", "recall", "f1")) for level in ("full", "any")
        )
        table = " · ".join(" ".join(map(str, row)) for row in column["confusion"])
        yield (
            f"| {name} | {column['n']} | {column['undecided']} | {number(column['kappa'])} "
            f"| {spread(column['kappa_interval'])} | {full} | {some} | {table} |"
        )


def _summary(result: Json) -> Iterator[str]:
    overall, kind = result["overall"], result["kind"]
    yield (
        f"{result['n']} repositories of {result['owners']} owners, {len(result['failures'])} failures, "
        f"{len(result['missing'])} not there, {result['at_another_commit']} at another commit than the label's. "
        f"Kind right: {number(kind['accuracy'])} of {kind['n']}."
    )
    yield (
        f"Score against the readers' overall impression: Spearman {number(overall['spearman'])} "
        f"({spread(overall['spearman_interval'])}), Kendall {number(overall['kendall'])} "
        f"({spread(overall['kendall_interval'])}), n = {overall['n']}."
    )
    yield (
        f"{number(result['seconds_per_repository'])} s a repository, {number(result['slowest_seconds'])} s the "
        f"slowest, {result['peak_memory_mb']:.0f} MiB at most in a process."
    )
    for failure in result["failures"]:
        yield f"Failed: {failure['repository']}: {failure['why']}"
    yield from (f"Label: {problem}" for problem in result["label_problems"])


def _order(misplaced: Sequence[Json]) -> Iterator[str]:
    yield "| repository | kind | reader's impression | our score | reader's place | our place |"
    yield "|---|---|---|---|---|---|"
    for one in misplaced:
        cells = (one["repository"], one["kind"], one["overall"], one["score"], one["reader"], one["tool"])
        yield row(cells)


def _disagreements(found: Sequence[Json]) -> Iterator[str]:
    yield "| repository | column | reader | tool | the reader's evidence | ours |"
    yield "|---|---|---|---|---|---|"
    for cell in found[:MOST_DISAGREEMENTS]:
        yield row((cell["repository"], cell["column"], cell["label"], cell["verdict"], cell["reader"], cell["tool"]))
    if len(found) > MOST_DISAGREEMENTS:
        yield f"\nand {len(found) - MOST_DISAGREEMENTS} more: --format json has them all"


def row(cells: Sequence[object]) -> str:
    """A row of a table."""
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
