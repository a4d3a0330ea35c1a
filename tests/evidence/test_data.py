"""Data: in the tree, brought, pointed to, missing, or a tutorial's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import ModuleType

import pytest

from portfolio_audit.evidence import data
from portfolio_audit.evidence.documents import Documents
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
        ("churn.csv", 0, False),
        ("churn.csv", 90, False),
        ("submission.csv", 5_000, False),
        ("tests/data.csv", 5_000, False),
        ("mlflow.db", 5_000, False),
        ("flows/src/mage-ai.db", 5_000, False),
        ("chroma/chroma.sqlite3", 5_000, False),
        ("settings.json", 5_000, False),
        ("model.pkl", 5_000, False),
    ],
)
def test_data_by_name_and_size(path: str, size: int, *, expected: bool) -> None:
    assert data.is_data(TreeEntry(path, size)) is expected


def test_a_file_that_only_this_copy_lacks_is_data(documents: Callable[[Mapping[str, str]], Documents]) -> None:
    lacking = TreeEntry("churn.csv", 0, blob_id="0f" * 20)
    empty = TreeEntry("empty.csv", 0, blob_id="e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    made = documents({})
    snapshot = replace(made.snapshot, tree=(lacking, empty))

    facts = data.extract(Documents(snapshot, made.vocabulary))

    assert [str(f.at) + f.at.note for f in facts] == ["churn.csv" + "data of unknown size, which this copy lacks"]


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
        {"get.sh": "curl -L https://x.org/churn.csv -o data/churn.csv\n"},
        {"get.sh": "aws s3 cp s3://ada/churn.csv data/\n"},
        {"get.sh": "wget https://x.org/drivers.zip\n"},
        {"a.py": "import kagglehub\nkagglehub.dataset_download('ada/churn')"},
        {"a.py": "import boto3\nboto3.client('s3').download_file('b', 'churn.parquet', 'churn.parquet')"},
        {"a.py": "import requests\nrequests.get('https://x.org/churn.json')"},
        {"a.py": "from ucimlrepo import fetch_ucirepo\nfetch_ucirepo(id=53)"},
        {"a.py": "from datasets import load_dataset\nload_dataset('ada/reviews')"},
        {"a.py": "import seaborn as sns\nsns.load_dataset('tips')"},
        {"a.py": "from datasets import load_dataset\nload_dataset('csv', data_files='https://x.org/a.csv')"},
        {"a.py": "from huggingface_hub import hf_hub_download\nhf_hub_download('ada/d', 'a.csv', repo_type='dataset')"},
        {"a.py": "import openml\nopenml.datasets.get_dataset(31)"},
        {"a.py": "from torchvision import datasets\ndatasets.CIFAR10('data', download=True)"},
    ],
)
def test_brought(seen: Seen, files: dict[str, str]) -> None:
    assert where(seen(data, files)) == {"scripted"}


@pytest.mark.parametrize(
    "files",
    [
        {"get.sh": "curl -X POST http://localhost:8000/predict -d @customer\n"},
        {"get.sh": "curl https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip -o awscliv2.zip\n"},
        {"get.sh": "wget https://github.com/ada/tool/releases/download/v1/tool.tar.gz\n"},
        {"get.sh": "wget https://x.org/model.pkl\n"},
        {"get.sh": "aws s3 cp data/churn.csv s3://ada/churn.csv\n"},
        {"get.sh": "gsutil cp churn.csv gs://ada/\n"},
        {"a.py": "URL = 'https://assets9.lottiefiles.com/packages/wave.json'"},
        {"README.md": "# A\n\n[zlib](http://x.org/zlib123dllx64.zip)\n"},
        {"a.py": "import boto3\nboto3.client('s3').download_file('b', 'model.pkl', 'model.pkl')"},
        {"a.py": "import requests\nrequests.get('https://x.org/api/status')"},
        {"a.py": "from torchvision.datasets import ImageFolder\nImageFolder('data')"},
        {"a.py": "from nltk.corpus import stopwords\nstopwords.words('english')"},
        {"a.py": "from datasets import load_dataset\nload_dataset('csv', data_files='a.csv')"},
        {"a.py": "from huggingface_hub import hf_hub_download\nhf_hub_download('ada/model', 'model.bin')"},
        {"a.py": "import kagglehub\nkagglehub.model_download('ada/model')"},
    ],
)
def test_other_downloads_bring_no_data(seen: Seen, files: dict[str, str]) -> None:
    assert where(seen(data, files)) == set()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.kaggle.com/datasets/ada/churn", "pointer"),
        ("https://www.kaggle.com/c/titanic/data", "pointer"),
        ("https://zenodo.org/records/123456", "pointer"),
        ("https://x.org/files/churn.csv", "pointer"),
        ("https://www.kaggle.com/", "linked"),
        ("https://archive.ics.uci.edu", "linked"),
        ("https://archive.ics.uci.edu/ml/index.php", "linked"),
        ("https://www.kaggle.com/ada", "linked"),
        ("https://www.kaggle.com/code/ada/churn-notebook", "linked"),
        ("https://www.kaggle.com/ada/churn", "pointer"),
        ("https://www.kaggle.com/datasets", "linked"),
        ("https://archive.ics.uci.edu/dataset/53/iris", "pointer"),
    ],
)
def test_linked(seen: Seen, url: str, expected: str) -> None:
    assert where(seen(data, {"README.md": f"# A\n\n[data]({url})\n"})) == {expected}


@pytest.mark.parametrize("url", ["https://github.com/ada/churn", "https://x.org/model.h5", "https://pandas.pydata.org"])
def test_not_linked(seen: Seen, url: str) -> None:
    assert where(seen(data, {"README.md": f"# A\n\n[data]({url})\n", "a.py": f"A = '{url}'"})) == set()


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("outs:\n- path: churn.csv\n", "a pointer of DVC"),
        (
            "outs:\n- md5: 0123456789abcdef0123456789abcdef\n  size: 1234567\n  path: churn.csv\n",
            "a pointer of DVC to 1,234,567 bytes, md5 0123456789ab",
        ),
    ],
)
def test_a_pointer_of_dvc(seen: Seen, text: str, note: str) -> None:
    assert [f.at.note for f in seen(data, {"data/churn.csv.dvc": text}).known("data.pointer")] == [note]


LFS = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0f' * 32}\nsize 12345678\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".gitattributes": "*.csv filter=lfs diff=lfs\n", "data/churn.csv": LFS}, {"pointer"}),
        ({".gitattributes": "*.csv filter=lfs diff=lfs\n", "data/churn.csv": "x" * 2_000}, {"included"}),
        ({".gitattributes": "*.csv text\n", "data/churn.csv": LFS}, set()),
    ],
)
def test_a_pointer_of_git_lfs_is_not_included(seen: Seen, files: dict[str, str], expected: set[str]) -> None:
    assert where(seen(data, files)) == expected


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
