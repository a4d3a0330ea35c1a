"""One page a criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.docs.knowledge import Knowledge
from benchmarks.docs.links import rule_link
from benchmarks.docs.markdown import escaped, link, page, table, tree
from benchmarks.docs.rules import EFFORTS
from portfolio_audit.engine.conditions import fact_tests
from portfolio_audit.model.fact import Rung
from portfolio_audit.model.rule import Condition, Criterion, Rule, Scope

_LADDER = {
    Rung.MENTIONED: "words in a README; they earn nothing",
    Rung.DECLARED: "a dependency, an import, a configuration file",
    Rung.WIRED: "called from code that runs, or from a job",
    Rung.EXERCISED: "covered by a test, run on a schedule, kept, shown or told",
    Rung.OBSERVED: "a release, a deployment record",
}


def pages(knowledge: Knowledge) -> Mapping[str, Iterator[str]]:
    """The pages by their path."""
    return {f"criteria/{c.id}.md": _page(c, knowledge) for c in knowledge.ruleset.criteria}


def _page(criterion: Criterion, knowledge: Knowledge) -> Iterator[str]:
    rules = knowledge.rules_of(criterion)
    yield from page(criterion.title)
    yield from (f"**{escaped(criterion.question)}**", "", _weight(criterion, knowledge))
    if criterion.parts:
        yield from _parts(criterion, rules, knowledge)
    else:
        yield from ("", *_table(rules))
    if criterion.scope is Scope.REPOSITORY:
        kinds = link("kind of the repository", "../rules.md#kinds-of-repository")
        yield from ("", f"Which of them are asked depends on the {kinds}, and on what is there; each page says it.")
    yield from tree(f"../rules/{rule.id}" for rule in rules)


def _weight(criterion: Criterion, knowledge: Knowledge) -> str:
    total = sum(c.weight for c in knowledge.ruleset.criteria if c.scope is criterion.scope)
    share = f"{criterion.weight:g} of {total:g}"
    scores = link("How scores are made", "../scores.md")
    if criterion.scope is Scope.REPOSITORY:
        return f"Weight: {share} in the score of every repository. {scores}."
    whole = f"{knowledge.ruleset.profile_weight:.0%}"
    of_whole = f"{share} of what all profile-wide criteria make, {whole} of the portfolio's score"
    return f"Asked of the profile as a whole. Weight: {of_whole}. {scores}."


def _parts(criterion: Criterion, rules: Sequence[Rule], knowledge: Knowledge) -> Iterator[str]:
    """The evidence ladder, and the rules of each part."""
    total = sum(criterion.parts.values())
    yield from ("", f"{len(criterion.parts)} parts, judged apart; a part in which nothing could be judged is left out.")
    yield from ("", "## The evidence ladder", "")
    yield "Depth is not judged on words but on how far from words to working something is:"
    yield ""
    yield from table(("rung", "what shows it"), ((f"*{rung.label}*", shown) for rung, shown in _LADDER.items()))
    yield from ("", "From which rung a rule earns all its points, or part of them, stands beside it below.")
    for part, weight in criterion.parts.items():
        yield from ("", f"## {part}", "", f"{weight / total:.0%} of the criterion.", "")
        yield from table(
            ("rule", "what is wrong when it is not met", "points", "all from", "part from", "to meet it"),
            (
                (*_named(rule), _rung(rule.full, knowledge), _rung(rule.partial, knowledge), EFFORTS[rule.fix.effort])
                for rule in rules
                if rule.part == part
            ),
        )


def _named(rule: Rule) -> tuple[str, str, str]:
    return rule_link(rule), escaped(rule.title), f"{rule.points:g}"


def _rung(condition: Condition | None, knowledge: Knowledge) -> str:
    """The lowest rung that a condition asks for, if what it asks for has rungs."""
    tests = list(fact_tests(condition)) if condition else []
    rungs = [test.rung for test in tests if test.rung]
    if rungs:
        return f"*{min(rungs).label}*"
    return "any rung" if any(knowledge.ruleset.facts[test.fact].ladder for test in tests) else ""


def _table(rules: Sequence[Rule]) -> Iterator[str]:
    yield from table(
        ("rule", "what is wrong when it is not met", "points", "severity", "to meet it"),
        ((*_named(rule), rule.severity.value, EFFORTS[rule.fix.effort]) for rule in rules),
    )
