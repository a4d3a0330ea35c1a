"""What READMEs name and the tree does not have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import ModuleType

import pytest

from portfolio_audit.evidence import dangling
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import EntryKind, TreeEntry, Unavailable

Files = Mapping[str, str | Unavailable]
See = Callable[[ModuleType, Files], Evidence]
Make = Callable[[Files], Documents]


def lost(seen: See, readme: str, *files: str, **texts: str) -> list[object]:
    given = {"README.md": readme, **dict.fromkeys(files, "x"), **texts}
    return [f.value for f in seen(dangling, given).known("writeup.dangling")]


def test_a_lost_file_is_shown_where_it_is_named(seen: See) -> None:
    evidence = seen(dangling, {"README.md": "# T\n\nSee `src/a.py` and `src/b.py`.\n", "src/a.py": "x"})
    at = Location("README.md", 3, note="names src/b.py")
    assert evidence.facts == (Fact("writeup.dangling", "src/b.py", at), Fact("writeup.references", 2))


@pytest.mark.parametrize(
    "path", ["src/train.py", "code/src/train.py", "src/Train.py", "example/src/train.py", "src/train.py/x"]
)
def test_a_file_is_looked_for_generously(seen: See, path: str) -> None:
    assert lost(seen, "`./src/train.py`", path) == []


def test_either_ending_of_yaml_will_do(seen: See) -> None:
    assert lost(seen, "`compose.yml`", "compose.yaml") == []


def test_the_name_of_the_repository_may_lead(seen: See) -> None:
    assert lost(seen, "`example/train.py`", "train.py") == []


def test_names_relative_to_the_readme(seen: See) -> None:
    files = {"app/README.md": "[up](../train.py) [out](../../issues)", "train.py": "x"}
    assert seen(dangling, files).names("writeup.dangling") == frozenset()


def test_make_targets_are_those_of_any_makefile(seen: See) -> None:
    readme = "```\nmake data\nmake lost\n```\n"
    assert lost(seen, readme, **{"infra/Makefile": "data:\n\techo\n"}) == ["make lost"]
    assert lost(seen, readme) == ["make data", "make lost"]


@pytest.mark.parametrize("makefile", ["include other.mk\n", "%.csv: %.json\n\techo\n"])
def test_a_makefile_that_may_know_more_is_believed(seen: See, makefile: str) -> None:
    assert lost(seen, "`make lost`", Makefile=makefile) == []


def test_what_the_readme_makes_is_not_lost(seen: See) -> None:
    assert lost(seen, "```\ntouch run.sh\nbash run.sh\n```\n") == []


def test_each_name_is_told_once(seen: See) -> None:
    assert lost(seen, "`a.py`, `a.py` and again `a.py`") == ["a.py"]


def test_inside_a_submodule_nobody_knows(documents: Make) -> None:
    made = documents({"README.md": "`core/train.py`"})
    entry = TreeEntry("core", kind=EntryKind.SUBMODULE)
    snapshot = replace(made.snapshot, tree=(*made.snapshot.tree, entry))
    facts = list(dangling.extract(Documents(snapshot, made.vocabulary)))
    assert facts == [Fact("writeup.references", 1)]


def test_a_tree_with_gaps_decides_nothing(documents: Make) -> None:
    made = documents({"README.md": "`train.py`"})
    snapshot = replace(made.snapshot, gaps=(Location("src", note="is missing"),))
    facts = list(dangling.extract(Documents(snapshot, made.vocabulary)))
    assert {f.id for f in facts} == {"writeup.dangling", "writeup.references"}
    assert all(isinstance(f.value, Unavailable) for f in facts)


@pytest.mark.parametrize(
    ("readme", "files", "names"),
    [
        ("Start it with python src/run.py today.\n", ["src/train.py"], ["src/run.py"]),
        ("Start it with python src/train.py today.\n", ["src/train.py"], []),
        ("```\npython -m src.run\n```\n", ["src/train.py"], ["src/run.py"]),
        ("```\npython -m src.train\n```\n", ["src/train.py"], []),
        ("```\npython -m src.tool\n```\n", ["src/tool/__main__.py"], []),
        ("```\npython -m http.server\n```\n", ["src/train.py"], []),
    ],
)
def test_commands_in_words_and_modules(seen: See, readme: str, files: list[str], names: list[str]) -> None:
    assert lost(seen, f"# T\n\n{readme}", *files) == names
