from pathlib import Path

import pytest

from portfolio_audit.engine.load import load_vocabulary
from portfolio_audit.errors import RuleError
from portfolio_audit.model.vocabulary import Area, Metric, Purpose, StockDataset, Tool, Vocabulary
from rule_folder import TOOLS

REST = """\
headings:
  results: [Results, Ergebnisse]
metrics:
  - {name: MAE, aliases: [Mean Absolute Error], higher_is_better: false}
datasets:
  - {name: Iris, words: [Iris], files: [iris.csv]}
areas:
  - {id: vision, title: Vision, imports: [torchvision], words: [Images], purposes: [monitoring]}
distributions: {sklearn: scikit-learn}
words: {limit: cannot}
"""
PURPOSES = "purposes: {panels: {means: shows pages, cues: [imports, urls]}}\n"


def write(folder: Path, *texts: str) -> Path:
    (folder / "vocabulary").mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / "vocabulary" / f"{number}.yaml").write_text(text)
    return folder


def joined(tmp_path: Path, shipped: str, mine: str) -> Vocabulary:
    return load_vocabulary((write(tmp_path / "a", shipped), write(tmp_path / "b", mine)))


def test_files_are_merged(tmp_path: Path) -> None:
    folder = write(tmp_path, TOOLS, REST, "headings: {results: [Findings], limits: [Limits]}")

    assert load_vocabulary((folder,)) == Vocabulary(
        purposes={
            "monitoring": Purpose("monitoring", "watches", ("imports", "distributions")),
            "hosting": Purpose("hosting", "hosts", ("files", "urls")),
        },
        tools=(
            Tool("Drifter", ("monitoring",), "https://e.org", imports=("drifter",), distributions=("drift-er",)),
            Tool("Plain", ("hosting",), "https://e.org", files=("plain.toml",)),
        ),
        headings={"results": ("results", "ergebnisse", "findings"), "limits": ("limits",)},
        metrics=(Metric("mae", ("mean absolute error",), higher_is_better=False),),
        datasets=(StockDataset("Iris", ("iris",), ("iris.csv",)),),
        areas=(Area("vision", "Vision", ("torchvision",), ("images",), ("monitoring",)),),
        distributions={"sklearn": "scikit-learn", "drifter": "drift-er"},
        words={"limit": ("cannot",)},
    )


def test_a_list_can_be_one_text_with_commas(tmp_path: Path) -> None:
    text = """\
tools:
  - name: A
    purposes: panels
    source: s
    imports:
      a, b.c,
      d
    urls: "*.e, f"
"""

    assert load_vocabulary((write(tmp_path, PURPOSES, text),)).tools == (
        Tool("A", ("panels",), "s", imports=("a", "b.c", "d"), urls=("*.e", "f")),
    )


def test_a_purpose_may_stand_in_a_later_file(tmp_path: Path) -> None:
    tool = "tools: [{name: A, purposes: [panels], source: x, urls: [a]}]"

    assert load_vocabulary((write(tmp_path, tool, PURPOSES),)).serving("panels")[0].urls == ("a",)


def test_a_later_folder_replaces_by_name(tmp_path: Path) -> None:
    mine = "tools: [{name: Plain, purposes: [hosting], source: mine, urls: [plain.example]}]"

    assert [(t.name, t.source) for t in joined(tmp_path, TOOLS, mine).tools] == [
        ("Drifter", "https://e.org"),
        ("Plain", "mine"),
    ]


def test_a_later_folder_extends_by_name(tmp_path: Path) -> None:
    mine = """\
tools: [{name: Plain, extends: true, files: plain.json, purposes: hosting, urls: plain.example}]
metrics: [{name: MAE, extends: true, aliases: absolute error}]
datasets: [{name: Iris, extends: true, words: irises}]
areas: [{id: vision, extends: true, words: pictures}]
headings: {results: findings}
"""
    made = joined(tmp_path, TOOLS + REST, mine)

    assert made.tools[1] == Tool(
        "Plain", ("hosting",), "https://e.org", files=("plain.toml", "plain.json"), urls=("plain.example",)
    )
    assert made.metrics == (Metric("mae", ("mean absolute error", "absolute error"), higher_is_better=False),)
    assert made.datasets == (StockDataset("Iris", ("iris", "irises"), ("iris.csv",)),)
    assert made.areas == (Area("vision", "Vision", ("torchvision",), ("images", "pictures"), ("monitoring",)),)
    assert made.headings["results"] == ("results", "ergebnisse", "findings")


