"""The login that the gh client keeps."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio_audit.github.stored_login import stored_login

HOSTS = """\
github.com:
    user: ada
    oauth_token: gho_old
    git_protocol: https
    users:
        ada:
            oauth_token: gho_old
git.corp:
    users:
        eve:
            oauth_token: gho_eve
        ada:
            oauth_token: gho_corp
    user: ada
keyring.corp:
    users:
        ada:
    user: ada
"""
FILE = "the gh client's hosts.yml"
posix = pytest.mark.skipif(os.name != "posix", reason="gh is played by a shell script")


def keep(folder: Path, text: str = HOSTS) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hosts.yml").write_text(text)
    return {"GH_CONFIG_DIR": str(folder)}


@pytest.mark.parametrize(
    ("host", "token"),
    [("github.com", "gho_old"), ("git.corp", "gho_corp"), ("keyring.corp", None), ("elsewhere.corp", None)],
)
def test_what_the_file_keeps_for_a_host(tmp_path: Path, host: str, token: str | None) -> None:
    assert stored_login(host, keep(tmp_path)) == ((token, FILE) if token else None)


@pytest.mark.parametrize(
    ("variable", "below"),
    [("GH_CONFIG_DIR", ""), ("XDG_CONFIG_HOME", "gh"), ("APPDATA", "GitHub CLI"), ("HOME", ".config/gh")],
)
def test_where_the_file_is(tmp_path: Path, variable: str, below: str) -> None:
    keep(tmp_path / below)
    assert stored_login("github.com", {variable: str(tmp_path)}) == ("gho_old", FILE)


def test_only_the_folder_that_counts_is_looked_into(tmp_path: Path) -> None:
    keep(tmp_path / ".config/gh")
    assert stored_login("github.com", {"GH_CONFIG_DIR": str(tmp_path / "none"), "HOME": str(tmp_path)}) is None
    assert stored_login("github.com", {}) is None


@pytest.mark.parametrize("text", ["", "- a", "github.com", "github.com: [", "github.com: {oauth_token: []}", "\x00"])
def test_a_file_that_says_nothing(tmp_path: Path, text: str) -> None:
    assert stored_login("github.com", keep(tmp_path, text)) is None


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    environment = keep(tmp_path)
    (tmp_path / "hosts.yml").write_bytes(b"\xff\xfe")
    assert stored_login("github.com", environment) is None


@pytest.fixture
def gh(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """Puts a gh on the path that does what a line of shell says."""

    def install(script: str) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir()
        (folder / "gh").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "gh").chmod(0o755)
        return {"PATH": str(folder), **keep(tmp_path / "kept")}

    return install


@posix
def test_gh_is_asked_before_its_file(gh: Callable[[str], dict[str, str]]) -> None:
    environment = gh('echo "$1-$2-$3-$4"')
    assert stored_login("github.com", environment) == ("auth-token---hostname-github.com", "gh")


@posix
def test_gh_sees_no_token_that_was_made_for_another_host(gh: Callable[[str], dict[str, str]]) -> None:
    environment = gh('echo "[$GH_TOKEN$GITHUB_TOKEN$GH_ENTERPRISE_TOKEN$GITHUB_ENTERPRISE_TOKEN]$GH_PROMPT_DISABLED"')
    hidden = {"GH_TOKEN": "a", "GITHUB_TOKEN": "b", "GH_ENTERPRISE_TOKEN": "c", "GITHUB_ENTERPRISE_TOKEN": "d"}
    assert stored_login("github.com", environment | hidden) == ("[]1", "gh")


@posix
@pytest.mark.parametrize("script", ["exit 1", "echo no >&2", "echo gho_x; exit 4", "read line || exit 1; echo $line"])
def test_a_gh_that_does_not_know_leaves_the_file(gh: Callable[[str], dict[str, str]], script: str) -> None:
    assert stored_login("github.com", gh(script)) == ("gho_old", FILE)


@posix
def test_a_gh_that_does_not_answer_is_left(
    gh: Callable[[str], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portfolio_audit.github.stored_login._PATIENCE", 0.2)
    assert stored_login("github.com", gh("exec /bin/sleep 20")) == ("gho_old", FILE)


@posix
@pytest.mark.parametrize("path", ["", ".", "bin", ":", "{here}"])
def test_no_gh_of_the_current_folder_is_run(
    gh: Callable[[str], dict[str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str
) -> None:
    environment = gh("echo stolen")
    monkeypatch.chdir(tmp_path / "bin")
    found = stored_login("github.com", environment | {"PATH": path.format(here=tmp_path / "bin")})
    assert found == ("gho_old", FILE)
