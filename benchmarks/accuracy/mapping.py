"""How our results speak to the columns of the labels: ``columns.yaml``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portfolio_audit.engine.fields import nearest
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlText, parse_yaml

FILE = Path(__file__).with_name("columns.yaml")
_KEYS = frozenset({"rules", "full_rules", "some", "full", "readers", "says", "unseen", "agrees"})
_ONLY_TWO_LEVELS = 1.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the labels.

    The verdict is 1 when the share of the points of ``rules`` that was earned is at least ``some``, and 2 when that
    of ``full_rules`` (the same rules unless others are given) is at least ``full``. ``readers`` is the kappa of two
    readers, ``says`` what the column means, and ``unseen`` what cannot be known from files.
    ``agrees`` gives, for single rules, the highest label that a failure and the lowest that a pass agrees with.
    """

    name: str
    rules: tuple[str, ...]
    full_rules: tuple[str, ...]
    some: float
    full: float
    readers: float
    says: str
    unseen: str
    agrees: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def top(self) -> int:
        """The highest level that there is: 1 for a column that is yes or no."""
        return 1 if self.full > _ONLY_TWO_LEVELS else 2

    def verdict(self, results: Iterable[Result]) -> int | None:
        """Give 0, 1 or 2: 0 when no rule is asked of such a repository, None when most of it could not be read."""
        own = [result for result in results if result.rule.id in {*self.rules, *self.full_rules}]
        unread = sum(result.rule.points for result in own if result.outcome is Outcome.UNKNOWN)
        some, full = _share(own, self.rules), _share(own, self.full_rules)
        if unread > sum(result.possible for result in own) or not own:
            return None
        return 2 if (full or 0) >= self.full else int((some or 0) >= self.some)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The columns, and the readers' kind for each of ours."""

    columns: tuple[Column, ...]
    kinds: Mapping[str, str]


def read_mapping(rules: Collection[str], path: Path = FILE) -> ColumnMap:
    """Read the mapping; ``rules`` are the ids there are. Raises ValueError that names what is wrong."""
    (document,) = parse_yaml(path.read_text(encoding="utf-8"))
    found = [document.get(key) if isinstance(document, YamlMap) else None for key in ("columns", "kinds")]
    columns, kinds = found
    if not isinstance(columns, YamlMap) or not isinstance(kinds, YamlMap):
        raise ValueError(f"{path.name}: needs the mappings 'columns' and 'kinds'")  # noqa: TRY004  # about the file
    return ColumnMap(tuple(_columns(columns, rules)), {kind: kinds.text(kind) for kind in kinds.items})


def _columns(columns: YamlMap, rules: Collection[str]) -> Iterator[Column]:
    for name, node in columns.items.items():
        if not isinstance(node, YamlMap) or set(node.items) - _KEYS:
            raise ValueError(f"column {name} needs some of: {', '.join(sorted(_KEYS))}")
        some_rules = _ids(node, "rules", name, rules)
        yield Column(
            name=name,
            rules=some_rules,
            full_rules=_ids(node, "full_rules", name, rules) or some_rules,
            some=_number(node, "some", name),
            full=_number(node, "full", name),
            readers=_number(node, "readers", name),
            says=node.text("says"),
            unseen=node.text("unseen"),
            agrees=dict(_agreeing(node, name, rules)),
        )


def _ids(node: YamlMap, key: str, column: str, known: Collection[str]) -> tuple[str, ...]:
    listed = node.get(key)
    ids = tuple(one.value for one in listed.items if isinstance(one, YamlText)) if isinstance(listed, YamlList) else ()
    for rule in ids:
        if rule not in known:
            hint = nearest(rule, known)
            raise ValueError(f"column {column}: there is no rule {rule}" + (f"; did you mean {hint}?" if hint else ""))
    return ids


def _agreeing(node: YamlMap, column: str, known: Collection[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    inner = node.get("agrees")
    for rule, bounds in inner.items.items() if isinstance(inner, YamlMap) else ():
        if rule not in known or not isinstance(bounds, YamlMap):
            raise ValueError(f"column {column}: agrees needs rules with fail and pass, not {rule}")
        yield rule, (int(_number(bounds, "fail", column)), int(_number(bounds, "pass", column)))


def _number(node: YamlMap, key: str, column: str) -> float:
    try:
        return float(node.text(key))
    except ValueError:
        raise ValueError(f"column {column}: {key} is no number") from None


def _share(results: Iterable[Result], rules: Iterable[str]) -> float | None:
    judged = [result for result in results if result.rule.id in rules and result.outcome.judged]
    possible = sum(result.possible for result in judged)
    return sum(result.points for result in judged) / possible + 1e-9 if possible else None
