"""Reports that were kept become other formats."""

from __future__ import annotations

from pathlib import Path

import pytest

import canonical
from cli.conftest import Run, Spawn
from portfolio_audit.reporting import FORMATS

KEPT = FORMATS["json"].render(canonical.portfolio_report())


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_bytes(KEPT)
    return path


@pytest.mark.parametrize("name", ["markdown", "csv", "prometheus"])
def test_a_report_is_converted(run: Run, kept: Path, name: str) -> None:
    assert run("convert", kept, "--format", name).stdout_bytes == FORMATS[name].render(canonical.portfolio_report())


def test_a_report_becomes_several_files(run: Run, kept: Path, tmp_path: Path) -> None:
    assert run("convert", kept, "-o", "a.md", "-o", "b.sarif").stderr == "Wrote a.md\nWrote b.sarif\n"
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("## ada: **B** (65 of 100)\n")


def test_a_report_comes_from_standard_input(run: Run) -> None:
    assert run("convert", "-", "-f", "badge", input=KEPT).stdout_bytes == FORMATS["badge"].render(
        canonical.portfolio_report()
    )


@pytest.mark.parametrize("words", [[], ["--format", "svg"], ["-o", "a.txt"]])
def test_what_comes_from_an_audit_only_is_refused(run: Run, kept: Path, words: list[str]) -> None:
    result = run("convert", kept, *words)
    assert result.exit_code == 2
    assert "comes from an audit only" in " ".join(result.stderr.replace("│", " ").split())


def test_a_damaged_report_is_one_sentence_and_a_code(spawn: Spawn, tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_bytes(KEPT[:500])
    result = spawn("convert", "cut.json", "-f", "csv")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.startswith("portfolio-audit: cut.json: is damaged, or no JSON (")
    assert result.stderr.count("\n") == 1


def test_a_full_disk_is_one_sentence_and_a_code(spawn: Spawn, kept: Path) -> None:
    result = spawn("convert", kept, "-f", "csv", "-o", "/dev/full")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr == (
        "portfolio-audit: /dev/full: cannot be written (No space left on device). Name another place with --output.\n"
    )
