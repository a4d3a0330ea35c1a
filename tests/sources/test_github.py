"""Repositories on GitHub: the same snapshots as from anywhere else, for a handful of requests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from github_server import (
    Account,
    Check,
    Commit,
    Content,
    Deployment,
    DeploymentStatus,
    Executable,
    GitHub,
    PullRequest,
    Release,
    Repository,
    Settings,
    Submodule,
    Symlink,
    Tag,
)
from hosted import FILES, SECRET, Visit, world
from portfolio_audit.errors import AuthenticationError, NoCommits, NotFound, RateLimited
from portfolio_audit.github import client
from portfolio_audit.github.accounts import NEEDS_TOKEN
from portfolio_audit.github.files import Wanted
from portfolio_audit.model.snapshot import EntryKind, Snapshot, Unavailable

WANTED = Wanted(lambda path: not path.endswith(".bin"), lambda _: 10_000)
THEN = datetime(2026, 3, 5, 8, tzinfo=UTC)
EVERYTHING = Repository(
    "ada",
    "churn",
    {**FILES, "run.sh": Executable("echo\n"), "link": Symlink("README.md"), "lib": Submodule("c" * 40)},
    commits=(Commit(message="Second", at="2026-03-04T05:06:07Z"), Commit(message="First", at="2026-03-01T05:06:07Z")),
    tags=(Tag("v1"),),
    description="Who leaves",
    homepage="https://churn.example",
    topics=("churn",),
    license="mit",
    has_pages=True,
    releases=(Release("v1", name="One"),),
    deployments=(Deployment(statuses=(DeploymentStatus(environment_url="https://churn.example"),)),),
    checks=(Check("test"),),
)


@pytest.mark.parametrize("token", [SECRET, None])
def test_a_snapshot_has_the_tree_and_the_texts(token: str | None) -> None:
    with GitHub(world(EVERYTHING)) as github:
        snapshot = Visit(github, token).one("ada/churn")
    assert EVERYTHING.head
    assert (snapshot.full_name, snapshot.commit) == ("ada/churn", EVERYTHING.head.oid)
    assert {entry.path: entry.kind for entry in snapshot.tree} == {
        "README.md": EntryKind.FILE,
        "data.bin": EntryKind.FILE,
        "lib": EntryKind.SUBMODULE,
        "link": EntryKind.SYMLINK,
        "run.sh": EntryKind.EXECUTABLE,
        "src/train.py": EntryKind.FILE,
    }
    assert snapshot.texts["src/train.py"] == "import sklearn\n"
    assert isinstance(snapshot.texts["link"], Unavailable)
    assert "data.bin" not in snapshot.texts
    assert snapshot.gaps == ()


def test_with_a_token_the_record_is_known() -> None:
    with GitHub(world(EVERYTHING)) as github:
        metadata = Visit(github).one("ada/churn").metadata
    assert (metadata.description, metadata.homepage, metadata.topics) == (
        "Who leaves",
        "https://churn.example",
        ("churn",),
    )
    assert (metadata.licence, metadata.pages, metadata.private, metadata.parent) == ("MIT", True, False, "")
    assert not isinstance(metadata.history, Unavailable)
    assert [commit.summary for commit in metadata.history.commits] == ["Second", "First"]
    assert (metadata.history.tags, metadata.history.truncated) == (("v1",), False)
    assert not isinstance(metadata.releases, Unavailable)
    assert [(release.tag, release.name, release.at) for release in metadata.releases] == [("v1", "One", THEN)]
    assert not isinstance(metadata.deployments, Unavailable)
    assert [(d.environment, d.state, d.url) for d in metadata.deployments] == [
        ("production", "success", "https://churn.example")
    ]
    assert metadata.environments == ("production",)
    assert metadata.checks == "success"
    assert not isinstance(metadata.runs, Unavailable)
    assert [(run.name, run.conclusion) for run in metadata.runs] == [("CI", "success")]


def test_without_a_token_the_record_is_unknown_and_said_to_be() -> None:
    with GitHub(world(EVERYTHING)) as github:
        metadata = Visit(github, None).one("ada/churn").metadata
    assert (metadata.description, metadata.licence) == ("Who leaves", "MIT")
    assert metadata.history == metadata.releases == metadata.checks == NEEDS_TOKEN


def test_a_fine_grained_token_that_may_not_read_deployments_leaves_just_them_unknown() -> None:
    served = world(EVERYTHING, scopes=None, denied=frozenset({"deployments"}))
    with GitHub(served) as github:
        metadata = Visit(github).one("ada/churn").metadata
    assert isinstance(metadata.deployments, Unavailable)
    assert "not accessible" in metadata.deployments.reason
    assert metadata.environments == ("production",) or isinstance(metadata.environments, Unavailable)
    assert not isinstance(metadata.releases, Unavailable)


@pytest.mark.parametrize("token", [SECRET, None])
@pytest.mark.parametrize("revision", ["v1", "main"])
def test_a_revision_is_read(token: str | None, revision: str) -> None:
    with GitHub(world(EVERYTHING)) as github:
        snapshot = Visit(github, token).one("ada/churn", revision)
    assert EVERYTHING.head
    assert snapshot.commit == EVERYTHING.head.oid


@pytest.mark.parametrize("token", [SECRET, None])
def test_a_revision_that_is_not_there_is_told(token: str | None) -> None:
    with GitHub(world()) as github, pytest.raises(NoCommits, match="no branch, tag or commit 'nope'"):
        Visit(github, token).one("ada/churn", "nope")


@pytest.mark.parametrize("token", [SECRET, None])
def test_an_empty_repository_is_told(token: str | None) -> None:
    with GitHub(world(Repository("ada", "new", commits=()))) as github, pytest.raises(NoCommits, match="is empty"):
        Visit(github, token).one("ada/new")


@pytest.mark.parametrize(
    ("token", "message"),
    [
        (None, "no such public repository. If it is private: log in"),
        (SECRET, "the token from GITHUB_TOKEN may not see it"),
    ],
)
def test_a_missing_repository_is_told_with_what_may_help(token: str | None, message: str) -> None:
    with GitHub(world()) as github, pytest.raises(NotFound, match=message):
        Visit(github, token).one("ada/nope")


def test_a_bad_token_is_told_by_where_it_was_found_and_never_shown() -> None:
    with GitHub(world()) as github, pytest.raises(AuthenticationError) as caught:
        Visit(github, "ghp_wrong").one("ada/churn")
    assert "refused the token from GITHUB_TOKEN (Bad credentials)" in str(caught.value)
    assert "ghp_wrong" not in str(caught.value)


def test_a_renamed_repository_is_found_under_its_new_name() -> None:
    renamed = Repository("ada", "churn", FILES, renamed_from=("ada/old",))
    with GitHub(world(renamed)) as github:
        assert Visit(github).one("ada/old").full_name == "ada/churn"


@pytest.mark.parametrize("size", [None, 500_000])
def test_a_private_repository_is_read_with_a_token_that_may(size: int | None) -> None:
    secret = Repository("ada", "secret", FILES, private=True, size_kb=size)
    with GitHub(world(secret)) as github:
        snapshot = Visit(github).one("ada/secret")
        assert github.log.leaks() == []
    assert snapshot.texts["src/train.py"] == "import sklearn\n"
    assert snapshot.metadata.private is True


@pytest.mark.parametrize("token", [SECRET, None])
def test_a_huge_repository_is_read_file_by_file(token: str | None) -> None:
    huge = Repository("ada", "huge", FILES, size_kb=500_000)
    with GitHub(world(huge)) as github:
        snapshot = Visit(github, token).one("ada/huge")
        assert github.log.requests("archive") == []
        assert len(github.log.requests("raw")) == 2
    assert snapshot.texts["README.md"] == "# Churn\n"
    assert [entry.path for entry in snapshot.tree] == ["README.md", "data.bin", "src/train.py"]


@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_a_text_that_is_packed_on_the_way_is_read(monkeypatch: pytest.MonkeyPatch, accepted: str) -> None:
    """GitHub's host of raw files sends texts as gzip to whoever takes that."""
    monkeypatch.setattr(client, "_AS_IT_IS", {"accept-encoding": accepted})
    text = "# Churn\n" * 1000
    with GitHub(world(Repository("ada", "huge", {"README.md": text}, size_kb=500_000))) as github:
        snapshot = Visit(github).one("ada/huge")
        assert len(github.log.requests("raw")) == 1
    assert snapshot.texts["README.md"] == text


