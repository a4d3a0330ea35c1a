import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from portfolio_audit.engine.load import load_ruleset, load_vocabulary
from portfolio_audit.engine.locate import shipped
from portfolio_audit.engine.schema import rule_schema, schema_text
from portfolio_audit.evidence import fact_specs
from portfolio_audit.evidence.profile import fact_specs as profile_fact_specs
from portfolio_audit.model.vocabulary import Vocabulary
from rule_folder import RULE, load

COMMITTED = Path(__file__).parents[2] / "docs" / "rule.schema.json"


def test_the_committed_schema_is_current(vocabulary: Vocabulary) -> None:
    facts = {**fact_specs(), **profile_fact_specs()}
    ruleset = load_ruleset((shipped("rules"),), facts=facts, vocabulary=vocabulary)

    assert COMMITTED.read_text(encoding="utf-8") == schema_text(rule_schema(ruleset, vocabulary)), "run: make docs"


@pytest.fixture
def validator(tmp_path: Path) -> Draft202012Validator:
    ruleset = load(tmp_path, RULE)
    schema = json.loads(schema_text(rule_schema(ruleset, load_vocabulary((tmp_path,)))))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


MORE = """\
applies: {kind: [tool], when: {not: {imports: {purpose: monitoring}}}}
at: [readme.exists]
partial_share: 0.3
sources: ["https://example.org"]
"""


@pytest.mark.parametrize("text", [RULE, RULE + MORE, RULE + "part: api\nscope: repository\n"])
def test_a_good_rule_is_accepted(validator: Draft202012Validator, text: str) -> None:
    validator.validate(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("title:", "titel:"),
        ("severity: high", "severity: hgh"),
        ("points: 6", "points: 0"),
        ("fact: environment.lockfile", "fact: environment.lockfil"),
        ("at_least: 0.95", "at_lest: 0.95"),
        ("full:\n  any:", "full:\n  any: []\n  all:"),
        ("partial: {fact: environment.dependencies}", "partial_share: 0.4"),
        ("effort: 15m", "effort: 15min"),
    ],
)
def test_a_mistake_is_seen_in_the_editor(validator: Draft202012Validator, right: str, wrong: str) -> None:
    assert not validator.is_valid(yaml.safe_load(RULE.replace(right, wrong, 1)))
