"""``portfolio-audit diff``: what changed between two audits, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portfolio_audit.cli import options

if TYPE_CHECKING:
    from portfolio_audit.cli.choices import Given
    from portfolio_audit.comparing import Side

Before = Annotated[str, typer.Argument(metavar="A", help="A report (*.json), a run (#12), or a commit, branch or tag.")]
After = Annotated[str, typer.Argument(metavar="[B]", help="The same; by default the commit that is checked out.")]
Where = Annotated[
    str, typer.Option("--in", metavar="PATH", help="The git repository that commits, branches and tags are of.")
]
_HEAD = "HEAD"
_ADVICE = "Name the repository with --in; a run is written '#12', a report is a *.json file."


def diff(
    before: Before,
    after: After = _HEAD,
    where: Where = ".",
    history: options.HistoryPath = None,
    config: options.ConfigFile = None,
    rules: options.RuleFolders = None,
    now: options.Now = None,
) -> None:
    """Say what changed between two audits, finding by finding, and whether repository, rules or tool did it.

    Commits are audited now, both by the same rules, so that all that differs is the repository's doing.

    Examples:
      portfolio-audit diff main                     (what the branch that is checked out fixes and breaks)

      portfolio-audit diff v1.0 v2.0 --in ~/work/churn

      portfolio-audit diff last-month.json today.json

      portfolio-audit diff "#12" "#15"              (runs of the history)
    """
    from portfolio_audit.cli.choices import Given
    from portfolio_audit.cli.difference import in_words
    from portfolio_audit.comparing import compare

    given = Given(config, tuple(rules or ()), now=now)
    sides = (_side(name, where, given, history) for name in (before, after))
    sys.stdout.write(in_words(compare(*sides)))


def _side(name: str, where: str, given: Given, history: Path | None) -> Side:
    from portfolio_audit.comparing import side_of
    from portfolio_audit.reporting.wire import read_report

    if name.startswith("#") and name[1:].isdecimal():
        return _run(int(name[1:]), history)
    if name.lower().endswith(".json"):
        return side_of(read_report(Path(name)))
    return _commit(name, where, given)


def _run(number: int, history: Path | None) -> Side:
    from portfolio_audit.cli.keeping import history_file

    file = history_file(history)
    run = next((run for run in file.runs() if run.number == number), None)
    if run is None:
        raise typer.BadParameter(f"there is no run #{number} in {file.path}. 'portfolio-audit history' lists them.")
    return file.side(run)


def _commit(ref: str, where: str, given: Given) -> Side:
    from portfolio_audit.audit import audit_repository
    from portfolio_audit.cli.preparing import configuration, settings_of
    from portfolio_audit.comparing import side_of
    from portfolio_audit.reporting.wire import export
    from portfolio_audit.sources import git

    if Path(where).is_dir() and not git.accepts(where):
        raise typer.BadParameter(f"{where}: is no git repository, so that '{ref}' names no commit. {_ADVICE}")
    settings = settings_of(given, configuration(given)).at(ref)
    return side_of(export(audit_repository(where, settings)))
