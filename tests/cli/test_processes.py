"""The command line as users have it: a process with pipes, an environment and an exit code."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import Spawn

COMMAND = [sys.executable, "-m", "portfolio_audit"]
NETWORK = ("httpx", "httpcore", "hishel", "requests", "github")
HEAVY = (*NETWORK, "pygit2", "pydantic", "nbformat", "re2", "portfolio_audit.engine", "portfolio_audit.evidence")


def test_a_repository_from_folder_to_report(spawn: Spawn, project: Path) -> None:
    done = spawn("repo", project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The plan: what to do next" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_portfolio_from_folder_to_json(spawn: Spawn, project: Path) -> None:
    done = spawn("portfolio", project.parent, "--format", "json", "--now", "2026-03-14")
    assert (done.returncode, done.stderr) == (0, "")
    assert [r["name"] for r in json.loads(done.stdout)["repositories"]] == ["churn"]
    assert done.stdout == spawn("portfolio", project.parent, "--format", "json", "--now", "2026-03-14").stdout


def test_a_wider_pipe_is_used_when_asked_for(spawn: Spawn, project: Path) -> None:
    lines = spawn("repo", project, COLUMNS="120").stdout.splitlines()
    assert max(map(len, lines)) == 120


def test_colour_can_be_forced_and_forbidden(spawn: Spawn, project: Path) -> None:
    assert "\x1b[" in spawn("repo", project, FORCE_COLOR="1", TERM="xterm").stdout
    plain = spawn("repo", project, "--no-color", FORCE_COLOR="1", TERM="xterm").stdout
    assert "\x1b[31m" not in plain


def test_an_output_without_unicode_gets_ascii(spawn: Spawn, project: Path) -> None:
    done = spawn("repo", project, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()


@pytest.mark.parametrize("name", ["größe", "数据", "two words", "[red]", "semi;colon", "caf\udce9"])
def test_any_name_will_do(spawn: Spawn, project: Path, name: str) -> None:
    try:
        renamed = project.rename(project.parent / name)
    except (OSError, UnicodeError):
        pytest.skip("no such names on this file system")
    done = spawn("repo", renamed)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("repo", "nowhere"), 3, "nowhere: "),
        (("portfolio", "nowhere"), 3, "nowhere: "),
        (("repo", ".", "--config", "nowhere.yaml"), 2, "nowhere.yaml"),
        (("repo", ".", "--rules", "nowhere"), 2, "nowhere"),
        (("repo",), 2, "TARGET"),
        (("pordfolio",), 2, "portfolio"),
        (("repo", ".", "--quite"), 2, "--quiet"),
        (("explain", "unpinned-enviroment"), 2, "unpinned-environment"),
        (("rules", "check", "nowhere"), 2, "nowhere"),
        (("rules", "cases", "nowhere"), 2, "nowhere"),
    ],
)
def test_mistakes_get_a_code_and_a_hint_and_no_traceback(
    spawn: Spawn, words: tuple[str, ...], code: int, told: str
) -> None:
    done = spawn(*words)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_that_cannot_be_written_is_told(spawn: Spawn, project: Path) -> None:
    done = spawn("repo", project, "--output", "missing/report.json")
    assert (done.returncode, done.stdout) == (3, "")
    assert "missing/report.json: cannot be written" in done.stderr.replace("\\", "/")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [["repo", "."], ["rules", "list"], ["--help"]])
def test_a_full_disk_is_told(project: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*COMMAND, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=project
        )
    assert done.returncode == 3
    assert done.stderr == "portfolio-audit: The report cannot be written: no space left where the output goes.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise there")
@pytest.mark.parametrize("words", [["repo", "."], ["rules", "list"]])
def test_a_reader_that_stops_reading_is_no_error(project: Path, words: list[str]) -> None:
    with subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=project) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize(("closed", "target", "code"), [(">&-", ".", 0), ("2>&-", "gone", 3), ("<&-", ".", 0)])
def test_closed_streams_change_nothing(project: Path, closed: str, target: str, code: int) -> None:
    command = f"{shlex.join(COMMAND)} repo {target} {closed}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=project)  # noqa: S602
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_while_modules_load_leaves_no_traceback(tmp_path: Path) -> None:
    code = (
        "import builtins\nkept = builtins.__import__\n"
        "def interrupted(name, *rest):\n"
        "    if name == 'portfolio_audit.cli.app': raise KeyboardInterrupt\n"
        "    return kept(name, *rest)\n"
        "builtins.__import__ = interrupted\nfrom portfolio_audit.cli import main\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from portfolio_audit.cli.app import app; app(['--help'], standalone_mode=False); "
        f"print([m for m in {HEAVY} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "offered"),
    [("explain unpinned", "unpinned-environment"), ("repo . --fail-under B", "B+"), ("repo . --format js", "json")],
)
def test_the_shell_completes_rules_grades_and_formats(words: str, offered: str) -> None:
    typed = f"portfolio-audit {words}"
    asked = {
        "_PORTFOLIO_AUDIT_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split()) - 1),
    }
    code = "import sys; sys.argv = ['portfolio-audit']; from portfolio_audit.cli.app import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ | asked
    )
    assert offered in done.stdout.split()
