"""Whatever GitHub or the way to it does, the audit ends, and says what is not known and why."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from github_server import GitHub, Repository, misbehaviour
from github_server.archives import file, packed
from github_server.faults import Fault
from github_server.messages import json_reply
from hosted import FILES, SECRET, Visit, reader, world
from portfolio_audit.errors import RateLimited, SourceError
from portfolio_audit.github import client, patience
from portfolio_audit.model.snapshot import History, Snapshot, Unavailable

ON_THE_WAY: dict[str, Fault] = {
    "a bad gateway": misbehaviour.gateway(502),
    "a server error": misbehaviour.status(500, "Server Error"),
    "a cut connection": misbehaviour.cut_before(),
    "a cut body": misbehaviour.cut_within(40),
}
FOR_GOOD: dict[str, Fault] = {
    **ON_THE_WAY,
    "wrong JSON": misbehaviour.wrong_json(),
    "JSON of another form": misbehaviour.unexpected_json({"data": [1], "tree": 3, "items": {}}),
    "a login page": misbehaviour.wrong_type(),
    "a list of nothing": misbehaviour.unexpected_json([None, 7]),
    "a redirect elsewhere": misbehaviour.redirect("http://192.0.2.1/evil"),
    "circles": misbehaviour.loop(),
    "the primary limit": misbehaviour.primary_limit(),
    "a secondary limit": misbehaviour.secondary_limit(60),
    "a secondary limit without a time": misbehaviour.secondary_limit(None, code=429),
    "blocked": misbehaviour.status(451, "Repository access blocked"),
    "forbidden": misbehaviour.status(403, "Resource not accessible by personal access token"),
    "suspended": misbehaviour.status(403, "Sorry. Your account was suspended"),
    "gone": misbehaviour.status(404, "Not Found"),
}
HOSTS = ("api", "graphql", "archive", "raw")


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry at once."""
    monkeypatch.setattr(patience, "_FIRST_RETRY", 0.0)


def three(**more: object) -> tuple[Repository, ...]:
    """Three repositories."""
    return tuple(Repository("ada", name, FILES, **more) for name in "abc")  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", ON_THE_WAY)
@pytest.mark.parametrize("host", HOSTS)
def test_a_fault_that_passes_changes_nothing(host: str, fault: str) -> None:
    served = world(*three(size_kb=400_000 if host == "raw" else None))
    with GitHub(served) as github:
        undisturbed = Visit(github).all()
        github.faults.add(ON_THE_WAY[fault], host, times=2)
        assert Visit(github).all() == undisturbed
    assert all(isinstance(read, Snapshot) for read in undisturbed.values())


@pytest.mark.parametrize("token", [SECRET, None])
@pytest.mark.parametrize("fault", FOR_GOOD)
def test_a_listing_that_cannot_be_had_is_one_clear_error(fault: str, token: str | None) -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(FOR_GOOD[fault], "api", times=None)
        with pytest.raises(SourceError) as caught:
            Visit(github, token).all()
    assert str(caught.value).startswith("ada: ")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("fault", FOR_GOOD)
def test_a_record_that_cannot_be_had_is_unknown_and_the_files_are_read(fault: str) -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(FOR_GOOD[fault], "graphql", times=None)
        found = Visit(github).all()
    for read in found.values():
        assert isinstance(read, Snapshot)
        assert isinstance(read.metadata.history, Unavailable)
        assert read.metadata.history.reason
        assert read.texts["README.md"] == "# Churn\n"


REFUSED = {
    "the primary limit", "a secondary limit", "a secondary limit without a time", "blocked", "forbidden", "suspended"
}  # fmt: skip


@pytest.mark.parametrize("fault", sorted(REFUSED))
def test_an_archive_that_is_refused_is_told_for_each_repository(fault: str) -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(FOR_GOOD[fault], "archive", times=None)
        found = Visit(github).all()
    assert set(found) == {"a", "b", "c"}
    for read in found.values():
        assert isinstance(read, str), fault


