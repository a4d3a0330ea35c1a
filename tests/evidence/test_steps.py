"""Steps that a README gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import steps
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
MAKEFILE = "setup:\n\tpip install .\nrun train:\n\tpython src/train.py\n"
TREE = {"Makefile": MAKEFILE, "src/train.py": "", "app/main.py": "", "run.sh": "", "a b.ipynb": ""}


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
    assert seen(steps, readme(command)).facts == ()


def test_code_of_another_language_is_no_command(seen: Seen) -> None:
    assert seen(steps, {"README.md": "```yaml\npip install x\n```\n"}).facts == ()


def test_a_make_target_must_exist(seen: Seen) -> None:
    readme = {"README.md": "# Run\n\n```bash\nmake install\nmake train\n```\n"}
    assert not seen(steps, readme).facts
    made = seen(steps, {**readme, "Makefile": "install:\n\tpip install .\ntrain:\n\tpython train.py\n"})
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
