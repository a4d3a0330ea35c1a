"""``portfolio-audit user``: the repositories of a person on GitHub."""

from __future__ import annotations

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Asked, Given, Shown


def user(
    login: options.Login = "",
    include: options.Include = None,
    exclude: options.Exclude = None,
    forks: options.Forks = False,
    archived: options.Archived = False,
    private: options.Private = False,
    pinned_only: options.PinnedOnly = False,
    max_repos: options.MaxRepositories = 300,
    check_links: options.CheckLinks = False,
    config: options.ConfigFile = None,
    rules: options.RuleFolders = None,
    jobs: options.Jobs = None,
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
    """Audit a person's GitHub profile as a reviewer reads it: every repository, and what they say together.

    Works without a token; with one it also sees pins, releases, deployments, checks and the history of commits. An
    audit costs a handful of GitHub's requests, says so before it starts, and keeps what it read: the next one asks only
    for what is new. Forks and archived repositories are left out unless you ask for them.

    Examples:
      portfolio-audit user octocat

      portfolio-audit user                               (your own: the account your token belongs to)

      portfolio-audit user octocat --include "ml-*" --show ml-churn

      portfolio-audit user octocat --format json --output report.json --fail-under B
    """
    from portfolio_audit.cli.hosted import run_account
    from portfolio_audit.sources.choosing import Choice

    choice = Choice(tuple(include or ()), tuple(exclude or ()), forks, archived, private, pinned_only, max_repos)
    asked = Asked(token_stdin, no_token, api_url, max_requests, max_wait, no_cache, refresh)
    shown = Shown(formats, outputs, quiet, verbose, no_color, fail_under, exit_zero, tuple(show or ()))
    given = Given(
        config, tuple(rules or ()), jobs=jobs, now=now, check_links=check_links, record=record, history=history
    )
    run_account(login, choice, given, asked, shown)
