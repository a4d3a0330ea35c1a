"""Lock files: which distributions they fix. Only names are read; they are long and written by tools."""

from __future__ import annotations

import re
from collections.abc import Callable

import orjson

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import normalise

_MAX_NAMES = 20_000
_TOML_NAME = re.compile(r'^\[\[packages?\]\]\s*\nname = "([^"\n]{1,200})"', re.MULTILINE)
_YAML_NAME = re.compile(r"^\s*-?\s*name: ['\"]?([A-Za-z0-9][\w.-]{0,200})", re.MULTILINE)
_YAML_URL = re.compile(r"^\s*- (?:conda|pypi): \S*/([A-Za-z0-9_.]+?)-\d", re.MULTILINE)
_JULIA_NAME = re.compile(r"^\[\[(?:deps\.)?([A-Za-z]\w{0,200})\]\]", re.MULTILINE)
_EXPLICIT_URL = re.compile(r"^https?://\S*/([A-Za-z0-9_.-]+?)-\d[^/\s]*$", re.MULTILINE)


def parse_lockfile(name: str) -> Callable[[str], frozenset[str]] | None:
    """The parser of lock files with that file name, or None if it is none."""
    lowered = name.lower()
    if lowered in _BY_NAME:
        return _BY_NAME[lowered]
    if lowered.startswith("pylock.") and lowered.endswith(".toml"):
        return toml_lock
    if "conda-lock" in lowered or "conda_lock" in lowered:
        return yaml_lock
    return None


def toml_lock(text: str) -> frozenset[str]:
    """Names in poetry.lock, uv.lock, pdm.lock and pylock.toml."""
    return _names(_TOML_NAME, text)


def yaml_lock(text: str) -> frozenset[str]:
    """Names in conda-lock.yml and pixi.lock."""
    return _names(_YAML_NAME, text) | _names(_YAML_URL, text) | _names(_EXPLICIT_URL, text)


def julia_lock(text: str) -> frozenset[str]:
    """Names in a Julia Manifest.toml."""
    return _names(_JULIA_NAME, text)


def pipenv_lock(text: str) -> frozenset[str]:
    """Names in a Pipfile.lock."""
    document = _json(text)
    groups = [value for key, value in document.items() if key != "_meta" and isinstance(value, dict)]
    return frozenset(normalise(str(name)) for group in groups for name in group)


def renv_lock(text: str) -> frozenset[str]:
    """Names in an renv.lock."""
    packages = _json(text).get("Packages")
    return frozenset(normalise(str(name)) for name in packages) if isinstance(packages, dict) else frozenset()


_BY_NAME: dict[str, Callable[[str], frozenset[str]]] = {
    "poetry.lock": toml_lock,
    "uv.lock": toml_lock,
    "pdm.lock": toml_lock,
    "pylock.toml": toml_lock,
    "pipfile.lock": pipenv_lock,
    "pixi.lock": yaml_lock,
    "renv.lock": renv_lock,
    "manifest.toml": julia_lock,
}


def _names(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    found = [normalise(m[1]) for _, m in zip(range(_MAX_NAMES), pattern.finditer(text), strict=False)]
    return frozenset(found)


def _json(text: str) -> dict[str, object]:
    try:
        document = orjson.loads(text)
    except (orjson.JSONDecodeError, RecursionError):
        raise ParseError("is not valid JSON") from None
    if not isinstance(document, dict):
        raise ParseError("is not a JSON object")
    return document
