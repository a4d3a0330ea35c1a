"""Reading files whose faults are evidence themselves: what does not parse does not work either."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from portfolio_audit.errors import ParseError
from portfolio_audit.evidence.documents import Documents

Parsed = TypeVar("Parsed")


def read(documents: Documents, path: str, parse: Callable[[str], Parsed]) -> Parsed | ParseError | None:
    """The file parsed; the error if its text is faulty; None if it could not be read at all.

    Unlike ``documents.parsed`` a fault leaves no fact undecided: a tool would refuse the file as we do.
    """
    return documents.parsed(path, _caught(parse))


@cache
def _caught(parse: Callable[[str], Parsed]) -> Callable[[str], Parsed | ParseError]:
    def attempt(text: str) -> Parsed | ParseError:
        try:
            return parse(text)
        except ParseError as error:
            return error
        except RecursionError:
            return ParseError("is nested too deeply")

    return attempt
