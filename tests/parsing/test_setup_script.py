"""setup.py, read and never run, and setup.cfg."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import Broken, Declaration, Dependency, Include, Pin, Stated
from portfolio_audit.parsing.setup_script import parse_setup_config, parse_setup_script

SCRIPT = """from setuptools import find_packages, setup
wanted = ["pandas>=1,<2", "numpy==1.26"]
setup(
    name="Tide_Gauge",
    python_requires=">=3.10",
    install_requires=wanted,
    extras_require={"dev": ["pytest"], "docs": "sphinx"},
    tests_require=("tox", 3, other),
    packages=find_packages(),
)
"""


def test_what_a_script_declares() -> None:
    assert parse_setup_script(SCRIPT) == Declaration(
        (
            Dependency("pandas", 2, Pin.BOUNDED),
            Dependency("numpy", 2, Pin.EXACT),
            Dependency("pytest", 7),
            Dependency("sphinx", 7),
            Dependency("tox", 8),
        ),
        python=Stated(">=3.10", 5),
        package="tide-gauge",
    )


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("print('no call')", Declaration()),
        ("setup()", Declaration()),
        ("setup(**options)", Declaration()),
        ("setuptools.setup(install_requires='pandas')", Declaration((Dependency("pandas", 1),))),
        ("setup(install_requires=read() + ['x'])", Declaration()),
        ("setup(install_requires=['pandas', '-r base.txt'])", Declaration(
            (Dependency("pandas", 1),), broken=(Broken("-r base.txt", 1, "is not a valid requirement"),)
        )),
        ("r = open('deps/requirements.txt')\nsetup(install_requires=r.read())", Declaration(
            includes=(Include("deps/requirements.txt", 1),)
        )),
        ("setup(install_requires=['a'],\n  long_description='\\d')", Declaration((Dependency("a", 1),))),
    ],
)  # fmt: skip
def test_scripts_are_read_as_far_as_they_are_literal(text: str, declared: Declaration) -> None:
    assert parse_setup_script(text) == declared


@pytest.mark.parametrize(
    "text",
    [
        "print 'python 2'",
        "setup(",
        "x = '\0'",
        "(" * 10_000,
        "x = 1\n" * 40_000,
        "x = " + "a." * 1_000 + "a",
        "x = f'" + "{" * 20_000 + "'",
    ],
)
def test_scripts_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_setup_script(text)


CONFIG = """[metadata]
name = dash_board
description = dash and numpy for pandas
[options]
packages = dash
python_requires = >=3.9
install_requires =
    numpy-financial
    # dash comes with plots
    dash>=2,<3  # the board
    numpy==1.26; python_version<"3.12"
    file: more.txt
    not a requirement
[options.extras_require]
dev =
    pytest
    numpy
"""


def test_what_a_configuration_declares() -> None:
    assert parse_setup_config(CONFIG) == Declaration(
        (
            Dependency("numpy-financial", 8),
            Dependency("dash", 10, Pin.BOUNDED),
            Dependency("numpy", 11, Pin.EXACT),
            Dependency("pytest", 16),
            Dependency("numpy", 17),
        ),
        broken=(Broken("not a requirement", 13, "is not a valid requirement"),),
        python=Stated(">=3.9", 6),
        package="dash-board",
    )


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("", Declaration()),
        ("[flake8]\nmax-line-length = 99\n", Declaration()),
        ("[options]\ninstall_requires =\n", Declaration()),
        ("[options]\ninstall_requires = pandas\n", Declaration((Dependency("pandas", 2),))),
        ("[options]\ninstall_requires = a; b==1\n", Declaration((Dependency("a", 2), Dependency("b", 2, Pin.EXACT)))),
        ("[options]\npython_requires = 3.9 %(x)s\n", Declaration(python=Stated("3.9 %(x)s", 2))),
    ],
)
def test_small_configurations(text: str, declared: Declaration) -> None:
    assert parse_setup_config(text) == declared


@pytest.mark.parametrize("text", ["no section", "[options\n", "[a]\nb\n", "[a]\n= c\n"])
def test_configurations_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_setup_config(text)


def test_dependencies_are_bounded() -> None:
    many = "\n".join(f"    p{i}" for i in range(9_000))
    assert len(parse_setup_config(f"[options]\ninstall_requires =\n{many}\n").dependencies) == 2_000
    assert len(parse_setup_script(f"setup(install_requires={['x'] * 9_000})").dependencies) == 2_000


@pytest.mark.parametrize("parse", [parse_setup_script, parse_setup_config])
@given(st.text(alphabet="setup([]=)'\"a,\n {}:;#>1") | st.text(max_size=60))
def test_any_text_is_read_or_refused(parse: Callable[[str], Declaration], text: str) -> None:
    try:
        declared = parse("[options]\ninstall_requires =" + text if parse is parse_setup_config else text)
    except ParseError as error:
        assert error.reason
    else:
        lines = [*(d.line for d in declared.dependencies), *(b.line for b in declared.broken)]
        assert all(0 <= line <= text.count("\n") + 2 for line in lines)
