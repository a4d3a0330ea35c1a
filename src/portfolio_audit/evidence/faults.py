"""Reading files whose faults are evidence themselves: what does not parse does not work either."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from portfolio_audit.errors import ParseError, TooCostly
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Problem
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.yaml import YamlNode, parse_yaml, repeated_keys

Parsed = TypeVar("Parsed")

_MOST_TOLD = 20
"""Problems of one file that are told; who writes a key a thousand times needs no more, and each is compared."""


def read(documents: Documents, path: str, parse: Callable[[str], Parsed]) -> Parsed | ParseError | None:
    """The file parsed; the error if its text is faulty; None if it could not be read at all.

    Unlike ``documents.parsed`` a fault leaves no fact undecided: a tool would refuse the file as we do. One over a
    bound of ours is like one that cannot be read.
    """
    return documents.parsed(path, _caught(parse))


def read_yaml(documents: Documents, path: str) -> tuple[YamlNode, ...]:
    """The documents of a YAML file, none if it is faulty; a key that is written twice becomes a problem."""
    parsed = read(documents, path, parse_yaml)
    if parsed is None or isinstance(parsed, ParseError):
        return ()
    for key in repeated_keys(parsed):
        warn_repeated(documents, key.value, Location(path, key.line))
    return parsed


def warn_repeated(documents: Documents, key: str, at: Location) -> None:
    """Add the problem that a mapping holds a key twice, once for each place: which of the values counts is a guess."""
    problem = Problem(f"the key {key[:60]} is written again; the last value was taken", at)
    told = [other for other in documents.problems if other.at.path == at.path]
    if problem not in told and len(told) < _MOST_TOLD:
        documents.problems.append(problem)


@cache
def _caught(parse: Callable[[str], Parsed]) -> Callable[[str], Parsed | ParseError]:
    def attempt(text: str) -> Parsed | ParseError:
        try:
            return parse(text)
        except TooCostly:
            raise
        except ParseError as error:
            return error

    return attempt
