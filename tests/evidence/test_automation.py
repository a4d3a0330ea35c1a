"""What Makefiles, scripts, jobs and stages run and the tree lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import automation
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("Makefile", "run:\n\tpython lost.py\n", 2),
        ("scripts/all.sh", "echo\nbash lost.py\n", 2),
        ("dvc.yaml", "stages:\n  a:\n    cmd: python lost.py --x 1\n", 3),
        (".github/workflows/a.yml", "on: push\njobs:\n  a:\n    steps:\n      - run: python lost.py\n", 5),
    ],
)
def test_every_place_is_looked_through(seen: Seen, path: str, text: str, line: int) -> None:
    assert seen(automation, {path: text}).facts == (
        Fact("automation.dangling", "lost.py", Location(path, line, note="runs lost.py")),
        Fact("automation.named", 1),
    )
    assert not seen(automation, {path: text, "deep/lost.py": ""}).has("automation.dangling")


@pytest.mark.parametrize(
    "recipe",
    ["python $(FILE).py", "python -c 'x'", "pytest", "cat > a.py && python a.py", "pip install -r https://e.org/a.txt"],
)
def test_what_is_not_looked_up_or_made_first(seen: Seen, recipe: str) -> None:
    assert not seen(automation, {"Makefile": f"run:\n\t{recipe}\n"}).has("automation.dangling")


def test_a_stage_file_of_another_form_runs_nothing(seen: Seen) -> None:
    assert seen(automation, {"dvc.yaml": "stages: [a]\n"}).facts == ()
