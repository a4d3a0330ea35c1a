"""Declared dependencies: names, and how closely a version is fixed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import (
    Broken,
    Declaration,
    Dependency,
    Include,
    Pin,
    Stated,
    is_name,
    line_of,
    normalise,
    pin_of,
    read_requirement,
)


@pytest.mark.parametrize(
    ("specifier", "pin"),
    [
        ("", Pin.LOOSE),
        ("*", Pin.LOOSE),
        ("latest", Pin.LOOSE),
        (">=1", Pin.LOOSE),
        ("<2", Pin.LOOSE),
        ("!=1.5", Pin.LOOSE),
        (">=1,!=1.5", Pin.LOOSE),
        ("nonsense", Pin.LOOSE),
        (">=1,<2", Pin.BOUNDED),
        (" > 1 , <= 2 ", Pin.BOUNDED),
        ("~=1.4", Pin.BOUNDED),
        ("^1.4", Pin.BOUNDED),
        ("~1.4", Pin.BOUNDED),
        ("==1.4.*", Pin.BOUNDED),
        ("1.4.*", Pin.BOUNDED),
        ("==1.4", Pin.EXACT),
        ("===1.4-custom", Pin.EXACT),
        ("==1.4,!=1.5", Pin.EXACT),
        ("'1.4'", Pin.EXACT),
        ("1.4", Pin.EXACT),
    ],
)
def test_how_closely_a_specifier_fixes_the_version(specifier: str, pin: Pin) -> None:
    assert pin_of(specifier) is pin


@pytest.mark.parametrize(
    ("text", "dependency"),
    [
        ("pandas", Dependency("pandas", 7)),
        ("Scikit_Learn[extra] ==1.5 ; python_version < '3.12'", Dependency("scikit-learn", 7, Pin.EXACT)),
        ("a @ https://example.org/a-1.0.tar.gz", Dependency("a", 7, Pin.EXACT)),
        ("a @ https://example.org/a-1.0-py3-none-any.whl#sha256=0a", Dependency("a", 7, Pin.EXACT)),
        ("a @ git+https://example.org/a@0a1b2c3", Dependency("a", 7, Pin.EXACT)),
        ("a @ git+https://example.org/a@v1.2", Dependency("a", 7, Pin.EXACT)),
        ("a @ git+https://example.org/a@main", Dependency("a", 7)),
        ("a @ git+https://example.org/a", Dependency("a", 7)),
    ],
)
def test_requirements_are_read(text: str, dependency: Dependency) -> None:
    assert read_requirement(text, 7) == dependency


@pytest.mark.parametrize("text", ["", "two words", "==1.0", "a==", "-e .", "a" * 501, "a; python_version = 3", "a[b"])
def test_what_is_no_requirement_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(ParseError) as refused:
        read_requirement(text, 7)
    assert refused.value.line == 7


@pytest.mark.parametrize(
    ("name", "normal"), [("Ruamel.Yaml", "ruamel-yaml"), (" a__b-.c ", "a-b-c"), ("NumPy", "numpy"), ("", "")]
)
def test_names_are_compared_as_pep_503_says(name: str, normal: str) -> None:
    assert normalise(name) == normal


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("a", True), ("a.b-c_1", True), ("-a", False), ("a-", False), ("a b", False), ("", False), ("a" * 501, False),
     ("a\n", False), ("é", False)],
)  # fmt: skip
def test_what_can_be_a_name(text: str, is_one: bool) -> None:
    assert is_name(text) is is_one


@pytest.mark.parametrize(
    ("wanted", "start", "line"), [("b", 0, 2), ("b", 3, 4), ("a", 0, 1), ("z", 0, 0), ("", 0, 0), ("b", 99, 0)]
)
def test_the_line_a_string_stands_on(wanted: str, start: int, line: int) -> None:
    assert line_of("a\nb\nc\nb", wanted, start) == line


@pytest.mark.parametrize(
    ("declaration", "empty"),
    [
        (Declaration(), True),
        (Declaration(python=Stated("3.11", 1), package="x"), True),
        (Declaration((Dependency("a", 1),)), False),
        (Declaration(includes=(Include("base.txt", 1),)), False),
        (Declaration(broken=(Broken("a b", 1, "is none"),)), False),
    ],
)
def test_a_declaration_is_empty_when_it_installs_nothing(declaration: Declaration, empty: bool) -> None:
    assert declaration.empty is empty


@given(st.text(max_size=40) | st.text(alphabet="a1.=<>~!^*,;@[] '\"-+/:", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(pin_of(text), Pin)
    try:
        assert read_requirement(text, 3).line == 3
    except ParseError as error:
        assert error.line == 3


@given(st.text(alphabet="aB-_.", max_size=20))
def test_normal_names_stay_as_they_are(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)
