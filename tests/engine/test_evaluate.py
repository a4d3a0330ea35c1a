from dataclasses import replace

import pytest

from judgement import rule as make_rule
from judgement import ruleset
from portfolio_audit.engine.conditions import LOCATIONS_KEPT, text_globs
from portfolio_audit.engine.evaluate import evaluate
from portfolio_audit.engine.messages import fill
from portfolio_audit.engine.suppressions import suppressed, unused_suppressions
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import REPOSITORY, Location
from portfolio_audit.model.result import Finding, Outcome, Result
from portfolio_audit.model.rule import AnyOf, FactTest, Not, Rule, Scope, Suppression, TextTest
from portfolio_audit.model.snapshot import Unavailable
from rule_folder import FACTS

REQUIREMENTS = Location("requirements.txt", 2)
README = Location("README.md", 1)
RULE = replace(
    make_rule("unpinned-environment", points=6),
    message="Pinned: {environment.pinned_share}.",
    full=AnyOf((FactTest("environment.lockfile"), FactTest("environment.pinned_share", at_least=0.95))),
    partial=FactTest("environment.dependencies"),
)
DEPENDENCY = Fact("environment.dependencies", "pandas", REQUIREMENTS)
LOCK = Fact("environment.lockfile", at=Location("uv.lock"))
SHOWN_README = Fact("readme.exists", at=README)
UNREAD = Unavailable("is over the limit")


def asked(rule: Rule, *facts: Fact, kind: str = "ml-project", suppressions: tuple[Suppression, ...] = ()) -> Result:
    rules = ruleset(rules=(rule,), facts=FACTS, suppressions=suppressions)
    return suppressed(evaluate(rules, Evidence(facts), kind=kind, texts={}), rules, "ada/tides")[0]


def test_full_passes_with_what_made_it_hold() -> None:
    assert asked(RULE, LOCK) == Result(RULE, Outcome.PASS, points=6, evidence=(LOCK.at,))


def test_partial_earns_its_share_and_says_what_is_missing() -> None:
    message = "Pinned: 0 %."

    assert asked(RULE, DEPENDENCY, SHOWN_README) == Result(
        RULE,
        Outcome.PARTIAL,
        points=3,
        evidence=(REQUIREMENTS,),
        findings=(Finding(RULE.id, message, README),),
        message=message,
    )


def test_neither_fails() -> None:
    result = asked(RULE)

    assert (result.outcome, result.points, result.evidence) == (Outcome.FAIL, 0, ())
    assert [f.at for f in result.findings] == [REPOSITORY]


def test_a_finding_stands_at_the_facts_the_rule_names_first() -> None:
    result = asked(replace(RULE, at=("environment.dependencies",)), DEPENDENCY, SHOWN_README)

    assert [f.at for f in result.findings] == [REQUIREMENTS]


def test_else_at_what_fell_short() -> None:
    share = Fact("environment.pinned_share", 0.4, REQUIREMENTS)

    assert [f.at for f in asked(RULE, share, SHOWN_README).findings] == [REQUIREMENTS]


def test_findings_are_bounded() -> None:
    facts = [Fact("environment.dependencies", "x", Location("a", line)) for line in range(1, 99)]

    assert len(asked(replace(RULE, at=("environment.dependencies",)), *facts).findings) == LOCATIONS_KEPT


@pytest.mark.parametrize(
    "facts",
    [
        (Fact("environment.lockfile", UNREAD, Location("uv.lock")),),
        (Fact("environment.lockfile", UNREAD, Location("uv.lock")), DEPENDENCY),
    ],
)
def test_full_undecided_is_unknown_whatever_partial_says(facts: tuple[Fact, ...]) -> None:
    assert asked(RULE, *facts) == Result(RULE, Outcome.UNKNOWN, reason="uv.lock is over the limit")


def test_partial_undecided_is_unknown() -> None:
    assert asked(RULE, Fact("environment.dependencies", UNREAD)).reason == "is over the limit"


def test_a_rule_is_asked_of_its_kinds_only() -> None:
    result = asked(replace(RULE, kinds=("tool",)), LOCK)

    assert (result.outcome, result.possible) == (Outcome.NOT_APPLICABLE, 0)
    assert result.reason == "asked of tool; this is ml-project"


