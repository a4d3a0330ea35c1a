"""Dockerfiles: stages, instructions, and what is copied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dockerfile import Copy, Dockerfile, Instruction, Stage, image_name, parse_dockerfile

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


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("from python:3 as build\n", [Stage("python:3", 1, "build")]),
        ("FROM --platform=linux/amd64 python\n", [Stage("python", 1)]),
        ("FROM a AS Build\nFROM build\n", [Stage("a", 1, "Build"), Stage("build", 2, inherits=True)]),
        ("ARG A=1\nARG A\nFROM x:$A\n", [Stage("x:1", 3)]),
        ('ENV A="1" B=2\nFROM x:$A.$B\n', [Stage("x:1.2", 2)]),
        ("FROM x:${A:-1}${B-2}${C:+3}\n", [Stage("x:12${C:+3}", 1)]),
        ("\ufeffFROM x\n", [Stage("x", 1)]),
        ("FROM x \\\n  AS y\n", [Stage("x", 1, "y")]),
        ("FROM\nFROM x\n", [Stage("x", 2)]),
        ("{{ jinja }}\nFROM x\nELSE y\n", [Stage("x", 2)]),
    ],
)
def test_ways_to_start_a_stage(text: str, stages: list[Stage]) -> None:
    assert list(parse_dockerfile(text).stages) == stages


@pytest.mark.parametrize(
    ("written", "instruction"),
    [
        ("run pip  install x", Instruction("RUN", "pip  install x", 2)),
        ("RUN a \\\n\n  && b", Instruction("RUN", "a    && b", 2)),
        ("RUN a \\\n# why\n  b \\", Instruction("RUN", "a  b", 2)),
        ("ARG P=80\nEXPOSE ${P} $Q", Instruction("EXPOSE", "80 $Q", 3)),
        ("RUN <<EOF\npip install y\nFROM y\nEOF", Instruction("RUN", "pip install y FROM y", 3)),
        ("RUN bash -e <<-'A'\nmake\nA", Instruction("RUN", "make", 3)),
        ("RUN <<EOF", Instruction("RUN", "<<EOF", 2)),
        ("RUN cat <<-'A' <<B\nFROM y\nA\nFROM z\nB", Instruction("RUN", "cat <<-'A' <<B", 2)),
    ],
)
def test_an_instruction_is_read(written: str, instruction: Instruction) -> None:
    (stage,) = parse_dockerfile(f"FROM a\n{written}\n").stages
    assert [Instruction(i.name, " ".join(i.value.split()), i.line) for i in stage.instructions] == [
        Instruction(instruction.name, " ".join(instruction.value.split()), instruction.line)
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('["a", "b c", 1]', ("a", "b c", "1")),
        ("[a, b]", ("[a,", "b]")),
        ("[" * 9_000, ("[" * 9_000,)),
        ('"a b" c', ('"a', 'b"', "c")),
        ("", ()),
    ],
)
def test_arguments_are_a_list_or_words(value: str, words: tuple[str, ...]) -> None:
    assert Instruction("CMD", value, 1).words == words


@pytest.mark.parametrize(
    ("written", "paths"),
    [
        ("COPY a b /x/", ["a", "b"]),
        ('COPY --link --chown=1:1 ["a b", "/x/"]', ["a b"]),
        ('ADD "a" /x', ["a"]),
        ("ADD https://example.org/x git@example.org:x/y b /x/", ["b"]),
        ("COPY $A b /x/", ["b"]),
        ("COPY --from=build /a /b", []),
        ("COPY --chown=1:1", []),
        ("COPY a", []),
    ],
)
def test_which_paths_are_copied(written: str, paths: list[str]) -> None:
    assert [c.path for c in parse_dockerfile(f"FROM a\n{written}\n").copies] == paths


def test_too_many_instructions_are_refused_with_the_line() -> None:
    with pytest.raises(ParseError) as refused:
        parse_dockerfile("FROM a\n" + "RUN b\n" * 2_000)
    assert (refused.value.reason, refused.value.line) == ("has too many instructions", 2_001)


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
        ("Python@sha256:0a1b", "python"),
        ("", ""),
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
        last = text.count("\n") + 1
        lines = [*(s.line for s in parsed.stages), *(c.line for c in parsed.copies)]
        assert all(1 <= line <= last for line in (*lines, *(i.line for i in parsed.every("RUN"))))
