"""Facts are found again only while everything they come of is the same."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from portfolio_audit.evidence import origin
from portfolio_audit.evidence.origin import OURS, PARSERS, basis, state
from portfolio_audit.model.location import Location
from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.snapshot import Commit, EntryKind, History, Metadata, Snapshot, TreeEntry, Unavailable
from portfolio_audit.model.vocabulary import Area, Metric, Purpose, StockDataset, Tool, Vocabulary

PACKAGE = Path(origin.__file__).parent.parent
AT = datetime(2026, 3, 1, tzinfo=UTC)
METADATA = Metadata(
    "About churn",
    "https://churn.example",
    ("churn",),
    *(False,) * 4,
    History((Commit("c", AT, "Ada", "Begin"),), ("v1",)),
    "ada/old",
    "MIT",
    (Release("v1", AT),),
    (Deployment("production", AT),),
    ("production",),
    "success",
    (Run("CI"),),
    *(False,) * 2,
    AT,
    AT,
)
SNAPSHOT = Snapshot(
    "churn",
    "ada",
    "c" * 40,
    "https://github.com/ada/churn",
    METADATA,
    (TreeEntry("README.md", 8, blob_id="b"), TreeEntry("big.csv", 5)),
    {"README.md": "# Churn\n", "big.csv": Unavailable("is too big")},
    (Location("data", note="too many"),),
    frozenset({"x", "y"}),
    {"https://churn.example": True},
)
VOCABULARY = Vocabulary(
    (Tool("mlflow", ("tracking",), "https://mlflow.example", imports=("mlflow",)),),
    {"results": ("results",)},
    (Metric("accuracy", ("acc",), higher_is_better=True),),
    (StockDataset("iris", ("iris",)),),
    (Area("nlp", "Language", ("spacy",), ("nlp",)),),
    {"sklearn": "scikit-learn"},
    {"words": ("word",)},
    {"tracking": Purpose("tracking", "Tracking", ("imports",))},
)
OTHER: dict[type, Callable[[Any], Any]] = {
    EntryKind: lambda _: EntryKind.SYMLINK,
    bool: lambda value: not value,
    int: lambda value: value + 1,
    str: lambda value: f"{value} ",
    datetime: lambda value: value.replace(microsecond=1),
    frozenset: lambda value: value | {"z"},
}


def others(value: Any) -> Iterator[Any]:
    """The value with one thing in it changed, each in turn, at any depth."""
    if is_dataclass(value) and not isinstance(value, type):
        told = [each for each in fields(value) if each.init]
        yield from (replace(value, **{f.name: o}) for f in told for o in others(getattr(value, f.name)))  # type: ignore[type-var]
    elif isinstance(value, tuple):
        yield from [value[:-1]] if value else []
        yield from ((*value[:n], o, *value[n + 1 :]) for n, each in enumerate(value) for o in others(each))
    elif isinstance(value, dict):
        yield {}
        yield dict(reversed([*value.items(), ("more", next(iter(value.values())))]))
        yield from ({**value, key: o} for key, each in value.items() for o in others(each))
    else:
        yield OTHER[type(value)](value) if type(value) in OTHER else Unavailable("is not known")


def test_the_same_snapshot_is_in_the_same_state() -> None:
    again = replace(SNAPSHOT, around=frozenset({"y", "x"}), texts=dict(SNAPSHOT.texts))
    assert state(again, "", "b") == state(SNAPSHOT, "", "b") != ""


def test_whatever_else_a_snapshot_says_is_another_state() -> None:
    changed = list(others(SNAPSHOT))
    assert len({state(one, "", "b") for one in (SNAPSHOT, *changed)}) == len(changed) + 1
    assert len(changed) > 60


def test_another_kind_or_basis_is_another_state() -> None:
    assert len({state(SNAPSHOT, "", "b"), state(SNAPSHOT, "tool", "b"), state(SNAPSHOT, "", "c")}) == 3


def test_a_text_is_told_from_the_reason_why_there_is_none() -> None:
    one, other = (replace(SNAPSHOT, texts={"a": text}) for text in ('{"reason":"b"}', Unavailable("b")))
    assert state(one, "", "b") != state(other, "", "b")


def test_what_cannot_be_hashed_is_in_no_state() -> None:
    assert state(replace(SNAPSHOT, name="\ud800"), "", "b") == ""
    assert state(replace(SNAPSHOT, tree=(TreeEntry("a", 2**70),)), "", "b") == ""


def test_another_vocabulary_is_another_basis() -> None:
    changed = list(others(VOCABULARY))
    assert len({basis(one) for one in (VOCABULARY, *changed)}) == len(changed) + 1


def test_what_a_vocabulary_has_made_of_itself_does_not_count() -> None:
    before = basis(VOCABULARY)
    VOCABULARY.run_by("mlflow")
    VOCABULARY.serving("tracking")
    assert basis(VOCABULARY) == before


def test_another_python_or_library_is_another_basis(monkeypatch: pytest.MonkeyPatch) -> None:
    before = basis(VOCABULARY)
    monkeypatch.setattr(origin, "version", lambda _: "0.1")
    between = basis(VOCABULARY)
    monkeypatch.setattr(sys, "version", "3.99.0")
    assert len({before, between, basis(VOCABULARY)}) == 3


@pytest.mark.parametrize("file", ["evidence/kind.py", "parsing/yaml.py", "model/fact.py", "errors.py", "__init__.py"])
def test_other_code_is_another_basis(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(PACKAGE, tmp_path / "package")
    monkeypatch.setattr(origin, "__file__", str(tmp_path / "package" / "evidence" / "origin.py"))
    before = basis(VOCABULARY)
    assert before == basis(VOCABULARY)
    with (tmp_path / "package" / file).open("a") as changed:
        changed.write("#\n")
    assert basis(VOCABULARY) != before


def imported() -> set[str]:
    """The first names of all modules that the parts import which decide what is seen."""
    sources = [file for part in OURS for file in (*(PACKAGE / part).rglob("*.py"), PACKAGE / part) if file.suffix]
    nodes = [node for file in sources for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.partition(".")[0] for name in plain | {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}}


def test_every_library_that_parses_counts() -> None:
    given = packages_distributions()
    others = imported() - sys.stdlib_module_names - {"portfolio_audit"}
    assert {name for module in others for name in given[module]} == set(PARSERS)


def test_every_field_counts() -> None:
    """A field with an underscore, or a type that is neither data nor made of such, would not be hashed."""
    kinds, known = [Snapshot, Vocabulary], set()
    while kinds:
        kind = kinds.pop()
        known.add(kind)
        told = {field.name: get_type_hints(kind)[field.name] for field in fields(kind) if field.init}
        assert not [name for name in told if name.startswith("_")]
        kinds += [each for hint in told.values() for each in _within(hint) if is_dataclass(each) and each not in known]
    assert {Metadata, TreeEntry, Run, Tool, Unavailable} <= known


def _within(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _within(part)
