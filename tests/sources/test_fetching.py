"""Commits that a shallow checkout lacks."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pygit2
import pytest

import repositories
from portfolio_audit.sources.ancestry import open_ancestry
from portfolio_audit.sources.fetching import fetch_commits


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    made = pygit2.init_repository(str(tmp_path / "origin"), bare=True, initial_head="main")
    made.config["uploadpack.allowAnySHA1InWant"] = "true"
    for number in range(4):
        repositories.commit(made, {"a.txt": b"%d" % number}, at=number)
    return tmp_path / "origin"


@pytest.fixture
def shallow(tmp_path: Path, origin: Path) -> Path:
    clone = ["git", "clone", "--quiet", "--depth=1", f"file://{origin}", str(tmp_path / "clone")]
    subprocess.run(clone, check=True, capture_output=True)
    return tmp_path / "clone"


def head_of(folder: Path) -> str:
    with open_ancestry(str(folder)) as commits:
        return commits.head


def test_what_is_missing_comes(shallow: Path) -> None:
    head = head_of(shallow)
    with open_ancestry(str(shallow)) as commits:
        assert (commits.is_shallow, commits.first_parent(head)) == (True, "")
    assert fetch_commits(str(shallow), [head], depth=2000) == ""
    with open_ancestry(str(shallow)) as commits:
        assert (commits.is_shallow, bool(commits.find(f"{head}~3"))) == (False, True)


def test_the_depth_is_a_bound(shallow: Path) -> None:
    head = head_of(shallow)
    assert fetch_commits(str(shallow), [head], depth=2) == ""
    with open_ancestry(str(shallow)) as commits:
        assert (bool(commits.find(f"{head}~1")), commits.find(f"{head}~2")) == (True, "")


def test_a_whole_copy_stays_whole(shallow: Path, origin: Path) -> None:
    assert fetch_commits(str(shallow), [head_of(shallow)], depth=2000) == ""
    newer = str(repositories.commit(pygit2.Repository(str(origin)), {"a.txt": b"new"}, at=9))
    assert fetch_commits(str(shallow), [newer]) == ""
    with open_ancestry(str(shallow)) as commits:
        assert (commits.is_shallow, commits.has(newer)) == (False, True)


def test_why_it_does_not_come(shallow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "d" * 40 in fetch_commits(str(shallow), ["d" * 40], depth=1)
    monkeypatch.setenv("PATH", "")
    assert fetch_commits(str(shallow), ["d" * 40], depth=1) == "git is not installed"


@pytest.mark.parametrize("wanted", [[], ["main"], ["--upload-pack=touch pwned"], ["d" * 39]])
def test_only_ids_are_asked_for(shallow: Path, wanted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("nothing is to be run"))
    assert fetch_commits(str(shallow), wanted, depth=1) == ""


def test_the_token_is_in_no_argument(shallow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}

    def run(command: list[str], *, env: dict[str, str], **_: object) -> subprocess.CompletedProcess[bytes]:
        seen.update(command=command, env=env)
        return subprocess.CompletedProcess(command, 1, b"", b"no\n\nfatal: refused\n")

    monkeypatch.setattr(subprocess, "run", run)
    why = fetch_commits(str(shallow), ["d" * 40], depth=1, secret="ghs_x", web="https://github.com")  # noqa: S106
    assert (why, "ghs_x" in repr(seen["command"])) == ("fatal: refused", False)
    environment = seen["env"]
    assert isinstance(environment, dict)
    shown = base64.b64encode(b"x-access-token:ghs_x").decode()
    assert {name: value for name, value in environment.items() if name.startswith("GIT_CONFIG_")} == {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "http.https://github.com/.extraheader",
        "GIT_CONFIG_VALUE_0": "",
        "GIT_CONFIG_KEY_1": "http.https://github.com/.extraheader",
        "GIT_CONFIG_VALUE_1": f"AUTHORIZATION: basic {shown}",
    }
