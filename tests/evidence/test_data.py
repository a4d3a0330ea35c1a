"""Data: in the tree, brought, pointed to, missing, or a tutorial's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import data
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.snapshot import TreeEntry, Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
WHERE = ("data.included", "data.scripted", "data.pointer", "data.linked")


def where(found: Evidence) -> set[str]:
    return {fact_id.removeprefix("data.") for fact_id in WHERE if found.has(fact_id)}


@pytest.mark.parametrize(
    ("path", "size", "expected"),
    [
        ("churn.csv", 5_000, True),
        ("data/raw/a.parquet", 5_000, True),
        ("data/raw/reviews.json.gz", 5_000, True),
        ("input/notes.txt", 5_000, True),
        ("churn.csv", 0, True),
        ("churn.csv", 90, False),
        ("submission.csv", 5_000, False),
        ("tests/data.csv", 5_000, False),
        ("mlflow.db", 5_000, False),
        ("settings.json", 5_000, False),
        ("model.pkl", 5_000, False),
    ],
)
def test_data_by_name_and_size(path: str, size: int, *, expected: bool) -> None:
    assert data.is_data(TreeEntry(path, size)) is expected


def test_a_folder_of_pictures_is_data(seen: Seen) -> None:
    assert where(seen(data, {f"train/{n}.jpg": "x" for n in range(20)})) == {"included"}
    assert where(seen(data, {f"images/{n}.jpg": "x" for n in range(20)})) == set()


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "import pandas as pd\npd.read_csv('https://x.org/churn.csv')"},
        {"a.py": "URL = 'https://x.org/churn.zip'"},
        {"a.py": "from sklearn.datasets import load_iris\nload_iris()"},
        {"a.py": "import yfinance as yf\nyf.download('A')"},
        {"Makefile": "data:\n\twget https://x.org/churn.csv\n"},
        {"README.md": "# A\n\n```sh\nkaggle datasets download -d ada/churn\n```\n"},
        {"a.ipynb": '{"cells": [{"cell_type": "code", "source": "!gdown 1abc"}]}'},
    ],
)
def test_brought(seen: Seen, files: dict[str, str]) -> None:
    assert where(seen(data, files)) == {"scripted"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.kaggle.com/datasets/ada/churn", "pointer"),
        ("https://www.kaggle.com/c/titanic/data", "pointer"),
        ("https://zenodo.org/records/123456", "pointer"),
        ("https://x.org/files/churn.csv", "pointer"),
        ("https://www.kaggle.com/", "linked"),
        ("https://archive.ics.uci.edu", "linked"),
    ],
)
def test_linked(seen: Seen, url: str, expected: str) -> None:
    assert where(seen(data, {"README.md": f"# A\n\n[data]({url})\n"})) == {expected}


@pytest.mark.parametrize("url", ["https://github.com/ada/churn", "https://x.org/model.h5", "https://pandas.pydata.org"])
def test_not_linked(seen: Seen, url: str) -> None:
    assert where(seen(data, {"README.md": f"# A\n\n[data]({url})\n", "a.py": f"A = '{url}'"})) == set()


def test_a_pointer_of_dvc(seen: Seen) -> None:
    assert where(seen(data, {"data/churn.csv.dvc": "outs:\n- path: churn.csv\n"})) == {"pointer"}


READ = "import pandas as pd\npd.read_csv('data/churn.csv')"


def test_a_file_that_nobody_has(seen: Seen) -> None:
    (fact,) = seen(data, {"a.py": READ}).known("data.missing")
    assert (fact.value, fact.at.line) == ("data/churn.csv", 2)


@pytest.mark.parametrize(
    "files",
    [
        {"other/churn.csv": "x"},
        {"data/churn.csv.dvc": "outs:\n"},
        {"make.py": "df.to_csv('churn.csv')"},
        {"Makefile": "data:\n\twget -P data https://x.org/churn.csv\n"},
    ],
)
def test_a_file_that_is_there_made_or_brought(seen: Seen, files: dict[str, str]) -> None:
    assert not seen(data, {"a.py": READ, **files}).has("data.missing")


@pytest.mark.parametrize("call", ["pd.read_csv(path)", "pd.read_csv(f'{x}.csv')", "pd.read_csv('s3://b/churn.csv')"])
def test_a_name_that_is_not_literal(seen: Seen, call: str) -> None:
    assert not seen(data, {"a.py": f"import pandas as pd\n{call}"}).has("data.missing")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"README.md": "# Titanic survival\n"}, {"Titanic"}),
        ({"data/titanic.csv": "x"}, {"Titanic"}),
        ({"README.md": "# Titanically large models\n"}, set()),
        ({"README.md": "# Tides\n\nUnlike Titanic.\n\n## More\n\nMNIST\n"}, {"Titanic"}),
    ],
)
def test_stock_data_sets(seen: Seen, files: dict[str, str], expected: set[str]) -> None:
    assert seen(data, files).names("data.stock") == expected
