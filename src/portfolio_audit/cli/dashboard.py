"""``portfolio-audit dashboard``: the report as a page to look at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portfolio_audit.cli import options

if TYPE_CHECKING:
    from portfolio_audit.cli.choices import Asked, Given
    from portfolio_audit.dashboard.compact import Moment, Past
    from portfolio_audit.history import Run
    from portfolio_audit.reporting.wire.report import Report, Repository

ReportFile = Annotated[
    Path | None, typer.Argument(metavar="[REPORT]", help="A report written with --format json.", show_default=False)
]
User = Annotated[str | None, typer.Option("--user", metavar="LOGIN", help="Audit this account on GitHub first.")]
PageFolder = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="Where to write the page: DIR/index.html.")
]
Serve = Annotated[bool, typer.Option("--serve", help="Show the page on this machine too, until Ctrl-C.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, metavar="N", help="Where to serve (0: any free one).")]


def dashboard(
    report: ReportFile = None,
    user: User = None,
    output: PageFolder = Path("dashboard"),
    serve: Serve = False,
    port: Port = 8765,
    config: options.ConfigFile = None,
    rules: options.RuleFolders = None,
    jobs: options.Jobs = None,
    token_stdin: options.TokenStdin = False,
    no_token: options.NoToken = False,
    api_url: options.ApiUrl = None,
    max_requests: options.MaxRequests = None,
    max_wait: options.MaxWait = 60.0,
    history: options.HistoryPath = None,
    now: options.Now = None,
) -> None:
    """Write the report as one web page: grade, heat map, plan, and every result with its evidence and fix.

    Where audits of the same account, folder or repository are kept in the history, their curves are drawn.
    The page is a single file that loads nothing and sends nothing: open it from disk, mail it, or put it on any server.

    Examples:
      portfolio-audit portfolio ~/github -o report.json && portfolio-audit dashboard report.json -o site

      portfolio-audit dashboard --user octocat --serve
    """
    from portfolio_audit.cli.choices import Asked, Given

    if (report is None) == (user is None):
        raise typer.BadParameter("Name either a REPORT file or --user LOGIN.")
    given = Given(config, tuple(rules or ()), jobs=jobs, now=now)
    asked = Asked(token_stdin, no_token, api_url, max_requests, max_wait)
    page = _page(_exported(report, user or "", given, asked), history)
    _write(page, output)
    if serve:
        _serve(page, port)


def _exported(path: Path | None, login: str, given: Given, asked: Asked) -> Report:
    if path:
        from portfolio_audit.reporting.wire.reading import read_report

        return read_report(path)
    from portfolio_audit.cli.hosted import audited_account
    from portfolio_audit.reporting.wire.making import export

    return export(audited_account(login, given, asked))


def _page(report: Report, history: Path | None) -> bytes:
    from portfolio_audit.dashboard.page import render

    return render(report, _past(report, history)).encode()


def _past(report: Report, given: Path | None) -> Past:
    """What the history tells of the same subject, and of its repositories, up to the report; without one, nothing."""
    from portfolio_audit.cli.keeping import history_file
    from portfolio_audit.dashboard.compact import Past
    from portfolio_audit.history.recording import subject_of

    file = history_file(given)
    if not given and not file.path.exists():
        return Past()
    whole, curves = file.runs(subject_of(report)), file.curves()
    each = {r.full_name: _curve(curves.get(r.full_name, ()), report.at, r) for r in report.repositories}
    return Past(_curve(whole, report.at, report), each)


def _curve(runs: Iterable[Run], at: str, now: Report | Repository) -> list[Moment]:
    from portfolio_audit.dashboard.compact import Moment

    before = [Moment(run.at, run.score, run.grade, f"#{run.number} {run.way}") for run in runs if run.at < at]
    return [*before, Moment(at, now.score, now.grade, "this report")]


def _write(page: bytes, folder: Path) -> None:
    from portfolio_audit.cli.writing import write_file

    write_file(_made(folder) / "index.html", page)
    typer.echo(f"Wrote {folder / 'index.html'}", err=True)


def _made(folder: Path) -> Path:
    from portfolio_audit.errors import ReportError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"{folder}: cannot be made ({error.strerror}). Name another folder with --output.") from error
    return folder


def _serve(page: bytes, port: int) -> None:
    from portfolio_audit.dashboard.serving import PageServer

    with PageServer(page, port) as server:
        typer.echo(f"Showing it at {server.address} - Ctrl-C ends it.", err=True)
        server.serve_forever()
