"""Shell and make: the commands that would run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.parsing.makefile import Makefile, parse_makefile
from portfolio_audit.parsing.shell import MAX_COMMANDS, Command, parse_shell


def written(text: str) -> list[str]:
    return [c.text for c in parse_shell(text)]


@pytest.mark.parametrize(
    ("script", "commands"),
    [
        ("cd app && make test; ls | wc", ["cd app", "make test", "ls", "wc"]),
        ("PYTHONPATH=. poetry run python -m pytest -q", ["pytest -q"]),
        ("sudo docker push 'a b'", ["docker push a b"]),
        ("uv run --with x pytest", ["pytest"]),
        ("/usr/bin/python3.11 -u train.py", ["python -u train.py"]),
        ("if [ -f x ]; then terraform apply; fi", ["[ -f x ]", "terraform apply"]),
        ("# terraform apply", []),
        ("ls # terraform apply", ["ls"]),
        ("docker push ${{ secrets.NAME }}/a", ["docker push _/a"]),
        ("a \\\n  b\nc", ["a b", "c"]),
        ("cat <<EOF\nterraform apply\nEOF\nls", ["cat << EOF", "ls"]),
        ("echo 'unclosed", ["echo 'unclosed"]),
        ("", []),
    ],
)
def test_scripts_to_commands(script: str, commands: list[str]) -> None:
    assert written(script) == commands


def test_lines_count_from_where_the_script_stands() -> None:
    assert [c.line for c in parse_shell("a\n\nb \\\n c\nd", first_line=10)] == [10, 12, 14]


def test_echoing_a_command_is_not_running_it() -> None:
    (command,) = parse_shell("echo terraform apply")
    assert not command.starts("terraform apply")


def test_a_command_is_known_past_its_options() -> None:
    assert Command(("aws", "--region", "x", "ecs", "update-service"), 1).starts("aws ecs update-service")
    assert not Command(("terraform", "plan"), 1).starts("terraform apply")


def test_many_commands_are_cut_off() -> None:
    assert len(parse_shell("a\n" * 5_000)) == MAX_COMMANDS


MAKEFILE = """PY := python3
.PHONY: all test
test: lint ; @echo
\t@$(PY) -m pytest tests
\t$(MAKE) other

lint:
# why
\t-ruff check .
loop: loop test
"""


def test_targets_and_recipes_with_lines() -> None:
    target = parse_makefile(MAKEFILE).targets["test"]
    assert (target.line, target.prerequisites) == (3, ("lint",))
    assert [(c.text, c.line) for c in target.commands] == [("pytest tests", 4), ("make other", 5)]


def test_making_a_target_makes_what_it_needs_once() -> None:
    made = parse_makefile(MAKEFILE)
    assert [t.name for t in made.reached("loop")] == ["loop", "test", "lint"]
    assert [t.name for t in made.reached("")] == ["test", "lint"]
    assert made.reached("missing") == ()


def test_recipes_of_a_justfile_are_indented_by_spaces() -> None:
    (command,) = parse_makefile("check:\n    @uv run pytest\n").targets["check"].commands
    assert (command.text, command.line) == ("pytest", 2)


def test_an_assignment_is_no_target() -> None:
    assert parse_makefile("A := b: c\nB = $(A)\n") == Makefile({})


@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    for command in parse_shell(text):
        assert command.words
        assert command.line >= 1
    assert isinstance(parse_makefile(text), Makefile)


@given(st.text(alphabet="a:=\t\n$() .%#;\\", max_size=80))
def test_any_makefile_is_read(text: str) -> None:
    makefile = parse_makefile(text)
    assert all(makefile.reached(name) for name in makefile.targets)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("uv run data/make.py --all", ("python", "data/make.py", "--all")),
        ("uv run --with x make.py", ("python", "make.py")),
        ("uv run python make.py", ("python", "make.py")),
        ("uv run streamlit run app.py", ("streamlit", "run", "app.py")),
        ("poetry run make.py", ("make.py",)),
    ],
)
def test_a_python_file_given_to_uv_is_run_by_python(text: str, words: tuple[str, ...]) -> None:
    assert [command.words for command in parse_shell(text)] == [words]
