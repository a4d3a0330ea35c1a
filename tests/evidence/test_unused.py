"""Packages that are declared and used nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import unused
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
CODE = {"train.py": "import pandas\nfrom sklearn import linear_model\nimport cv2\n"}


@pytest.mark.parametrize(
    ("declared", "names"),
    [
        ("pandas\nscikit-learn\n", set()),
        ("opencv-python-headless\n", set()),
        ("mlflow\nevidently\n", {"mlflow", "evidently"}),
        ("pandas\nmlflow==2.9.0\n", set()),
        ("jupyter\nuvicorn[standard]\npsycopg2-binary\n", set()),
        ("PyYAML\n", {"pyyaml"}),
    ],
)
def test_what_nothing_uses(seen: Seen, declared: str, names: set[str]) -> None:
    assert seen(unused, {**CODE, "requirements.txt": declared}).names("environment.unused") == names


@pytest.mark.parametrize("path", ["Dockerfile", "Makefile", ".github/workflows/ci.yml", "run.sh"])
def test_what_a_job_starts_is_used(seen: Seen, path: str) -> None:
    files = {**CODE, "requirements.txt": "mlflow\n", path: "RUN mlflow server\n"}
    assert not seen(unused, files).has("environment.unused")


def test_the_share_counts_loose_packages_only(seen: Seen) -> None:
    evidence = seen(unused, {**CODE, "requirements.txt": "pandas\nmlflow\nsix==1.16.0\n"})
    assert evidence.number("environment.unused_share") == 0.5


def test_it_says_where(seen: Seen) -> None:
    (fact,) = seen(unused, {**CODE, "requirements.txt": "pandas\nmlflow\n"}).known("environment.unused")
    assert fact.at == Location("requirements.txt", 2, note="nothing uses it")


def test_nothing_declared_says_nothing(seen: Seen) -> None:
    assert seen(unused, CODE).facts == ()


@pytest.mark.parametrize(("text", "decided"), [("pandas\nscikit-learn\nmlflow\n", True), ("mlflow\npandas\n", False)])
def test_code_that_cannot_be_read_can_only_lower_the_share(seen: Seen, text: str, *, decided: bool) -> None:
    files = {**CODE, "requirements.txt": text, "a.ipynb": Unavailable("is over the limit")}
    evidence = seen(unused, files)
    assert evidence.has("environment.unused_share") == decided
    assert bool(evidence.undecided("environment.unused_share")) != decided
