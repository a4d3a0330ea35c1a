"""Faulty files are evidence; files that cannot be read are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.errors import ParseError
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.faults import read, read_yaml
from portfolio_audit.model.fact import Problem
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.toml import parse_toml

Made = Callable[[Mapping[str, str | Unavailable]], Documents]


def recursing(text: str) -> str:
    """A parser that goes too deep."""
    raise RecursionError(text)


def test_a_good_file_is_parsed(documents: Made) -> None:
    assert read(documents({"a.toml": "x = 1"}), "a.toml", parse_toml) == {"x": 1}


@pytest.mark.parametrize(
    ("parse", "reason"),
    [(parse_toml, "is not valid TOML (Invalid value (at end of document))"), (recursing, "is nested too deeply")],
)
def test_a_faulty_file_gives_its_error_and_no_problem(
    documents: Made, parse: Callable[[str], object], reason: str
) -> None:
    made = documents({"a.toml": "x ="})
    error = read(made, "a.toml", parse)
    assert isinstance(error, ParseError)
    assert (error.reason, list(made.problems)) == (reason, [])


def test_a_file_that_cannot_be_read_is_a_problem(documents: Made) -> None:
    made = documents({"a.toml": Unavailable("is over the limit")})
    assert read(made, "a.toml", parse_toml) is None
    assert list(made.problems) == [Problem("could not be read: is over the limit", Location("a.toml"))]


def test_a_file_that_nobody_asked_for_is_a_problem(documents: Made) -> None:
    made = documents({})
    assert read(made, "a.toml", parse_toml) is None
    assert list(made.problems) == [Problem("could not be read: was not among the files read", Location("a.toml"))]


def test_a_faulty_yaml_file_has_no_documents(documents: Made) -> None:
    assert read_yaml(documents({"a.yaml": "a: ["}), "a.yaml") == ()


def test_a_key_that_is_written_twice_is_a_problem_once(documents: Made) -> None:
    made = documents({"a.yaml": "a: 1\na: 2\n"})
    assert [d.line for d in (*read_yaml(made, "a.yaml"), *read_yaml(made, "a.yaml"))] == [1, 1]
    assert made.problems == [Problem("the key a is written again; the last value was taken", Location("a.yaml", 2))]
