"""Makefiles and justfiles: which targets there are, what they need, and what they run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.parsing.makefile import Makefile, Target, parse_makefile
from portfolio_audit.parsing.shell import Command


def rules(text: str) -> dict[str, tuple[tuple[str, ...], list[tuple[str, int]]]]:
    """By target what it needs, and its commands with lines."""
    return {
        name: (target.prerequisites, [(c.text, c.line) for c in target.commands])
        for name, target in parse_makefile(text).targets.items()
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: b c\n\tls\n", {"a": (("b", "c"), [("ls", 2)])}),
        ("a:: b ; ls -l\n", {"a": (("b",), [])}),
        ("a b: c\n\tls\n", {"a": (("c",), [("ls", 2)]), "b": (("c",), [("ls", 2)])}),
        ("a: b # and c\n", {"a": (("b",), [])}),
        ("a: b\na: c\n\tls\n", {"a": (("b", "c"), [("ls", 3)])}),
        ("a:\n\t@ls\n\t-rm x\n\t+@make b\n", {"a": ((), [("ls", 2), ("rm x", 3), ("make b", 4)])}),
        ("a:\n\t\n# why\n\n\tls\n", {"a": ((), [("ls", 5)])}),
        ("a:\n\tls \\\n\t  -l\n\tpwd\n", {"a": ((), [("ls -l", 2), ("pwd", 4)])}),
        ("a: b \\\n   c \\\n\td\n\tls\n", {"a": (("b", "c", "d"), [("ls", 4)])}),
        ("a: b \\\n", {"a": (("b",), [])}),
        ("# a: b \\\n# c: d\ne:\n\tls\n", {"e": ((), [("ls", 4)])}),
        ("X = y.py \\\n    z.py\na: $(X)\n\tpython $(X)\n", {"a": (("y.py", "z.py"), [("python y.py z.py", 4)])}),
        ("APP := app\nall: $(APP)\n$(APP): ${SRC}\n\tcc\n", {"all": (("app",), []), "app": (("${SRC}",), [("cc", 4)])}),
        ("export PY ?= python3.11\na:\n\t$(PY) x.py\n", {"a": ((), [("python x.py", 3)])}),
        ("a:\nifdef CI\n\tpytest\nelse\n\ttox\nendif\n", {"a": ((), [("pytest", 3), ("tox", 5)])}),
        ("%.o: %.c\n\tcc -c x.c\n", {"%.o": (("%.c",), [("cc -c x.c", 2)])}),
        ("test *ARGS:\n    pytest {{ARGS}}\n", {n: ((), [("pytest {{ARGS}}", 2)]) for n in ("test", "*ARGS")}),
        ("@check: lint\n  ruff .\n", {"check": (("lint",), [("ruff .", 2)])}),
        ("\tls\n", {}),
        ("include other.mk\n-include .env\n", {}),
        ("URL = https://example.org\n", {}),
    ],
)
def test_what_a_makefile_says(text: str, found: dict[str, tuple[tuple[str, ...], list[tuple[str, int]]]]) -> None:
    assert rules(text) == found


def test_the_first_target_that_is_not_special_is_the_default() -> None:
    made = parse_makefile(".PHONY: b\n.DEFAULT_GOAL := b\nb: c\n\tls\nc:\n")
    assert made.reached("") == (Target("b", 3, ("c",), (Command(("ls",), 4),)), Target("c", 5))


def test_nothing_is_reached_where_there_is_nothing() -> None:
    assert Makefile({}).reached("") == ()


def test_what_a_target_needs_is_made_in_the_order_written() -> None:
    made = parse_makefile("all: a b\na: c\nb:\nc:\n")
    assert [t.name for t in made.reached("all")] == ["all", "a", "c", "b"]


@pytest.mark.parametrize(
    ("text", "most"),
    [("\n".join(f"t{i}:" for i in range(2_000)), 1_000), (" ".join(f"t{i}" for i in range(99)) + ":\n\tls\n", 50)],
)
def test_targets_are_bounded(text: str, most: int) -> None:
    assert len(parse_makefile(text).targets) == most


def test_recipes_and_what_they_need_are_bounded() -> None:
    (target,) = parse_makefile("a: " + "b " * 900 + "\n" + "\tls\n" * 900).targets.values()
    assert (len(target.prerequisites), len(target.commands)) == (200, 200)


@given(st.text(alphabet="ab:=\t\n \\$()#*@;", max_size=80))
def test_any_makefile_has_its_lines_inside_it(text: str) -> None:
    last = text.count("\n") + 1
    for target in parse_makefile(text).targets.values():
        assert 1 <= target.line <= last
        assert all(target.line <= c.line <= last for c in target.commands)
