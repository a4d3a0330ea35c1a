"""Notebooks that were saved as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

from portfolio_audit.evidence import results
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.exported import exported_notebooks
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.notebook import Cell, Output


def block(code: str, output: str) -> str:
    return f"```python\n{code}\n```\n\n    {output}\n\n"


STORY = "# Tides\n\n" + "".join(
    block(f"m{n} = {model}().fit(X, y)\nm{n}.score(V, w)", f"accuracy: 0.8{n}")
    for n, model in enumerate(["Ridge", "Lasso", "SVR", "LinearRegression"])
)


def test_code_with_the_output_below_it(documents: Callable[[Mapping[str, str]], Documents]) -> None:
    found = dict(exported_notebooks(documents({"tides.md": STORY})))

    assert list(found) == ["tides.md"]
    assert found["tides.md"][1] == Cell(
        2, 11, markdown=False, source="m1 = Lasso().fit(X, y)\nm1.score(V, w)\n", outputs=(Output("accuracy: 0.81\n"),)
    )


def test_commands_and_answers_are_no_notebook(documents: Callable[[Mapping[str, str]], Documents]) -> None:
    text = "```python\nprint(1)\n```\n\n```\n1\n```\n"

    assert list(exported_notebooks(documents({"README.md": text * 2}))) == []


def test_its_scores_are_computed_and_compared(
    seen: Callable[[ModuleType, Mapping[str, str]], Evidence],
) -> None:
    facts = seen(results, {"tides.md": STORY}).facts
    places = {fact.id: fact.at for fact in facts if fact.id != "results.metric"}

    assert set(places) == {"results.computed", "results.comparison_computed"}
    assert places["results.comparison_computed"] == Location("tides.md", 25, note="several models or settings scored")
