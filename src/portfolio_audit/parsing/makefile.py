"""Makefiles (and justfiles, which indent by spaces) to targets with their prerequisites and recipes, with lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from portfolio_audit.parsing.shell import Command, parse_shell

_RULE = re.compile(r"@?([A-Za-z0-9_./%$(){} *+-]+)::?(?![=:])\s*([^#;]*)(?:;(.*))?")
_VARIABLE = re.compile(r"(?:export\s+)?([A-Za-z_]\w*)\s*[:?+]?=\s*(.*)")
_REFERENCE = re.compile(r"\$[({](\w+)[)}]")
_MAX_TARGETS = 1_000
_MAX_EACH = 200
_MAX_TEXT = 300_000
_MAX_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class Target:
    """One target and the commands of its recipe."""

    name: str
    line: int
    prerequisites: tuple[str, ...] = ()
    commands: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True)
class Makefile:
    """The targets of a Makefile by name, in order."""

    targets: dict[str, Target]

    def reached(self, name: str) -> tuple[Target, ...]:
        """The target and all that making it makes first; the first target when ``name`` is empty."""
        wanted = [name or next((t for t in self.targets if not t.startswith(".")), "")]
        found: dict[str, Target] = {}
        while wanted:
            target = self.targets.get(wanted.pop())
            if target and target.name not in found:
                found[target.name] = target
                wanted += reversed(target.prerequisites)
        return tuple(found.values())


def parse_makefile(text: str) -> Makefile:
    """Parse targets and recipes; variables with a plain value are filled in. Never raises."""
    reader = _Reader()
    for number, line in _logical_lines(text[:_MAX_TEXT]):
        reader.take(line[:_MAX_LENGTH], number)
    reader.close()
    return Makefile(reader.targets)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with continuations joined under the number of their first; those of recipes are left to the shell."""
    first, parts = 0, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        goes_on = line.endswith("\\")
        if first:
            parts.append(line.removesuffix("\\").strip())
        elif goes_on and not line.startswith(("\t", "  ", "#")):
            first, parts = number, [line[:-1].rstrip()]
        else:
            yield number, line
            continue
        if not goes_on:
            yield first, " ".join(parts)
            first = 0
    if first:
        yield first, " ".join(parts)


@dataclass(slots=True)
class _Reader:
    """Reads line by line: the rule that is open, and what was found so far."""

    targets: dict[str, Target] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    recipe: list[str] = field(default_factory=list)
    start: int = 0

    def take(self, line: str, number: int) -> None:
        """Take one line: recipe, blank, variable or rule."""
        if line.startswith("\t") or (self.names and line.startswith("  ") and line.strip()):
            self._write(line, number)
        elif variable := _VARIABLE.match(line):
            self.close()
            self.variables[variable[1]] = variable[2].strip()
        elif (rule := _RULE.match(line)) and len(self.targets) < _MAX_TARGETS:
            self.close()
            self._open(
                _filled(rule[1], self.variables).split()[:50], tuple(_filled(rule[2], self.variables).split()), number
            )

    def close(self) -> None:
        """End the open rule."""
        commands = parse_shell("\n".join(self.recipe), self.start + 1)
        for name in self.names:
            known = self.targets[name]
            self.targets[name] = replace(known, commands=(known.commands + commands)[:_MAX_EACH])
        self.names, self.recipe = [], []

    def _write(self, line: str, number: int) -> None:
        """Add a line to the recipe; prefixes come off, but not the dashes of options on a continued line."""
        goes_on = bool(self.recipe) and self.recipe[-1].endswith("\\")
        self.recipe += [""] * (number - self.start - 1 - len(self.recipe))
        self.recipe.append(_filled(line.lstrip() if goes_on else line.lstrip("\t @+-"), self.variables))

    def _open(self, names: list[str], needed: tuple[str, ...], number: int) -> None:
        self.names, self.start = list(dict.fromkeys(names)), number
        for name in self.names:
            known = self.targets.get(name, Target(name, number))
            self.targets[name] = replace(known, prerequisites=(known.prerequisites + needed)[:_MAX_EACH])


def _filled(text: str, variables: dict[str, str]) -> str:
    return _REFERENCE.sub(lambda m: variables.get(m[1], m[0] if m[1] != "MAKE" else "make"), text)[:_MAX_LENGTH]
