"""A folder as a portfolio, with its metadata.yaml."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portfolio_audit.errors import ConfigError, NotARepository
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Commit, History, Metadata, Snapshot
from portfolio_audit.sources.portfolio import Member, Portfolio, read_portfolio
from repositories import read

METADATA = """\
profile:
  login: ada
  bio: Data scientist
  contributions_elsewhere: [org/tool]
repositories:
  churn:
    description: Who leaves
    topics: [churn, mlops]
    fork: false
    pinned: true
    history:
      tags: [v1.0]
      commits:
        - {at: 2024-05-30, summary: First}
        - {id: b2, at: "2024-05-31T12:00:00+02:00", author: Ada, summary: Release}
"""
RECORD = """\
profile:
  name: Ada Byron
  links: ["https://social.example/@ada"]
  organizations: [engines]
repositories:
  churn:
    parent: ""
    licence: MIT
    releases: [{tag: v1, at: 2024-05-31, name: First, prerelease: true, assets: 2}]
    deployments: [{environment: production, at: 2024-05-31, state: success, url: "https://churn.example"}]
    environments: [production]
    checks: failure
    runs: [{name: Tests, event: push, conclusion: failure, at: 2024-05-31}, {name: Lint}]
    pages: false
    private: true
    pushed_at: 2024-05-31
    created_at: 2024-05-31
"""
DAY = datetime(2024, 5, 31, tzinfo=UTC)
HISTORY = History(
    (
        Commit("b2", datetime(2024, 5, 31, 10, tzinfo=UTC), "Ada", "Release"),
        Commit("", datetime(2024, 5, 30, tzinfo=UTC), "", "First"),
    ),
    ("v1.0",),
)
SAID = Metadata(description="Who leaves", topics=("churn", "mlops"), fork=False, pinned=True, history=HISTORY)


def portfolio(folder: Path, metadata: str | bytes = b"") -> Portfolio:
    for name in ("churn", "iris"):
        (folder / name).mkdir()
    if metadata:
        (folder / "metadata.yaml").write_bytes(metadata if isinstance(metadata, bytes) else metadata.encode())
    return read_portfolio(str(folder))


def test_what_is_said_of_repositories_and_person(tmp_path: Path) -> None:
    assert portfolio(tmp_path, METADATA) == Portfolio(
        "ada",
        (
            Member("churn", str(tmp_path / "churn"), "ada", SAID),
            Member("iris", str(tmp_path / "iris"), "ada", Metadata()),
        ),
        Profile("ada", "Data scientist", NOT_FROM_FILES, ("org/tool",)),
    )


def test_what_is_said_of_the_record(tmp_path: Path) -> None:
    found = portfolio(tmp_path, RECORD)
    links = ("https://social.example/@ada",)
    assert found.profile == Profile(name="Ada Byron", links=links, organizations=("engines",))
    assert found.members[0].metadata == Metadata(
        parent="",
        licence="MIT",
        releases=(Release("v1", DAY, "First", prerelease=True, assets=2),),
        deployments=(Deployment("production", DAY, "success", "https://churn.example"),),
        environments=("production",),
        checks="failure",
        runs=(Run("Tests", "push", "failure", DAY), Run("Lint")),
        pages=False,
        private=True,
        pushed_at=DAY,
        created_at=DAY,
    )


def test_the_example_in_the_documentation_is_valid(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "configuration.md"
    example = page.read_text(encoding="utf-8").split("`metadata.yaml`")[1].split("```yaml\n")[1].split("```")[0]
    churn = portfolio(tmp_path, example).members[0].metadata
    assert [field.name for field in fields(churn) if getattr(churn, field.name) == NOT_FROM_FILES] == []


def test_without_metadata_everything_is_unknown(tmp_path: Path) -> None:
    found = portfolio(tmp_path)
    assert (found.name, found.profile) == (tmp_path.name, Profile())
    assert [(m.name, m.owner, m.metadata) for m in found.members] == [
        ("churn", "", Metadata()),
        ("iris", "", Metadata()),
    ]


def test_what_is_said_completes_what_was_read(tmp_path: Path) -> None:
    churn, iris = portfolio(tmp_path, METADATA).members
    assert churn.describe(read(churn.target)) == Snapshot("churn", "ada", metadata=SAID)
    read_from_git = Snapshot("iris", "grace", metadata=Metadata(history=HISTORY))
    assert iris.describe(read_from_git) == read_from_git


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ("profil: {}", "1: there is no key 'profil' here; did you mean 'profile'?"),
        ("profile: ada", "1: this should be a mapping"),
        ("- a", "1: this should be a mapping"),
        ("profile:\n  login: [a]", "2: this should be text"),
        ("repositories:\n  chrun: {}", "2: there is no repository 'chrun' in the folder; did you mean 'churn'?"),
        ("repositories:\n  zzz: {}", "2: there is no repository 'zzz' in the folder; there is churn, iris"),
        ("repositories:\n  churn:\n    stars: 3", "3: there is no key 'stars' here; there is description, homepage"),
        ("repositories:\n  churn:\n    fork: maybe", "3: this should be true or false"),
        ("repositories:\n  churn:\n    topics: ml", "3: this should be a list"),
        ("repositories: {churn: {history: {commits: [{id: a}]}}}", "1: 'at' is missing here"),
        ("repositories: {churn: {history: {commits: [{at: soon}]}}}", "1: this should be a date such as 2024-05-31"),
        ("repositories: {churn: {pushed_at: 0001-01-01T00:00:00+23:59}}", "1: this should be a date such as"),
        ("repositories: {churn: {checks: green}}", "1: there is no 'checks' called 'green'; there is success, failure"),
        (
            "repositories: {churn: {deployments: [{environment: a, at: 2024-05-31, state: sucess}]}}",
            "1: there is no 'state' called 'sucess'; did you mean 'success'?",
        ),
        (
            "repositories: {churn: {releases: [{tag: a, at: 2024-05-31, assets: many}]}}",
            "1: this should be a whole number",
        ),
        ("a: [", "this is not YAML"),
        ("profile: {}\n---\n{}", "3: there should be one YAML document"),
        (b"\0", "metadata.yaml: the file is too big or not text"),
        (b"#" * 2_000_000, "metadata.yaml: the file is too big or not text"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, metadata: str | bytes, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        portfolio(tmp_path, metadata)
    assert str(tmp_path / "metadata.yaml") in str(caught.value)
    assert message in str(caught.value)


def test_metadata_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "metadata.yaml").mkdir()
    with pytest.raises(ConfigError, match="this is no file"):
        portfolio(tmp_path)


def test_a_folder_without_repositories_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotARepository, match="the folder holds no repositories"):
        read_portfolio(str(tmp_path))
