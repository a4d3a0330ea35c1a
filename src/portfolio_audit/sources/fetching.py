"""Commits that a shallow checkout lacks, fetched by git from where it was cloned; the token passes no command line."""

from __future__ import annotations

import base64
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from shutil import which

_SECONDS = 120
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def fetch_commits(
    folder: str, commits: Sequence[str], *, depth: int | None = None, secret: str = "", web: str = ""
) -> str:
    """Fetch commits, each with at most ``depth`` before it; gives the reason if they did not come.

    A depth makes a whole copy of a repository a shallow one: give it only where the copy is shallow already.
    ``secret`` is a token for the server at ``web``. Submodules, and helpers that would ask a person, are left out.
    """
    wanted = [commit for commit in commits if _COMMIT.fullmatch(commit)]
    git = which("git")
    if not wanted or git is None:
        return "" if git else "git is not installed"
    options = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
    bounded = (f"--depth={depth}",) if depth else ()
    try:
        done = subprocess.run(  # noqa: S603  # nothing here comes from the repository but ids
            [git, "-C", folder, "fetch", *options, *bounded, "origin", *wanted],
            env={**os.environ, **_environment(secret, web)},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"git could not fetch them ({type(error).__name__})"
    return "" if done.returncode == 0 else _last_line(done.stderr.decode("utf-8", "replace"))


def _environment(secret: str, web: str) -> Mapping[str, str]:
    """Git asks nobody, and shows the token to that server alone; an empty header first drops what the checkout kept."""
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true", "GCM_INTERACTIVE": "never"}
    if not secret or not web:
        return quiet
    key = f"http.{web}/.extraheader"
    shown = base64.b64encode(f"x-access-token:{secret}".encode()).decode()
    return {
        **quiet,
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": key,
        "GIT_CONFIG_VALUE_0": "",
        "GIT_CONFIG_KEY_1": key,
        "GIT_CONFIG_VALUE_1": f"AUTHORIZATION: basic {shown}",
    }


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "git could not fetch them"
