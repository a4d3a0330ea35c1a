"""Notebooks as cases write them, ``{cells: [{markdown: …}, {code: …, count: 1}]}``, to what Jupyter would save."""

from __future__ import annotations

import json
from collections.abc import Mapping

from portfolio_audit.engine.fields import Fields

_CELL_KEYS = ("markdown", "code", "raw", "count", "output", "error", "image")
_SOURCES = ("markdown", "code", "raw")
_OUTPUTS = ("output", "error", "image")
_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
_Json = Mapping[str, object]


def read_notebook(fields: Fields) -> str:
    """The text of a notebook (nbformat 4.5), indented and sorted as Jupyter does."""
    nodes = fields.origin.list(fields.required("cells"), "'cells'")
    cells = [_cell(fields.origin.mapping(node, "a cell", _CELL_KEYS), n) for n, node in enumerate(nodes, start=1)]
    language = fields.text("language", "python")
    document = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": language.title(), "language": language, "name": language},
            "language_info": {"name": language},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cell(fields: Fields, number: int) -> _Json:
    kinds = [key for key in _SOURCES if key in fields]
    if len(kinds) != 1:
        fields.fail(f"a cell has exactly one of: {', '.join(_SOURCES)}.")
    kind = kinds[0]
    cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": _lines(fields.written(kind))}
    if kind == "code":
        return {**cell, "execution_count": _count(fields), "outputs": _outputs(fields)}
    for key in ("count", *_OUTPUTS):
        if key in fields:
            fields.fail(f"a {kind} cell has no '{key}'.", key)
    return cell


def _count(fields: Fields) -> int | None:
    return int(fields.number("count", least=1)) if "count" in fields else None


def _outputs(fields: Fields) -> list[_Json]:
    makers = {"output": _stream, "image": _picture, "error": _error}
    return [make(fields) for key, make in makers.items() if key in fields]


def _stream(fields: Fields) -> _Json:
    return {"name": "stdout", "output_type": "stream", "text": _lines(fields.written("output"))}


def _picture(fields: Fields) -> _Json:
    fields.flag("image")
    data = {"image/png": _PIXEL, "text/plain": ["<Figure size 640x480 with 1 Axes>"]}
    return {"data": data, "metadata": {}, "output_type": "display_data"}


def _error(fields: Fields) -> _Json:
    name = fields.text("error")
    return {"ename": name, "evalue": "made up", "output_type": "error", "traceback": [f"{name}: made up"]}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
