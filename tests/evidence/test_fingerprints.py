"""Repositories with the same code have the same fingerprints."""

from __future__ import annotations

from conftest import snapshot_of
from portfolio_audit.evidence.fingerprints import fingerprints

LONG = "".join(f"level_{number} = {number}\n" for number in range(20))
OTHER = LONG.replace("level", "depth")


def test_line_ends_and_names_of_files_do_not_count() -> None:
    one = fingerprints(snapshot_of({"a.py": LONG, "b.py": OTHER}))
    assert one == fingerprints(snapshot_of({"src/x.py": LONG, "y.py": OTHER.replace("\n", "\r\n")}))
    assert len(one) == 2


def test_short_files_prose_and_copied_trees_do_not_count() -> None:
    files = {
        "a.py": LONG,
        "b.py": OTHER,
        "c.py": "import a\n",
        "README.md": LONG + "x",
        "venv/lib/d.py": LONG + "y = 1\n",
    }
    assert len(fingerprints(snapshot_of(files))) == 2


def test_a_single_file_tells_nothing() -> None:
    assert fingerprints(snapshot_of({"a.py": LONG})) == frozenset()
