"""Facts that are kept give the same report, and whatever changed is looked at again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conftest import snapshot_of
from github_server import GitHub, World, from_folders
from hosted import Visit
from portfolio_audit import keeping
from portfolio_audit.audit import audit_account
from portfolio_audit.defaults import default_settings
from portfolio_audit.engine.locate import shipped
from portfolio_audit.judging import Judged, judge, may_want, selection
from portfolio_audit.keeping import FactMemory
from portfolio_audit.model.kinds import RepositoryKind
from portfolio_audit.model.rule import Suppression
from portfolio_audit.model.snapshot import Metadata, Snapshot, Unavailable
from portfolio_audit.parallel import judges
from portfolio_audit.reporting import FORMATS
from portfolio_audit.settings import Settings
from portfolio_audit.sources.choosing import Choice
from portfolio_audit.sources.github import GitHubReader
from portfolio_audit.sources.hosted import HostedPortfolio

ONE = {"README.md": "# Churn\n", "train.py": "from sklearn.svm import SVC\nSVC().fit([[0], [1]], [0, 1])\n"}
TWO = {f"{folder}/{path}": text for folder in ("churn", "prices") for path, text in ONE.items()}
DEMO = "https://churn-ada.streamlit.app"


@dataclass
class Looks:
    """A shelf, and the names of the repositories that were looked at."""

    sheets: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def sheet(self, repository: str) -> tuple[str, bytes] | None:
        return self.sheets.get(repository)

    def put_sheet(self, repository: str, state: str, sheet: bytes) -> None:
        self.sheets[repository] = (state, sheet)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    """An empty shelf; what is looked at from now on is noted."""
    shelf, see = Looks(), keeping.see
    monkeypatch.setattr(keeping, "see", lambda made, kind: shelf.names.append(made.snapshot.name) or see(made, kind))
    return shelf


@pytest.fixture(scope="module")
def settings() -> Settings:
    return replace(default_settings(), now=datetime(2026, 11, 1, tzinfo=UTC))


def judged(settings: Settings, shelf: Looks | None, *snapshots: Snapshot, refresh: bool = False) -> list[Judged]:
    """The snapshots, judged by what is kept or else looked at."""
    with judges(settings) as each:
        return [one for _, one in FactMemory(settings, each, shelf, refresh=refresh).judged(snapshots)]


@pytest.mark.parametrize("files", [ONE, TWO, {}])
def test_what_is_kept_is_judged_as_what_is_seen(files: dict[str, str], settings: Settings, looks: Looks) -> None:
    snapshot = snapshot_of(files)
    first, again = (judged(settings, looks, snapshot) for _ in range(2))
    assert first == again == [judge(snapshot, settings)]
    assert looks.names == ["example"]


def test_a_collection_that_is_kept_has_its_projects(settings: Settings, looks: Looks) -> None:
    _, again = (judged(settings, looks, snapshot_of(TWO)) for _ in range(2))
    assert [project.folder for project in again[0].report.projects] == ["churn", "prices"]


def test_rules_and_configuration_judge_what_is_kept_anew(settings: Settings, looks: Looks) -> None:
    snapshot = snapshot_of(ONE)
    judged(settings, looks, snapshot)
    silence = Suppression("missing-licence", "on purpose")
    others = replace(settings, ruleset=replace(settings.ruleset, suppressions=(silence,)))
    assert judged(others, looks, snapshot) == [judge(snapshot, others)]
    assert looks.names == ["example"]


CHANGES: dict[str, Callable[[Snapshot], Snapshot]] = {
    "text": lambda one: replace(one, texts={**one.texts, "README.md": "# Churning\n"}),
    "unread": lambda one: replace(one, texts={**one.texts, "README.md": Unavailable("is too big")}),
    "tree": lambda one: replace(one, tree=one.tree[1:]),
    "metadata": lambda one: replace(one, metadata=Metadata(topics=("churn",))),
    "alive": lambda one: replace(one, alive={DEMO: True}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_repository_that_changed_is_looked_at_again(
    change: Callable[[Snapshot], Snapshot], settings: Settings, looks: Looks
) -> None:
    before, after = snapshot_of(ONE), change(snapshot_of(ONE))
    judged(settings, looks, before)
    assert judged(settings, looks, after) == [judge(after, settings)]
    assert judged(settings, looks, after) == [judge(after, settings)]
    assert len(looks.names) == 2


def test_another_vocabulary_looks_again(settings: Settings, looks: Looks) -> None:
    snapshot = snapshot_of(ONE)
    judged(settings, looks, snapshot)
    other = replace(settings, vocabulary=replace(settings.vocabulary, tools=settings.vocabulary.tools[1:]))
    judged(other, looks, snapshot)
    assert len(looks.names) == 2


def test_another_kind_that_the_user_says_looks_again(settings: Settings, looks: Looks) -> None:
    snapshot = snapshot_of(TWO)
    judged(settings, looks, snapshot)
    said = replace(settings, kinds=(("example", RepositoryKind.ML_PROJECT.value),))
    assert judged(said, looks, snapshot) == [judge(snapshot, said)]
    assert len(looks.names) == 2


@pytest.mark.parametrize("sheet", [b"", b"garbage", b"[[[],[]],[],[]]"])
def test_what_is_damaged_or_lacks_projects_is_looked_at_again(sheet: bytes, settings: Settings, looks: Looks) -> None:
    snapshot = snapshot_of(TWO)
    said = replace(settings, kinds=(("example", RepositoryKind.ML_COLLECTION.value),))
    whole = judged(said, looks, snapshot)
    state, _ = looks.sheets["example"]
    looks.sheets["example"] = (state, sheet)
    assert judged(said, looks, snapshot) == whole
    assert len(looks.names) == 2


def test_refresh_looks_again_and_keeps_what_it_sees(settings: Settings, looks: Looks) -> None:
    snapshot = snapshot_of(ONE)
    judged(settings, looks, snapshot)
    kept = looks.sheets.pop("example")
    judged(settings, looks, snapshot, refresh=True)
    judged(settings, looks, snapshot, refresh=True)
    assert looks.sheets == {"example": kept}
    assert len(looks.names) == 3


def test_without_a_shelf_every_audit_looks(settings: Settings, looks: Looks) -> None:
    snapshot = snapshot_of(ONE)
    assert judged(settings, None, snapshot) == judged(settings, None, snapshot) == [judge(snapshot, settings)]
    assert (len(looks.names), looks.sheets) == (2, {})


def test_where_links_are_asked_nothing_is_known_before(
    settings: Settings, looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portfolio_audit.sources.liveness.answering", lambda urls: dict.fromkeys(urls, True))
    snapshot = snapshot_of({"README.md": f"# Churn\n\nTry [the demo]({DEMO}).\n"})
    judged(settings, looks, snapshot)
    asking = replace(settings, check_links=True)
    assert judged(asking, looks, snapshot) == [judge(replace(snapshot, alive={DEMO: True}), settings)]
    assert judged(settings, looks, snapshot) == [judge(snapshot, settings)]
    assert looks.names == ["example"] * 2


def test_processes_look_and_this_one_keeps(settings: Settings, looks: Looks) -> None:
    snapshots = [replace(snapshot_of(ONE), name=name) for name in "abc"]
    judged(replace(settings, jobs=2), looks, snapshots[1])
    mixed = judged(replace(settings, jobs=2), looks, *snapshots)
    assert mixed == [judge(snapshot, settings) for snapshot in snapshots]
    assert sorted(looks.sheets) == ["a", "b", "c"]
    assert judged(settings, looks, *snapshots) == mixed
    assert looks.names == []


@pytest.fixture(scope="module")
def demo() -> Iterator[GitHub]:
    """The demo portfolio on GitHub."""
    world: World = from_folders(Path(shipped("demo")))
    with GitHub(world) as github:
        yield github


def report(github: GitHub, settings: Settings, cache: Path | None) -> bytes:
    """The report on the demo portfolio as JSON."""
    visit = Visit(github, None, cache)
    with judges(settings) as each, visit.session() as session:
        reader = GitHubReader(session, may_want(settings), selection(settings), settings.limits)
        portfolio = HostedPortfolio(session.roll(github.world.repositories[0].owner), Choice(), reader)
        memory = FactMemory(settings, each, session.store)
        return FORMATS["json"].render(audit_account(portfolio, memory.judged, settings))


def test_the_demo_is_reported_to_the_byte_alike_without_looking(
    demo: GitHub, settings: Settings, tmp_path: Path, looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = report(demo, settings, None)
    assert report(demo, settings, tmp_path) == fresh
    monkeypatch.setattr(keeping, "see", lambda *_: pytest.fail("nothing changed"))
    assert report(demo, settings, tmp_path) == fresh