@pytest.mark.parametrize("token", [SECRET, None])
@pytest.mark.parametrize("fault", sorted(FOR_GOOD.keys() - REFUSED))
def test_where_no_archive_can_be_had_the_files_are_listed_and_read_one_by_one(fault: str, token: str | None) -> None:
    with GitHub(world(*three())) as github:
        undisturbed = Visit(github, token).all()
        github.faults.add(FOR_GOOD[fault], "archive", times=None)
        found = Visit(github, token).all()
    for name, read in found.items():
        assert isinstance(read, Snapshot), fault
        before = undisturbed[name]
        assert isinstance(before, Snapshot)
        assert (read.tree, read.texts) == (before.tree, before.texts)


@pytest.mark.parametrize("token", [SECRET, None])
def test_neither_archive_nor_list_is_told_with_the_first_reason(token: str | None) -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(misbehaviour.wrong_type(), "archive", times=None)
        github.faults.add(misbehaviour.gateway(502), "api", "/repos/*/git/trees/*", times=None)
        found = Visit(github, token).all()
    assert set(found.values()) == {"what GitHub sent cannot be read: it is no gzip file."}


def test_a_host_of_archives_that_is_down_is_not_asked_for_every_repository() -> None:
    with GitHub(world(*(Repository("ada", f"r{n}", FILES) for n in range(60)))) as github:
        github.faults.add(misbehaviour.gateway(502), "archive", times=None)
        found = Visit(github).all()
        assert len(github.log.requests("archive")) <= 4 * 17
    assert all(isinstance(read, Snapshot) for read in found.values())


def test_without_archives_nothing_is_called_empty_that_is_not() -> None:
    """GitHub tells a size of 0 of what was just made, too."""
    full = tuple(Repository("ada", name, FILES, size_kb=0) for name in "abcdef")
    empty = tuple(Repository("ada", f"empty-{n}") for n in range(9))
    with GitHub(world(*full, *empty)) as github:
        github.faults.add(misbehaviour.status(404, "Not Found"), "archive", times=None)
        found = Visit(github, None).all()
    assert {name for name, read in found.items() if isinstance(read, Snapshot)} == set("abcdef")
    assert {read for read in found.values() if isinstance(read, str)} == {"the repository is empty."}


def test_where_archives_are_had_what_has_none_is_empty_without_asking_for_each() -> None:
    with GitHub(world(*three(), *(Repository("ada", f"empty-{n}") for n in range(20)))) as github:
        found = Visit(github, None).all()
        assert sum("/git/trees/" in asked.path for asked in github.log.requests("api")) <= 2
    assert sum(read == "the repository is empty." for read in found.values()) == 20


@pytest.mark.parametrize("fault", FOR_GOOD)
def test_single_files_that_cannot_be_had_are_unread_with_the_reason(fault: str) -> None:
    with GitHub(world(*three(size_kb=400_000))) as github:
        github.faults.add(FOR_GOOD[fault], "raw", times=None)
        found = Visit(github).all()
    for read in found.values():
        assert isinstance(read, Snapshot)
        assert [entry.path for entry in read.tree] == sorted(FILES)
        assert (
            isinstance(read.texts["README.md"], Unavailable) or fault == "a cut body"
        )  # which is longer than the file


HOSTILE: dict[str, bytes] = {
    "no archive": b"<html>",
    "half an archive": packed(file("sales-main/a.py", b"x" * 9000))[:60],
    "a path out of the folder": packed(file("sales-main/../../etc/passwd")),
    "an absolute path": packed(file("/etc/passwd")),
    "nothing": b"",
}


@pytest.mark.parametrize("archive", HOSTILE)
def test_an_archive_that_is_none_is_told_where_there_is_no_other_way(archive: str) -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(misbehaviour.body(HOSTILE[archive]), "archive", times=None)
        github.faults.add(misbehaviour.gateway(502), "api", "/repos/*/git/trees/*", times=None)
        found = Visit(github).all()
    assert {type(read) for read in found.values()} == {str}
    assert "what GitHub sent cannot be read" in str(found["a"])


