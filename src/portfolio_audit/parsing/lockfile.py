"""Lock files: which distributions they fix. Only names are read; they are long and written by tools."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

import orjson

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import normalise

_MAX_NAMES = 20_000
_HEAD = 2_000
_TOML_NAME = re.compile(r'^\[\[packages?\]\][ \t]*\nname = "([^"\n]{1,200})"', re.MULTILINE)
_YAML_NAME = re.compile(r"^[ \t]{0,40}(?:- +)?name: ['\"]?([A-Za-z0-9][\w.-]{0,200})", re.MULTILINE)
_URL_LINE = re.compile(r"^(?:[ \t]{0,40}- (?:conda|pypi): )?https?://(.*)$", re.MULTILINE)
_IN_FILE_NAME = re.compile(r"([A-Za-z0-9_][\w.-]*?)-\d")
_PACKRAT_NAME = re.compile(r"^Package: ([A-Za-z][\w.]{0,200})[ \t]*$", re.MULTILINE)
_JULIA_NAME = re.compile(r"^\[\[(?:deps\.)?([A-Za-z]\w{0,200})\]\]", re.MULTILINE)


def parse_lockfile(name: str) -> Callable[[str], frozenset[str]] | None:
    """The parser of lock files with that file name, or None if it is none."""
    lowered = name.lower()
    if lowered in _BY_NAME:
        return _BY_NAME[lowered]
    if lowered.startswith("pylock.") and lowered.endswith(".toml"):
        return toml_lock
    if lowered.endswith(".lock") and lowered.startswith("conda-"):
        return yaml_lock
    if re.search(r"conda[-_]lock", lowered) and lowered.endswith((".yml", ".yaml", ".lock", ".txt")):
        return yaml_lock
    return None


def is_explicit(text: str) -> bool:
    """Whether a text is a list that ``conda list --explicit`` wrote."""
    return "@EXPLICIT" in text[:_HEAD]


def toml_lock(text: str) -> frozenset[str]:
    """Names in poetry.lock, uv.lock, pdm.lock and pylock.toml."""
    return _names(_TOML_NAME, text)


def yaml_lock(text: str) -> frozenset[str]:
    """Names in conda-lock.yml and pixi.lock."""
    urls = (m[1].rpartition("/")[2][:200] for m in islice(_URL_LINE.finditer(text), _MAX_NAMES))
    named = (_IN_FILE_NAME.match(url) for url in urls)
    return _names(_YAML_NAME, text) | frozenset(normalise(m[1]) for m in named if m)


def julia_lock(text: str) -> frozenset[str]:
    """Names in a Julia Manifest.toml."""
    return _names(_JULIA_NAME, text)


def packrat_lock(text: str) -> frozenset[str]:
    """Names in a packrat.lock."""
    return _names(_PACKRAT_NAME, text)


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
    "packrat.lock": packrat_lock,
    "manifest.toml": julia_lock,
}


def _names(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset(normalise(m[1]) for m in islice(pattern.finditer(text), _MAX_NAMES))


def _json(text: str) -> dict[str, object]:
    try:
        document = orjson.loads(text)
    except (orjson.JSONDecodeError, RecursionError):
        raise ParseError("is not valid JSON") from None
    if not isinstance(document, dict):
        raise ParseError("is not a JSON object")
    return document