def test_a_list_that_github_cuts_is_asked_for_folder_by_folder() -> None:
    files: dict[str, Content] = {f"{a}/{b}/{n}.txt": "x" for a in "pqr" for b in "st" for n in range(3)}
    with GitHub(
        world(Repository("ada", "huge", {**files, "z": "x"}, size_kb=500_000)), Settings(tree_entries=7)
    ) as github:
        snapshot = Visit(github).one("ada/huge")
        assert github.log.counted("core") <= 1 + 2 + 3 * 2 + 6
    assert [entry.path for entry in snapshot.tree] == sorted([*files, "z"])
    assert snapshot.gaps == ()
    assert snapshot.texts["r/t/2.txt"] == "x"


@pytest.mark.parametrize(("token", "most"), [(SECRET, 62), (None, 12)])
def test_folders_without_end_are_not_asked_for_without_end(token: str | None, most: int) -> None:
    files: dict[str, Content] = {f"{n:03}/{m}.txt": "x" for n in range(70) for m in range(2)}
    with GitHub(world(Repository("ada", "huge", files, size_kb=500_000)), Settings(tree_entries=100)) as github:
        snapshot = Visit(github, token).one("ada/huge")
        assert github.log.counted("core") <= most
    assert [gap.note for gap in snapshot.gaps] == ["GitHub lists only the first files of so large a repository"]