def test_a_body_that_never_ends_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_MOST_JSON", 1024 * 1024)
    with GitHub(world(*three())) as github:
        github.faults.add(misbehaviour.huge_body(64), "api", times=None)
        with pytest.raises(SourceError, match="GitHub's answer is over 1 MiB"):
            Visit(github).all()


def test_a_secondary_limit_is_waited_for_once_by_all() -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(misbehaviour.secondary_limit(1), "graphql", times=1)
        visit = Visit(github, max_wait=30)
        found = visit.all()
    assert all(isinstance(read, Snapshot) for read in found.values())
    assert len(visit.told) == 1
    assert visit.told[0].startswith("GitHub's limit of requests at a time is reached: waiting 2 s, until ")


def test_the_limit_of_graphql_is_understood() -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(misbehaviour.rate_limited(), "graphql", times=None)
        found = Visit(github).all()
    reasons = {r.metadata.releases.reason for r in found.values() if isinstance(r.metadata.releases, Unavailable)}  # type: ignore[union-attr]
    assert len(reasons) == 1
    assert "hourly limit of requests is reached; it resets at" in reasons.pop()


@pytest.mark.parametrize("names", [(), ("r0",), ("r1", "r2")])
def test_what_was_too_much_at_once_is_asked_in_parts(names: tuple[str, ...]) -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(misbehaviour.resource_limits(*names), "graphql", after=1, times=1)
        found = Visit(github).all()
    assert not any(isinstance(r.metadata.history, Unavailable) for r in found.values() if isinstance(r, Snapshot))


def test_a_slow_body_is_waited_for() -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(misbehaviour.slow_body(0.3), "archive", times=None)
        started = time.monotonic()
        found = Visit(github).all()
    assert all(isinstance(read, Snapshot) for read in found.values())
    assert time.monotonic() - started < 30


def test_leaving_in_the_middle_ends_the_reading() -> None:
    with GitHub(world(*(Repository("ada", f"r{n}", FILES) for n in range(60)))) as github:
        github.faults.add(misbehaviour.delayed(0.1), "archive", times=None)
        with Visit(github).session() as session:
            roll = session.roll("ada")
            next(reader(session).many(roll.repositories, roll.account.pinned))
        time.sleep(1.2)
        assert len(github.log.requests("archive")) < 30


def test_the_limit_met_by_one_request_is_not_run_into_by_the_others() -> None:
    with GitHub(world(*(Repository("ada", f"r{n}", FILES, private=True) for n in range(20)))) as github:
        with Visit(github).session() as session:
            roll = session.roll("ada", private=True)
            github.faults.add(misbehaviour.primary_limit(), "api", "*/tarball/*", times=None)
            found = dict(reader(session).many(roll.repositories, roll.account.pinned))
        refused = [entry for entry in github.log.requests("api") if "tarball" in entry.path]
    assert all(isinstance(read, RateLimited) for read in found.values())
    assert len(refused) <= 8


@pytest.mark.parametrize("host", ["api", "archive"])
def test_circles_and_strange_places_are_left_at_once(host: str) -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(misbehaviour.loop(), host, times=3 * 6)
        github.faults.add(misbehaviour.redirect("http://192.0.2.1/evil"), host, times=None)
        with suppress(SourceError):
            Visit(github).all()
        assert len(github.log.requests(host)) <= 3 * 6 + 6


def test_a_server_that_finds_everything_too_much_is_not_asked_on() -> None:
    with GitHub(world(*(Repository("ada", f"r{n}", FILES) for n in range(100)))) as github:
        github.faults.add(misbehaviour.gateway(502), "graphql", times=None)
        found = Visit(github).all()
        assert len(github.log.requests("graphql")) <= 24
    assert all(isinstance(read, Snapshot) for read in found.values())


def test_what_is_taken_down_is_not_called_empty() -> None:
    served = world(Repository("ada", "gone", {"README.md": "x"}, blocked=True), Repository("ada", "empty"))
    with GitHub(served) as github:
        found = Visit(github).all()
    assert found["empty"] == "the repository is empty."
    assert "blocked" in str(found["gone"])


