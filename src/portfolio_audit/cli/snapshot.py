"""``portfolio-audit snapshot``: a repository as one file."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Asked, Given
from portfolio_audit.reporting.escaping import clean


def snapshot(
    target: options.Target,
    ref: options.Ref = None,
    config: options.ConfigFile = None,
    rules: options.RuleFolders = None,
    output: options.Output = None,
    token_stdin: options.TokenStdin = False,
    no_token: options.NoToken = False,
    api_url: options.ApiUrl = None,
    max_requests: options.MaxRequests = None,
    max_wait: options.MaxWait = 60.0,
    no_cache: options.NoCache = False,
    refresh: options.Refresh = False,
) -> None:
    """Record a repository as one file: its tree, metadata, and the text of the files the rules look at.

    The file can be audited like the repository itself, elsewhere or later. docs/snapshot-format.md describes it.
    It holds the text of the repository's files: read it before you pass it on.

    Examples:
      portfolio-audit snapshot . --output churn.snapshot.json

      portfolio-audit snapshot octocat/churn@main

      portfolio-audit repo churn.snapshot.json
    """
    from portfolio_audit.cli.noticing import notices
    from portfolio_audit.cli.preparing import configuration, hosted_source, settings_of
    from portfolio_audit.cli.writing import write_file
    from portfolio_audit.judging import collect
    from portfolio_audit.sources.recorded import dump

    given = Given(config, tuple(rules or ()), ref)
    asked = Asked(token_stdin, no_token, api_url, max_requests, max_wait, no_cache, refresh)
    chosen = configuration(given)
    settings = settings_of(given, chosen)
    with notices(quiet=False, plain=True) as told:
        taken = collect(target, settings, hosted_source(target, asked, chosen, settings, told.warn))
    path = output or Path(re.sub(r"[^\w.-]+", "-", f"{taken.name}.snapshot.json"))
    content = dump(taken)
    write_file(path, content)
    sys.stdout.write(f"Wrote {clean(str(path))}: {len(taken.tree):,} files listed, {len(content):,} bytes.\n")
