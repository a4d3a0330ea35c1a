"""Commands that come with packages of the development group, wherever these are installed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import yaml

PACKAGES = Path(yaml.__file__).parent.parent
"""Where third parties' packages are."""


def tool(name: str) -> str:
    """The path of a command, empty if it is not installed."""
    folders = (Path(sys.executable).parent, PACKAGES.parent.parent.parent / "bin")
    beside = (folder / name for folder in folders)
    return next((str(path) for path in beside if path.exists()), "") or shutil.which(name) or ""
