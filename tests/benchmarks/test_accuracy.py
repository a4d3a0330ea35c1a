"""The accuracy benchmark on a corpus of its own: what is there, what is not, and what it says of both."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pygit2
import pytest
from benchmarks.accuracy import compare as comparing
from benchmarks.accuracy.__main__ import main
from benchmarks.accuracy.figures import figures
from benchmarks.accuracy.labels import Labelled, part_of, read_labels
from benchmarks.accuracy.mapping import FILE, read_mapping
from benchmarks.accuracy.page import TEXT, page

from portfolio_audit.defaults import default_settings
from repositories import Files, commit

BARE: Files = {"README.md": b"# Notes\n", "a.py": b"import sklearn\n"}
SERVED: Files = {
    "README.md": b"# Churn\n\nWhich customers leave? We fit a model and serve it.\n",
    "Dockerfile": b'FROM python:3.11-slim\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
    "requirements.txt": b"scikit-learn==1.4.0\nfastapi==0.110.0\n",
    "app.py": b"import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('m.pkl')\n\n\n"
    b"@app.post('/predict')\ndef predict(x: float) -> float:\n    return model.predict([[x]])[0]\n",
}
Run = Callable[..., dict[str, Any]]


def place(corpus: Path, name: str, *states: Files, bare: bool = True) -> list[str]:
    """Put a repository where the benchmark looks for it; gives its commits."""
    folder = corpus / name.replace("/", "+") / "repo"
    repository = pygit2.init_repository(str(folder), bare=bare, initial_head="main")
    return [str(commit(repository, files, at=at)) for at, files in enumerate(states)]


def label(repo: str, **said: object) -> dict[str, object]:
    return {"repo": repo, "kind": "ml_project", "overall": 5, "container": 0, "api": 0, **said}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    def run(*rows: object, options: tuple[str, ...] = (), code: int = 0) -> dict[str, Any]:
        labels = tmp_path / "labels.jsonl"
        labels.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
        arguments = ("--labels", str(labels), "--corpus", str(tmp_path), "--format", "json", *options)
        monkeypatch.setattr("sys.argv", ["accuracy", *arguments])
        assert main() == code
        found: dict[str, Any] = json.loads(capsysbinary.readouterr().out)
        return found

    return run


def test_verdicts_are_compared_with_labels(run: Run, tmp_path: Path) -> None:
    place(tmp_path, "ada/served", SERVED)
    place(tmp_path, "bob/notes", BARE, bare=False)
    result = run(label("ada/served", container=1, api=2, overall=8), label("bob/notes", api=1, kind="profile_or_docs"))
    container, api = result["columns"]["container"], result["columns"]["api"]
    assert (result["n"], result["owners"], result["failures"], result["missing"]) == (2, 2, [], [])
    assert (container["kappa"], container["n"], container["confusion"]) == (1.0, 2, [[1, 0, 0], [0, 1, 0], [0, 0, 0]])
    assert (api["any"], api["full"]["recall"]) == ({"precision": 1.0, "recall": 0.5, "f1": 2 / 3}, 1.0)
    assert result["overall"]["spearman"] == pytest.approx(1)
    assert result["overall"]["kendall"] == pytest.approx(1)
    assert result["kind"]["n"] == 2
    assert result["seconds_per_repository"] > 0
    assert result["columns"]["tests"]["n"] == 0
    (cell,) = result["disagreements"]
    assert (cell["repository"], cell["column"], cell["label"], cell["verdict"]) == ("bob/notes", "api", 1, 0)
    assert cell["tool"] == "missing-interface fail"


def test_the_labelled_commit_is_audited_where_it_is_there(run: Run, tmp_path: Path) -> None:
    first, _ = place(tmp_path, "ada/grown", BARE, SERVED)
    at_first = run(label("ada/grown", sha=first))
    elsewhere = run(label("ada/grown", sha="0" * 40))
    assert (at_first["at_another_commit"], at_first["columns"]["container"]["confusion"][0]) == (0, [1, 0, 0])
    assert (elsewhere["at_another_commit"], elsewhere["columns"]["container"]["confusion"][0]) == (1, [0, 1, 0])


def test_what_is_not_there_or_cannot_be_audited_is_named(run: Run, tmp_path: Path) -> None:
    place(tmp_path, "ada/unborn")
    result = run(label("ada/unborn"), label("bob/nowhere"), code=1)
    assert result["missing"] == ["bob/nowhere"]
    assert [failure["repository"] for failure in result["failures"]] == ["ada/unborn"]
    assert result["columns"]["api"]["kappa"] is result["overall"]["spearman"] is result["kind"]["accuracy"] is None


def test_a_crash_is_a_failure_and_the_others_go_on(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place(tmp_path, "ada/served", SERVED)
    monkeypatch.setattr(comparing, "judge_evidence", lambda *_: 1 / 0)
    result = run(label("ada/served"), code=1)
    assert result["failures"] == [{"repository": "ada/served", "why": "ZeroDivisionError: division by zero"}]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 1: is not JSON"),
        ("[1]", 'line 1: names no repository as "repo": "owner/name"'),
        ('{"repo": "a/b/c"}', 'line 1: names no repository as "repo": "owner/name"'),
    ],
)
def test_a_line_that_is_no_label_is_told(run: Run, tmp_path: Path, line: str, problem: str) -> None:
    place(tmp_path, "ada/served", SERVED)
    result = run(line, "", label("ada/served"), label("ada/served"))
    first, second = result["label_problems"]
    assert problem in first
    assert second == "line 4: ada/served stands in the file twice; its first line counts"
    assert result["n"] == 1


def test_labels_that_say_little_are_compared_as_far_as_they_go(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text('{"repo": "Ada/x", "api": null, "run": 3, "env": "2", "data": 2.0, "tests": true, "evidence": []}')
    (row,) = read_labels(file, ("api", "run", "env", "data", "tests")).rows
    assert row == Labelled("Ada/x", "", None, None, {"data": 2}, {})
    assert row.owner == "ada"


def rows(count: int) -> list[Labelled]:
    return [Labelled(f"owner{n // 2}/name{n}", "", None, None, {}, {}) for n in range(count)]


def test_parts_cover_everything_once_and_keep_owners_together() -> None:
    every = rows(60)
    parts = [part_of(every, f"{part}/3") for part in (1, 2, 3)]
    owners = [{row.owner for row in part} for part in parts]
    assert sorted(row.repository for part in parts for row in part) == sorted(row.repository for row in every)
    assert len(set.union(*owners)) == sum(map(len, owners))
    assert part_of(every, "all") == tuple(every)
    assert part_of(every, "tune") == part_of(every, "1/2")
    assert part_of(every, "check") == part_of(every, "2/2")


@pytest.mark.parametrize("split", ["", "half", "0/2", "3/2", "1/x", "-1/2"])
def test_a_part_that_there_cannot_be_is_refused(split: str) -> None:
    with pytest.raises(ValueError, match="neither all, tune, check nor K/N"):
        part_of(rows(2), split)


RULES = [rule.id for rule in default_settings().ruleset.rules]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns: 1\nkinds: {}\n", "needs the mappings"),
        ("columns: {api: 3}\nkinds: {}\n", "column api needs"),
        ("columns: {api: {rule: []}}\nkinds: {}\n", "column api needs"),
        ("columns: {api: {rules: [missing-interfaces]}}\nkinds: {}\n", "did you mean missing-interface?"),
        ("columns: {api: {rules: [missing-interface], some: x}}\nkinds: {}\n", "column api: some is no number"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "columns.yaml"
    file.write_text(text)
    with pytest.raises(ValueError, match=re.escape(said)):
        read_mapping(RULES, file)


def test_the_page_names_every_column_and_no_repository(run: Run, tmp_path: Path) -> None:
    place(tmp_path, "ada/served", SERVED)
    run(label("ada/served"), options=("--page", str(tmp_path / "page.md")))
    written = (tmp_path / "page.md").read_text()
    assert "ada" not in written
    assert [
        column.name for column in read_mapping(RULES).columns if f"**{column.name}**: {column.says}" not in written
    ] == []


def test_the_committed_page_is_in_step_with_the_mapping_and_the_text() -> None:
    committed = (FILE.parents[2] / "docs" / "accuracy.md").read_text()
    mapping = read_mapping(RULES)
    empty = page(figures([], [], mapping), {name: figures([], [], mapping) for name in ("tune", "check")}, mapping)
    assert [re.sub(r"[\d.]+|n/a", "", line) for line in committed.splitlines() if line.startswith("**")] == [
        re.sub(r"[\d.]+|n/a", "", line) for line in empty.splitlines() if line.startswith("**")
    ]
    fixed = [line for line in TEXT.read_text().splitlines() if "$" not in line]
    assert [line for line in fixed if line not in committed] == []
