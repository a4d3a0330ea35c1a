from pathlib import Path

import pytest

from portfolio_audit.engine.load import load_vocabulary
from portfolio_audit.errors import RuleError
from portfolio_audit.model.vocabulary import Area, Metric, StockDataset, Tool, Vocabulary
from rule_folder import TOOLS

REST = """\
headings:
  results: [Results, Ergebnisse]
metrics:
  - {name: MAE, aliases: [Mean Absolute Error], higher_is_better: false}
datasets:
  - {name: Iris, words: [Iris], files: [iris.csv]}
areas:
  - {id: vision, title: Vision, imports: [torchvision], words: [Images]}
distributions: {sklearn: scikit-learn}
"""


def write(folder: Path, *texts: str) -> Path:
    (folder / "vocabulary").mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / "vocabulary" / f"{number}.yaml").write_text(text)
    return folder


def test_files_are_merged(tmp_path: Path) -> None:
    folder = write(tmp_path, TOOLS, REST, "headings: {results: [Findings], limits: [Limits]}")

    assert load_vocabulary((folder,)) == Vocabulary(
        tools=(
            Tool("Drifter", ("monitoring",), "https://e.org", imports=("drifter",), distributions=("drift-er",)),
            Tool("Plain", ("hosting",), "https://e.org", files=("plain.toml",)),
        ),
        headings={"results": ("results", "ergebnisse", "findings"), "limits": ("limits",)},
        metrics=(Metric("mae", ("mean absolute error",), higher_is_better=False),),
        datasets=(StockDataset("Iris", ("iris",), ("iris.csv",)),),
        areas=(Area("vision", "Vision", ("torchvision",), ("images",)),),
        distributions={"sklearn": "scikit-learn"},
    )


def test_a_later_folder_replaces_by_name(tmp_path: Path) -> None:
    mine = "tools: [{name: Plain, purposes: [ui], source: mine, urls: [plain.example]}]"
    folders = (write(tmp_path / "a", TOOLS), write(tmp_path / "b", mine))

    assert [(t.name, t.source) for t in load_vocabulary(folders).tools] == [
        ("Drifter", "https://e.org"),
        ("Plain", "mine"),
    ]


MISTAKES = {
    "tool: []": "1: a vocabulary file has no key 'tool'. Did you mean 'tools'?",
    "tools: {}": "1: 'tools' must be a list, not a mapping.",
    "tools: [{name: A, purposes: [ui], source: x}]": "needs at least one of: imports, distributions",
    "tools: [{name: A, purposes: [], source: x, urls: [a]}]": "needs at least one purpose",
    "tools: [{name: A, purpose: [ui], source: x}]": "a tool has no key 'purpose'. Did you mean 'purposes'?",
    "tools: [{name: A, purposes: [ui], source: x, urls: [1]}]": "an item of 'urls' must be text, not '1'.",
    "metrics: [{name: a, aliases: [], higher_is_better: yes}]": "must be true or false, not 'yes'",
    "distributions: {a: [b]}": "'a' must be text, not a list.",
    "- a": "a vocabulary file must be a mapping, not a list.",
    "a: 1\n---\nb: 2": "holds 2 YAML documents; one is needed.",
    "a: 1\na: 2": "says 'a' twice.",
    "tools: [&a {name: A, purposes: [ui], source: x, urls: [a]}, *a]": "the tool 'A' is already defined",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(RuleError) as error:
        load_vocabulary((write(tmp_path, text),))

    assert MISTAKES[text] in str(error.value)


def test_what_is_shipped_names_every_source(vocabulary: Vocabulary) -> None:
    assert [tool.name for tool in vocabulary.tools if not tool.source.startswith("https://")] == []
