"""A report of many repositories: those of the demo over and over, under names and pages of their own."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, islice

from portfolio_audit.audit import audit_portfolio
from portfolio_audit.defaults import default_settings
from portfolio_audit.engine.locate import shipped
from portfolio_audit.model.report import Report, RepositoryReport

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def large_report(count: int) -> Report:
    """The report on the demo portfolio, with so many repositories."""
    report = audit_portfolio(str(shipped("demo")), default_settings())
    repositories = islice(cycle(report.repositories), count)
    return replace(report, repositories=tuple(_named(one, number) for number, one in enumerate(repositories)))


def _named(repository: RepositoryReport, number: int) -> RepositoryReport:
    name = f"{repository.name}-{number}"
    page = f"https://github.com/{repository.owner}/{name}"
    return replace(repository, name=name, web_url=page, commit=COMMIT)
