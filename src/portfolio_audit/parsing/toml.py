"""TOML tables, with typed access for callers that trust nothing."""

from __future__ import annotations

import tomllib

from portfolio_audit.errors import ParseError, TooCostly

Table = dict[str, object]
_MAX_LINE = 10_000


def parse_toml(text: str) -> Table:
    """Parse TOML; raises ParseError for what is not.

    A dotted key costs the square of its parts, so no line may be longer than any that a person would write.
    """
    if any(len(line) > _MAX_LINE for line in text.split("\n")):
        raise TooCostly(f"has a line of more than {_MAX_LINE:,} characters")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ParseError(f"is not valid TOML ({str(error)[:80]})") from None
    except RecursionError:
        raise TooCostly("is nested too deeply") from None
    except ValueError:
        raise ParseError("is not valid TOML") from None


def table(value: object, *keys: str) -> Table:
    """The table below nested keys, or an empty one."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def strings(value: object) -> list[str]:
    """The strings of a list, or none."""
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def string(value: object) -> str:
    """The value if it is a string, else empty."""
    return value if isinstance(value, str) else ""
