"""Requirement files in pip's dialects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import Broken, Declaration, Dependency, Include, Pin, normalise, pin_of
from portfolio_audit.parsing.requirements import parse_requirements


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("pandas", Dependency("pandas", 1)),
        ("Scikit_Learn==1.4.2", Dependency("scikit-learn", 1, Pin.EXACT)),
        ("numpy>=1.20,<2", Dependency("numpy", 1, Pin.BOUNDED)),
        ("numpy>=1.20", Dependency("numpy", 1)),
        ("mlflow[extras]~=2.1 ; python_version >= '3.9'", Dependency("mlflow", 1, Pin.BOUNDED)),
        ("flask==2.* # web", Dependency("flask", 1, Pin.BOUNDED)),
        ("torch @ https://example.org/torch-2.1-cp311.whl", Dependency("torch", 1, Pin.EXACT)),
        ("git+https://github.com/someone/tool.git@v1.2#egg=my_tool", Dependency("my-tool", 1, Pin.EXACT)),
        ("-e git+https://github.com/someone/tool.git", Dependency("tool", 1)),
        ("requests==2.31 --hash=sha256:abc", Dependency("requests", 1, Pin.EXACT)),
        ("\ufeffpandas==2.0", Dependency("pandas", 1, Pin.EXACT)),
    ],
)
def test_one_line(written: str, expected: Dependency) -> None:
    assert parse_requirements(written).dependencies == (expected,)


@pytest.mark.parametrize(
    "written", ["", "# nothing", "-e .", ".", "./lib", "--index-url https://example.org/x", "-f x"]
)
def test_lines_without_a_dependency(written: str) -> None:
    parsed = parse_requirements(written)
    assert (parsed.dependencies, parsed.broken) == ((), ())


def test_includes_and_constraints() -> None:
    parsed = parse_requirements("-r base.txt\n--constraint=limits.txt\n")
    assert parsed.includes == (Include("base.txt", 1), Include("limits.txt", 2, constraint=True))


def test_what_pip_would_refuse_is_broken() -> None:
    assert parse_requirements("numpy\npandas - 2.0.3\n").broken == (
        Broken("pandas - 2.0.3", 2, "is not a valid requirement"),
    )


def test_a_path_of_the_authors_machine_is_broken_but_names_what_is_needed() -> None:
    parsed = parse_requirements("numpy @ file:///C:/ci/numpy_1\n")
    assert [d.name for d in parsed.dependencies] == ["numpy"]
    assert [b.reason for b in parsed.broken] == ["points at a file of the author's machine"]


def test_hashes_over_continued_lines_make_a_lock() -> None:
    parsed = parse_requirements(
        "# by pip-compile\na==1 \\\n    --hash=sha256:x \\\n    --hash=sha256:y\nb==2 --hash=sha256:z\n"
    )
    assert parsed.hashed
    assert [(d.name, d.line) for d in parsed.dependencies] == [("a", 2), ("b", 5)]


def test_binary_is_refused() -> None:
    with pytest.raises(ParseError):
        parse_requirements("a\0b")


@pytest.mark.parametrize(
    ("specifier", "pin"),
    [
        ("", Pin.LOOSE),
        ("*", Pin.LOOSE),
        ("1.2.3", Pin.EXACT),
        ("^1.2", Pin.BOUNDED),
        ("~1.2", Pin.BOUNDED),
        ("===x", Pin.EXACT),
        ("!=1", Pin.LOOSE),
        ("nonsense", Pin.LOOSE),
    ],
)
def test_how_closely_a_version_is_fixed(specifier: str, pin: Pin) -> None:
    assert pin_of(specifier) is pin


def test_names_are_compared_as_pep_503_says() -> None:
    assert normalise("Foo__.-Bar") == "foo-bar"


@given(st.text(alphabet="ab=<>~@ -#:/\\[];,.'\"\n\0-", max_size=120))
def test_nothing_but_parse_errors_on_any_text(text: str) -> None:
    try:
        parsed = parse_requirements(text)
    except ParseError as error:
        assert error.reason
    else:
        assert len(parsed.dependencies) <= text.count("\n") + 1


def test_what_conda_lists_is_for_conda_only() -> None:
    text = "numpy=1.21.2=py39h20f2e39_0\n_libgcc_mutex=0.1=main\n"
    assert parse_requirements(text) == Declaration(
        dependencies=(Dependency("numpy", 1, Pin.EXACT),),
        broken=(
            Broken("numpy=1.21.2=py39h20f2e39_0", 1, "is written for conda"),
            Broken("_libgcc_mutex=0.1=main", 2, "is written for conda"),
        ),
    )
    assert not parse_requirements(f"# $ conda create --name <env> --file <this file>\n{text}").broken


def test_variables_are_filled_in_by_pip() -> None:
    text = "pandas==${PANDAS}\ntides @ git+https://${TOKEN}@git.example.org/tides\n"
    assert parse_requirements(text) == Declaration((Dependency("pandas", 1), Dependency("tides", 2)))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("numpy==1.21\nNumPy == 1.26\n", [2]),
        ("numpy==1.21\nnumpy==1.21.0\n", []),
        ("numpy==1.21\nnumpy\nnumpy>=1.20\n", []),
        ("numpy==1.21; python_version < '3.10'\nnumpy==1.26; python_version >= '3.10'\n", []),
        ("a==1\nb==2\na[x]==3\n", [3]),
    ],
)
def test_two_exact_versions_of_one_distribution_conflict(text: str, lines: list[int]) -> None:
    broken = parse_requirements(text).broken
    assert [(b.line, b.reason) for b in broken] == [(line, "asks for another version than line 1") for line in lines]
