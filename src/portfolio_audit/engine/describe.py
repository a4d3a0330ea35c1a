"""Conditions in words, for reasons and for people reading a rule."""

from __future__ import annotations

from typing import assert_never

from portfolio_audit.model.rule import AllOf, AnyOf, Condition, FactTest, Not, TextTest

_SHOWN = 3


def describe(condition: Condition) -> str:
    """The condition as a phrase: ``data.included or not (code.training at least wired)``."""
    match condition:
        case AllOf(parts):
            return " and ".join(map(_grouped, parts))
        case AnyOf(parts):
            return " or ".join(map(_grouped, parts))
        case Not(part):
            return f"not {_grouped(part)}"
        case FactTest():
            return " ".join((condition.fact, *_details(condition)))
        case TextTest():
            return f"text like {condition.pattern} in {_listed(condition.files)}"
        case _:
            assert_never(condition)


def _grouped(condition: Condition) -> str:
    many = isinstance(condition, AllOf | AnyOf) and len(condition.parts) > 1
    return f"({describe(condition)})" if many else describe(condition)


def _details(test: FactTest) -> list[str]:
    words = {"≥": test.at_least, "≤": test.at_most, "=": test.equals}
    details = [f"{sign} {bound:g}" for sign, bound in words.items() if bound is not None]
    names = (*test.names, *test.globs)
    if names:
        details.append(f"among {_listed(names)}")
    if test.rung:
        details.append(f"at least {test.rung.label}")
    if test.paths:
        details.append(f"in {_listed(test.paths)}")
    return details


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
