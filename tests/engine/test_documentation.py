import re
from pathlib import Path

from portfolio_audit.cases import find_files, load_cases
from portfolio_audit.engine import rules
from portfolio_audit.engine.load import load_ruleset
from portfolio_audit.engine.syntax import KEYS
from rule_folder import FACTS, folder

PAGE = (Path(__file__).parents[2] / "docs" / "writing-rules.md").read_text(encoding="utf-8")
*_, RULE, CASES, VOCABULARY = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_rule_and_vocabulary_of_the_page_load(tmp_path: Path) -> None:
    files = {"reproducibility/unpinned-environment.yaml": RULE, "vocabulary/more.yaml": VOCABULARY}

    loaded = load_ruleset((folder(tmp_path, files),), facts=FACTS)

    assert [rule.id for rule in loaded.rules] == ["unpinned-environment"]
    assert loaded.rules[0].errs.startswith("Versions that stand only in a README")


def test_the_cases_of_the_page_load(tmp_path: Path) -> None:
    (tmp_path / "unpinned-environment.yaml").write_text(CASES)

    assert len(load_cases(find_files(tmp_path)[0])) == 2


def test_every_key_is_explained() -> None:
    assert [key for key in (*rules.KEYS, *KEYS) if f"`{key}" not in PAGE and key != "scope"] == []
