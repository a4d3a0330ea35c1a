"""Many paths asked for many patterns: looked up by the names and endings of their parts, not tried one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portfolio_audit.model.globs import lowered_matcher

_NAME = re.compile(r"[^*?\[\]\\!/#\s]+")
"""A part of a pattern that stands for itself alone."""
_ENDING = re.compile(r"[^\\!#]*\.(\w+)")


class Paths:
    """POSIX paths that can be asked which of them match patterns with the meaning of a ``.gitignore``."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = tuple(sorted(paths))
        self._lowered = tuple(path.lower() for path in self._paths)
        self._named: dict[str, list[int]] = {}
        self._ending: dict[str, list[int]] = {}
        for number, path in enumerate(self._lowered):
            parts = set(path.split("/"))
            for part in parts:
                self._named.setdefault(part, []).append(number)
            for ending in {part.rpartition(".")[2] for part in parts if "." in part}:
                self._ending.setdefault(ending, []).append(number)

    def matching(self, globs: Iterable[str]) -> tuple[str, ...]:
        """The paths that match any of the patterns, sorted."""
        found: set[int] = set()
        for glob in globs:
            found.update(self._numbers(glob.lower()))
        return tuple(self._paths[number] for number in sorted(found))

    def _numbers(self, glob: str) -> Iterable[int]:
        if _NAME.fullmatch(glob):
            return self._named.get(glob, ())
        if glob.startswith("*.") and glob[2:].isidentifier():
            return (number for number in self._ending.get(glob[2:], ()) if self._lowered[number].endswith(glob[1:]))
        matches = lowered_matcher((glob,))
        return (number for number in self._candidates(glob) if matches(self._lowered[number]))

    def _candidates(self, glob: str) -> Iterable[int]:
        """The fewest paths that can match: those with a part that the pattern names, or its ending."""
        named = [part for part in glob.split("/") if _NAME.fullmatch(part)] if glob.isprintable() else []
        options: list[Iterable[int]] = [self._named.get(part, []) for part in named]
        if ending := _ENDING.fullmatch(glob):
            options.append(self._ending.get(ending[1], []))
        return min(options, key=lambda option: len(list(option)), default=range(len(self._paths)))
