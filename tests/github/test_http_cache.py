"""The file that hishel fills is private, sound, counted and cleared."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import anyio
import httpx
import pytest
from hishel import AsyncSqliteStorage
from hishel.httpx import AsyncCacheTransport

from portfolio_audit.github.cache_contents import cache_contents, clear_cache
from portfolio_audit.github.http_cache import http_file


def silent(sentence: str) -> None:
    pytest.fail(sentence)


def ask(file: Path, *names: str) -> int:
    """Ask a server for pages through the cache; how often the server was asked."""
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return httpx.Response(200, headers={"cache-control": "max-age=99"}, content=b"x" * 5000)

    async def run() -> None:
        storage = AsyncSqliteStorage(database_path=file)
        async with httpx.AsyncClient(transport=AsyncCacheTransport(httpx.MockTransport(answer), storage)) as client:
            for name in names:
                await (await client.get(f"https://example.org/{name}")).aread()

    anyio.run(run)
    return len(asked)


def prepared(folder: Path) -> Path:
    file = http_file(folder, silent)
    assert file
    return file


def test_it_is_private_before_anything_is_in_it(tmp_path: Path) -> None:
    file = prepared(tmp_path / "cache")
    assert ask(file, "a", "b", "a") == 2
    assert {stat.S_IMODE(f.stat().st_mode) for f in file.parent.glob("http*")} == {0o600}


def test_what_hishel_kept_is_used_again(tmp_path: Path) -> None:
    ask(prepared(tmp_path), "a")
    assert ask(prepared(tmp_path), "a", "b") == 1


def test_without_a_folder_there_is_no_file() -> None:
    assert http_file(None, silent) is None


def test_where_no_file_can_be_made_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told: list[str] = []
    assert http_file(tmp_path / "file", told.append) is None
    assert len(told) == 1


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    file = prepared(tmp_path)
    ask(file, *map(str, range(30)))
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) // 2))
    told: list[str] = []
    assert http_file(tmp_path, told.append) == file
    assert [("damaged" in sentence) for sentence in told] == [True]
    assert ask(file, "1") == 1


def test_the_file_of_another_program_is_set_aside(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "http.sqlite3")) as connection:
        connection.execute("CREATE TABLE entries (id, cache_key, data, created_at, deleted_at)")
    assert http_file(tmp_path, lambda _: None)
    assert (tmp_path / "http.sqlite3.damaged-1").exists()


def test_replies_are_counted_and_cleared(tmp_path: Path) -> None:
    file = prepared(tmp_path)
    assert [c.summary.counts for c in cache_contents(tmp_path, silent)] == [{}]
    ask(file, *map(str, range(30)))
    (before,) = cache_contents(tmp_path, silent)
    assert before.summary.counts == {"replies": 30}
    assert before.summary.oldest
    clear_cache(tmp_path, silent, before=before.summary.oldest)
    assert cache_contents(tmp_path, silent)[0].summary.counts == {"replies": 30}
    clear_cache(tmp_path, silent)
    (after,) = cache_contents(tmp_path, silent)
    assert (after.summary.counts, after.size < before.size / 2) == ({}, True)
    assert ask(file, "1") == 1