def test_a_list_that_github_cuts_is_a_gap() -> None:
    huge = Repository("ada", "huge", {f"{n}.txt": "x" for n in range(9)}, size_kb=500_000)
    with GitHub(world(huge), Settings(tree_entries=5)) as github:
        snapshot = Visit(github).one("ada/huge")
    assert len(snapshot.tree) == 5
    assert [gap.note for gap in snapshot.gaps] == ["GitHub lists only the first files of so large a repository"]


@pytest.mark.parametrize(
    "attributes", ["tests/ export-ignore\n", ".gitattributes export-ignore\ntests/ export-ignore\n"]
)
def test_files_that_archives_leave_out_are_read_all_the_same(attributes: str) -> None:
    hiding = Repository("ada", "shy", {**FILES, "tests/test_it.py": "assert True\n", ".gitattributes": attributes})
    with GitHub(world(hiding)) as github:
        snapshot = Visit(github).one("ada/shy")
    assert snapshot.texts["tests/test_it.py"] == "assert True\n"


def test_an_account_is_read_whole() -> None:
    repositories = [Repository("ada", f"r{n}", FILES) for n in range(60)]
    with GitHub(world(*repositories)) as github:
        found = Visit(github).all()
        assert github.log.counted("core") == 1
        assert len(github.log.requests("graphql")) == 4
    assert len(found) == 60
    assert all(isinstance(read, Snapshot) for read in found.values())


def test_without_a_token_fifty_repositories_cost_three_counted_requests() -> None:
    repositories = [Repository("ada", f"r{n}", FILES) for n in range(50)]
    with GitHub(world(*repositories)) as github:
        found = Visit(github, None).all()
        assert github.log.counted() == 3
    assert all(isinstance(read, Snapshot) for read in found.values())


def test_queries_that_are_too_much_are_cut_until_they_are_not() -> None:
    repositories = [Repository("ada", f"r{n}", FILES) for n in range(20)]
    with GitHub(world(*repositories), Settings(graphql_repositories=6)) as github:
        found = Visit(github).all()
    assert {type(read.metadata.history) for read in found.values() if isinstance(read, Snapshot)} == {
        type(next(read for read in found.values() if isinstance(read, Snapshot)).metadata.history)
    }
    assert not any(isinstance(r.metadata.history, Unavailable) for r in found.values() if isinstance(r, Snapshot))
    assert len(found) == 20


