"""Everything that is seen in a repository; in a collection, also in each of its projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portfolio_audit import evidence
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.fingerprints import fingerprints
from portfolio_audit.evidence.projects import projects
from portfolio_audit.evidence.sheet import FactSheet, see
from portfolio_audit.model.kinds import RepositoryKind

Make = Callable[[Mapping[str, str]], Documents]
TRAIN = "from sklearn.svm import SVC\n" + "model = SVC()\n" * 12 + "model.fit([[0], [1]], [0, 1])\n"
ONE = {"README.md": "# Churn\n", "train.py": TRAIN, "more.py": TRAIN + "\n"}
TWO = {
    "README.md": "# My projects\n\n- [churn](churn)\n- [prices](prices)\n",
    **{f"churn/{path}": text for path, text in ONE.items()},
    **{f"prices/{path}": text.replace("Churn", "Prices") for path, text in ONE.items()},
}
COLLECTION = RepositoryKind.ML_COLLECTION.value
PROJECT = RepositoryKind.ML_PROJECT.value


def test_a_project_is_seen_as_a_whole(documents: Make) -> None:
    made = documents(ONE)
    whole = evidence.extract(made.snapshot, made.vocabulary)
    assert see(made, "") == FactSheet(whole, fingerprints(made.snapshot))
    assert fingerprints(made.snapshot)


def test_a_collection_is_seen_also_project_by_project(documents: Make) -> None:
    made = documents(TWO)
    apart = {one.folder: evidence.extract(one.snapshot, made.vocabulary) for one in projects(made)}
    assert see(made, "").projects == apart
    assert list(apart) == ["churn", "prices"]


def test_what_the_user_says_it_is_decides(documents: Make) -> None:
    assert see(documents(TWO), PROJECT).projects == {}
    assert see(documents(ONE), COLLECTION).projects == {}


def test_a_sheet_fits_if_it_tells_of_the_projects_to_be_judged(documents: Make) -> None:
    sheet, made = see(documents(TWO), ""), documents(TWO)
    assert sheet.fits(made, "")
    assert not sheet.fits(made, PROJECT)
    assert not FactSheet(sheet.whole).fits(made, "")
    assert not FactSheet(sheet.whole, projects=dict(reversed(sheet.projects.items()))).fits(made, "")
