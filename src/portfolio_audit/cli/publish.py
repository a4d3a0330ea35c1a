"""``portfolio-audit publish``: a report to a pull request or a commit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Asked, Given

Kept = Annotated[Path, typer.Argument(metavar="REPORT", help="A report of one repository, written with --format json.")]
PullRequest = Annotated[int | None, typer.Option("--pull-request", min=1, metavar="N", help="Comment there.")]
AtCommit = Annotated[
    str | None, typer.Option("--commit", metavar="SHA", help="Comment on this commit, which the report must be about.")
]
BaseReport = Annotated[
    Path | None, typer.Option("--base", metavar="REPORT", help="The report before, to tell what changed.")
]
InRepository = Annotated[
    str | None,
    typer.Option("--repository", metavar="OWNER/NAME", help="Where to comment (default: the one of the report)."),
]


def publish(
    report: Kept,
    pull_request: PullRequest = None,
    commit: AtCommit = None,
    base: BaseReport = None,
    repository: InRepository = None,
    token_stdin: options.TokenStdin = False,
    api_url: options.ApiUrl = None,
    config: options.ConfigFile = None,
) -> None:
    """Comment on GitHub with what a report says, or bring our comment there up to date.

    There is one comment, found by a hidden mark: publishing again changes it, and a report of an older commit leaves
    it alone. Needs a token that may write comments.

    Examples:
      portfolio-audit repo . --format json --output report.json

      portfolio-audit publish report.json --pull-request 7

      portfolio-audit publish report.json --base before.json --commit "$GITHUB_SHA"
    """
    from portfolio_audit.cli.accessing import access_of
    from portfolio_audit.cli.preparing import configuration
    from portfolio_audit.cli.publishing import Place, publish_report
    from portfolio_audit.github.faults import Reader

    if (pull_request is None) == (commit is None):
        raise typer.BadParameter("Say where to comment: either --pull-request N or --commit SHA.")
    access = access_of(Asked(token_stdin, api_url=api_url), configuration(Given(config)), lambda _: None)
    place = Place(repository or "", pull_request, commit or "")
    publish_report(report, base, Reader(access.addresses, access.token), place, os.environ)
