"""``--help`` teaches: every command has its examples, every option its line."""

from __future__ import annotations

import pytest
import typer.main

from cli.conftest import Run
from portfolio_audit import __version__
from portfolio_audit.cli.app import app
from portfolio_audit.cli.completion import complete_formats, complete_grades, complete_rules

COMMANDS = [
    *("repo", "portfolio", "demo", "snapshot", "dashboard", "convert", "explain", "schema"),
    *("rules list", "rules check", "rules cases"),
    *("cache info", "cache clear"),
    *("history show", "history backfill", "diff"),
]


def test_without_arguments_the_help_is_shown(run: Run) -> None:
    assert "Usage: portfolio-audit" in run().output


def test_the_help_tells_the_exit_codes(run: Run) -> None:
    shown = " ".join(run("--help").stdout.split())
    assert "Exit codes: 0 good, 1 grade below --fail-under" in shown


def test_the_version(run: Run) -> None:
    assert run("--version").stdout == f"portfolio-audit {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_examples(run: Run, command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert f"portfolio-audit {command.removesuffix(' show')}" in result.stdout.split("Examples:")[1]


def test_every_option_has_a_line_of_help() -> None:
    root = typer.main.get_command(app)
    commands = [root, *getattr(root, "commands", {}).values()]
    bare = [(c.name, p.name) for c in commands for p in c.params if not getattr(p, "help", None) and p.name != "help"]
    assert bare == []


def test_rule_ids_are_completed() -> None:
    assert "unpinned-environment" in complete_rules("unpinned")
    assert complete_rules("no-such-rule") == []


def test_formats_and_grades_are_completed() -> None:
    assert complete_formats("j") == ["json", "junit"]
    assert complete_grades("b") == ["B+", "B", "B-"]
