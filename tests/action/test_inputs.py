"""What a workflow asks of the action; action.yml, the code and the documentation agree on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from portfolio_audit.action.inputs import PREFIX, Comment, FailOn, Inputs, Scope, read_inputs
from portfolio_audit.errors import ConfigError

ROOT = Path(__file__).parent.parent.parent
FORMATS = ("json", "svg")


def asked(**inputs: str) -> Inputs:
    return read_inputs({f"{PREFIX}{name.upper()}": value for name, value in inputs.items()}, FORMATS)


def test_nothing_asked_is_the_usual() -> None:
    assert read_inputs({}, FORMATS) == Inputs()
    assert asked(comment=" ", fail_on="", formats="", rules="\n") == Inputs()


def test_everything_asked() -> None:
    found = asked(
        token="t",  # noqa: S106
        fail_under="B-",
        fail_on="grade-drop,new-findings",
        comment="on-change",
        formats="svg json svg",
        config="a.yaml",
        rules="one\n  two words\n",
        base_ref="main",
        scope="profile",
        report="kept",
    )
    assert found == Inputs(
        "t",
        "B-",
        frozenset(FailOn),
        Comment.ON_CHANGE,
        ("svg", "json"),
        "a.yaml",
        ("one", "two words"),
        "main",
        Scope.PROFILE,
        "kept",
    )


@pytest.mark.parametrize("name", ["fail_on", "comment", "formats", "scope"])
def test_what_is_no_choice_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match=rf"The input {name.replace('_', '-')}: 'x' is none of: "):
        asked(**{name: "x"})


@pytest.fixture(scope="module")
def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def test_every_input_reaches_the_code(action: Any) -> None:
    (audit,) = [step for step in action["runs"]["steps"] if step.get("id") == "audit"]
    passed = {name.removeprefix(PREFIX) for name in audit["env"] if name.startswith(PREFIX)}
    assert passed == {name.upper() for name in Inputs.__slots__}
    own = {"working-directory", "version", "artifact"}
    assert {name.upper().replace("-", "_") for name in set(action["inputs"]) - own} == passed


def test_every_input_and_output_is_described_and_documented(action: Any) -> None:
    page = (ROOT / "docs" / "action-inputs.md").read_text("utf-8")
    for name, about in {**action["inputs"], **action["outputs"]}.items():
        assert about["description"]
        assert f"`{name}`" in page


def test_scripts_take_nothing_but_variables(action: Any) -> None:
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert scripts
    assert not [script for script in scripts if "${{" in script]


def test_what_is_installed_is_pinned_and_complete() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    import tomllib  # noqa: PLC0415

    wanted = {Requirement(line).name.lower() for line in tomllib.loads(project)["project"]["dependencies"]}
    lock = (ROOT / "action-requirements.txt").read_text("utf-8")
    lines = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in line and line.endswith("\\") for line in lines)
    pinned = {Requirement(line.rstrip(" \\")).name.lower() for line in lines}
    assert {name.replace("_", "-") for name in wanted} <= pinned
