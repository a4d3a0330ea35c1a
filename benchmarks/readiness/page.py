"""The figures as a page of the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_NAMES = {"readiness": "**readiness** (ours)", "reproscore": "ReproScore's static score", "size": "fewer code cells"}
_PAGE = Path(__file__).with_name("page.md")


def page(figures: Mapping[str, Any]) -> str:
    """Make the page of the figures."""
    return _PAGE.read_text(encoding="utf-8").format(
        n=figures["n"],
        succeeded=figures["succeeded"],
        other=figures["at_another_commit"],
        nothing=figures["nothing_to_run"],
        missing=len(figures["missing"]),
        rows="\n".join(_row(_NAMES[name], score) for name, score in figures["scores"].items()),
    )


def _row(name: str, score: Mapping[str, Any]) -> str:
    cells = (score["auc"], score["auc_interval"], score["matched_auc"], score["matched_auc_interval"])
    return f"| {name} | {' | '.join(map(_shown, cells))} |"


def _shown(value: float | tuple[float, float] | None) -> str:
    if value is None:
        return "n/a"
    return f"{value:.2f}" if isinstance(value, float) else f"{value[0]:.2f} to {value[1]:.2f}"
