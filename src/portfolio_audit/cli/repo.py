"""``portfolio-audit repo``: one repository."""

from __future__ import annotations

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Given, Shown


def repo(
    target: options.Target,
    ref: options.Ref = None,
    config: options.ConfigFile = None,
    rules: options.RuleFolders = None,
    check_links: options.CheckLinks = False,
    format_name: options.FormatName = None,
    output: options.Output = None,
    fail_under: options.FailUnder = None,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    show: options.Repositories = None,
    no_color: options.NoColor = False,
    now: options.Now = None,
) -> None:
    """Audit one repository: its grade, the evidence with file and line, and the fixes that pay best.

    Examples:
      portfolio-audit repo .

      portfolio-audit repo ~/work/churn --ref v1.2

      portfolio-audit repo . --format json --output report.json

      portfolio-audit repo . --fail-under B-

      portfolio-audit repo ~/work/kaggle --show house-prices    (a project in a repository of several)
    """
    from portfolio_audit.cli.running import run_repository

    shown = Shown(format_name, output, quiet, verbose, no_color, fail_under, exit_zero, tuple(show or ()))
    run_repository(target, Given(config, tuple(rules or ()), ref, now=now, check_links=check_links), shown)
