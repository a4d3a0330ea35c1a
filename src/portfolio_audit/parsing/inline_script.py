"""The declaration that a single script carries in its comments.

Source: https://packaging.python.org/en/latest/specifications/inline-script-metadata/
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from portfolio_audit.parsing.dependency import MAX_DEPENDENCIES, Broken, Declaration, Dependency, Stated, line_of
from portfolio_audit.parsing.pyproject import read_requirements
from portfolio_audit.parsing.toml import parse_toml, string, strings

MARK = "# /// script"
_END = "# ///"
_MOST_LINES = 500


def parse_inline_script(text: str) -> Declaration:
    """Parse the ``# /// script`` block of a module; empty without one. Raises ParseError for invalid TOML in it."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.rstrip() == MARK), None)
    if start is None:
        return Declaration()
    block: list[str] = []
    for line in islice(lines, start + 1, start + _MOST_LINES):
        if line.rstrip() == _END or not line.startswith("#"):
            break
        block.append(line[2:].rstrip("\r"))
    return _placed(_declaration("\n".join(block)), start + 1)


def _declaration(block: str) -> Declaration:
    document = parse_toml(block)
    written = strings(document.get("dependencies"))[:MAX_DEPENDENCIES]
    dependencies, broken = read_requirements(block, written)
    python = string(document.get("requires-python"))
    stated = Stated(python, line_of(block, "requires-python")) if python else None
    return Declaration(dependencies, (), broken, stated)


def _placed(read: Declaration, above: int) -> Declaration:
    """The declaration with its lines counted from the top of the file."""
    return replace(
        read,
        dependencies=tuple(Dependency(d.name, d.line + above, d.pin) for d in read.dependencies),
        broken=tuple(Broken(b.text, b.line + above, b.reason) for b in read.broken),
        python=replace(read.python, line=read.python.line + above) if read.python else None,
    )
