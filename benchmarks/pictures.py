"""The pictures of the dashboard in the documentation, remade: ``python -m benchmarks.pictures`` (needs Chromium).

They show the demo portfolio; the curve that led to it is as made up as the portfolio is.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from portfolio_audit.audit import audit_portfolio
from portfolio_audit.dashboard.compact import Moment, Past
from portfolio_audit.dashboard.page import render
from portfolio_audit.defaults import load_knowledge
from portfolio_audit.engine.locate import shipped
from portfolio_audit.reporting.wire import Report, export
from portfolio_audit.settings import Settings

DOCS = Path(__file__).parent.parent / "docs"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
CURVE = (31.0, 33.5, 33.2, 41.8, 44.0, 52.6, 52.1, 58.3, 63.9, 66.4, 71.2)
COMMIT = "0" * 40


@dataclass(frozen=True, slots=True)
class Picture:
    """A view of the page and the file that it is drawn into."""

    name: str
    at: str
    width: int
    height: int
    scheme: str


PICTURES = (
    Picture("dashboard-light.png", "", 1280, 1130, "light"),
    Picture("dashboard-dark.png", "#/repository/mira-holt%2Fchurn-baseline-study", 1280, 1130, "dark"),
    Picture("dashboard-phone.png", "", 390, 844, "light"),
)


def demo() -> Report:
    """The demo portfolio, as if it were on GitHub, so that evidence has its links."""
    ruleset, vocabulary = load_knowledge(())
    report = export(audit_portfolio(str(shipped("demo")), Settings(ruleset, vocabulary, now=NOW)))
    hosted = (
        replace(r, commit=r.commit or COMMIT, web_url=r.web_url or f"https://github.com/{r.full_name}")
        for r in report.repositories
    )
    return replace(report, repositories=tuple(hosted))


def draw(browser: Browser, page: Path, picture: Picture) -> None:
    """One picture, at the size that it is shown in."""
    view = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,  # type: ignore[arg-type]
    )
    view.goto(f"{page.as_uri()}{picture.at}")
    view.wait_for_selector("html[data-ready]")
    view.screenshot(path=DOCS / picture.name)
    view.close()


def main() -> int:
    """Draw every picture."""
    report = demo()
    moments = [Moment(f"2026-{month:02}-01T12:00:00Z", score, "", "") for month, score in enumerate(CURVE, 1)]
    history = (*moments[:-1], Moment(report.at, report.score, report.grade, "this report"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder, "index.html")
        page.write_text(render(report, Past(history)), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for picture in PICTURES:
            draw(browser, page, picture)
            print(f"Drew docs/{picture.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
