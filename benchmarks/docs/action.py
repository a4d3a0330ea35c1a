"""The page of the action's inputs and outputs, made from action.yml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from benchmarks.docs.knowledge import ROOT, Knowledge
from benchmarks.docs.markdown import code, page, table

_HEAD = "What `action.yml` says of itself; [the recipes](action.md) show how to use it."
_TOKEN = "${{ github.token }}"  # noqa: S105  # an expression


def pages(_knowledge: Knowledge) -> Mapping[str, list[str]]:
    """The page by its path in docs/."""
    action: Any = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    inputs = [(code(name), _usual(one["default"]), one["description"]) for name, one in action["inputs"].items()]
    outputs = [(code(name), one["description"]) for name, one in action["outputs"].items()]
    lines = [
        *page("Inputs and outputs of the action"),
        _HEAD,
        "",
        "## Inputs",
        "",
        *table(("Input", "Usually", "What it is for"), inputs),
        "",
        "## Outputs",
        "",
        *table(("Output", "What it says"), outputs),
    ]
    return {"action-inputs.md": lines}


def _usual(default: str) -> str:
    if default == _TOKEN:
        return "the workflow's"
    return code(default) if default else ""
