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
from portfolio_audit.parsing.dockerfile import parse_dockerfile
from portfolio_audit.parsing.requirements import parse_requirements
from portfolio_audit.parsing.toml import parse_toml
from portfolio_audit.parsing.yaml import parse_yaml

Made = Callable[[Mapping[str, str | Unavailable]], Documents]


def recursing(text: str) -> str:
    """A parser that goes too deep."""
    raise RecursionError(text)


def test_a_good_file_is_parsed(documents: Made) -> None:
    assert read(documents({"a.toml": "x = 1"}), "a.toml", parse_toml) == {"x": 1}


def test_a_faulty_file_gives_its_error_and_no_problem(documents: Made) -> None:
    made = documents({"a.toml": "x ="})
    error = read(made, "a.toml", parse_toml)
    assert isinstance(error, ParseError)
    assert (error.reason, list(made.problems)) == ("is not valid TOML (Invalid value (at end of document))", [])


@pytest.mark.parametrize(
    ("parse", "text", "reason"),
    [
        (parse_toml, "x = " + "[" * 10_001, "has a line of more than 10,000 characters"),
        (parse_toml, "x = " + "[\n" * 5_000, "is nested too deeply"),
        (parse_yaml, "[" * 100, "is nested too deeply"),
        (parse_yaml, "- a\n" * 60_000, "has more than 50,000 nodes"),
        (parse_requirements, "a\n" * 3_000, "has more than 2,000 requirements"),
        (parse_dockerfile, "FROM x\n" + "RUN a\n" * 3_000, "has too many instructions"),
        (recursing, "", "is nested too deeply"),
    ],
)
def test_a_file_over_a_bound_of_ours_is_undecided(
    documents: Made, parse: Callable[[str], object], text: str, reason: str
) -> None:
    made = documents({"a": text})
    assert read(made, "a", parse) is None
    assert (made.missed, [problem.message for problem in made.problems]) == (
        {"a": reason},
        [f"could not be read: {reason}"],
    )


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
