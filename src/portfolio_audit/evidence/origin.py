"""What facts come of, as one hash: while it is the same, so are they.

Beside the repository itself these are the vocabulary, our code (the text of it, since a version says little in a
checkout that somebody works on), Python, and the libraries that parse.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import orjson

from portfolio_audit.model.snapshot import Snapshot
from portfolio_audit.model.vocabulary import Vocabulary

PARSERS = ("markdown-it-py", "nbformat", "orjson", "packaging", "pathspec", "pyflakes", "PyYAML")
"""The distributions that decide what is read in a file."""
OURS = ("__init__.py", "errors.py", "model", "parsing", "evidence")
"""The parts of the package that decide what is seen; no other part is imported by them."""


def basis(vocabulary: Vocabulary) -> str:
    """Hash what all repositories share; takes some milliseconds."""
    parsers = [(name, version(name)) for name in PARSERS]
    return _hash(orjson.dumps((sys.version, parsers, _code(Path(__file__).parent.parent), vocabulary)))


def state(snapshot: Snapshot, kind: str, basis: str) -> str:
    """Hash one repository as it was read, with what the user says it is; empty when that is not possible."""
    try:
        return _hash(orjson.dumps((basis, kind, snapshot), default=_sorted))
    except TypeError:  # a text that is no Unicode, a number beyond 64 bits
        return ""


def _code(package: Path) -> list[tuple[str, str]]:
    files = [file for part in OURS for file in (*(package / part).rglob("*.py"), package / part) if file.suffix]
    return [(file.relative_to(package).as_posix(), _hash(file.read_bytes())) for file in sorted(files)]


def _sorted(value: object) -> list[str]:
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(value)


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()
