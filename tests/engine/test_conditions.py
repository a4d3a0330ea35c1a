from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.engine.conditions import (
    LOCATIONS_KEPT,
    Judge,
    Judgement,
    Truth,
    fact_tests,
    leaves,
)
from portfolio_audit.engine.describe import describe
from portfolio_audit.model.fact import Evidence, Fact, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.rule import AllOf, AnyOf, Condition, FactTest, Not, TextTest
from portfolio_audit.model.snapshot import Unavailable

A, B, C = (Location(f"{name}.py", line) for line, name in enumerate("abc", start=1))
GONE = Unavailable("is over the limit")
SEEN = Evidence(
    (
        Fact("imports", "mlflow.sklearn", A),
        Fact("imports", "MLflow", B),
        Fact("imports", "pandas", C),
        Fact("flag", at=A, rung=Rung.DECLARED),
        Fact("flag", at=B, rung=Rung.WIRED),
        Fact("share", 0.35, C),
        Fact("broken", GONE, C),
        Fact("half", at=A),
        Fact("half", GONE, C),
        Fact("number", 3, A),
        Fact("number", GONE, C),
    )
)
T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE


def judge(condition: Condition) -> Judgement:
    return Judge(SEEN, {"a.py": "x = 1\nprint(y)\n", "big.py": GONE}).judge(condition)


@pytest.mark.parametrize(
    ("test", "truth", "at"),
    [
        (FactTest("imports", names=("mlflow",)), T, (B,)),
        (FactTest("imports", names=("mlflow",), globs=("mlflow.*",)), T, (A, B)),
        (FactTest("imports", names=("torch",)), F, ()),
        (FactTest("imports", paths=("c.py",)), T, (C,)),
        (FactTest("imports", at_least=3), T, (A, B, C)),
        (FactTest("imports", at_least=4), F, (A, B, C)),
        (FactTest("flag", at_most=1), F, (B, A)),
        (FactTest("flag", equals=2), T, (B, A)),
        (FactTest("flag", rung=Rung.WIRED), T, (B,)),
        (FactTest("flag", rung=Rung.OBSERVED), F, (B, A)),
        (FactTest("share", at_least=0.35), T, (C,)),
        (FactTest("share", at_least=0.1, at_most=0.3), F, (C,)),
        (FactTest("nothing"), F, ()),
        (FactTest("nothing", at_most=0), T, ()),
        (FactTest("half"), T, (A,)),
        (FactTest("half", at_most=0), F, (A,)),
        (FactTest("half", at_least=2), U, ()),
        (FactTest("half", equals=1), U, ()),
        (FactTest("broken"), U, ()),
        (FactTest("broken", at_most=0), U, ()),
        (FactTest("broken", paths=("a.py",)), F, ()),
        (FactTest("number", at_least=3), T, (A,)),
        (FactTest("number", at_least=4), U, ()),
        (FactTest("number", at_most=3), U, ()),
        (FactTest("number", at_most=2), U, ()),
    ],
)
def test_a_fact_is_compared(test: FactTest, truth: Truth, at: tuple[Location, ...]) -> None:
    judged = judge(test)

    assert (judged.truth, judged.at) == (truth, at)


def test_what_could_not_be_read_is_the_reason() -> None:
    assert judge(FactTest("broken")) == Judgement(U, reasons=("c.py is over the limit",))


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (TextTest("print", ("*.py",)), Judgement(T, (Location("a.py", 2, note="matches the pattern"),))),
        (TextTest("torch", ("*.py",)), Judgement(U, reasons=("big.py is over the limit",))),
        (TextTest("torch", ("a.*",)), Judgement(F)),
    ],
)
def test_text_is_searched(test: TextTest, expected: Judgement) -> None:
    assert judge(test) == expected


def test_lines_are_right_after_letters_of_several_bytes_and_broken_ones() -> None:
    text = "héé\n\ud800\nneedle\n"

    assert Judge(Evidence(), {"a": text}).judge(TextTest("needle", ("a",))).at[0].line == 3


def test_what_decided_is_kept_in_bounds() -> None:
    many = Evidence(tuple(Fact("x", at=Location("a.py", line)) for line in range(1, 100)))

    assert len(Judge(many, {}).judge(FactTest("x")).at) == LOCATIONS_KEPT


