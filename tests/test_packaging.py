"""The wheel and the sdist carry the rules and the demo; an installed copy finds them."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RULES = {path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*.yaml")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel made from it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_the_sdist_carries_everything_it_is_built_from(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {f"rules/{path}" for path in RULES} <= names
    assert {"LICENSE", "README.md", "src/portfolio_audit/py.typed", "tests/test_packaging.py"} <= names


def test_the_wheel_carries_the_rules_the_demo_and_the_types(built: Path) -> None:
    (archive,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(archive).namelist())
    assert {f"portfolio_audit/_data/rules/{path}" for path in RULES} <= names
    assert "portfolio_audit/_data/demo/metadata.yaml" in names
    assert "portfolio_audit/py.typed" in names
    assert {f"portfolio_audit/dashboard/assets/{name}" for name in ("page.html", "page.js", "LICENSES.txt")} <= names
    assert not [name for name in names if "/dashboard/web/" in name]


def test_an_installed_copy_lists_its_rules(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(tmp_path),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    script = "import portfolio_audit.cli.app as a; print(a.__file__); a.main()"
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv = ['portfolio-audit', 'rules', 'list']; {script}"
    )
    listed = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path
    ).stdout
    assert str(tmp_path) in listed.splitlines()[0]
    shipped = {Path(path).stem for path in RULES if not path.startswith("vocabulary/") and "/" in path}
    assert shipped <= {line.split()[2] for line in listed.splitlines()[1:]}
