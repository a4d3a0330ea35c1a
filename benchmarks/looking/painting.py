"""When a browser first shows something of the page."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

REPEATS = 5
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"


def first_paint(html: str, folder: Path) -> float | None:
    """Seconds from opening the file to the first contentful paint, the best of several; None without a browser."""
    chromium = shutil.which("chromium")
    if chromium is None or find_spec("playwright") is None:
        return None
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where it is there

    file = folder / "index.html"
    file.write_text(html, encoding="utf-8")
    seconds: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(REPEATS):
            view = browser.new_page(viewport={"width": 1280, "height": 900})
            view.goto(file.as_uri())
            view.wait_for_selector("html[data-ready]")
            view.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
            seconds.append(float(view.evaluate(_PAINT)))
            view.close()
    return min(seconds)