def test_all_shows_every_part_and_any_those_that_hold() -> None:
    parts = (FactTest("half"), FactTest("nothing"), FactTest("imports", names=("pandas",)))

    assert judge(AnyOf(parts)) == Judgement(T, (A, C))
    assert judge(AllOf((parts[0], parts[2]))) == Judgement(T, (A, C))


def test_a_failed_not_shows_what_is_there() -> None:
    assert judge(Not(FactTest("half"))) == Judgement(F, (A,))


def test_a_condition_gives_its_tests() -> None:
    fact, text = FactTest("x"), TextTest("a", ("*.md",))
    condition = AnyOf((Not(fact), AllOf((text, fact))))

    assert list(leaves(condition)) == [fact, text, fact]
    assert list(fact_tests(condition)) == [fact, fact]


def test_conditions_read_as_phrases() -> None:
    condition = AllOf(
        (
            AnyOf((FactTest("a"), Not(FactTest("b", rung=Rung.WIRED, paths=("src/",))))),
            FactTest("c", names=tuple("wxyz"), at_least=2),
            TextTest("seed", ("*.py",)),
        )
    )

    assert describe(condition) == (
        "(a or not b at least wired in src/) and c ≥ 2 among w, x, y and 1 more and text like seed in *.py"
    )


_facts = st.builds(
    Fact,
    st.sampled_from("ab"),
    st.sampled_from([True, GONE]),
    st.builds(Location, st.sampled_from(["a.py", "b.py"]), st.integers(1, 3)),
    st.sampled_from(Rung),
)
_tests = st.builds(
    FactTest,
    st.sampled_from("ab"),
    paths=st.sampled_from([(), ("a.py",)]),
    rung=st.none() | st.sampled_from(Rung),
    at_least=st.none() | st.integers(0, 4),
)
_evidence = st.lists(_facts, max_size=6).map(lambda facts: Evidence(tuple(facts)))


def _conditions(leaf: st.SearchStrategy[Condition], *, negated: bool) -> st.SearchStrategy[Condition]:
    def joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        made = parts.map(AllOf) | parts.map(AnyOf)
        return made | inner.map(Not) if negated else made

    return st.recursive(leaf, joined, max_leaves=6)


_any_condition = _conditions(_tests | _tests.map(lambda t: replace(t, at_least=None, at_most=1)), negated=True)
_growing = _conditions(_tests, negated=False)


def _truth(condition: Condition, evidence: Evidence) -> Truth:
    return Judge(evidence, {}).judge(condition).truth


@given(_any_condition, _any_condition, _evidence)
def test_kleenes_laws_hold(p: Condition, q: Condition, evidence: Evidence) -> None:
    def same(left: Condition, right: Condition) -> bool:
        return _truth(left, evidence) is _truth(right, evidence)

    assert same(Not(Not(p)), p)
    assert same(AllOf((p, q)), AllOf((q, p)))
    assert same(Not(AllOf((p, q))), AnyOf((Not(p), Not(q))))
    assert same(AllOf((p, AnyOf((p, q)))), p)


@given(_growing, _evidence, _facts)
def test_seeing_more_never_undoes_what_holds(condition: Condition, evidence: Evidence, more: Fact) -> None:
    before = _truth(condition, evidence)

    assert before is not T or _truth(condition, Evidence((*evidence.facts, more))) is T


@given(_any_condition, _evidence, st.lists(_facts, max_size=3))
def test_what_is_decided_stays_so_when_the_undecided_is_read(
    condition: Condition, evidence: Evidence, read: list[Fact]
) -> None:
    gone = tuple(Fact(name, GONE) for name in "ab")
    decided = tuple(f for f in (*evidence.facts, *read) if f.value is True)
    before = _truth(condition, Evidence((*evidence.facts, *gone)))

    assert before is U or _truth(condition, Evidence(decided)) is before


@given(_any_condition, _evidence)
def test_the_order_of_facts_is_irrelevant(condition: Condition, evidence: Evidence) -> None:
    assert _truth(condition, evidence) is _truth(condition, Evidence(evidence.facts[::-1]))
