"""One page a criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.docs.knowledge import Knowledge
from benchmarks.docs.links import rule_link
from benchmarks.docs.markdown import code, escaped, link, page, table, tree
from benchmarks.docs.rules import EFFORTS
from portfolio_audit.model.fact import Rung
from portfolio_audit.model.rule import Criterion, Rule, Scope

_LADDER = {
    Rung.MENTIONED: ("words in a README", "nothing"),
    Rung.DECLARED: ("a dependency, an import, a configuration file", "at most part of the points"),
    Rung.WIRED: ("called from code that runs, or from a job", "as the rule says"),
    Rung.EXERCISED: ("covered by a test, run on a schedule, or its output is committed", "as the rule says"),
    Rung.OBSERVED: ("a release, a deployment record, a live address", "as the rule says"),
}


def pages(knowledge: Knowledge) -> Mapping[str, Iterator[str]]:
    """The pages by their path."""
    return {f"criteria/{c.id}.md": _page(c, knowledge) for c in knowledge.ruleset.criteria}


def _page(criterion: Criterion, knowledge: Knowledge) -> Iterator[str]:
    rules = knowledge.rules_of(criterion)
    yield from page(criterion.title)
    yield from (f"**{escaped(criterion.question)}**", "", _weight(criterion, knowledge))
    if criterion.parts:
        yield from _parts(criterion, rules)
    else:
        yield from ("", *_table(rules))
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


def _parts(criterion: Criterion, rules: Sequence[Rule]) -> Iterator[str]:
    """The evidence ladder, and the rules of each part."""
    total = sum(criterion.parts.values())
    yield from ("", f"{len(criterion.parts)} parts, judged apart; a part in which nothing could be judged is left out.")
    yield from ("", "## The evidence ladder", "")
    yield "Depth is not judged on words but on how far from words to working something is:"
    yield ""
    yield from table(
        ("rung", "what shows it", "earns"),
        ((f"*{rung.label}*", shown, earned) for rung, (shown, earned) in _LADDER.items()),
    )
    for part, weight in criterion.parts.items():
        yield from ("", f"## {part}", "", f"{weight / total:.0%} of the criterion.", "")
        yield from _table([rule for rule in rules if rule.part == part])


def _table(rules: Sequence[Rule]) -> Iterator[str]:
    yield from table(
        ("rule", "what is wrong when it is not met", "points", "severity", "to meet it"),
        (
            (rule_link(rule), escaped(rule.title), f"{rule.points:g}", rule.severity.value, EFFORTS[rule.fix.effort])
            for rule in rules
        ),
    )
    asked = sorted({kind for rule in rules for kind in rule.kinds})
    if asked:
        kinds = link("kinds of repository", "../rules.md#kinds-of-repository")
        yield from ("", f"Some are asked only of certain {kinds}: {', '.join(map(code, asked))}.")
