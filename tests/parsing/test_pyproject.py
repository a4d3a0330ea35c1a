"""Declarations in TOML and in setuptools' files."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import Declaration, Dependency, Include, Pin, Stated
from portfolio_audit.parsing.pyproject import parse_julia_project, parse_pipfile, parse_pixi, parse_pyproject
from portfolio_audit.parsing.setup_script import parse_setup_config, parse_setup_script
from portfolio_audit.parsing.toml import parse_toml


def names(declaration: Declaration) -> list[str]:
    return [d.name for d in declaration.dependencies]


def test_pep_621_with_its_lines() -> None:
    text = '[project]\nname = "My_App"\nrequires-python = ">=3.11"\ndependencies = [\n  "pandas==2.2",\n  "numpy",\n]\n'
    assert parse_pyproject(text) == Declaration(
        (Dependency("pandas", 5, Pin.EXACT), Dependency("numpy", 6)),
        python=Stated(">=3.11", 3),
        package="my-app",
    )


@pytest.mark.parametrize(
    "text",
    [
        '[project.optional-dependencies]\ndev = ["pytest"]',
        '[dependency-groups]\ndev = ["pytest", {include-group = "x"}]',
        '[tool.uv]\ndev-dependencies = ["pytest"]',
        '[tool.pdm.dev-dependencies]\ntest = ["pytest"]',
        '[tool.hatch.envs.default]\ndependencies = ["pytest"]',
        '[tool.poetry.group.dev.dependencies]\npytest = "^8"',
        '[tool.poetry.dev-dependencies]\npytest = {version = "^8", optional = true}',
    ],
)
def test_every_table_that_holds_dependencies(text: str) -> None:
    assert names(parse_pyproject(text)) == ["pytest"]


def test_poetry_states_python_among_the_dependencies() -> None:
    parsed = parse_pyproject(
        '[tool.poetry.dependencies]\npython = "^3.10"\npandas = "2.1"\ntool = {git = "x", rev = "y"}\n'
    )
    assert parsed.python == Stated("^3.10", 2)
    assert parsed.dependencies == (Dependency("pandas", 3, Pin.EXACT), Dependency("tool", 4, Pin.EXACT))


def test_settings_alone_declare_nothing() -> None:
    assert parse_pyproject("[tool.ruff]\nline-length = 120\n").empty


def test_dynamic_dependencies_are_includes() -> None:
    text = '[tool.setuptools.dynamic]\ndependencies = {file = ["requirements.txt"]}\n'
    assert parse_pyproject(text).includes == (Include("requirements.txt", 2),)


def test_pipfile() -> None:
    text = '[packages]\npandas = "*"\nflask = "==2.3"\n\n[dev-packages]\npytest = "*"\n\n'
    text += '[requires]\npython_version = "3.9"\n'
    parsed = parse_pipfile(text)
    assert names(parsed) == ["pandas", "flask", "pytest"]
    assert (parsed.dependencies[1].pin, parsed.python) == (Pin.EXACT, Stated("3.9", 9))


def test_pixi_and_julia() -> None:
    assert names(parse_pixi('[dependencies]\npython = "3.11.*"\nnumpy = "1"\n[pypi-dependencies]\nx = "*"\n')) == [
        "numpy",
        "x",
    ]
    assert names(parse_julia_project('[deps]\nDataFrames = "a93c6f00"\n')) == ["dataframes"]


def test_setup_script_is_read_and_not_run() -> None:
    parsed = parse_setup_script(
        "from setuptools import setup\nDEPS = ['pandas']\nraise SystemExit\n"
        "setup(name='app', install_requires=DEPS, extras_require={'dev': ['pytest==8']}, python_requires='>=3.9')\n"
    )
    assert parsed.dependencies == (Dependency("pandas", 2), Dependency("pytest", 4, Pin.EXACT))
    assert (parsed.package, parsed.python) == ("app", Stated(">=3.9", 4))


def test_setup_script_that_reads_a_requirements_file() -> None:
    parsed = parse_setup_script("deps = open('requirements.txt').readlines()\nsetup(install_requires=deps)\n")
    assert parsed.includes == (Include("requirements.txt", 1),)


def test_setup_config() -> None:
    text = (
        "[metadata]\nname = app\n[options]\npython_requires = >=3.8\ninstall_requires =\n    pandas\n    numpy==1.2\n"
    )
    parsed = parse_setup_config(text)
    assert parsed.dependencies == (Dependency("pandas", 6), Dependency("numpy", 7, Pin.EXACT))


PARSERS = [parse_pyproject, parse_pipfile, parse_pixi, parse_julia_project, parse_setup_script, parse_setup_config]


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.text(alphabet="[]{}=\"'\n.,project tool 1()%:", max_size=80))
def test_nothing_but_parse_errors_on_any_text(parse: Callable[[str], Declaration], text: str) -> None:
    try:
        assert isinstance(parse(text), Declaration)
    except ParseError as error:
        assert error.reason


def test_deeply_nested_toml_is_refused() -> None:
    with pytest.raises(ParseError):
        parse_toml("a = " + "[" * 20_000)


@pytest.mark.parametrize("text", ["[project]\ndependencies = 3\n", "project = 1\n", "[tool]\npoetry = []\n"])
def test_values_of_the_wrong_type_are_nothing(text: str) -> None:
    assert parse_pyproject(text).empty


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[tool.flit.metadata]\nmodule = 'tides'\nrequires = ['pandas']\n", ["pandas"]),
        ("[tool.flit.metadata.requires-extra]\ndev = ['pytest']\n", ["pytest"]),
        ("[tool.rye]\ndev-dependencies = ['pytest']\n", ["pytest"]),
        ("[tool.pixi.dependencies]\npython = '3.12.*'\nnumpy = '*'\n", ["numpy"]),
        ("[tool.pixi.feature.gpu.pypi-dependencies]\ntorch = '*'\n", ["torch"]),
        ("[tool.hatch.envs.docs]\ndependencies = ['mkdocs']\nextra-dependencies = ['mike']\n", ["mkdocs", "mike"]),
        ("[dependency-groups]\ntest = ['pytest']\nall = ['ruff', {include-group = 'test'}]\n", ["pytest", "ruff"]),
    ],
)
def test_tables_of_other_builders(text: str, found: list[str]) -> None:
    assert names(parse_pyproject(text)) == found


@pytest.mark.parametrize(
    ("source", "pin"),
    [
        ("{git = 'https://git.example.org/tides', tag = 'v1'}", Pin.EXACT),
        ("{workspace = true}", Pin.EXACT),
        ("{git = 'https://git.example.org/tides'}", Pin.LOOSE),
        ("{index = 'cpu'}", Pin.LOOSE),
    ],
)
def test_sources_of_uv_fix_what_they_name(source: str, pin: Pin) -> None:
    text = f"[project]\ndependencies = ['Tides_Core']\n[tool.uv.sources]\ntides-core = {source}\n"
    assert parse_pyproject(text).dependencies == (Dependency("tides-core", 2, pin),)


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("[tool.flit.metadata]\nrequires-python = '>=3.9'\n", Stated(">=3.9", 2)),
        ("[tool.pixi.dependencies]\npython = '3.12.*'\n", Stated("3.12.*", 2)),
        ("[tool.poetry.dependencies]\npython = '^3.10'\n", Stated("^3.10", 2)),
    ],
)
def test_the_version_of_python_in_other_builders(text: str, python: Stated) -> None:
    assert parse_pyproject(text).python == python


def test_setuptools_reads_extras_from_files_too() -> None:
    text = "[tool.setuptools.dynamic]\ndependencies = {file = 'a.txt'}\noptional-dependencies.d = {file = ['b.txt']}\n"
    assert parse_pyproject(text).includes == (Include("a.txt", 2), Include("b.txt", 3))


def test_julia_states_its_version() -> None:
    assert parse_julia_project("[deps]\nFlux = 'x'\n\n[compat]\njulia = '1.9'\n").python == Stated("1.9", 5)
