"""``portfolio-audit repo``: one repository."""

from __future__ import annotations

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Asked, Given, Shown


def repo(
    target: options.Target,
    ref: options.Ref = None,
    config: options.ConfigFile = None,
    rules: options.RuleFolders = None,
    check_links: options.CheckLinks = False,
    formats: options.Formats = None,
    outputs: options.Outputs = None,
    fail_under: options.FailUnder = None,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    show: options.Repositories = None,
    no_color: options.NoColor = False,
    record: options.Record = None,
    history: options.RecordPath = None,
    token_stdin: options.TokenStdin = False,
    no_token: options.NoToken = False,
    api_url: options.ApiUrl = None,
    max_requests: options.MaxRequests = None,
    max_wait: options.MaxWait = 60.0,
    no_cache: options.NoCache = False,
    refresh: options.Refresh = False,
    now: options.Now = None,
) -> None:
    """Audit one repository: its grade, the evidence with file and line, and the fixes that pay best.

    Examples:
      portfolio-audit repo .

      portfolio-audit repo ~/work/churn --ref v1.2

      portfolio-audit repo octocat/churn@v1.2                (on GitHub; an address of a page does as well)

      portfolio-audit repo . --format json --output report.json

      portfolio-audit repo . -o report.json -o findings.sarif -o summary.md -o -    (one audit, three files, and here)

      portfolio-audit repo . --fail-under B-

      portfolio-audit repo ~/work/kaggle --show house-prices    (a project in a repository of several)
    """
    from portfolio_audit.cli.running import run_repository

    shown = Shown(formats, outputs, quiet, verbose, no_color, fail_under, exit_zero, tuple(show or ()))
    asked = Asked(token_stdin, no_token, api_url, max_requests, max_wait, no_cache, refresh)
    run_repository(
        target,
        Given(config, tuple(rules or ()), ref, now=now, check_links=check_links, record=record, history=history),
        shown,
        asked,
    )