@pytest.mark.parametrize(
    ("facts", "outcome", "reason"),
    [
        ((), Outcome.NOT_APPLICABLE, "asked only where there is readme.exists"),
        ((Fact("readme.exists", UNREAD, README),), Outcome.UNKNOWN, "README.md is over the limit"),
        ((SHOWN_README, LOCK), Outcome.PASS, ""),
    ],
)
def test_a_rule_is_asked_where_its_condition_holds(facts: tuple[Fact, ...], outcome: Outcome, reason: str) -> None:
    result = asked(replace(RULE, when=FactTest("readme.exists")), *facts)

    assert (result.outcome, result.reason) == (outcome, reason)


def test_only_rules_of_the_scope_are_asked() -> None:
    both = ruleset(rules=(RULE, replace(RULE, id="p", scope=Scope.PROFILE)))

    results = evaluate(both, Evidence(), kind="", texts={}, scope=Scope.PROFILE)

    assert [r.rule.id for r in results] == ["p"]


def test_rules_may_look_into_text() -> None:
    rule = replace(RULE, full=TextTest("seed", ("*.py",)), when=Not(TextTest("x", ("*.md",))))
    rules = ruleset(rules=(rule,))

    assert text_globs(rules) == ("*.md", "*.py")
    assert evaluate(rules, Evidence(), kind="", texts={"a.py": "seed(1)"})[0].outcome is Outcome.PASS


SILENCED = Suppression("unpinned-environment", "a demo", ("tides",))


@pytest.mark.parametrize(
    ("suppression", "reason"),
    [
        (SILENCED, "a demo"),
        (replace(SILENCED, repositories=("ada/*",)), "a demo"),
        (replace(SILENCED, repositories=("waves",)), None),
        (replace(SILENCED, rule="other"), None),
        (replace(SILENCED, paths=("*.md",)), "a demo"),
        (replace(SILENCED, paths=("src/",)), None),
    ],
)
def test_a_suppression_marks_findings_and_changes_nothing_else(suppression: Suppression, reason: str | None) -> None:
    result = asked(RULE, DEPENDENCY, SHOWN_README, suppressions=(suppression,))

    assert result == replace(asked(RULE, DEPENDENCY, SHOWN_README), suppressed=reason)


def test_suppressions_together_cover_every_place() -> None:
    pair = (replace(SILENCED, paths=("a",)), replace(SILENCED, paths=("b",), reason="old"))
    facts = [Fact("environment.dependencies", "x", Location(path)) for path in "ab"]
    rule = replace(RULE, at=("environment.dependencies",))

    assert asked(rule, *facts, suppressions=pair).suppressed == "a demo; old"
    assert asked(rule, *facts, suppressions=pair[:1]).suppressed is None


def test_suppressions_that_silence_nothing_are_told() -> None:
    idle = replace(SILENCED, reason="never needed")
    rules = ruleset(suppressions=(SILENCED, idle, replace(SILENCED, rule="gone")))

    assert unused_suppressions(rules, [asked(RULE, suppressions=(SILENCED,))]) == ("unpinned-environment", "gone")


@pytest.mark.parametrize(
    ("message", "filled"),
    [
        ("{readme.words} words", "1,200 words"),
        ("{environment.pinned_share} pinned", "35 % pinned"),
        ("imports {code.imports}", "imports a, b and 2 more"),
        ("declares {environment.dependencies}", "declares x, y and z"),
        ("files: {repository.files}", "files: none"),
        ("{environment.lockfile} lock files", "2 lock files"),
        ("{no.fact} and { } and {}", "{no.fact} and { } and {}"),
    ],
)
def test_messages_quote_what_was_seen(message: str, filled: str) -> None:
    names = [("code.imports", n) for n in "dcba"] + [("environment.dependencies", n) for n in "xyz"]
    numbers = (Fact("readme.words", 1200), Fact("environment.pinned_share", 0.349))
    locks = (LOCK, replace(LOCK, at=Location("b/uv.lock")))
    evidence = Evidence((*(Fact(fact, name) for fact, name in names), *numbers, *locks))

    assert fill(message, evidence, FACTS) == filled


def test_a_long_name_is_cut() -> None:
    assert len(fill("{code.imports}", Evidence((Fact("code.imports", "x" * 500),)), FACTS)) == 81
