"""What the fuzzer knows of each file format: names such files have, words of the format, and small examples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "formats"


@dataclass(frozen=True, slots=True)
class Format:
    """One format; ``parsers`` are the functions of ``portfolio_audit.parsing`` that read it."""

    id: str
    parsers: tuple[str, ...]
    names: tuple[str, ...]
    tokens: tuple[str, ...]
    seeds: tuple[str, ...]


@cache
def formats() -> tuple[Format, ...]:
    """Every format of the folder, sorted by id."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.yaml")))


def _read(path: Path) -> Format:
    raw: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Format(path.stem, **{key: tuple(map(str, raw[key])) for key in ("parsers", "names", "tokens", "seeds")})