def test_the_page_of_a_person_is_read() -> None:
    served = world(EVERYTHING, Repository("bob", "tool", FILES))
    ada = Account(
        "ada",
        name="Ada",
        bio="Churn",
        blog="https://ada.example",
        social_accounts=("https://social.example/ada",),
        pinned=("churn",),
        pull_requests=(PullRequest("bob/tool"), PullRequest("ada/churn")),
    )
    with GitHub(type(served)(served.repositories, (ada,), served.tokens)) as github:
        with Visit(github).session() as session:
            account = session.roll("ada").account
        with Visit(github, None).session() as session:
            anonymous = session.roll("ada").account
    assert account.pinned == frozenset({"ada/churn"})
    profile = account.profile
    assert (profile.name, profile.bio, profile.blog) == ("Ada", "Churn", "https://ada.example")
    assert (profile.links, profile.contributions_elsewhere) == (("https://social.example/ada",), ("bob/tool",))
    assert anonymous.pinned == NEEDS_TOKEN
    assert (anonymous.profile.bio, anonymous.profile.contributions_elsewhere) == ("Churn", ("bob/tool",))


def test_an_unchanged_account_is_read_again_for_nothing(tmp_path: Path) -> None:
    repositories = [Repository("ada", f"r{n}", FILES) for n in range(30)]
    with GitHub(world(*repositories)) as github:
        first = Visit(github, cache=tmp_path).all()
        github.log.clear()
        second = Visit(github, cache=tmp_path).all()
        assert github.log.counted() == 0
        assert [entry.status for entry in github.log.requests()] == [304]
    assert second == first


def test_only_what_changed_is_asked_for_again(tmp_path: Path) -> None:
    old = world(*(Repository("ada", f"r{n}", FILES) for n in range(30)))
    changed = Repository("ada", "r7", {**FILES, "new.py": "x = 1\n"}, pushed_at="2026-06-01T00:00:00Z")
    with GitHub(old) as github:
        Visit(github, cache=tmp_path).all()
        github.world = old.adding(changed)
        github.log.clear()
        found = Visit(github, cache=tmp_path).all()
        assert len(github.log.requests("graphql")) == 1
        assert len(github.log.requests("archive")) == 1
    read = found["r7"]
    assert isinstance(read, Snapshot)
    assert read.texts["new.py"] == "x = 1\n"


def test_one_token_never_sees_what_another_one_read(tmp_path: Path) -> None:
    served = world(Repository("ada", "secret", FILES, private=True))
    with GitHub(served) as github:
        Visit(github, cache=tmp_path).one("ada/secret")
        for token in (None, "ghp_wrong"):
            with pytest.raises((NotFound, AuthenticationError)):
                Visit(github, token, cache=tmp_path).one("ada/secret")


def test_no_token_is_written_to_disk_or_sent_elsewhere(tmp_path: Path) -> None:
    with GitHub(world()) as github:
        Visit(github, cache=tmp_path).all()
        assert github.log.leaks() == []
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert SECRET.encode() not in kept
    assert b"bearer" not in kept.lower()


def test_at_the_limit_the_rest_is_unknown_and_the_next_audit_goes_on(tmp_path: Path) -> None:
    repositories = [Repository("ada", f"r{n}", FILES, private=True) for n in range(10)]
    with GitHub(world(*repositories), Settings(core_limit=6)) as github:
        visit = Visit(github, cache=tmp_path)
        with visit.session() as session:
            roll = session.roll("ada", private=True)
            first = {o.name: r for o, r in session.many(roll.repositories, WANTED)}
    limited = [read for read in first.values() if isinstance(read, RateLimited)]
    assert len(limited) == 6
    assert "hourly limit of requests is reached; it resets at" in limited[0].reason
    with GitHub(github.world) as github:
        with Visit(github, cache=tmp_path).session() as session:
            roll = session.roll("ada", private=True)
            second = {o.name: r for o, r in session.many(roll.repositories, WANTED)}
        assert len([e for e in github.log.requests("api") if "tarball" in e.path]) == 6
    assert not any(isinstance(read, RateLimited) for read in second.values())


def test_the_budget_of_the_user_ends_requests_too() -> None:
    repositories = [Repository("ada", f"r{n}", FILES) for n in range(30)]
    with GitHub(world(*repositories)) as github:
        found = Visit(github, max_requests=2).all()
        assert github.log.counted() <= 4
    assert all(isinstance(read, Snapshot) for read in found.values())
    histories = [r.metadata.history for r in found.values() if isinstance(r, Snapshot)]
    assert any(isinstance(h, Unavailable) and "--max-requests" in h.reason for h in histories)
