"""Markdown as GitHub shows it, as a picture: GitHub's own renderer, a style like its own, Chromium."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import cmarkgfm
from cmarkgfm.cmark import Options

EXTENSIONS = ["table", "autolink", "tagfilter", "strikethrough", "tasklist"]
WIDTH = 880
STYLE = """
body { margin: 0; padding: 20px; background: #fff; color: #1f2328; font: 14px/1.5 -apple-system, "Segoe UI",
  "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif; }
main { border: 1px solid #d1d9e0; border-radius: 6px; max-width: 820px; margin: auto; }
header { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; color: #59636e;
  padding: 8px 16px; }
header b { color: #1f2328; }
article { padding: 16px; }
h3 { font-size: 1.25em; margin: 0 0 16px; font-weight: 600; }
p, ul, table, details { margin: 0 0 16px; }
ul { padding-left: 2em; } li + li { margin-top: .25em; }
a { color: #0969da; text-decoration: underline; }
code { background: rgba(129, 139, 152, .12); border-radius: 6px; font: 85% ui-monospace, "DejaVu Sans Mono", monospace;
  padding: .2em .4em; }
table { border-collapse: collapse; } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; }
tr:nth-child(2n) td { background: #f6f8fa; } summary { cursor: pointer; }
sub { font-size: 75%; vertical-align: baseline; color: #59636e; }
"""
HEADS = {
    "action-comment": "<b>github-actions</b> <small>bot</small> commented on the commit",
    "action-summary": "<b>audit</b> summary",
}


def draw(pages: Mapping[str, str], folder: Path) -> None:
    """Write a picture of each page; says so where there is no Chromium."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("No Chromium: no pictures.")
        return
    with TemporaryDirectory() as place:
        for name, text in pages.items():
            unfolded = text.replace("<details>", "<details open>") if name == "action-summary" else text
            path = Path(place) / f"{name}.html"
            path.write_text(_page(HEADS[name], unfolded), encoding="utf-8")
            _shoot(browser, path, folder / f"{name}.png", height=_height(name))
            print(f"Wrote {folder / name}.png")


def _height(name: str) -> int:
    return 1_070 if name == "action-summary" else 530


def _page(head: str, text: str) -> str:
    made = cmarkgfm.markdown_to_html_with_extensions(text, Options.CMARK_OPT_UNSAFE, EXTENSIONS)
    style = f"<style>{STYLE}</style>"
    return f"<!doctype html><meta charset=utf-8>{style}<main><header>{head}</header><article>{made}</article></main>"


def _shoot(browser: str, page: Path, picture: Path, *, height: int) -> None:
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", "--force-device-scale-factor=1"]
    command = [browser, *options, f"--window-size={WIDTH},{height}", f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603
