"""Running an audit from the command line: prepare, audit with progress, show, exit."""

from __future__ import annotations

from portfolio_audit.audit import audit_portfolio, audit_repository
from portfolio_audit.cli.choices import Asked, Given, Shown
from portfolio_audit.cli.keeping import record
from portfolio_audit.cli.noticing import notices
from portfolio_audit.cli.preparing import configuration, hosted_source, settings_of
from portfolio_audit.cli.showing import finish, show


def run_repository(target: str, given: Given, shown: Shown, asked: Asked | None = None) -> None:
    """Audit one repository, here or on GitHub, and show the report."""
    config = configuration(given)
    settings = settings_of(given, config)
    letters = settings.ruleset.grades.letters
    shown.check(letters)
    with notices(quiet=shown.quiet, plain=True) as told:
        source = hosted_source(target, asked or Asked(), config, settings, told.warn)
        report = audit_repository(target, settings, source)
    show(report, shown)
    record(report, given, config, quiet=shown.quiet)
    finish(report, shown, letters, config.fail_under)


def run_portfolio(folder: str, given: Given, shown: Shown) -> None:
    """Audit a folder of repositories and show the report."""
    config = configuration(given)
    settings = settings_of(given, config)
    letters = settings.ruleset.grades.letters
    shown.check(letters)
    with notices(quiet=shown.quiet) as told:
        report = audit_portfolio(folder, settings, told.progress)
    show(report, shown)
    record(report, given, config, quiet=shown.quiet)
    finish(report, shown, letters, config.fail_under)
