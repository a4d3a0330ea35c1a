"""Running the audit of an account on GitHub: say what it costs, audit with progress, show, exit."""

from __future__ import annotations

import typer

from portfolio_audit.audit import audit_account
from portfolio_audit.cli.accessing import access_of
from portfolio_audit.cli.choices import Asked, Given, Shown
from portfolio_audit.cli.costs import afterwards, beforehand
from portfolio_audit.cli.exits import ExitCode
from portfolio_audit.cli.keeping import record
from portfolio_audit.cli.noticing import notices
from portfolio_audit.cli.preparing import configuration, settings_of
from portfolio_audit.cli.showing import finish, show
from portfolio_audit.config import Config
from portfolio_audit.github.session import open_session
from portfolio_audit.github.targets import login_of, reference_of
from portfolio_audit.judging import may_want, selection
from portfolio_audit.keeping import FactMemory
from portfolio_audit.model.report import Report
from portfolio_audit.parallel import judges
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.settings import Settings
from portfolio_audit.sources.choosing import Choice
from portfolio_audit.sources.github import GitHubReader
from portfolio_audit.sources.hosted import HostedPortfolio


def run_account(
    login: str, choice: Choice, given: Given, asked: Asked, shown: Shown, *, organization: bool = False
) -> None:
    """Audit an account (an empty login: the token's own) and show the report."""
    config = configuration(given)
    settings = settings_of(given, config)
    letters = settings.ruleset.grades.letters
    shown.check(letters)
    report, limited = _audited(login, choice, (asked, config, settings, shown), organization=organization)
    show(report, shown)
    if limited:
        raise typer.Exit(ExitCode.LIMITED)
    if report.unread and not report.repositories and not all(one.empty for one in report.unread):
        raise typer.Exit(ExitCode.NOT_AUDITED)
    record(report, given, config, quiet=shown.quiet)
    finish(report, shown, letters, config.fail_under)


def audited_account(login: str, given: Given, asked: Asked) -> Report:
    """The audit of an account, with the usual choice of its repositories."""
    config = configuration(given)
    report, _ = _audited(login, Choice(), (asked, config, settings_of(given, config), Shown()), organization=False)
    return report


def _audited(
    login: str, choice: Choice, said: tuple[Asked, Config, Settings, Shown], *, organization: bool
) -> tuple[Report, bool]:
    """The report, and whether a limit of requests kept something out of it."""
    asked, config, settings, shown = said
    with (
        judges(settings) as each,
        notices(quiet=shown.quiet) as told,
        open_session(access_of(asked, config, told.warn)) as session,
    ):
        name = _account(login, session.access.addresses.web) if login else ""
        roll = session.roll(name, organization=organization, private=choice.private)
        reader = GitHubReader(session, may_want(settings), selection(settings), settings.limits)
        portfolio = HostedPortfolio(roll, choice, reader)
        told.tell(beforehand(portfolio, session))
        memory = FactMemory(settings, each, session.store, refresh=asked.refresh)
        report = audit_account(portfolio, memory.judged, settings, told.progress)
        told.tell(afterwards(session))
        return report, session.is_limited


def _account(target: str, web: str) -> str:
    """The account that is meant; BadParameter for what can be none."""
    login = login_of(target, web)
    if login is None:
        reference = reference_of(target, web)
        hint = f" For a single repository: portfolio-audit repo {reference.full_name}" if reference else ""
        raise typer.BadParameter(f"'{clean(target, 60)}' is no account on {web}.{hint}")
    return login
