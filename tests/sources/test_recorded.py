"""The recorded snapshot: exact both ways, strict and bounded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import NoCommits, NotARepository
from portfolio_audit.model.location import Location
from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.snapshot import (
    NOT_FROM_FILES,
    Commit,
    EntryKind,
    History,
    Metadata,
    Snapshot,
    TreeEntry,
    Unavailable,
)
from portfolio_audit.sources import recorded
from portfolio_audit.sources.recorded import dump, load
from repositories import read

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
unavailable = st.builds(Unavailable, texts)
moments = st.datetimes(timezones=st.just(UTC))
commits = st.builds(Commit, texts, moments, texts, texts)
histories = st.builds(History, st.lists(commits, max_size=3).map(tuple), st.lists(texts).map(tuple), st.booleans())
flags = st.booleans() | unavailable
topics = st.lists(texts, max_size=3).map(tuple) | unavailable
releases = st.lists(st.builds(Release, texts, moments, texts, st.booleans(), st.integers(0, 2**40)), max_size=2)
deployments = st.lists(st.builds(Deployment, texts, moments, texts, texts), max_size=2)
runs = st.lists(st.builds(Run, texts, texts, texts, moments | st.none()), max_size=2)
metadata = st.builds(
    Metadata,
    description=texts | unavailable,
    homepage=texts | unavailable,
    topics=topics,
    fork=flags,
    archived=flags,
    template=flags,
    pinned=flags,
    history=histories | unavailable,
    parent=texts | unavailable,
    licence=texts | unavailable,
    releases=releases.map(tuple) | unavailable,
    deployments=deployments.map(tuple) | unavailable,
    environments=topics,
    checks=texts | unavailable,
    runs=runs.map(tuple) | unavailable,
    pages=flags,
    private=flags,
    pushed_at=moments | unavailable,
    created_at=moments | unavailable,
)
entries = st.builds(TreeEntry, texts, st.integers(0, 2**40), st.sampled_from(EntryKind), texts)
snapshots = st.builds(
    Snapshot,
    name=texts,
    owner=texts,
    commit=texts | unavailable,
    web_url=texts,
    metadata=metadata,
    tree=st.lists(entries, max_size=5).map(tuple),
    texts=st.dictionaries(texts, texts | unavailable, max_size=5),
    gaps=st.lists(st.builds(Location, texts, note=texts), max_size=2).map(tuple),
    alive=st.dictionaries(texts, flags, max_size=2),
)

SNAPSHOT = Snapshot(
    "churn",
    "ada",
    commit="a" * 40,
    metadata=Metadata(history=History((Commit("a" * 40, datetime(2024, 5, 31, tzinfo=UTC), "Ada", "Work"),))),
    tree=(TreeEntry("README.md", 7), TreeEntry("data.csv", 9)),
    texts={"README.md": "# Churn", "data.csv": Unavailable("is binary")},
)


@given(snapshots)
def test_what_was_recorded_comes_back_exactly(snapshot: Snapshot) -> None:
    assert load(dump(snapshot)) == snapshot


@given(st.binary() | st.text().map(str.encode))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(NotARepository, match=r"it is not JSON|it is not a recorded snapshot"):
        load(data)


def changed(**values: object) -> bytes:
    return orjson.dumps({**orjson.loads(dump(SNAPSHOT)), **values})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[]", 'it is not a recorded snapshot, for want of "format": "portfolio-audit-snapshot".'),
        (b"[" * 100_000, "it is not JSON"),
        (changed(format="sarif"), "it is not a recorded snapshot"),
        (
            changed(version=3, extra=1),
            "it was recorded in format 3, and this version reads 2; upgrade portfolio-audit.",
        ),
        (changed(version=0), "Input should be 1 or 2 (at version)."),
        (changed(extra=1), "Extra inputs are not permitted (at extra)."),
        (changed(name=1), "Input should be a valid string (at name)."),
        (changed(tree=[{"path": "a", "size": -1}]), "greater than or equal to 0 (at tree > 0 > size)."),
        (changed(tree=[{"path": "a", "size": "1"}]), "a valid integer (at tree > 0 > size)."),
        (changed(tree=[{"path": "a", "kind": "device"}]), "(at tree > 0 > kind)."),
        (changed(texts={"a": None}), "(at texts > a > str)."),
    ],
)
def test_a_wrong_file_is_told_what_is_wrong(data: bytes, reason: str) -> None:
    with pytest.raises(NotARepository) as caught:
        load(data, target="x.snapshot.json")
    assert str(caught.value).startswith("x.snapshot.json: ")
    assert reason in str(caught.value)


def test_a_file_of_version_1_is_read_and_lacks_what_came_later() -> None:
    form = orjson.loads(dump(replace(SNAPSHOT, metadata=replace(SNAPSHOT.metadata, checks="success"))))
    del form["alive"]
    older = ("description", "homepage", "topics", "fork", "archived", "template", "pinned", "history")
    metadata = {key: form["metadata"][key] for key in older}
    assert load(orjson.dumps({**form, "version": 1, "metadata": metadata})) == SNAPSHOT
    assert SNAPSHOT.metadata.checks == NOT_FROM_FILES


def test_a_moment_that_utc_does_not_know_is_refused() -> None:
    metadata = orjson.loads(dump(SNAPSHOT))["metadata"]
    with pytest.raises(NotARepository, match=r"is out of range \(at metadata > pushed_at"):
        load(changed(metadata={**metadata, "pushed_at": "0001-01-01T00:00:00+23:59"}))


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(recorded, "MAX_BYTES", 100)
    file = tmp_path / "a.snapshot.json"
    file.write_bytes(dump(SNAPSHOT))
    with pytest.raises(NotARepository, match="over the limit of 100 bytes"):
        read(file)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "churn.snapshot.json"
    file.write_bytes(dump(SNAPSHOT))
    return file


def test_a_recorded_snapshot_is_a_repository(file: Path) -> None:
    assert read(file) == read(file, ref="aaaaaaa") == SNAPSHOT


def test_what_was_not_recorded_is_unavailable(file: Path, tmp_path: Path) -> None:
    partly = Snapshot("churn", tree=SNAPSHOT.tree, texts={"README.md": "# Churn"})
    file.write_bytes(dump(partly))
    assert read(file).texts == {
        "README.md": "# Churn",
        "data.csv": Unavailable("was not read when the snapshot was recorded"),
    }


def test_another_revision_is_refused(file: Path) -> None:
    with pytest.raises(NoCommits, match="it was recorded at aaaaaaaaaaaa, so 'main' cannot be read"):
        read(file, ref="main")


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    assert dump(SNAPSHOT) == dump(load(dump(SNAPSHOT)))


def test_the_example_in_the_documentation_is_valid() -> None:
    page = Path(__file__).parents[2] / "docs" / "snapshot-format.md"
    example = page.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    snapshot = load(example.encode())
    assert (snapshot.full_name, orjson.loads(dump(snapshot))) == ("ada/churn", orjson.loads(example))
