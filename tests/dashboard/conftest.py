"""Reports as pages, and a browser to look at them with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import canonical
from portfolio_audit.dashboard.compact import Moment, Past
from portfolio_audit.dashboard.page import render
from portfolio_audit.reporting.wire import Report, export

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HISTORY = tuple(Moment(f"2026-{month:02}-01T00:00:00Z", 40.0 + 5 * month, "C", f"run {month}") for month in range(1, 7))

PAST = Past(HISTORY)


@pytest.fixture(scope="session")
def report() -> Report:
    """The export of a portfolio that spans everything."""
    return export(canonical.portfolio_report())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright (group dev) drives the browser")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"there is no browser here: {', '.join(BROWSERS)}")
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's sandbox will not work for root
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"] if root else [])
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page that was opened; ``said`` is all that the console was told, ``asked`` every request beyond the page."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


Open = Callable[..., Opened]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, report: Report) -> Iterator[Open]:
    """Open a report from disk, at an address of its own, as wide and as bright as wanted; complaints fail the test."""
    pages: list[Opened] = []

    def start(
        shown: Report = report, at: str = "", width: int = 1280, scheme: str = "light", past: Past = PAST
    ) -> Opened:
        file = tmp_path / "index.html"
        file.write_text(render(shown, past), encoding="utf-8")
        view = Opened(browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme))
        pages.append(view)
        view.page.on("console", lambda message: view.said.append(message.text))
        view.page.on("pageerror", lambda error: view.said.append(str(error)))
        view.page.on("request", lambda request: view.asked.append(request.url))
        view.page.goto(f"{file.as_uri()}{at}")
        view.page.wait_for_selector("html[data-ready]")
        view.asked.remove(file.as_uri())
        return view

    yield start
    for view in pages:
        view.page.close()
        assert (view.said, view.asked) == ([], [])
