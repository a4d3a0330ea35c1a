"""Conda environments, bentofiles, R's DESCRIPTION, and lock files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.conda import parse_bentofile, parse_conda, parse_description
from portfolio_audit.parsing.dependency import Broken, Declaration, Dependency, Include, Pin, Stated
from portfolio_audit.parsing.lockfile import parse_lockfile


def test_conda_environment_with_pip_section() -> None:
    parsed = parse_conda(
        "name: x\ndependencies:\n  - python=3.9\n  - conda-forge::pandas=1.5.2\n  - numpy\n"
        "  - pip:\n    - mlflow==2.1\n    - -r more.txt\n"
    )
    assert parsed.dependencies == (
        Dependency("pandas", 4, Pin.EXACT),
        Dependency("numpy", 5),
        Dependency("mlflow", 7, Pin.EXACT),
    )
    assert (parsed.python, parsed.includes) == (Stated("python=3.9", 3), (Include("more.txt", 8),))


@pytest.mark.parametrize(
    ("spec", "pin"),
    [
        ("a=1", Pin.BOUNDED),
        ("a=1=py38_0", Pin.EXACT),
        ("a==1.2", Pin.EXACT),
        ("a>=1", Pin.LOOSE),
        ("a >=1,<2", Pin.BOUNDED),
    ],
)
def test_conda_pins(spec: str, pin: Pin) -> None:
    assert parse_conda(f"dependencies: ['{spec}']").dependencies[0].pin is pin


def test_bentofile() -> None:
    text = "service: x\npython:\n  packages:\n    - xgboost\n  requirements_txt: ./r.txt\n"
    text += "docker:\n  python_version: '3.9'\n"
    parsed = parse_bentofile(text)
    assert parsed.dependencies == (Dependency("xgboost", 4),)
    assert (parsed.includes, parsed.python) == ((Include("./r.txt", 5),), Stated("3.9", 7))


def test_r_description() -> None:
    text = "Package: x\nDepends: R (>= 4.0)\nImports:\n    dplyr,\n    ggplot2 (== 3.4)\nLicense: MIT\n"
    assert parse_description(text).dependencies == (Dependency("dplyr", 4), Dependency("ggplot2", 5, Pin.EXACT))


@pytest.mark.parametrize(
    ("name", "text", "names"),
    [
        ("poetry.lock", '[[package]]\nname = "Py_Test"\nversion = "8"\n', {"py-test"}),
        ("uv.lock", 'version = 1\n\n[[package]]\nname = "a"\n', {"a"}),
        ("pylock.dev.toml", '[[packages]]\nname = "a"\n', {"a"}),
        ("Pipfile.lock", '{"_meta": {"x": 1}, "default": {"a": {}}, "develop": {"b": {}}}', {"a", "b"}),
        ("conda-lock.yml", "package:\n- name: numpy\n  version: 1\n", {"numpy"}),
        ("pixi.lock", "packages:\n- conda: https://example.org/linux-64/numpy-1.26.4-py311.conda\n", {"numpy"}),
        ("renv.lock", '{"Packages": {"dplyr": {}}}', {"dplyr"}),
        ("Manifest.toml", "[[deps.DataFrames]]\n", {"dataframes"}),
        ("Pipfile.lock", '{"_meta": {}, "default": {}}', set()),
        ("poetry.lock", "", set()),
    ],
)
def test_lock_files_name_what_they_fix(name: str, text: str, names: set[str]) -> None:
    parse = parse_lockfile(name)
    assert parse
    assert parse(text) == names


@pytest.mark.parametrize("name", ["package-lock.json", "yarn.lock", "Cargo.lock", ".terraform.lock.hcl"])
def test_locks_of_other_worlds_are_none(name: str) -> None:
    assert parse_lockfile(name) is None


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000])
def test_a_broken_pipenv_lock_is_refused(text: str) -> None:
    parse = parse_lockfile("Pipfile.lock")
    assert parse
    with pytest.raises(ParseError):
        parse(text)


@given(st.text(alphabet="dependncis: -[]{}=py\n'", max_size=80))
def test_nothing_but_parse_errors_on_any_text(text: str) -> None:
    for parse in (parse_conda, parse_bentofile, parse_description):
        try:
            parse(text)
        except ParseError as error:
            assert error.reason


def test_the_folder_of_the_authors_environment_is_broken() -> None:
    parsed = parse_conda("dependencies: [pandas]\nprefix: /home/ada/envs/x\n")
    assert parsed.broken == (Broken("prefix: /home/ada/envs/x", 2, "is a folder of the author's machine"),)


def test_an_environment_as_tracking_tools_write_it() -> None:
    parsed = parse_conda("python: 3.9.1\ndependencies:\n  - -r requirements.txt\n")
    assert parsed == Declaration((), (Include("requirements.txt", 3),), python=Stated("3.9.1", 1))


def test_r_states_its_version() -> None:
    assert parse_description("Package: tides\nDepends: R (>= 4.1), dplyr\n").python == Stated("R (>= 4.1)", 2)
