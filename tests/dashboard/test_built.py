"""What is committed in assets/ is what the sources in web/ give."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import portfolio_audit.dashboard

FOLDER = Path(portfolio_audit.dashboard.__file__).parent
BUILT = ("page.js", "page.css", "LICENSES.txt")


def test_the_assets_are_built_from_the_sources(tmp_path: Path) -> None:
    if not (shutil.which("node") and (FOLDER / "web" / "node_modules" / "esbuild").is_dir()):
        pytest.skip("node and the packages of web/ are not installed: make dashboard")
    subprocess.run(["node", "build.js", tmp_path], cwd=FOLDER / "web", check=True, capture_output=True)  # noqa: S607
    for name in BUILT:
        assert (tmp_path / name).read_bytes() == (FOLDER / "assets" / name).read_bytes(), "run: make dashboard"


def test_the_script_names_its_licences() -> None:
    licences = (FOLDER / "assets" / "LICENSES.txt").read_text(encoding="utf-8")
    assert {"d3-scale", "d3-shape"} <= {line.split()[0] for line in licences.splitlines() if "(ISC)" in line}


def test_no_element_ends_inside_script_or_style() -> None:
    for name in ("page.js", "page.css"):
        text = (FOLDER / "assets" / name).read_text(encoding="utf-8").lower()
        assert "</script" not in text
        assert "</style" not in text
        assert "<!--" not in text
