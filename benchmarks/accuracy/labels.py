"""Readers' labels: one repository a line, as JSON; what cannot be understood is listed and left out."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

LEVELS = (0, 1, 2)
HALVES = {"tune": (1, 2), "check": (2, 2)}
"""Names of the two halves that docs/accuracy.md shows apart."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One repository as a careful reader saw it; ``levels`` by column, each 0, 1 or 2; None is what was not said."""

    repository: str
    commit: str
    kind: str | None
    overall: float | None
    levels: Mapping[str, int]
    evidence: Mapping[str, str]

    @property
    def owner(self) -> str:
        """The owner, in lower case: repositories of one owner are never in two parts."""
        return self.repository.partition("/")[0].lower()


@dataclass(frozen=True, slots=True)
class Labels:
    """The rows of a labels file, each repository once, and what was wrong with the others."""

    rows: tuple[Labelled, ...]
    problems: tuple[str, ...]


def read_labels(path: Path, columns: Iterable[str]) -> Labels:
    """Read a labels file; a line that is no label is a problem, and a repository's first line counts."""
    names = tuple(columns)
    rows: dict[str, Labelled] = {}
    problems: list[str] = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        row = _row(line, names)
        if isinstance(row, str):
            problems.append(f"line {number}: {row}")
        elif row.repository.lower() in rows:
            problems.append(f"line {number}: {row.repository} stands in the file twice; its first line counts")
        else:
            rows[row.repository.lower()] = row
    return Labels(tuple(rows.values()), tuple(problems))


def part_of(rows: Sequence[Labelled], split: str) -> tuple[Labelled, ...]:
    """Give the rows of ``all``, of a half (``tune`` or ``check``) or of part ``K/N``, by a hash of their owner.

    Raises ValueError for anything else.
    """
    if split == "all":
        return tuple(rows)
    part, count = HALVES.get(split) or _fraction(split)
    return tuple(row for row in rows if zlib.crc32(row.owner.encode()) % count == part % count)


def _fraction(split: str) -> tuple[int, int]:
    part, slash, count = split.partition("/")
    if not (slash and part.isdecimal() and count.isdecimal() and 1 <= int(part) <= int(count)):
        raise ValueError(f"{split!r} is neither all, tune, check nor K/N such as 2/5")
    return int(part), int(count)


def _row(line: bytes, columns: Sequence[str]) -> Labelled | str:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return f"is not JSON ({error})"
    if not isinstance(row, dict) or not isinstance(name := row.get("repo"), str) or name.count("/") != 1:
        return 'names no repository as "repo": "owner/name"'
    kind, overall, commit, evidence = (row.get(key) for key in ("kind", "overall", "sha", "evidence"))
    return Labelled(
        repository=name,
        commit=commit if isinstance(commit, str) else "",
        kind=kind if isinstance(kind, str) else None,
        overall=float(overall) if _is_number(overall) else None,
        levels={
            column: int(row[column]) for column in columns if _is_number(row.get(column)) and row[column] in LEVELS
        },
        evidence={str(key): str(said) for key, said in evidence.items()} if isinstance(evidence, dict) else {},
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
