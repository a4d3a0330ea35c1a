"""The projects in a repository of several are snapshots of their own, with what all of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.projects import Project, projects
from portfolio_audit.model.location import Location

FILES = {
    "README.md": "# Two studies",
    "LICENSE.md": "MIT",
    "requirements.txt": "pandas==2.2.0",
    ".github/workflows/ci.yml": "on: push",
    "churn/README.md": "# Churn",
    "churn/train.py": "import pandas",
    "prices/README.md": "# Prices",
    "prices/requirements.txt": "numpy==2.0.0",
    "prices/prices.ipynb": "{}",
}
Make = Callable[[Mapping[str, str]], Documents]


def found(documents: Make, files: Mapping[str, str] = FILES) -> dict[str, Project]:
    return {project.folder: project for project in projects(documents(files))}


def paths(project: Project) -> list[str]:
    return sorted(entry.path for entry in project.snapshot.tree)


def test_a_project_is_its_folder_and_what_all_share_but_other_write_ups(documents: Make) -> None:
    assert paths(found(documents)["churn"]) == [
        ".github/workflows/ci.yml", "LICENSE.md", "README.md", "requirements.txt", "train.py",
    ]  # fmt: skip


def test_what_a_project_has_of_its_own_comes_before_what_is_shared(documents: Make) -> None:
    texts = found(documents)["prices"].snapshot.texts
    assert (texts["requirements.txt"], texts["README.md"]) == ("numpy==2.0.0", "# Prices")


def test_locations_are_told_as_paths_of_the_repository(documents: Make) -> None:
    prices = found(documents)["prices"]
    assert prices.placed(Location("requirements.txt", 1)) == Location("prices/requirements.txt", 1)
    assert prices.placed(Location(".github/workflows/ci.yml")) == Location(".github/workflows/ci.yml")
    assert prices.placed(Location("", note="nothing there")) == Location("prices", note="nothing there")


def test_paths_from_the_root_exist_for_a_project_too(documents: Make) -> None:
    churn = found(documents)["churn"]
    inner = Documents(churn.snapshot, documents({}).vocabulary)
    assert inner.exists("train.py")
    assert inner.exists("churn/train.py")
    assert not inner.exists("missing.py")


def test_projects_on_a_shelf_are_found(documents: Make) -> None:
    files = {path.replace("churn/", "done/churn/").replace("prices/", "done/prices/"): t for path, t in FILES.items()}
    assert list(found(documents, files)) == ["done/churn", "done/prices"]


def test_a_repository_of_one_project_has_none(documents: Make) -> None:
    assert found(documents, {"README.md": "# One", "src/train.py": "", "churn/README.md": "", "churn/a.py": ""}) == {}


def test_a_text_is_parsed_once_for_the_repository_and_its_projects(documents: Make) -> None:
    whole = documents(FILES)
    parsed: list[str] = []
    for project in projects(whole):
        Documents(project.snapshot, whole.vocabulary, within=whole).parsed("LICENSE.md", parsed.append)
    assert parsed == ["MIT"]
