"""Steps that a README gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import ModuleType

import pytest

from portfolio_audit.evidence import steps
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Make = Callable[[Mapping[str, str | Unavailable]], Documents]
Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
MAKEFILE = "setup:\n\tpip install .\nrun train:\n\tpython src/train.py\n"
TREE = {"Makefile": MAKEFILE, "r.txt": "", "src/train.py": "", "app/main.py": "", "run.sh": "", "a b.ipynb": ""}


def readme(command: str) -> dict[str, str]:
    """A repository whose README gives one command."""
    return {**TREE, "README.md": f"# App\n\n```bash\n{command}\n```\n"}


@pytest.mark.parametrize(
    "command",
    [
        "pip install .",
        "$ uv sync",
        "!pip install x",
        "(env) $ pip install x",
        "python -m pip install -r r.txt",
        "make setup",
    ],
)
def test_commands_that_install(seen: Seen, command: str) -> None:
    found = seen(steps, readme(command))
    assert [(f.id, f.at.line) for f in found.facts] == [("steps.installs", 4)]


@pytest.mark.parametrize(
    "command",
    [
        "python src/train.py --epochs 3",
        "cd src; python train.py",
        "python .\\src\\train.py",
        "python -m app.main",
        "bash run.sh",
        "./run.sh",
        "make train",
        "poetry run uvicorn app.main:app",
        "PORT=80 docker run app",
    ],
)
def test_commands_that_run(seen: Seen, command: str) -> None:
    found = seen(steps, readme(command))
    assert [(f.id, f.at.line) for f in found.facts] == [("steps.runs", 4)]


@pytest.mark.parametrize(
    "command",
    ["python gone.py", "python -m gone", "./gone.sh", "make help", "git clone x", "ls src/train.py", "python"],
)
def test_commands_that_do_neither(seen: Seen, command: str) -> None:
    found = seen(steps, readme(command))
    assert {f.id for f in found.facts} <= {"steps.broken", "steps.broken_share"}


def test_code_of_another_language_is_no_command(seen: Seen) -> None:
    assert seen(steps, {"README.md": "```yaml\npip install x\n```\n"}).facts == ()


def test_a_make_target_must_exist(seen: Seen) -> None:
    readme = {"README.md": "# Run\n\n```bash\nmake install\nmake train\n```\n"}
    assert {f.id for f in seen(steps, readme).facts} == {"steps.broken", "steps.broken_share"}
    makefile = "install:\n\tpip install .\ntrain:\n\tpython train.py\n"
    made = seen(steps, {**readme, "Makefile": makefile, "train.py": ""})
    assert [fact.id for fact in made.facts] == ["steps.installs", "steps.runs"]


@pytest.mark.parametrize(
    ("text", "misplaced"),
    [
        ("```\ncd app\npython train.py\n```\n", {"train.py"}),
        ("```\npython train.py\n```\n", {"train.py"}),
        ("```\nbash train.py\npython other.py\n```\n", {"train.py"}),
        ("```\ncd src\npython train.py\n```\n", set()),
        ("```\ncd app\ncd ../src\npython train.py\n```\n", set()),
        ("```\ncd src\n```\n\n## Then\n\n```\npython train.py\n```\n", set()),
        ("In the src folder:\n\n```\npython train.py\n```\n", set()),
        ("```\ncd somewhere-else\npython train.py\n```\n", set()),
        ("Run python src/train.py to begin.\n", set()),
    ],
)
def test_scripts_that_lie_elsewhere(seen: Seen, text: str, misplaced: set[str]) -> None:
    found = seen(steps, {**TREE, "README.md": f"# App\n\n{text}"})
    assert found.names("steps.misplaced") == misplaced
    assert found.has("steps.runs") == (not misplaced)


def test_a_path_alone_is_no_command(seen: Seen) -> None:
    assert not seen(steps, {"data/a.csv": "", "README.md": "# App\n\nSee `./data/a.csv`.\n"}).facts


def test_a_step_that_cannot_work_is_told_with_its_reason(seen: Seen) -> None:
    found = seen(steps, readme("make setup\npython src/lost.py"))
    (broken,) = found.known("steps.broken")
    assert (broken.value, broken.at.line) == ("src/lost.py", 5)
    assert broken.at.note == "runs src/lost.py, which is not there"
    assert found.number("steps.broken_share") == 0.5


def test_a_target_without_its_script_is_broken(seen: Seen) -> None:
    files = {
        "Makefile": "train: data\n\tls\ndata:\n\tpython make_data.py\n",
        "README.md": "# A\n\n```\nmake train\n```\n",
    }
    (broken,) = seen(steps, files).known("steps.broken")
    assert (broken.value, broken.at.note) == ("make train", "makes train, which needs make_data.py")


@pytest.mark.parametrize(
    "recipe", ["python $(SCRIPT)", "python src/train.py", "bash /opt/x.sh", "pytest", "cd x && ls"]
)
def test_a_recipe_is_not_doubted_without_need(seen: Seen, recipe: str) -> None:
    files = {**readme("make train"), "Makefile": f"train:\n\t{recipe}\n"}
    assert seen(steps, files).known("steps.broken") == ()


def test_what_another_command_writes_is_not_missing(seen: Seen) -> None:
    found = seen(steps, readme("curl -o fetch.sh https://example.org/fetch.sh\nbash fetch.sh"))
    assert found.known("steps.broken") == ()


@pytest.mark.parametrize("folder", ["tests/", "tests/test_a.py", "tests/test_a.py::test_b"])
def test_tests_that_are_not_there_cannot_run(seen: Seen, folder: str) -> None:
    assert [f.value for f in seen(steps, readme(f"pytest {folder}")).known("steps.broken")] == [
        folder.partition("::")[0]
    ]


@pytest.mark.parametrize(
    "address", ["https://example.org/your-username/x.git", "https://example.org/<user>/x", "git@h:username/x.git"]
)
def test_a_clone_with_a_placeholder_cannot_work(seen: Seen, address: str) -> None:
    (broken,) = seen(steps, readme(f"git clone {address}")).known("steps.broken")
    assert (broken.value, broken.at.line, broken.at.note) == ("git clone", 4, "clones from a placeholder")


def test_a_tree_not_listed_whole_leaves_steps_undecided(documents: Make) -> None:
    given = documents(readme("python lost.py"))
    gap = Location("src", note="is not listed")
    facts = list(steps.extract(Documents(replace(given.snapshot, gaps=(gap,)), given.vocabulary)))
    assert [(f.id, f.at) for f in facts] == [("steps.broken", gap), ("steps.broken_share", gap)]
    assert all(isinstance(f.value, Unavailable) for f in facts)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Run `src/train.py` first.", {"src/train.py"}),
        ("You can use src/train.py to make the model.", {"src/train.py"}),
        ("Fetch it, then open `a.ipynb`.", set()),
        ("The app `app/main.py` is what clerks use.", set()),
        ("Run `gone.py` first.", set()),
        ("Run it every day.", set()),
    ],
)
def test_steps_told_in_words(seen: Seen, text: str, names: set[str]) -> None:
    found = seen(steps, {**TREE, "README.md": f"# App\n\n{text}\n"})
    assert found.names("steps.told") == names


def test_words_are_heard_up_to_the_next_paragraph(seen: Seen) -> None:
    text = "# App\n\nRun everything.\n\nThe server is `app/main.py`.\n"
    assert seen(steps, {**TREE, "README.md": text}).known("steps.told") == ()
