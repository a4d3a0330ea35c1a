"""``portfolio-audit portfolio``: a folder of repositories."""

from __future__ import annotations

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Given, Shown


def portfolio(
    folder: options.Folder,
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
    now: options.Now = None,
) -> None:
    """Audit a folder of repositories as one portfolio, as a reviewer reads a profile.

    Each child of the folder is one repository: a git repository, bare or not, or a plain folder.

    What files alone do not tell (descriptions, topics, pins) can stand in a metadata.yaml beside them.

    Examples:
      portfolio-audit portfolio ~/github

      portfolio-audit portfolio ~/github --show churn-service

      portfolio-audit portfolio ~/github --verbose | less

      portfolio-audit portfolio ~/github -o report.json
    """
    from portfolio_audit.cli.running import run_portfolio

    shown = Shown(formats, outputs, quiet, verbose, no_color, fail_under, exit_zero, tuple(show or ()))
    run_portfolio(folder, Given(config, tuple(rules or ()), jobs=jobs, now=now, record=record, history=history), shown)
