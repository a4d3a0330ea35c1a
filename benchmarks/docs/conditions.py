"""Conditions in words, with links to the facts and the vocabulary that they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from benchmarks.docs.knowledge import Knowledge
from benchmarks.docs.links import fact_link, purpose_link
from benchmarks.docs.markdown import code, listed
from portfolio_audit.engine.syntax import SUGAR
from portfolio_audit.model.fact import FactSpec, FactType
from portfolio_audit.model.rule import AllOf, AnyOf, Condition, FactTest, Not, TextTest

_MOST_NAMES = 8


def bullets(condition: Condition, knowledge: Knowledge) -> Iterator[str]:
    """The condition as a nested list."""
    match condition:
        case AllOf(parts) | AnyOf(parts) if len(parts) > 1:
            yield "- all of these:" if isinstance(condition, AllOf) else "- at least one of these:"
            yield from (f"  {line}" for part in parts for line in bullets(part, knowledge))
        case AllOf(parts) | AnyOf(parts):
            yield from bullets(parts[0], knowledge)
        case Not(AllOf() | AnyOf() as part):
            yield "- not so:"
            yield from (f"  {line}" for line in bullets(part, knowledge))
        case Not(part):
            yield from (f"- **not:** {line.removeprefix('- ')}" for line in bullets(part, knowledge))
        case FactTest():
            yield f"- {_fact(condition, knowledge)}"
        case TextTest(pattern, files):
            yield f"- text like {code(pattern)} in {_names(files)}"
        case _:
            assert_never(condition)


def _fact(test: FactTest, knowledge: Knowledge) -> str:
    spec = knowledge.ruleset.facts[test.fact]
    told = f"{fact_link(test.fact, knowledge)} {_asked(test, spec)}"
    if test.names or test.globs:
        told += (
            f"{' of' if _bounds(test, spec) else ''} {_purpose(test, knowledge) or _names((*test.names, *test.globs))}"
        )
    elif spec.type is FactType.NAMES and not _bounds(test, spec):
        told += " something"
    if test.rung:
        told += f", at least *{test.rung.label}*"
    return f"{told}, in {_names(test.paths)}" if test.paths else told


def _asked(test: FactTest, spec: FactSpec) -> str:
    """What is asked of the count or the number, in words."""
    verb = {FactType.FLAG: "is seen", FactType.NAMES: "names", FactType.NUMBER: "is"}[spec.type]
    return " ".join((verb, *_bounds(test, spec)))


def _bounds(test: FactTest, spec: FactSpec) -> list[str]:
    bounds = {"at least": test.at_least, "at most": test.at_most, "exactly": test.equals}
    return [f"{words} {_amount(bound, spec)}" for words, bound in bounds.items() if bound is not None]


def _amount(bound: float, spec: FactSpec) -> str:
    if spec.type is FactType.NUMBER:
        return f"{bound:.0%}" if spec.unit == "share" else f"{bound:g} {spec.unit}".strip()
    if spec.type is FactType.NAMES:
        return f"{bound:g}"
    return f"in {bound:g} place{'' if bound == 1 else 's'}"


def _purpose(test: FactTest, knowledge: Knowledge) -> str:
    """The purpose whose tools give exactly these names, if one does."""
    for sugar in (sugar for sugar in SUGAR.values() if sugar.fact == test.fact):
        for purpose in sorted({purpose for tool in knowledge.vocabulary.tools for purpose in tool.purposes}):
            names = tuple(dict.fromkeys(n for tool in knowledge.vocabulary.serving(purpose) for n in sugar.mark(tool)))
            exact, globs = sugar.expand(names)
            if names and (tuple(map(str.casefold, exact)), globs) == (test.names, test.globs):
                return f"what is known of tools for {purpose_link(purpose)}"
    return ""


def _names(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMES
    shown = [code(name) for name in names[:_MOST_NAMES]]
    return f"{', '.join(shown)} and {more} more" if more > 0 else listed(shown, "or")
