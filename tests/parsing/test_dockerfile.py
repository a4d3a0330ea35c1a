"""Dockerfiles and compose files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.compose import Service, parse_compose
from portfolio_audit.parsing.dockerfile import Copy, Dockerfile, Instruction, image_name, parse_dockerfile

TWO_STAGES = """# syntax=docker/dockerfile:1
ARG VERSION=3.11
FROM python:${VERSION}-slim AS base
COPY ["a.py", "b c.py", "./"]
RUN pip install x \\
    # a comment in between
    y
FROM base
COPY --from=base /x /y
COPY --chown=me:me src/ conf*.yaml /app/
ENTRYPOINT ["python", "a.py"]
CMD ["--help"]
"""


def test_stages_images_and_lines() -> None:
    stages = parse_dockerfile(TWO_STAGES).stages
    assert [(s.image, s.line, s.name, s.inherits) for s in stages] == [
        ("python:3.11-slim", 3, "base", False),
        ("base", 8, "", True),
    ]


def test_what_is_copied_from_the_tree() -> None:
    assert parse_dockerfile(TWO_STAGES).copies == (
        Copy("a.py", 4),
        Copy("b c.py", 4),
        Copy("src/", 10),
        Copy("conf*.yaml", 10),
    )


def test_continued_lines_and_comments_between_them() -> None:
    (run,) = parse_dockerfile(TWO_STAGES).every("RUN")
    assert (run.line, run.words) == (5, ("pip", "install", "x", "y"))


def test_the_last_command_counts() -> None:
    assert parse_dockerfile(TWO_STAGES).command == Instruction("CMD", '["--help"]', 12)
    assert parse_dockerfile("FROM scratch").command is None


@pytest.mark.parametrize("line", ["ADD https://example.org/x /x", "COPY <<EOF /x\nFROM y\nEOF", "COPY $DIR /x"])
def test_what_is_not_from_the_tree(line: str) -> None:
    parsed = parse_dockerfile(f"FROM a\n{line}\n")
    assert (parsed.copies, len(parsed.stages)) == ((), 1)


def test_an_unset_variable_stays_and_a_default_is_taken() -> None:
    images = [s.image for s in parse_dockerfile("FROM ${A}\nFROM ${B:-x:1}\n").stages]
    assert images == ["${A}", "x:1"]


@pytest.mark.parametrize("text", ["", "RUN x", "hello", "# FROM python"])
def test_without_from_it_is_none(text: str) -> None:
    with pytest.raises(ParseError):
        parse_dockerfile(text)


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("python:3.11", "python"),
        ("localhost:5000/team/app:1@sha256:x", "localhost:5000/team/app"),
        ("docker.io/library/redis", "redis"),
        ("grafana/grafana-enterprise", "grafana/grafana-enterprise"),
    ],
)
def test_image_names_have_no_tag(image: str, name: str) -> None:
    assert image_name(image) == name


@given(st.text(alphabet='FROM RUN COPY\\\n<[]"${}:-=#ab', max_size=100))
def test_nothing_but_parse_errors_on_any_text(text: str) -> None:
    try:
        parsed = parse_dockerfile(text)
    except ParseError as error:
        assert error.reason
    else:
        assert isinstance(parsed, Dockerfile)
        assert all(copy.line for copy in parsed.copies)


def test_compose_services() -> None:
    text = (
        "services:\n  db:\n    image: postgres:15\n    volumes: ['data:/var', {source: ./x, target: /y}]\n"
        "  api:\n    build: ./api\n    command: [python, app.py]\n"
        "  web:\n    build:\n      dockerfile: web.Dockerfile\n"
    )
    assert parse_compose(text) == (
        Service("db", 2, "postgres:15", 3, mounts=("data", "./x")),
        Service("api", 5, context="./api", build_line=6, command="python app.py"),
        Service("web", 8, context=".", dockerfile="web.Dockerfile", build_line=9),
    )


@pytest.mark.parametrize("text", ["services: []", "services:\n  a:", "version: '3'"])
def test_compose_without_services(text: str) -> None:
    assert parse_compose(text) == ()


def test_compose_of_another_shape_is_refused() -> None:
    with pytest.raises(ParseError):
        parse_compose("- a")
