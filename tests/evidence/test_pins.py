"""Which code has its environment fixed, and by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import environment
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]

PIPFILE = "[packages]\nflask = '*'\n"
LOCK = '{"default": {"flask": {}}}'


@pytest.mark.parametrize(
    ("files", "share"),
    [
        ({"requirements.txt": "pandas==2.2\n"}, 1.0),
        ({"requirements.txt": "pandas\n"}, 0.0),
        ({"requirements.txt": "pandas==2.2\n", "a.py": "", "b/c.ipynb": "{}", "tests/test_a.py": ""}, 1.0),
        ({"api/Pipfile": PIPFILE, "api/Pipfile.lock": LOCK, "api/app.py": "", "train.py": ""}, 0.5),
        (
            {"Pipfile": PIPFILE, "Pipfile.lock": LOCK, "app.py": "", "etl/requirements.txt": "dask\n", "etl/a.py": ""},
            0.5,
        ),
        ({"Pipfile": PIPFILE, "Pipfile.lock": '{"default": {"django": {}}}', "app.py": ""}, 0.0),
        ({"requirements.txt": "flask==3\n", "Dockerfile": "FROM python\nRUN pip install gunicorn\n", "a.py": ""}, 1.0),
        ({"Dockerfile": "FROM python\nRUN pip install gunicorn\n", "a.py": ""}, 0.0),
        (
            {
                "requirements.txt": "flask==3\n",
                "api/Dockerfile": "FROM python\nRUN pip install flask\n",
                "api/a.py": "",
            },
            1.0,
        ),
        ({"renv.lock": '{"Packages": {"dplyr": {}}}', "a.R": ""}, 1.0),
    ],
)
def test_share_of_the_code_that_is_served(seen: Seen, files: dict[str, str], share: float) -> None:
    assert seen(environment, files).number("environment.served_share", -1) == share


def test_nothing_declared_serves_nothing(seen: Seen) -> None:
    assert not seen(environment, {"a.py": "import pandas\n"}).has("environment.served_share")


def test_the_share_stands_at_what_fixes_it(seen: Seen) -> None:
    files = {"Pipfile": PIPFILE, "Pipfile.lock": LOCK, "app.py": "", "etl/requirements.txt": "dask\n", "etl/a.py": ""}
    assert seen(environment, files).known("environment.served_share") == (
        Fact(
            "environment.served_share", 0.5, Location("Pipfile.lock", note="files of code with exact versions: 1 of 2")
        ),
    )


def test_a_workspace_has_one_lock(seen: Seen) -> None:
    member = "[project]\nname = 'Tides_API'\ndependencies = ['flask']\n"
    lock = '[[package]]\nname = "flask"\n\n[[package]]\nname = "tides-api"\n'
    files = {"uv.lock": lock, "packages/api/pyproject.toml": member, "packages/api/app.py": "", "a.py": ""}
    assert seen(environment, files).number("environment.unpinned_count") == 0
    assert seen(environment, files | {"uv.lock": lock.replace("tides", "waves")}).number("environment.unpinned_count")


def test_files_that_fit_a_model_with_what_nothing_declares(seen: Seen) -> None:
    files = {
        "requirements.txt": "flask\n",
        "train.py": "import seaborn\nimport xgboost as x\n\nx.XGBClassifier().fit(a, b)\n",
        "plot.py": "import xgboost\n",
        "shown.py": "import seaborn, sklearn.svm\n\nsklearn.svm.SVC().fit(a, b)\n",
    }
    found = seen(environment, files)
    assert {(f.value, f.at.line, f.at.note) for f in found.known("environment.unserved")} == {
        ("train.py", 2, "fits a model with xgboost, which nothing declares"),
        ("shown.py", 1, "fits a model with sklearn, which nothing declares"),
    }
