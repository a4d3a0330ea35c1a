"""Who may import whom, eager and late imports alike; and that nothing imports in circles."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import portfolio_audit

PACKAGE = Path(portfolio_audit.__file__).parent
JOINTS = {"audit", "judging", "parallel", "settings", "scoring", "planning"}
ALLOWED = {
    "model": set(),
    "errors": {"model"},
    "parsing": {"model", "errors"},
    "github": {"", "model", "errors", "parsing"},
    "sources": {"", "model", "errors", "github", "parsing"},
    "evidence": {"model", "errors", "parsing"},
    "engine": {"model", "errors", "parsing"},
    "config": {"model", "errors", "parsing", "engine"},
    "scoring": {"model"},
    "planning": {"model", "scoring"},
    "reporting": {"", "model", "errors", "scoring"},
    "dashboard": {"model", "errors", "reporting"},
    "publishing": {"model", "errors", "github"},
    "history": {"model", "errors", "comparing", "reporting"},
    "comparing": {"model", "reporting"},
    "action": {"", "model", "errors", "sources", "reporting", "comparing", "publishing"},
    "settings": {"model"},
    "defaults": {"", "model", "evidence", "engine", "settings"},
    "judging": {"model", "errors", "sources", "evidence", "engine"} | JOINTS,
    "parallel": {"model", "errors", "sources"} | JOINTS,
    "keeping": {"model", "evidence"} | JOINTS,
    "audit": {"", "model", "errors", "config", "sources", "evidence", "engine"} | JOINTS,
    "backfilling": {"model", "evidence", "sources", "reporting", "audit"} | JOINTS,
    "cases": {"model", "errors", "parsing", "evidence", "engine"} | JOINTS,
    "__init__": set(),
    "__main__": {"cli"},
}
"""The parts each part may import, itself apart (the empty one is the version); the command line may import all."""
ONLY = {
    "engine": "portfolio_audit.parsing.yaml",
    "sources": "portfolio_audit.parsing.yaml",
    "github": "portfolio_audit.parsing.yaml",
}


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in PACKAGE.rglob("*.py")}


def imported(path: Path) -> set[str]:
    """Our own modules that a file imports, at any depth of its code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    found = {n if n in MODULES else n.rpartition(".")[0] for n in names}
    return {n for n in found if n in MODULES}


GRAPH = {name: imported(path) - {name} for name, path in MODULES.items()}


def part(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_what_its_part_may(module: str) -> None:
    own = part(module)
    if own == "cli":
        return
    others = {part(target) for target in GRAPH[module]} - {own}
    assert others <= ALLOWED[own or "__init__"]


@pytest.mark.parametrize("module", sorted(m for m in MODULES if part(m) in ONLY))
def test_of_parsing_some_parts_use_only_yaml(module: str) -> None:
    parsing = {target for target in GRAPH[module] if part(target) == "parsing"}
    assert parsing <= {ONLY[part(module)]}


def test_nothing_imports_the_command_line() -> None:
    assert not [
        m
        for m, targets in GRAPH.items()
        if part(m) not in {"cli", "__main__"} and any(part(t) == "cli" for t in targets)
    ]


def test_there_are_no_import_cycles() -> None:
    try:
        order = list(TopologicalSorter(GRAPH).static_order())
    except CycleError as error:
        pytest.fail(f"import cycle: {error.args[1]}")
    assert set(order) == set(MODULES)


def test_the_check_sees_late_imports(tmp_path: Path) -> None:
    late = tmp_path / "late.py"
    late.write_text("def f():\n    from portfolio_audit.model import fact\n")
    assert imported(late) == {"portfolio_audit.model.fact"}


def test_only_the_command_line_prints_or_exits() -> None:
    offenders = [m for m, path in MODULES.items() if part(m) != "cli" and _prints(path)]
    assert offenders == []


def _prints(path: Path) -> bool:
    calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    names = {ast.unparse(call.func) for call in calls}
    return bool(names & {"print", "exit", "quit", "sys.exit", "os._exit"})
