"""One page a rule, and the list of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.docs.conditions import bullets
from benchmarks.docs.examples import chosen, example
from benchmarks.docs.knowledge import Knowledge, asked_of, facts_of
from benchmarks.docs.links import criterion_link, fact_link, source_link, vocabulary_in_words
from benchmarks.docs.markdown import anchor, code, escaped, link, listed, page, prose, table
from portfolio_audit.model.result import LIKELY_BELOW, Outcome, Result
from portfolio_audit.model.rule import Effort, Rule, Scope

EFFORTS = {
    Effort.MINUTES_15: "15 minutes",
    Effort.HOUR_1: "an hour",
    Effort.HOURS_4: "half a day",
    Effort.DAY_1: "a day",
    Effort.DAYS_3: "three days",
}
_GOOD = (Outcome.PASS,)
_BAD = (Outcome.FAIL, Outcome.PARTIAL)


def pages(knowledge: Knowledge) -> Mapping[str, Iterator[str]]:
    """The pages by their path."""
    each = {f"rules/{rule.id}.md": _page(rule, knowledge) for rule in knowledge.ruleset.rules}
    return {"rules.md": _index(knowledge), **each}


def _index(knowledge: Knowledge) -> Iterator[str]:
    ruleset = knowledge.ruleset
    yield from page("Rules")
    yield (
        f"{len(ruleset.rules)} rules, ruleset {ruleset.version}. Each has a page that says why a reviewer cares, how "
        "it is found, where it errs, and how to meet it, with a good and a bad example. `portfolio-audit explain RULE` "
        "tells the same in a terminal, and `portfolio-audit explain RULE .` what it saw in your work."
    )
    for criterion in ruleset.criteria:
        yield from (
            "",
            f"## {criterion.title}",
            "",
            f"{escaped(criterion.question)} ({_of_score(criterion.scope)})",
            "",
        )
        rules = knowledge.rules_of(criterion)
        yield from table(
            ("rule", "what is wrong when it is not met", "points"),
            ((link(code(rule.id), f"rules/{rule.id}.md"), escaped(rule.title), f"{rule.points:g}") for rule in rules),
        )
        yield from ("", f"More: {link(escaped(criterion.title), f'criteria/{criterion.id}.md')}.")
    yield from (
        "",
        "## Kinds of repository",
        "",
        "Rules may be asked of some kinds only. `portfolio-audit kinds` lists them too.",
        "",
    )
    yield from table(("kind", "meaning", "counts"), (
        (code(kind), escaped(meaning), "yes" if kind in ruleset.counted_kinds else "")
        for kind, meaning in ruleset.kinds.items()
    ))  # fmt: skip


def _of_score(scope: Scope) -> str:
    return "of every repository" if scope is Scope.REPOSITORY else "of the profile as a whole"


def _page(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    yield from page(rule.id)
    yield from (f"**{escaped(rule.title)}.**", "", *_worth(rule, knowledge))
    yield from ("", "## Why a reviewer cares", "", prose(rule.why))
    yield from ("", "## How it is found", "", *_found(rule, knowledge))
    if rule.errs:
        yield from ("", "## Where it errs", "", prose(rule.errs))
    yield from ("", "## How sure it is", "", *_sure(rule))
    yield from ("", "## Examples", *_examples(rule, knowledge))
    yield from ("## How to meet it", "", *_fix(rule))
    yield from _sources(rule)
    yield from ("", "## Beyond this page", "", *_beyond(rule))


def _worth(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    criterion = knowledge.ruleset.criterion(rule.criterion)
    part = f", part {link(code(rule.part), f'../criteria/{criterion.id}.md#{anchor(rule.part)}')}" if rule.part else ""
    yield from table(
        ("criterion", "points", "severity", "to meet it"),
        [
            (
                f"{criterion_link(criterion)}{part}",
                _points(rule, knowledge),
                rule.severity.value,
                EFFORTS[rule.fix.effort],
            )
        ],
    )


def _points(rule: Rule, knowledge: Knowledge) -> str:
    scale = "a repository's 100" if rule.scope is Scope.REPOSITORY else "the profile-wide 100"
    return f"{rule.points:g}, up to {knowledge.share(rule):.1f} of {scale}"


def _found(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    yield from _asked(rule, knowledge)
    yield from ("**All points** are earned when this holds:", "", *bullets(rule.full, knowledge), "")
    if rule.partial:
        yield from (f"**{rule.partial_share:.0%} of the points** when that does not hold, but this does:", "")
        yield from (*bullets(rule.partial, knowledge), "")
    if rule.at:
        yield from (f"When it is not met, the report points at {listed([code(fact) for fact in rule.at])}.", "")
    yield from table(
        ("fact", "what an observation means"),
        ((fact_link(fact, knowledge), escaped(knowledge.ruleset.facts[fact].about)) for fact in facts_of(rule)),
    )
    read = {part for fact in asked_of(rule) for part in knowledge.extractor_of[fact].reads}
    if read:
        yield from ("", f"The vocabulary behind them, which you can extend: {vocabulary_in_words(read)}.")


def _asked(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    if rule.scope is Scope.PROFILE:
        yield from ("Asked once, of the profile as a whole.", "")
    elif rule.kinds:
        yield from (
            f"Asked of {link('kinds', '../rules.md#kinds-of-repository')} {listed([code(k) for k in rule.kinds])}.",
            "",
        )
    else:
        yield from (f"Asked of repositories of every {link('kind', '../rules.md#kinds-of-repository')}.", "")
    if rule.when:
        yield from ("Asked only where this holds:", "", *bullets(rule.when, knowledge), "")


def _examples(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    """A case that earns the points and one that does not, as the tests run them."""
    cases = knowledge.cases.get(rule.id, ())
    for heading, outcomes in (("Good", _GOOD), ("Bad", _BAD)):
        case = chosen(cases, outcomes)
        if case:
            yield from ("", f"### {heading}", "", *example(case, rule, knowledge))


def _fix(rule: Rule) -> Iterator[str]:
    yield f"**{escaped(rule.fix.title)}**, in about {EFFORTS[rule.fix.effort]}."
    if rule.fix.steps:
        yield ""
        yield from (f"{number}. {prose(step)}" for number, step in enumerate(rule.fix.steps, start=1))
    if rule.fix.links:
        yield from ("", f"See {listed([f'<{address}>' for address in rule.fix.links])}.")


def _sources(rule: Rule) -> Iterator[str]:
    if rule.sources:
        yield from ("", "## Sources", "", *(f"- <{source}>" for source in rule.sources))


def _beyond(rule: Rule) -> Iterator[str]:
    place = f"{rule.criterion}/{rule.id}.yaml"
    yield f"- The rule: {source_link(f'rules/{place}')}."
    yield f"- Its cases, more than are shown here: {source_link(f'tests/rules/{place}')}."
    if rule.scope is Scope.REPOSITORY:
        yield f"- What it saw in your repository: `portfolio-audit explain {rule.id} .`"
    yield f"- Not for you? {link('Switch it off, re-weight or suppress it', '../configuration.md')}, with a reason."


def _sure(rule: Rule) -> Iterator[str]:
    """What readers said of the rule's outcomes (docs/accuracy.md)."""
    if not rule.measured:
        yield f"Not measured against readers; {link('what is', '../accuracy.md')}."
        return
    yield from table(
        ("outcome", "readers agreed", "confidence"),
        (
            (one.outcome, f"{one.right} of {one.of}", "" if sure is None else f"{sure:.2f}")
            for one in rule.measured
            for sure in (Result(rule, Outcome(one.outcome)).confidence,)
        ),
    )
    yield from ("", f"Below {LIKELY_BELOW} the report says *likely*; {link('how this is measured', '../accuracy.md')}.")
