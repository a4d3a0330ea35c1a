"""GitHub's Markdown, short: for a comment, a job summary or a profile README.

The grade, a table, the fixes that pay best, and every finding folded away; never longer than GitHub takes, and cut only
between findings. Nothing from a repository has a meaning in it (see ``gfm``).
"""

from __future__ import annotations

from portfolio_audit.reporting.markdown.findings import folded
from portfolio_audit.reporting.markdown.overview import overview
from portfolio_audit.reporting.markdown.page import Page
from portfolio_audit.reporting.wire.report import Report


def render(report: Report) -> str:
    """The whole page, at most ``page.MOST`` characters."""
    page = Page()
    page.add(*overview(report))
    page.fold(folded(report))
    return page.text()
