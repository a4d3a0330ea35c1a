import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from portfolio_audit.engine.load import load_vocabulary
from portfolio_audit.engine.schema import rule_schema, schema_text
from rule_folder import RULE, load


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
