"""Exit codes, and the one place where errors become a sentence and a code."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import NoReturn, TextIO

from typer import Context
from typer.core import TyperGroup

from portfolio_audit.errors import ConfigError, PortfolioAuditError, RateLimited, RuleError
from portfolio_audit.reporting.escaping import clean

_LONGEST = 2_000


class ExitCode(IntEnum):
    """What the command's exit code says."""

    GOOD = 0
    BELOW = 1
    """The grade is below --fail-under, or a rule case or file under check is wrong."""
    USAGE = 2
    """The command, the configuration or a rule file cannot be used as given."""
    NOT_AUDITED = 3
    """The target cannot be read, or the report not written."""
    LIMITED = 4
    """GitHub's limit of requests, or --max-requests, ended the audit: the report is not whole, or there is none."""
    BUG = 70
    """A bug of ours."""
    INTERRUPTED = 130
    BROKEN_PIPE = 141
    """Whoever read the output stopped reading."""


class Interrupted(Exception):
    """The user pressed Ctrl-C."""


class OutputClosed(Exception):
    """Whoever read the output stopped reading."""


class Group(TyperGroup):
    """The commands; what ends them from outside passes typer by, which has exit codes of its own for it."""

    def invoke(self, ctx: Context) -> object:  # type: ignore[override]  # typer hands over its own Context
        """Run the command."""
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt as error:
            raise Interrupted from error
        except BrokenPipeError as error:
            raise OutputClosed from error
        return result


EXIT_CODES = (
    "Exit codes: 0 good, 1 grade below --fail-under, 2 wrong usage, configuration or rule file, "
    "3 could not audit, 4 a limit of requests ended the audit, 130 interrupted."
)


def guarded(run: Callable[[], object]) -> NoReturn:
    """Run the command line and exit with its code; nobody ever sees a traceback of ours without asking."""
    _write_anything()
    try:
        run()
    except PortfolioAuditError as error:
        _say(f"portfolio-audit: {clean(str(error), _LONGEST)}")
        sys.exit(code_of(error))
    except (OutputClosed, BrokenPipeError):
        _drop_output()
        sys.exit(ExitCode.BROKEN_PIPE)
    except (Interrupted, KeyboardInterrupt):
        _say("portfolio-audit: interrupted; nothing was left half-written.")
        sys.exit(ExitCode.INTERRUPTED)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _drop_output()
            _say("portfolio-audit: The report cannot be written: no space left where the output goes.")
            sys.exit(ExitCode.NOT_AUDITED)
        if "PORTFOLIO_AUDIT_TRACEBACK" in os.environ:
            raise
        _say(_bug(error))
        sys.exit(ExitCode.BUG)
    sys.exit(ExitCode.GOOD)


def code_of(error: PortfolioAuditError) -> ExitCode:
    """The exit code that an error ends with."""
    if isinstance(error, ConfigError | RuleError):
        return ExitCode.USAGE
    return ExitCode.LIMITED if isinstance(error, RateLimited) else ExitCode.NOT_AUDITED


def _drop_output() -> None:
    """Let what is still to be written vanish, so that Python has nothing to complain about when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_anything() -> None:
    """Let characters that an output cannot show become question marks, and a closed output nobody's, not errors."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _bug(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"  # noqa: PTH119
    return (
        f"portfolio-audit: this is a bug of ours ({type(error).__name__} at {where}). Please report it with "
        "the command you ran; PORTFOLIO_AUDIT_TRACEBACK=1 shows the traceback."
    )