def test_a_later_folder_lets_facts_look_at_one_more_cue(tmp_path: Path) -> None:
    wider = "purposes: {panels: {means: pages, cues: files}}"
    mine = f"{wider}\ntools: [{{name: B, purposes: panels, source: x, files: b.toml}}]"

    assert joined(tmp_path, PURPOSES, mine).tools == (Tool("B", ("panels",), "x", files=("b.toml",)),)


def test_the_distributions_of_a_tool_give_its_modules_besides_those_that_are_written(tmp_path: Path) -> None:
    tools = """\
tools:
  - {name: A, purposes: panels, source: x, imports: "one, two.part, own", distributions: "One_A, one-b"}
distributions: {own: mine}
"""
    cues = 'purposes: {panels: {means: pages, cues: "imports, distributions"}}'

    assert load_vocabulary((write(tmp_path, cues, tools),)).distributions == {
        "own": "mine one-a one-b",
        "one": "one-a one-b",
    }


MISTAKES = {
    "tool: []": "1: a vocabulary file has no key 'tool'. Did you mean 'tools'?",
    "tools: {}": "1: 'tools' must be a list, not a mapping.",
    "tools: [{name: A, purposes: [panels], source: x}]": "needs at least one of: imports, distributions",
    "tools: [{name: A, purposes: [], source: x, urls: [a]}]": "needs at least one purpose",
    "tools: [{name: A, purpose: [panels], source: x}]": "a tool has no key 'purpose'. Did you mean 'purposes'?",
    "tools: [{name: A, purposes: [panels], source: x, urls: [1]}]": "an item of 'urls' must be text, not '1'.",
    "tools: [{name: A, purposes: [pannel], source: x, urls: [a]}]": "'pannel' is not known. Did you mean 'panels'?",
    "tools: [{name: A, purposes: panels, source: x, files: a}]": "nothing looks at the files of a tool for panels, "
    "only at: imports, urls.",
    "tools: [{name: A, extends: true, urls: a}]": "there is no 'A' to extend.",
    "areas: [{id: a, title: A, imports: a, words: a, purposes: other}]": "the purpose 'other' is not known.",
    "purposes: {b: {means: b, cues: [import]}}": "the cue 'import' is not known. Did you mean 'imports'?",
    "purposes: {b: {means: b, cues: urls, tools: a}}": "the purpose 'b' has no key 'tools'.",
    "metrics: [{name: a, aliases: [], higher_is_better: yes}]": "must be true or false, not 'yes'",
    "distributions: {a: [b]}": "'a' must be text, not a list.",
    "- a": "a vocabulary file must be a mapping, not a list.",
    "a: 1\n---\nb: 2": "holds 2 YAML documents; one is needed.",
    "a: 1\na: 2": "says 'a' twice.",
    "tools: [&a {name: A, purposes: [panels], source: x, urls: [a]}, *a]": "the tool 'A' is already defined at vocab",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(RuleError) as error:
        load_vocabulary((write(tmp_path / "vocab", PURPOSES, text),))

    assert MISTAKES[text] in str(error.value)
    assert "vocab/vocabulary/1.yaml" in str(error.value)


def test_the_place_of_a_mistake_is_told(tmp_path: Path) -> None:
    text = "tools:\n  - name: A\n    purposes: pannels\n    source: x\n    urls: a\n"

    with pytest.raises(
        RuleError, match=r"mine/vocabulary/0.yaml:3: the purpose 'pannels' is not known. Did you mean 'panels'"
    ):
        load_vocabulary((write(tmp_path / "shipped", PURPOSES), write(tmp_path / "mine", text)))


def test_commands_are_found_by_their_program() -> None:
    push, plan = Tool("push", ("delivery",), "", commands=("docker push", "podman push")), Tool("ls", (), "")
    vocabulary = Vocabulary(tools=(push, plan))
    assert vocabulary.run_by("docker") == [("docker push", push)]
    assert vocabulary.run_by("dock") == ()
