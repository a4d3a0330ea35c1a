"""The guide to the vocabulary: what it shows loads, works and is complete."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import snapshot_of
from portfolio_audit.defaults import load_knowledge
from portfolio_audit.errors import RuleError
from portfolio_audit.evidence import environment, versioning
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Fact, Rung
from portfolio_audit.model.vocabulary import CUES, Vocabulary

PAGE = (Path(__file__).parents[1] / "docs" / "extending-vocabulary.md").read_text(encoding="utf-8")
TOOL, CONFIGURATION, OWN_PURPOSE, CONDITION, EXTENSION, OTHER_LISTS = (
    re.sub(r"^  (?=\S|  )", "", block, flags=re.MULTILINE) if block.startswith("  ") else block
    for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
)
USED = {
    "train.py": "import runbook\nfrom sklearn.svm import SVC\nSVC().fit(x, y)\nrunbook.log_metric('f1', 0.9)\n",
    "requirements.txt": "runbook-client==1\nscikit-learn==1\n",
}


def with_folder(base: Path, text: str) -> Vocabulary:
    (base / "vocabulary").mkdir()
    (base / "vocabulary" / "company.yaml").write_text(text)
    return load_knowledge((base,))[1]


def tracked(vocabulary: Vocabulary, files: Mapping[str, str]) -> list[Fact]:
    facts = versioning.extract(Documents(snapshot_of(files), vocabulary))
    return [fact for fact in facts if fact.id == "versioning.experiments"]


def test_the_tool_of_the_page_is_seen_at_work(tmp_path: Path, vocabulary: Vocabulary) -> None:
    mine = with_folder(tmp_path, TOOL)

    assert [(f.rung, str(f.at)) for f in tracked(mine, USED)] == [(Rung.WIRED, "train.py:4")]
    assert tracked(vocabulary, USED) == []


def test_the_tool_of_the_page_is_shown_when_it_is_only_declared(tmp_path: Path) -> None:
    files = {"requirements.txt": USED["requirements.txt"]}

    assert [(f.rung, f.at.note) for f in tracked(with_folder(tmp_path, TOOL), files)] == [
        (Rung.DECLARED, "declares runbook-client, and nothing logs to Notebook of Runs")
    ]


def test_the_distribution_of_the_page_gives_the_module(tmp_path: Path, vocabulary: Vocabulary) -> None:
    def undeclared_by(known: Vocabulary) -> list[object]:
        facts = environment.extract(Documents(snapshot_of(USED), known))
        return [fact.value for fact in facts if fact.id == "environment.undeclared"]

    assert undeclared_by(with_folder(tmp_path, TOOL)) == []
    assert undeclared_by(vocabulary) == ["runbook"]


@pytest.mark.parametrize("text", [OWN_PURPOSE, EXTENSION, OTHER_LISTS])
def test_the_other_examples_load(tmp_path: Path, text: str) -> None:
    with_folder(tmp_path, text)


def test_an_extension_keeps_what_is_there(tmp_path: Path, vocabulary: Vocabulary) -> None:
    shipped, made = (
        next(t for t in known.tools if t.name == "MLflow") for known in (vocabulary, with_folder(tmp_path, EXTENSION))
    )

    assert made.imports == (*shipped.imports, "company_mlflow")
    assert (made.source, made.images) == (shipped.source, shipped.images)


def test_the_mistake_of_the_page_is_told_in_its_words(tmp_path: Path) -> None:
    folder = tmp_path / "my-rules"
    folder.mkdir()
    told = re.search(r"^my-rules/.*$", PAGE, re.MULTILINE)

    with pytest.raises(RuleError) as error:
        with_folder(folder, TOOL.replace("tracking", "traking"))

    assert told is not None
    assert told[0] == str(error.value)


def test_every_purpose_and_cue_is_explained(vocabulary: Vocabulary) -> None:
    rows = [f"| `{p.id}` | {p.means} | {', '.join(p.cues)} |" for p in vocabulary.purposes.values()]

    assert [row for row in rows if row not in PAGE] == []
    assert [cue for cue in CUES if f"| `{cue}` |" not in PAGE] == []
    assert [role for role in vocabulary.headings if f"`{role}`" not in PAGE] == []
