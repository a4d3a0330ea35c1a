"""``portfolio-audit org``: the repositories of an organisation on GitHub."""

from __future__ import annotations

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Asked, Given, Shown


def org(
    name: options.Organization,
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
    """Audit the repositories of an organisation on GitHub as one portfolio.

    Everything is as for ``user``; an organisation's private repositories need a token that may see them.

    Examples:
      portfolio-audit org my-lab

      portfolio-audit org my-lab --include "paper-*" --max-repos 50
    """
    from portfolio_audit.cli.hosted import run_account
    from portfolio_audit.sources.choosing import Choice

    choice = Choice(tuple(include or ()), tuple(exclude or ()), forks, archived, private, pinned_only, max_repos)
    asked = Asked(token_stdin, no_token, api_url, max_requests, max_wait, no_cache, refresh)
    shown = Shown(formats, outputs, quiet, verbose, no_color, fail_under, exit_zero, tuple(show or ()))
    given = Given(
        config, tuple(rules or ()), jobs=jobs, now=now, check_links=check_links, record=record, history=history
    )
    run_account(name, choice, given, asked, shown, organization=True)