TOO_FAST = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


@pytest.mark.parametrize("to_wait", [{"Retry-After": "0"}, {}])
def test_a_secondary_limit_of_graphql_is_waited_for_though_the_status_is_200(to_wait: dict[str, str]) -> None:
    """GitHub documents 200 or 403, an error without a type, and the same waits as for REST."""
    refused = misbehaviour.always(lambda: json_reply({"errors": [{"message": TOO_FAST}]}, 200, to_wait))
    with GitHub(world(*three())) as github:
        github.faults.add(refused, "graphql", times=1)
        visit = Visit(github, max_wait=1.5)
        found = visit.all()
    history = {type(read.metadata.history) for read in found.values() if isinstance(read, Snapshot)}
    if to_wait:
        assert history == {History}
        assert any("limit of requests at a time is reached: waiting" in told for told in visit.told)
    else:
        assert history == {Unavailable}


@pytest.mark.parametrize("revision", ["", "main"])
@pytest.mark.parametrize("fault", FOR_GOOD)
def test_a_repository_of_which_nothing_recorded_can_be_had_is_read_all_the_same(fault: str, revision: str) -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(FOR_GOOD[fault], "graphql", times=None)
        read = Visit(github).one("ada/a", revision)
    assert read.texts["README.md"] == "# Churn\n"
    assert isinstance(read.metadata.history, Unavailable)


def test_no_graphql_is_told_as_that() -> None:
    with GitHub(world(*three())) as github:
        github.faults.add(misbehaviour.status(404, "Not Found"), "graphql", times=None)
        with Visit(github).session() as session:
            account = session.roll("ada").account
    assert account.pinned == Unavailable(f"there is no GraphQL at {github.base}/api/graphql.")


@pytest.mark.parametrize("data", [None, {"r0": None, "r1": None, "r2": None, "account": None}])
def test_an_error_about_no_part_in_particular_is_about_all(data: dict[str, None] | None) -> None:
    odd = misbehaviour.always(lambda: json_reply({"data": data, "errors": [{"message": "Something odd"}]}, 200, {}))
    with GitHub(world(*three())) as github:
        github.faults.add(odd, "graphql", times=None)
        found = Visit(github).all()
    unknown = Unavailable("GitHub could not answer (Something odd).")
    assert {read.metadata.history for read in found.values() if isinstance(read, Snapshot)} == {unknown}
    assert {read.metadata.pinned for read in found.values() if isinstance(read, Snapshot)} == {unknown}


@pytest.mark.parametrize(("whole", "bio"), [(True, "Churn"), (False, None)])
def test_a_part_of_the_page_that_is_refused_is_unknown_and_nothing_else(whole: bool, bio: str | None) -> None:
    error = {"type": "FORBIDDEN", "path": ["account", "pinnedItems"], "message": "Resource not accessible"}
    data = {"account": {"login": "ada", "bio": "Churn", "pinnedItems": None} if whole else None}
    partly = misbehaviour.always(lambda: json_reply({"data": data, "errors": [error]}, 200, {}))
    with GitHub(world(*three())) as github:
        github.faults.add(partly, "graphql")
        with Visit(github).session() as session:
            account = session.roll("ada").account
    assert isinstance(account.pinned, Unavailable)
    assert "Resource not accessible" in account.pinned.reason
    assert account.profile.bio == (bio or account.pinned)


def test_the_limit_of_searches_leaves_only_what_is_searched_unknown() -> None:
    """Ten a minute without a token: the eleventh profile of a course is audited all the same."""
    with GitHub(world(*three())) as github:
        github.faults.add(misbehaviour.primary_limit(seconds=50), "api", "/search/*", times=None)
        visit = Visit(github, None, max_wait=60)
        with visit.session() as session:
            roll = session.roll("ada")
            assert not session.is_limited
    assert len(roll.repositories) == 3
    assert isinstance(roll.account.profile.contributions_elsewhere, Unavailable)
    assert visit.told == []
