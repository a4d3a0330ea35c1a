"""Readers' labels, and the mapping from their columns to our rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlText, parse_yaml

MAPPING = Path(__file__).with_name("columns.yaml")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One repository as a careful reader saw it; ``levels`` by column, each 0, 1 or 2."""

    repository: str
    commit: str
    kind: str
    overall: float
    levels: Mapping[str, int]
    evidence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """How our results speak to one column of the labels.

    The verdict is 1 when the share of the points of ``rules`` that was earned is at least ``some``, and 2 when that
    of ``full_rules`` (the same rules unless others are given) is at least ``full``.
    """

    name: str
    rules: tuple[str, ...]
    full_rules: tuple[str, ...]
    some: float
    full: float

    def verdict(self, results: Iterable[Result]) -> int | None:
        """0, 1 or 2; 0 when no rule is asked of such a repository, None when what they need could not be read."""
        own = [r for r in results if r.rule.id in {*self.rules, *self.full_rules}]
        some, full = _share(own, self.rules), _share(own, self.full_rules)
        if some is None and full is None:
            return None if any(r.outcome is Outcome.UNKNOWN for r in own) or not own else 0
        return 2 if (full or 0) >= self.full else int((some or 0) >= self.some)


def _share(results: Iterable[Result], rules: tuple[str, ...]) -> float | None:
    judged = [r for r in results if r.rule.id in rules and r.outcome.judged]
    possible = sum(r.possible for r in judged)
    return sum(r.points for r in judged) / possible + 1e-9 if possible else None


def read_labels(path: Path, columns: Iterable[Column]) -> Iterator[Labelled]:
    """The rows of a labels file, one JSON object a line."""
    names = [column.name for column in columns]
    for line in path.read_bytes().splitlines():
        if line.strip():
            row = orjson.loads(line)
            yield Labelled(
                repository=row["repo"],
                commit=row.get("sha", ""),
                kind=row["kind"],
                overall=float(row["overall"]),
                levels={name: int(row[name]) for name in names if row.get(name) is not None},
                evidence=row.get("evidence", {}),
            )


def read_columns(path: Path = MAPPING) -> tuple[tuple[Column, ...], Mapping[str, str]]:
    """The columns, and the readers' kind for each of ours."""
    (document,) = parse_yaml(path.read_text(encoding="utf-8"))
    columns, kinds = (
        (document.get(key) for key in ("columns", "kinds")) if isinstance(document, YamlMap) else (None, None)
    )
    if not isinstance(columns, YamlMap) or not isinstance(kinds, YamlMap):
        raise ValueError(f"{path}: needs the mappings 'columns' and 'kinds'")  # noqa: TRY004
    return tuple(_columns(columns)), {kind: kinds.text(kind) for kind in kinds.items}


def _columns(columns: YamlMap) -> Iterator[Column]:
    for name, node in columns.items.items():
        if not isinstance(node, YamlMap):
            raise ValueError(f"column {name} needs rules, some and full")  # noqa: TRY004
        rules = _ids(node, "rules")
        yield Column(name, rules, _ids(node, "full_rules") or rules, float(node.text("some")), float(node.text("full")))


def _ids(node: YamlMap, key: str) -> tuple[str, ...]:
    rules = node.get(key)
    return tuple(r.value for r in rules.items if isinstance(r, YamlText)) if isinstance(rules, YamlList) else ()
