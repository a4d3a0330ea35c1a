"""The pieces that documentation pages are made of, on knowledge of our own."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from benchmarks.docs.conditions import bullets
from benchmarks.docs.examples import chosen, example
from benchmarks.docs.extractors import Extractor
from benchmarks.docs.knowledge import Knowledge, facts_of
from benchmarks.docs.markdown import anchor, code, escaped, fence, listed, prose, table
from benchmarks.docs.notebooks import notebook_in_words

from judgement import rule, ruleset
from portfolio_audit.cases import Case, CaseRepository, Expectation
from portfolio_audit.model.fact import FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import AllOf, AnyOf, Condition, FactTest, Not, Rule, TextTest
from portfolio_audit.model.snapshot import Metadata, Snapshot, TreeEntry, Unavailable
from portfolio_audit.model.vocabulary import Tool, Vocabulary

SPECS = (
    FactSpec("a.flag", FactType.FLAG, "It is there.", ladder=True),
    FactSpec("a.names", FactType.NAMES, "Names."),
    FactSpec("a.share", FactType.NUMBER, "A share.", "share"),
    FactSpec("repository.files", FactType.NAMES, "Files."),
)
VOCABULARY = Vocabulary((Tool("Plain", ("hosting",), "https://e.org", files=("plain.toml",)),))


def knowledge(rules: Iterable[Rule] = ()) -> Knowledge:
    frame = ruleset(facts={spec.id: spec for spec in SPECS}, rules=tuple(rules))
    return Knowledge(frame, VOCABULARY, {}, (Extractor("one", "Sees.", SPECS),))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (FactTest("a.flag"), "[`a.flag`](../facts/one.md#aflag) is seen"),
        (FactTest("a.flag", rung=Rung.WIRED), "[`a.flag`](../facts/one.md#aflag) is seen, at least *wired*"),
        (FactTest("a.flag", at_least=2), "[`a.flag`](../facts/one.md#aflag) is seen at least in 2 places"),
        (FactTest("a.names"), "[`a.names`](../facts/one.md#anames) names something"),
        (FactTest("a.names", ("x", "y")), "[`a.names`](../facts/one.md#anames) names `x` or `y`"),
        (
            FactTest("a.names", ("x", "y"), at_least=2),
            "[`a.names`](../facts/one.md#anames) names at least 2 of `x` or `y`",
        ),
        (FactTest("a.share", at_least=0.5), "[`a.share`](../facts/one.md#ashare) is at least 50%"),
        (FactTest("a.flag", paths=("src/",)), "[`a.flag`](../facts/one.md#aflag) is seen, in `src/`"),
        (TextTest("x|y", ("*.md",)), "text like `x\\|y` in `*.md`"),
    ],
)
def test_a_condition_is_told_in_words(condition: Condition, words: str) -> None:
    assert list(bullets(condition, knowledge())) == [f"- {words}"]


def test_joined_conditions_are_nested() -> None:
    flag = FactTest("a.flag")
    told = [line.partition("[")[0] for line in bullets(AnyOf((flag, AllOf((flag, Not(flag))))), knowledge())]
    assert told == ["- at least one of these:", "  - ", "  - all of these:", "    - ", "    - **not:** "]


def test_names_that_a_purpose_gives_are_told_as_the_purpose() -> None:
    told = "".join(bullets(FactTest("repository.files", globs=("plain.toml",)), knowledge()))
    assert told.endswith("names what is known of tools for [hosting](../vocabulary/tools.md#hosting)")


def test_facts_of_a_rule_are_those_it_names_once() -> None:
    assert facts_of(rule("x")) == ("x",)


def test_a_rule_is_worth_its_share_of_its_criterion() -> None:
    known = knowledge((rule("a", points=6), rule("b", points=2), rule("c", "depth", 1, part="api")))
    assert [round(known.share(r), 2) for r in known.ruleset.rules] == [15.0, 5.0, 17.5]


SNAPSHOT = Snapshot(
    "tides",
    metadata=Metadata(description="", topics=("sea",), pinned=True),
    tree=(TreeEntry("src/a.py", 9), TreeEntry("README.md", 7), TreeEntry("big.csv", 5_000), TreeEntry("b.md", 1)),
    texts={"README.md": "# Tides", "src/a.py": "x = 1\n", "b.md": Unavailable("is not UTF-8")},
)


def case(outcome: Outcome, *, name: str = "n", marked: bool = False, person: Profile | None = None) -> Case:
    return Case(
        "r", name, Location("c.yaml", 1), Expectation(outcome), (CaseRepository(SNAPSHOT),), person, example=marked
    )


def test_an_example_shows_the_tree_the_files_and_the_verdict() -> None:
    asked = rule("r")
    known = knowledge((asked,))
    shown = "\n".join(example(case(Outcome.FAIL, name="water only"), asked, known))
    assert shown.startswith("*Water only.*\n\nOn GitHub: no description; topics `sea`; pinned.\n\n```text\nREADME.md\n")
    assert "b.md  (is not UTF-8)\nbig.csv  (5,000 bytes)\nsrc/\n  a.py\n```" in shown
    assert "`src/a.py`\n\n```python\nx = 1\n```" in shown
    assert "**Fail**, 0 of 4 points" in shown


def test_long_files_are_cut() -> None:
    long = Snapshot("x", tree=(TreeEntry("a.py", 9),), texts={"a.py": "\n".join(["y" * 200] * 60)})
    cut = Case("r", "n", Location("c.yaml", 1), Expectation(Outcome.FAIL), (CaseRepository(long),))
    shown = list(example(cut, rule("r"), knowledge((rule("r"),))))
    assert f"{'y' * 110} …" in shown
    assert "… 36 more lines" in shown


def test_a_marked_case_is_chosen_before_the_first() -> None:
    cases = [case(Outcome.FAIL, name="first"), case(Outcome.FAIL, name="best", marked=True), case(Outcome.PASS)]
    assert [c and c.name for c in (chosen(cases, [Outcome.FAIL]), chosen(cases[:1], [Outcome.FAIL]))] == [
        "best",
        "first",
    ]
    assert chosen(cases, [Outcome.UNKNOWN]) is None


NOTEBOOK = """{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "# Tides"}, {"cell_type": "code", "source":
"a = 1\\nb", "execution_count": 2, "outputs": [{"output_type": "stream", "text": "7"},
{"output_type": "error", "ename": "NameError", "evalue": "b"}]}]}"""


def test_a_notebook_is_shown_as_its_reader_sees_it() -> None:
    told = list(notebook_in_words(NOTEBOOK))
    assert told[:4] == ["# Tides", "In [2]: a = 1", "        b", "        → 7"]
    assert "NameError" in told[4]
    assert list(notebook_in_words("no {JSON\n")) == ["no {JSON"]


def test_markdown_means_nothing_but_itself() -> None:
    assert escaped("a*b  <c>\n|d|") == r"a\*b \<c\> \|d\|"
    assert prose("run `a*b` *now*") == r"run `a*b` \*now\*"
    assert prose("one ` alone") == r"one \` alone"
    assert code("a`b|c") == r"``a`b\|c``"


def test_a_fence_is_longer_than_any_within() -> None:
    assert list(fence("```\nx\n```", "markdown")) == ["````markdown", "```", "x", "```", "````"]


def test_small_pieces() -> None:
    assert anchor("`environment.pinned_share`") == "environmentpinned_share"
    assert (listed(["a"]), listed(["a", "b", "c"], "or")) == ("a", "a, b or c")
    assert list(table(("x", "y"), [("1", "2")])) == ["| x | y |", "|---|---|", "| 1 | 2 |"]
