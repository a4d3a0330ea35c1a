"""Which files code reads and writes, told without running it."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.parsing.python_paths import FileUse, Read, file_use


def use(code: str) -> FileUse:
    return file_use(ast.parse(code))


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("pd.read_csv('a.csv')", "a.csv"),
        ("F = 'data'\npd.read_csv(F + '/a.csv')", "data/a.csv"),
        ("F = 'data'\npd.read_csv(f'{F}/a.csv')", "data/a.csv"),
        ("n = 3\nnp.load(f'fold{n}.npy')", "fold3.npy"),
        ("np.loadtxt(os.path.join('data', 'raw', 'a.txt'))", "data/raw/a.txt"),
        ("ROOT = Path('..') / 'data'\npd.read_csv(ROOT / 'a.csv')", "../data/a.csv"),
        ("pd.read_csv(Path('data').joinpath('a.csv'))", "data/a.csv"),
        ("pd.read_csv(os.path.join(os.getcwd(), 'a.csv'))", "./a.csv"),
        ("pd.read_csv(str(Path('a.csv').resolve()))", "a.csv"),
        ("pd.read_csv(filepath_or_buffer='a.csv')", "a.csv"),
        ("with open('a.txt') as f:\n    f.readline()", "a.txt"),
        ("json.load(open('a.json', 'rb'))", "a.json"),
    ],
)
def test_a_constant_path_is_followed(code: str, path: str) -> None:
    assert [read.path for read in use(code).reads] == [path]


@pytest.mark.parametrize(
    "code",
    [
        "pd.read_csv(name)",
        "F = input()\npd.read_csv(F + '/a.csv')",
        "F = 'a.csv'\nF = choose()\npd.read_csv(F)",
        "', '.join('a.csv')",
        "pd.read_csv(os.path.join(FOLDER, 'a.csv'))",
    ],
)
def test_a_path_that_only_a_run_knows_is_not_told(code: str) -> None:
    assert use(code).reads == ()


@pytest.mark.parametrize(
    "code",
    ["df.to_csv('out/a.csv')", "open('out/a.csv', 'w')", "open('out/a.csv', mode='wb')", "plt.savefig('out/a.csv')"],
)
def test_what_is_written_is_known_by_its_name(code: str) -> None:
    assert use(code) == FileUse(writes=frozenset({"a.csv"}))


def test_lines_and_changes_of_folder() -> None:
    found = use("import os\nos.chdir('data')\npd.read_csv(\n    'a.csv')\n")
    assert found == FileUse((Read("a.csv", 3),), frozenset(), moves=True)


def test_deep_expressions_end() -> None:
    assert use("pd.read_csv(" + " + ".join(["'a'"] * 500) + ")").reads == ()


@given(st.text(max_size=60))
def test_any_text_is_a_path_or_none(text: str) -> None:
    code = f"open({text!r})"
    assert [read.path for read in use(code).reads] == [text]
