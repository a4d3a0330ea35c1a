"""Lock files of every tool: the names that they fix."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.lockfile import (
    is_explicit,
    julia_lock,
    packrat_lock,
    parse_lockfile,
    pipenv_lock,
    renv_lock,
    toml_lock,
    yaml_lock,
)

Parse = Callable[[str], frozenset[str]]


@pytest.mark.parametrize(
    ("name", "parser"),
    [
        ("poetry.lock", toml_lock),
        ("uv.lock", toml_lock),
        ("pdm.lock", toml_lock),
        ("pylock.toml", toml_lock),
        ("pylock.dev.toml", toml_lock),
        ("Pipfile.lock", pipenv_lock),
        ("conda-lock.yml", yaml_lock),
        ("linux-64.conda-lock.yaml", yaml_lock),
        ("conda_lock.txt", yaml_lock),
        ("pixi.lock", yaml_lock),
        ("renv.lock", renv_lock),
        ("Manifest.toml", julia_lock),
        ("conda-linux-64.lock", yaml_lock),
        ("packrat.lock", packrat_lock),
        ("install-conda-lock.md", None),
        ("conda-lock.sh", None),
        ("package-lock.json", None),
        ("pylock.yaml", None),
        (".terraform.lock.hcl", None),
        ("poetry.lock.bak", None),
        ("", None),
    ],
)
def test_which_files_are_locks(name: str, parser: Parse | None) -> None:
    assert parse_lockfile(name) is parser


@pytest.mark.parametrize(
    ("parse", "text", "names"),
    [
        (toml_lock, '[[package]]\nname = "Typing_Extensions"\nversion = "4"\n[[package]]\nname = "x"\n',
         {"typing-extensions", "x"}),
        (toml_lock, '[[packages]]  \nname = "numpy"\n', {"numpy"}),
        (toml_lock, '[[package.source]]\nname = "mirror"\n[metadata]\nname = "app"\n', set()),
        (yaml_lock, "package:\n- name: numpy\n  version: 1\n- category: main\n  name: 'Ruamel.Yaml'\n",
         {"numpy", "ruamel-yaml"}),
        (yaml_lock, "- conda: https://c.org/tzdata-2024a-h0.conda\n- pypi: https://f.org/b/scikit_learn-1.5.whl\n",
         {"tzdata", "scikit-learn"}),
        (yaml_lock, "@EXPLICIT\nhttps://c.org/linux-64/ca-certificates-2024.2-x_0.conda#0a1b\n", {"ca-certificates"}),
        (yaml_lock, "https://c.org/channels\n", set()),
        (pipenv_lock, '{"_meta": {"hash": 1}, "default": {"Flask": {}}, "develop": {"PyTest": {}}}',
         {"flask", "pytest"}),
        (pipenv_lock, '{"default": ["flask"], "develop": null}', set()),
        (renv_lock, '{"R": {}, "Packages": {"data.table": {}, "ggplot2": {}}}', {"data-table", "ggplot2"}),
        (renv_lock, '{"Packages": []}', set()),
        (julia_lock, "[[deps.CSV]]\nx = 1\n[[Printf]]\n[deps]\n", {"csv", "printf"}),
    ],
)  # fmt: skip
def test_the_names_in_a_lock(parse: Parse, text: str, names: set[str]) -> None:
    assert parse(text) == names


@pytest.mark.parametrize("parse", [pipenv_lock, renv_lock])
@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": "\ud800"}', "[" * 100_000, "<<<<<<< HEAD\n{}"])
def test_what_is_no_json_object_is_refused(parse: Parse, text: str) -> None:
    with pytest.raises(ParseError):
        parse(text)


@pytest.mark.parametrize(("parse", "line"), [(toml_lock, '[[package]]\nname = "p{}"\n'), (yaml_lock, "- name: p{}\n")])
def test_names_are_bounded(parse: Parse, line: str) -> None:
    assert len(parse("".join(line.format(i) for i in range(21_000)))) == 20_000


@pytest.mark.parametrize("parse", [toml_lock, yaml_lock, julia_lock])
@given(st.text(alphabet='[]package name="\n-:/.1_x', max_size=120))
def test_any_text_is_read(parse: Parse, text: str) -> None:
    assert all(name == name.lower() and len(name) <= 201 for name in parse(text))


def test_an_explicit_list_of_conda_is_a_lock() -> None:
    text = "# platform: linux-64\n@EXPLICIT\nhttps://conda.example.org/linux-64/numpy-1.21.2-py39h20f2e39_0.conda\n"
    assert (is_explicit(text), yaml_lock(text)) == (True, {"numpy"})


def test_packrat() -> None:
    assert packrat_lock("PackratFormat: 1.4\n\nPackage: dplyr\nSource: CRAN\n\nPackage: sf\n") == {"dplyr", "sf"}
