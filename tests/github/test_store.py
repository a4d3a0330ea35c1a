"""What was read is found again, by whom it was read, as it was; and nothing else is."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path
from threading import Thread

import pytest

from portfolio_audit.github import entries, store
from portfolio_audit.github.cache_folder import STORE
from portfolio_audit.github.credentials import Token
from portfolio_audit.github.store import Answer, Store, open_store
from portfolio_audit.model.snapshot import EntryKind, TreeEntry

TREE = (
    TreeEntry("README.md", 8, EntryKind.FILE, "a" * 40),
    TreeEntry("lib", kind=EntryKind.SUBMODULE),
    TreeEntry("\u00fcber.link", 2, EntryKind.SYMLINK, "b" * 40),
)
COMMIT = "c" * 40
AT = datetime(2026, 11, 23, 12, 30, 15, 123456, UTC)
DAY = 24 * 3600


def silent(sentence: str) -> None:
    pytest.fail(sentence)


def by_id(*bodies: bytes) -> dict[str, bytes]:
    return {sha1(b"blob %d\0%s" % (len(b), b), usedforsecurity=False).hexdigest(): b for b in bodies}


BLOBS = by_id(b"# Churn\n", b"", b"x" * 100_000)


def fill(folder: Path, identity: str = "ada") -> None:
    with open_store(folder, identity, silent) as opened:
        opened.put_tree("Ada/Churn", COMMIT, TREE)
        opened.put_blobs(BLOBS)
        opened.put_answer("profile ada", b'{"a": 1}', "print", AT)
        opened.put_sheet("Ada/Churn", "state", b"[]")


def found(folder: Path, identity: str = "ada") -> tuple[object, ...]:
    """Everything that :func:`fill` keeps, as far as it is there."""
    with open_store(folder, identity, lambda _: None) as opened:
        answer, sheet = opened.answer("profile ada"), opened.sheet("ada/churn")
        return opened.tree("Ada/Churn", COMMIT), opened.blobs(BLOBS), answer, sheet


WHOLE = (TREE, BLOBS, Answer(b'{"a": 1}', AT, "print"), ("state", b"[]"))
NOTHING = (None, {}, None, None)


def execute(folder: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    """Do something to the file behind the store's back."""
    with closing(sqlite3.connect(folder / STORE, isolation_level=None)) as connection:
        return connection.execute(statement, values).fetchall()


def test_what_was_kept_is_found_by_the_next_audit(tmp_path: Path) -> None:
    fill(tmp_path)
    assert found(tmp_path) == WHOLE


