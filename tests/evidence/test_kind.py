"""What a repository is, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.kind import classify
from portfolio_audit.evidence.layout import project_roots, stand_apart
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Metadata, Unavailable

Make = Callable[[Mapping[str, str | Unavailable]], Documents]
TRAINS = Fact("code.training", at=Location("train.py", 3, note="calls model.fit"))
ML = Fact("area.imports", "tabular", Location("a.ipynb"))


def kind(documents: Documents, *facts: Fact) -> str:
    return str(classify(Evidence(facts), documents).value)


def files(*paths: str) -> dict[str, str]:
    return dict.fromkeys(paths, "")


@pytest.mark.parametrize(
    ("paths", "facts", "expected"),
    [
        (("train.py", "README.md"), (TRAINS,), "ml-project"),
        (("analysis.ipynb",), (ML,), "ml-project"),
        (
            ("churn/README.md", "churn/a.ipynb", "fraud/README.md", "fraud/b.ipynb", "README.md"),
            (TRAINS,),
            "ml-collection",
        ),
        (("src/README.md", "src/train.py", "app/main.py", "README.md"), (TRAINS,), "ml-project"),
        (("homework_1/a.ipynb", "homework_2/a.ipynb", "homework_3/a.ipynb"), (TRAINS,), "coursework"),
        (("01-intro/a.py", "02-data/a.py", "03-train/a.py", "04-deploy/a.py"), (TRAINS,), "coursework"),
        (("pyproject.toml", "src/tool/main.py"), (), "tool"),
        (("index.html", "app.js"), (), "application"),
        (("README.md", "guide.md", "talk.pdf"), (), "docs"),
        ((".gitignore",), (), "empty"),
        (("README.md", "LICENSE"), (), "empty"),
        (("{{cookiecutter.name}}/train.py", "cookiecutter.json"), (TRAINS,), "template"),
    ],
)
def test_kind_by_what_is_there(documents: Make, paths: tuple[str, ...], facts: tuple[Fact, ...], expected: str) -> None:
    readme = (Fact("readme.exists", at=Location("README.md")),) if "README.md" in paths else ()
    assert kind(documents(files(*paths)), *facts, *readme) == expected


def test_metadata_speaks_first(documents: Make) -> None:
    made = documents(files("train.py"))
    made.snapshot = replace(made.snapshot, metadata=Metadata(fork=True))
    assert kind(made, TRAINS) == "fork"


def test_the_repository_named_like_its_owner_is_the_profile(documents: Make) -> None:
    made = documents(files("README.md"))
    made.snapshot = replace(made.snapshot, owner="Ada", name="ada")
    assert kind(made, Fact("readme.exists", at=Location("README.md")), Fact("readme.words", 80)) == "profile"


def test_the_reason_comes_with_its_place(documents: Make) -> None:
    fact = classify(Evidence((TRAINS,)), documents(files("train.py")))
    assert fact.at == Location("train.py", 3, note="trains a model")


def test_parts_of_one_project_are_no_collection() -> None:
    tree = ("api/main.py", "api/requirements.txt", "training/train.py", "training/requirements.txt")
    assert project_roots(tree) == []


def test_projects_that_lean_on_shared_code_do_not_stand_apart() -> None:
    tree = ("a/main.py", "b/main.py", "core/x.py", "core/y.py", "core/z.py")
    assert not stand_apart(tree, ["a", "b"])
