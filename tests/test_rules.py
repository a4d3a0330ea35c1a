"""Every shipped rule against its cases, and every rule against what a rule must have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portfolio_audit import evidence
from portfolio_audit.cases import Case, find_files, load_cases, run_case
from portfolio_audit.defaults import all_facts
from portfolio_audit.engine.files import RuleFile
from portfolio_audit.engine.load import load_ruleset
from portfolio_audit.engine.locate import shipped
from portfolio_audit.errors import RuleError
from portfolio_audit.evidence import profile
from portfolio_audit.model.fact import FactType
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import Rule, Ruleset, Scope
from portfolio_audit.model.vocabulary import Vocabulary

SENTENCE_END = re.compile(r"[.](?=\s|$)")
CASE_FILES = find_files(Path(__file__).parent / "rules")
COUNTED = re.compile(r"\{([\w.]+)\} (?!of )[a-z]")
RULE_FILES = tuple(f for f in find_files(shipped("rules")) if f.group not in {"", "vocabulary"})


def _cases(file: RuleFile) -> tuple[Case, ...]:
    """The cases of a file; none if it cannot be loaded, which a test of its own tells."""
    try:
        return load_cases(file)
    except RuleError:
        return ()


CASES = tuple(case for file in CASE_FILES for case in _cases(file))
BY_RULE = {file.path.stem: _cases(file) for file in CASE_FILES}


@pytest.fixture(scope="session")
def ruleset(vocabulary: Vocabulary) -> Ruleset:
    facts = {**evidence.fact_specs(), **profile.fact_specs()}
    return load_ruleset((shipped("rules"),), facts=facts, vocabulary=vocabulary)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_rule_says_what_its_case_expects(case: Case, ruleset: Ruleset, vocabulary: Vocabulary) -> None:
    outcome = run_case(case, ruleset, vocabulary)

    assert not outcome.differences, f"{case.defined}: {'; '.join(outcome.differences)}"


@pytest.mark.parametrize("file", [pytest.param(file, id=file.path.stem) for file in CASE_FILES])
def test_case_file_loads_and_belongs_to_a_rule(file: RuleFile) -> None:
    assert load_cases(file)
    assert (file.group, file.path.stem) in {(rule.group, rule.path.stem) for rule in RULE_FILES}


@pytest.mark.parametrize("file", [pytest.param(file, id=file.path.stem) for file in RULE_FILES])
def test_rule_has_the_cases_it_needs(file: RuleFile, ruleset: Ruleset) -> None:
    rule = ruleset.rule(file.path.stem)

    assert rule is not None
    assert not _missing_cases(rule, BY_RULE.get(rule.id, ()))


def test_every_rule_says_where_it_errs_in_one_to_three_sentences(ruleset: Ruleset) -> None:
    sentences = {rule.id: len(SENTENCE_END.findall(rule.errs)) for rule in ruleset.rules}

    assert [rule_id for rule_id, count in sentences.items() if not 1 <= count <= 3] == [], "see docs/writing-rules.md"


def _missing_cases(rule: Rule, cases: tuple[Case, ...]) -> set[Outcome]:
    """The outcomes that no case of the rule shows; a failing one must say where, a profile one need not."""
    wanted = {Outcome.PASS, Outcome.FAIL}
    wanted |= {Outcome.PARTIAL} if rule.partial else set()
    wanted |= {Outcome.NOT_APPLICABLE} if rule.kinds or rule.when else set()
    placed = rule.scope is Scope.REPOSITORY
    return wanted - {c.expect.outcome for c in cases if c.expect.at or not placed or c.expect.outcome != Outcome.FAIL}


@pytest.mark.parametrize("file", [pytest.param(file, id=file.path.stem) for file in RULE_FILES])
def test_messages_read_right_for_one(file: RuleFile, ruleset: Ruleset) -> None:
    """A count stands behind what is counted ("Places: 1"), since "1 places" is what nouns behind it come to."""
    rule, specs = ruleset.rule(file.path.stem), all_facts()
    assert rule is not None
    counts = [m[1] for m in COUNTED.finditer(rule.message) if specs[m[1]].type is not FactType.NAMES]
    assert [fact for fact in counts if specs[fact].unit != "share"] == []


def test_every_part_and_criterion_has_a_rule(ruleset: Ruleset) -> None:
    judged = {(rule.criterion, rule.part) for rule in ruleset.rules}

    assert judged == {(c.id, part) for c in ruleset.criteria for part in (c.parts or ("",))}


def test_weights_of_a_scope_make_a_hundred(ruleset: Ruleset) -> None:
    totals = {scope: sum(c.weight for c in ruleset.criteria if c.scope is scope) for scope in Scope}

    assert totals == {Scope.REPOSITORY: 100, Scope.PROFILE: 100}