def test_the_name_of_a_repository_may_be_written_in_any_case(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_store(tmp_path, "ada", silent) as opened:
        assert opened.tree("ada/churn", COMMIT) == TREE
        assert opened.tree("ada/churn", "d" * 40) is None


def test_nobody_finds_what_another_one_read(tmp_path: Path) -> None:
    fill(tmp_path)
    assert found(tmp_path, "bob") == NOTHING


def test_an_answer_replaces_the_last_one(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_store(tmp_path, "ada", silent) as opened:
        opened.put_answer("profile ada", b"2", "other", AT)
        assert opened.answer("profile ada") == Answer(b"2", AT, "other")


def test_of_a_repository_there_is_one_fact_sheet(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_store(tmp_path, "ada", silent) as opened:
        opened.put_sheet("ada/CHURN", "later", b"[1]")
        assert opened.sheet("Ada/Churn") == ("later", b"[1]")
        assert opened.sheet("Ada/Prices") is None
    with closing(sqlite3.connect(tmp_path / STORE)) as connection:
        assert entries.summary(connection).counts["fact sheets"] == 1


def test_without_a_folder_nothing_is_kept() -> None:
    with open_store(None, "ada", silent) as opened:
        opened.put_tree("a/b", COMMIT, TREE)
        opened.put_blobs(BLOBS)
        assert (opened.tree("a/b", COMMIT), opened.blobs(BLOBS)) == (None, {})


def test_what_is_too_long_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 10)
    fill(tmp_path)
    with open_store(tmp_path, "ada", silent) as opened:
        opened.put_sheet("Ada/Long", "state", b"x" * 11)
        assert opened.sheet("Ada/Long") is None
    assert found(tmp_path)[1] == by_id(b"# Churn\n", b"")


def test_many_blobs_are_found_at_once(tmp_path: Path) -> None:
    many = by_id(*(b"%d" % number for number in range(1200)))
    with open_store(tmp_path, "ada", silent) as opened:
        opened.put_blobs(many)
        assert opened.blobs(many) == many


def test_threads_share_a_store(tmp_path: Path) -> None:
    with open_store(tmp_path, "ada", silent) as opened:
        threads = [Thread(target=opened.put_blobs, args=(by_id(b"%d" % n),)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(opened.blobs(by_id(*(b"%d" % n for n in range(8))))) == 8


def keep_many(folder: Path, number: int) -> None:
    with open_store(folder, "ada", silent) as opened:
        for start in range(20):
            opened.put_blobs(by_id(b"%d of %d" % (start, number)))


def test_processes_share_a_file(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=keep_many, args=(tmp_path, number)) for number in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    expected = by_id(*(b"%d of %d" % (start, number) for start in range(20) for number in range(2)))
    with open_store(tmp_path, "ada", silent) as opened:
        assert opened.blobs(expected) == expected


def test_no_token_is_ever_written(tmp_path: Path) -> None:
    secret = "ghp_" + "s3cr3t" * 6
    token = Token(secret, "GITHUB_TOKEN")
    fill(tmp_path, token.identity)
    assert found(tmp_path, token.identity) == WHOLE
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*"))
    assert token.identity.encode() in written
    assert secret.encode() not in written
    assert b"uthorization" not in written


@pytest.mark.parametrize(
    ("change", "values", "left"),
    [
        ("UPDATE entries SET body = ?", (b"garbage",), NOTHING),
        ("UPDATE entries SET body = 'text'", (), NOTHING),
        ("UPDATE entries SET body = substr(body, 1, length(body) - 1)", (), NOTHING),
        ("UPDATE entries SET body = ? WHERE kind = 'tree'", (store.pack(b"[[1]]"),), (None, *WHOLE[1:])),
        ("UPDATE entries SET body = ? WHERE kind = 'tree'", (store.pack(b"{}"),), (None, *WHOLE[1:])),
        ("UPDATE entries SET body = ? WHERE kind = 'blob'", (store.pack(b"other"),), (TREE, {}, *WHOLE[2:])),
        ("UPDATE entries SET stored_at = 'once'", (), (TREE, BLOBS, None, WHOLE[3])),
        ("UPDATE entries SET stored_at = x'00'", (), (TREE, BLOBS, None, WHOLE[3])),
    ],
)
def test_what_is_not_as_it_was_written_is_not_there(
    tmp_path: Path, change: str, values: Iterable[object], left: tuple[object, ...]
) -> None:
    fill(tmp_path)
    execute(tmp_path, change, *values)
    assert found(tmp_path) == left
    fill(tmp_path)
    assert found(tmp_path) == WHOLE


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterable[int]:
    """A day passes whenever a store is opened."""
    times = iter(range(0, 1000 * DAY, 2 * DAY))
    monkeypatch.setattr(store.time, "time", lambda: next(times))
    return times


def keep(folder: Path, body: bytes, limit: int = 1 << 30) -> None:
    with open_store(folder, "ada", silent, limit=limit) as opened:
        opened.put_blobs(by_id(body))


def kept(folder: Path, *bodies: bytes) -> list[bytes]:
    with open_store(folder, "ada", silent) as opened:
        return sorted(opened.blobs(by_id(*bodies)).values())


def test_what_was_of_no_use_for_longest_makes_room(tmp_path: Path, clock: object) -> None:
    bodies = [os.urandom(60_000) for _ in range(5)]
    for body in bodies[:4]:
        keep(tmp_path, body)
    assert kept(tmp_path, bodies[0]) == [bodies[0]]
    keep(tmp_path, bodies[4], limit=250_000)
    assert kept(tmp_path, *bodies) == sorted([bodies[0], bodies[3], bodies[4]])
    assert (tmp_path / STORE).stat().st_size < 250_000


def test_room_is_made_while_much_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_LOOKED_AT", 1000)
    with open_store(tmp_path, "ada", silent, limit=0) as opened:
        opened.put_blobs(by_id(bytes(range(256)) * 400))
        assert opened.blobs(by_id(bytes(range(256)) * 400)) == {}


def test_room_is_made_that_a_killed_audit_could_not_make(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_store(tmp_path, "ada", silent, limit=0) as opened:
        assert opened.blobs(BLOBS) == {}


def test_use_is_noted_once_a_day(tmp_path: Path, clock: object) -> None:
    keep(tmp_path, b"a")
    kept(tmp_path, b"a")
    assert execute(tmp_path, "SELECT used FROM entries") == [(2 * DAY,)]


def test_the_limit_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTFOLIO_AUDIT_CACHE_MB", "0")
    fill(tmp_path)
    assert found(tmp_path) == NOTHING


def test_a_summary_counts_every_kind(tmp_path: Path) -> None:
    fill(tmp_path)
    fill(tmp_path, "bob")
    with closing(sqlite3.connect(tmp_path / STORE)) as connection:
        assert entries.summary(connection).counts == {"trees": 2, "blobs": 6, "answers": 2, "fact sheets": 2}


def test_a_closed_store_is_empty(tmp_path: Path) -> None:
    fill(tmp_path)
    opened: Store
    with open_store(tmp_path, "ada", silent) as opened:
        pass
    assert opened.blobs(BLOBS) == {}
