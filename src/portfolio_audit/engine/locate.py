"""Where the data that ships with the tool is: in the installed package, or in the repository it is developed in."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_IN_REPOSITORY = {"rules": "rules", "demo": "fixtures/portfolio"}


def shipped(name: str) -> Path:
    """The folder of the shipped ``rules`` or ``demo``.

    A wheel carries both inside the package; an editable install does not see that copy and uses the repository's.
    """
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent.parent / _IN_REPOSITORY[name]
