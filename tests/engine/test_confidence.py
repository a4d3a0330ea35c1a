"""What was measured of rules is read, and only for rules that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from judgement import rule
from portfolio_audit.defaults import load_knowledge
from portfolio_audit.engine.confidence import with_confidence
from portfolio_audit.engine.files import read_text
from portfolio_audit.errors import RuleError
from portfolio_audit.model.rule import Measured, Rule
from rule_folder import RULE

RULES = {"absolute-paths": rule("absolute-paths"), "missing-tests": rule("missing-tests")}


def read(text: str) -> dict[str, Rule]:
    return with_confidence(RULES, *read_text(text, "rules/confidence.yaml"))


def test_counts_are_given_to_their_rules() -> None:
    found = read("missing-tests: {pass: {right: 9, of: 10}, fail: {right: 0, of: 3}}\n")
    assert found["missing-tests"].measured == (Measured("pass", 9, 10), Measured("fail", 0, 3))
    assert found["absolute-paths"] is RULES["absolute-paths"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("missing-test: {}", "has no key 'missing-test'. Did you mean 'missing-tests'?"),
        ("missing-tests: {unknown: {right: 1, of: 1}}", "has no key 'unknown'"),
        ("missing-tests: {pass: {right: 3, of: 2}}", "'right' must be 0 to 2, not 3."),
        ("missing-tests: {pass: {right: 3}}", "needs the key 'of'"),
        ("- missing-tests", "must be a mapping"),
    ],
)
def test_what_cannot_have_been_measured_is_refused(text: str, said: str) -> None:
    with pytest.raises(RuleError) as error:
        read(text)
    assert said in str(error.value)
    assert "rules/confidence.yaml:1" in str(error.value)


def test_a_rule_of_the_user_has_not_been_measured(tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "reproducibility"
    folder.mkdir(parents=True)
    (folder / "unpinned-environment.yaml").write_text(RULE)
    shipped, mine = load_knowledge()[0], load_knowledge((tmp_path / "mine",))[0]
    found = [ruleset.rule("unpinned-environment") for ruleset in (shipped, mine)]
    assert [bool(one and one.measured) for one in found] == [True, False]
