"""The project's own workflows and action: nothing that zizmor or actionlint finds, and every action pinned."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from installed import tool

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FILES = [*WORKFLOWS, ROOT / "action.yml"]
LINTERS = {
    "zizmor": ["--offline", "--no-progress", "--persona", "auditor", *map(str, FILES)],
    "actionlint": ["-no-color", *map(str, WORKFLOWS)],
}


@pytest.mark.parametrize("name", LINTERS)
def test_a_linter_finds_nothing(name: str) -> None:
    if not tool(name):
        pytest.skip(f"{name} is not installed")
    done = subprocess.run([tool(name), *LINTERS[name]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


PAGE = (ROOT / "docs" / "action.md").read_text("utf-8")
RECIPES = re.findall(r"^```yaml\n(name: .*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.partition("\n")[0])
def test_a_recipe_is_a_workflow_that_asks_for_what_there_is(recipe: str, tmp_path: Path) -> None:
    if tool("actionlint"):
        path = tmp_path / "recipe.yml"
        path.write_text(recipe, encoding="utf-8")
        done = subprocess.run([tool("actionlint"), "-no-color", path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    steps = [step for job in yaml.safe_load(recipe)["jobs"].values() for step in job["steps"]]
    asked = {name for s in steps if "portfolio-audit" in s.get("uses", "") for name in s.get("with", {})}
    assert asked <= set(action["inputs"])
    assert set(re.findall(r"steps\.audit\.outputs\.(\w+)", recipe)) <= set(action["outputs"])
    assert "permissions: {}" in recipe


POLICY = 'rules: {unpinned-uses: {config: {policies: {"*": ref-pin}}}}'


def test_zizmor_finds_nothing_in_the_recipes_but_that_they_name_versions(tmp_path: Path) -> None:
    if not tool("zizmor"):
        pytest.skip("zizmor is not installed")
    paths = [tmp_path / f"recipe{number}.yml" for number in range(len(RECIPES))]
    for path, recipe in zip(paths, RECIPES, strict=True):
        path.write_text(recipe, encoding="utf-8")
    (tmp_path / "zizmor.yml").write_text(POLICY, encoding="utf-8")
    command = [tool("zizmor"), "--offline", "--no-progress", "--config", tmp_path / "zizmor.yml", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_the_recipes() -> None:
    assert len(RECIPES) == 7


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_with_its_version(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text("utf-8"))
    assert used
    assert not [one for one in used if not re.fullmatch(r"\./ #.*|[\w/.-]+@[0-9a-f]{40} # v[\d.]+", one)]


def test_one_action_is_pinned_to_one_commit() -> None:
    used = {one for path in FILES for one in re.findall(r"uses: (\S+@\S+)", path.read_text("utf-8"))}
    names = [one.partition("@")[0] for one in used]
    assert len(names) == len(set(names))
