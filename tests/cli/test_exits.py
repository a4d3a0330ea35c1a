"""Every way to end has its code and one clear sentence."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
import typer

from portfolio_audit.cli.app import app
from portfolio_audit.cli.exits import ExitCode, Group, Interrupted, OutputClosed, guarded
from portfolio_audit.errors import ConfigError, NotFound, PortfolioAuditError, ReportError, RuleError
from portfolio_audit.model.location import Location

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "exit-codes.md"


def ended(error: BaseException | None = None) -> int | str | None:
    """The exit code of a command that ends in this error."""

    def run() -> None:
        if error:
            raise error

    with pytest.raises(SystemExit) as caught:
        guarded(run)
    return caught.value.code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (None, ExitCode.GOOD),
        (ConfigError("no such key."), ExitCode.USAGE),
        (RuleError("no such fact.", at=Location("r.yaml", 3)), ExitCode.USAGE),
        (NotFound("there", "there is nothing."), ExitCode.NOT_AUDITED),
        (ReportError("cannot be written."), ExitCode.NOT_AUDITED),
        (Interrupted(), ExitCode.INTERRUPTED),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
        (ZeroDivisionError(), ExitCode.BUG),
    ],
    ids=repr,
)
def test_every_end_has_its_code(error: BaseException | None, code: ExitCode) -> None:
    assert ended(error) == code


def test_an_expected_error_is_one_clean_line(capsys: pytest.CaptureFixture[str]) -> None:
    ended(PortfolioAuditError("evil\x1b[31m\nname: there is nothing."))
    assert capsys.readouterr().err == "portfolio-audit: evil�[31m name: there is nothing.\n"


def test_a_bug_is_told_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    ended(ZeroDivisionError())
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "bug of ours (ZeroDivisionError at test_exits.py:" in told


def test_a_bug_shows_its_traceback_to_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTFOLIO_AUDIT_TRACEBACK", "1")

    def run() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        guarded(run)


def test_other_errors_of_the_system_are_not_taken_for_a_full_disk() -> None:
    assert ended(OSError(errno.EIO, "input/output error")) == ExitCode.BUG


@pytest.mark.parametrize("code", ExitCode)
def test_every_code_is_documented(code: ExitCode) -> None:
    assert f"\n| {int(code)} | " in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "known"),
    [
        (KeyboardInterrupt(), Interrupted),
        (BrokenPipeError(), OutputClosed),
        (OSError(errno.EIO, "input/output error"), OSError),
        (NotFound("there", "there is nothing."), NotFound),
    ],
    ids=repr,
)
def test_what_ends_a_command_passes_typer_by(error: BaseException, known: type[BaseException]) -> None:
    command = typer.Typer(cls=Group)

    @command.callback(invoke_without_command=True)
    def end() -> None:
        raise error

    with pytest.raises(known):
        typer.main.get_command(command).main([], standalone_mode=True)


def test_the_commands_end_through_our_group() -> None:
    assert app.info.cls is Group
