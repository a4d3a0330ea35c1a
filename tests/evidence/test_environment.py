"""The declared environment, over all the files that can declare it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import environment
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]

SET_UP = "on: push\njobs: {a: {steps: [\n{uses: actions/setup-python@v5, with: {python-version: '3.12'}}]}}\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("requirements.txt", "pandas\n"),
        ("api/requirements-dev.txt", "pandas\n"),
        ("dev_requirements.in", "pandas\n"),
        ("requirements/base.txt", "pandas\n"),
        ("Pipfile", "[packages]\npandas = '*'\n"),
        ("conda_env.yaml", "dependencies: [pandas]\n"),
        ("setup.py", "setup(install_requires=['pandas'])\n"),
        ("setup.cfg", "[options]\ninstall_requires = pandas\n"),
        ("DESCRIPTION", "Imports: pandas\n"),
        ("bentofile.yaml", "python: {packages: [pandas]}\n"),
        ("Dockerfile", "FROM python:3.11\nRUN pip install -q --no-cache-dir pandas\n"),
    ],
)
def test_every_way_to_declare(seen: Seen, path: str, text: str) -> None:
    found = seen(environment, {path: text})
    assert [f.at.path for f in found.known("environment.declared")] == [path]
    assert found.names("environment.dependencies") == {"pandas"}
    assert found.number("environment.unpinned_count") == 1


def test_facts_of_a_requirements_file(seen: Seen) -> None:
    found = seen(environment, {"requirements.txt": "pandas==2.2\n\nnumpy\n"})
    assert found.known("environment.unpinned") == (
        Fact("environment.unpinned", "numpy", Location("requirements.txt", 3, note="has no version")),
    )
    assert found.number("environment.pinned_share") == 0.5
    assert found.number("environment.declared_count") == 2


@pytest.mark.parametrize("name", ["requirments.txt", "requirement.txt", "requeriments.in", "Requirments.text.txt"])
def test_misspelled_names_are_told_apart(seen: Seen, name: str) -> None:
    found = seen(environment, {name: "pandas==2.2\n"})
    assert found.names("environment.misnamed") == {name}
    assert not found.has("environment.declared")


@pytest.mark.parametrize("name", ["request.txt", "reqs.md", "required_fields.txt", "results.txt"])
def test_other_names_are_not_misspelled(seen: Seen, name: str) -> None:
    assert seen(environment, {name: "pandas\n"}).facts == ()


@pytest.mark.parametrize(
    "files",
    [
        {"app.yml": "dependencies: [pandas]\n"},
        {"constraints.txt": "pandas==2\n"},
        {"environment.ts": "x"},
        {"model/MLmodel": "", "model/requirements.txt": "pandas\n", "model/conda.yaml": "dependencies: [pandas]\n"},
        {"requirements.txt": "# none\n"},
    ],
)
def test_what_declares_nothing(seen: Seen, files: dict[str, str]) -> None:
    assert not seen(environment, files).has("environment.declared")


def test_a_lock_pins_what_stands_beside_it_only(seen: Seen) -> None:
    found = seen(
        environment,
        {
            "Pipfile": "[packages]\npandas = '*'\n",
            "Pipfile.lock": '{"default": {"pandas": {}, "numpy": {}}}',
            "api/requirements.txt": "flask\n",
            "api/app.R": "x",
        },
    )
    assert [f.at.path for f in found.known("environment.unpinned")] == ["api/requirements.txt"]
    assert [f.at.note for f in found.known("environment.lockfile")] == ["distributions fixed: 2"]


def test_a_lock_in_a_folder_without_code_speaks_for_the_folder_above(seen: Seen) -> None:
    found = seen(
        environment, {"virtual-env/Pipfile.lock": '{"default": {"pandas": {}}}', "requirements.txt": "pandas\n"}
    )
    assert found.number("environment.pinned_share") == 1


def test_what_an_image_installs_is_not_counted_twice(seen: Seen) -> None:
    found = seen(
        environment,
        {
            "requirements.txt": "pandas==2\n",
            "d/Dockerfile": "FROM python:3\nRUN pip install pandas pipenv\n",
            "d/a.R": "",
        },
    )
    assert (found.number("environment.declared_count"), found.number("environment.pinned_share")) == (1, 1)


def test_package_json_declares_where_there_is_no_other_code(seen: Seen) -> None:
    package = {"package.json": '{"dependencies": {"react": "18"}}'}
    assert seen(environment, package).has("environment.declared")
    assert not seen(environment, {**package, "a.R": "x"}).has("environment.declared")


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (".python-version", "3.11\n", 1),
        ("runtime.txt", "python-3.9.1\n", 1),
        (".tool-versions", "nodejs 20\npython 3.12.1\n", 2),
        ("mise.toml", "[tools]\nnode = '20'\npython = '3.11'\n", 3),
        ("app/Dockerfile", "ARG V=3.9\nFROM python:${V}-slim\n", 2),
        ("Dockerfile", "FROM tiangolo/uvicorn-gunicorn:python3.9\n", 1),
        ("Pipfile", "[requires]\npython_version = '3.8'\n", 2),
        ("setup.py", "setup(python_requires='>=3.8')\n", 1),
        ("environment.yml", "dependencies:\n- python=3.9\n", 2),
    ],
)
def test_every_way_to_state_the_version(seen: Seen, path: str, text: str, line: int) -> None:
    places = [f.at for f in seen(environment, {path: text}).known("environment.python_version")]
    assert [(at.path, at.line) for at in places] == [(path, line)]


@pytest.mark.parametrize(
    ("path", "text", "line", "note"),
    [
        ("README.md", "# A\n\n```\nconda create -n a python=3.9\n```\n", 4, "sets up python=3.9"),
        ("README.md", "```\n$ pyenv install 3.11.2\n```\n", 2, "sets up pyenv install 3.11.2"),
        ("README.md", "```\nls\npython3.10 -m venv x\n```\n", 3, "sets up python3.10"),
        (".github/workflows/ci.yml", SET_UP, 3, "sets up Python 3.12"),
        ("Dockerfile", "FROM jupyter/scipy-notebook:python-3.10\n", 1,
         "starts from jupyter/scipy-notebook:python-3.10"),
        ("compose.yml", "services:\n  a:\n    image: rocker/r-ver:4.3\n", 3, "starts from rocker/r-ver:4.3"),
        ("runtime.txt", "python-3.9.1\n", 1, "states python-3.9.1"),
    ],
)  # fmt: skip
def test_the_version_is_quoted_from_where_it_stands(seen: Seen, path: str, text: str, line: int, note: str) -> None:
    assert seen(environment, {path: text}).known("environment.python_version") == (
        Fact("environment.python_version", at=Location(path, line, note=note)),
    )


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ({"requirements.txt": "a==1\nb>=1,<2\nc\n"}, (3, 1, 0.5)),
        ({"requirements.txt": "a==1\npip\nsetuptools\n"}, (1, 0, 1)),
        ({"requirements.txt": "a\n", "constraints.txt": "a==1\nb==1\n"}, (1, 0, 1)),
        ({"requirements.in": "a\n", "requirements.txt": "a==1\nb==1\n"}, (2, 0, 1)),
        ({"requirements.txt": "a\n", "pylock.toml": '[[packages]]\nname = "a"\n'}, (1, 0, 1)),
        ({"requirements.txt": "a\n", "uv.lock": Unavailable("is over the limit")}, (1, 0, 1)),
        ({"requirements.txt": "a\n", "api/app.py": "", "api/requirements.txt": "a==1\n"}, (2, 1, 0.5)),
        ({"README.md": "nothing"}, (0, 0, 0)),
    ],
)
def test_how_much_is_pinned(seen: Seen, files: dict[str, str | Unavailable], counts: tuple[int, int, float]) -> None:
    found = seen(environment, files)
    facts = ("declared_count", "unpinned_count", "pinned_share")
    assert tuple(found.number(f"environment.{fact}") for fact in facts) == counts


@pytest.mark.parametrize(
    ("files", "broken"),
    [
        ({"requirements.txt": "a==1\ntwo words\n"}, ("two words", "requirements.txt:2")),
        ({"requirements.txt": "a @ file:///home/me/a\n"}, ("a @ file:///home/me/a", "requirements.txt:1")),
        ({"setup.cfg": "[options]\ninstall_requires =\n  a\n  b c\n"}, ("b c", "setup.cfg:4")),
        ({"Pipfile.lock": "{"}, ("Pipfile.lock", "Pipfile.lock")),
    ],
)
def test_lines_that_cannot_be_installed(seen: Seen, files: dict[str, str], broken: tuple[str, str]) -> None:
    found = seen(environment, files).known("environment.broken_line")
    assert [(f.value, str(f.at)) for f in found] == [broken]


@pytest.mark.parametrize(
    ("path", "text"), [("Dockerfile", "FROM python\n"), ("environment.yml", "dependencies: [python]\n")]
)
def test_naming_python_is_not_stating_its_version(seen: Seen, path: str, text: str) -> None:
    assert not seen(environment, {path: text}).has("environment.python_version")


def test_a_declaration_that_does_not_parse_is_broken_and_decided(seen: Seen) -> None:
    found = seen(environment, {"pyproject.toml": "[project\n"})
    assert [f.at.path for f in found.known("environment.broken_line")] == ["pyproject.toml"]
    assert found.problems == ()


def test_a_declaration_that_cannot_be_read_is_a_problem(seen: Seen) -> None:
    found = seen(environment, {"requirements.txt": Unavailable("is over the limit")})
    assert [p.at.path for p in found.problems] == ["requirements.txt"]


def test_commands_of_the_readme(seen: Seen) -> None:
    text = "# App\n\n```bash\n$ conda create -n app python=3.10\npip install pandas==2.0 'dash[cli]' -r more.txt\n```\n"
    found = seen(environment, {"README.md": text})
    assert [f.at.line for f in found.known("environment.python_version")] == [4]
    assert found.names("environment.installed_by_hand") == {"pandas", "dash"}
