"""The login that GitHub's own client, gh, keeps for a host."""

# An empty part leaves join's path as it is:
# ruff: noqa: PTH118

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from os.path import join
from pathlib import Path

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.yaml import YamlMap, YamlNode, YamlText, parse_yaml

_PATIENCE = 5.0
_MOST_BYTES = 1 << 20
_TOKENS = frozenset({"GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"})
_QUIET = {"GH_PROMPT_DISABLED": "1", "GH_NO_UPDATE_NOTIFIER": "1", "GH_NO_EXTENSION_UPDATE_NOTIFIER": "1"}


def stored_login(host: str, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """The token for a host and where it was found, or None; gh is asked, since it may keep it in a keyring."""
    told = _asked(host, environment)
    if told:
        return told, "gh"
    for path in _files(environment):
        kept = _kept(path, host)
        if kept:
            return kept, "the gh client's hosts.yml"
    return None


def _asked(host: str, environment: Mapping[str, str]) -> str:
    """What ``gh auth token`` says. It would hand out the variables' tokens for any host, so it does not see them."""
    command = _gh(environment)
    if command is None:
        return ""
    told = {name: value for name, value in environment.items() if name not in _TOKENS} | _QUIET
    try:
        done = subprocess.run(  # noqa: S603  # found on the user's own path, and the host is checked
            [command, "auth", "token", "--hostname", host],
            env=told,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def _gh(environment: Mapping[str, str]) -> str | None:
    """Where gh is, if not in the current folder: that may be somebody else's repository."""
    folders = [folder for folder in environment.get("PATH", "").split(os.pathsep) if Path(folder).is_absolute()]
    found = shutil.which("gh", path=os.pathsep.join(folders)) if folders else None
    return found if found and Path(found).parent != Path.cwd() else None


def _files(environment: Mapping[str, str]) -> Iterator[str]:
    """Where gh's own documentation says that it keeps its logins, the first that is named alone."""
    for variable, below in (("GH_CONFIG_DIR", ""), ("XDG_CONFIG_HOME", "gh"), ("APPDATA", "GitHub CLI")):
        if environment.get(variable):
            yield join(environment[variable], below, "hosts.yml")
            return
    home = environment.get("HOME") or environment.get("USERPROFILE")
    if home:
        yield join(home, ".config", "gh", "hosts.yml")


def _kept(path: str, host: str) -> str:
    try:
        with Path(path).open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8")
        documents = parse_yaml(text)
    except (OSError, ValueError, ParseError):
        return ""
    login = _under(documents[0] if documents else None, host)
    user = _text(_under(login, "user"))
    return _text(_under(login, "oauth_token")) or _text(_under(_under(_under(login, "users"), user), "oauth_token"))


def _under(node: YamlNode | None, key: str) -> YamlNode | None:
    return node.items.get(key) if isinstance(node, YamlMap) else None


def _text(node: YamlNode | None) -> str:
    return node.value if isinstance(node, YamlText) else ""
