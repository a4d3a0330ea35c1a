"""``portfolio-audit dashboard``: from a report to a page."""

from __future__ import annotations

from pathlib import Path

from cli.conftest import Run

WRITTEN = "index.html"


def test_a_report_becomes_a_page(audited: Run, tmp_path: Path) -> None:
    audited("portfolio", ".", "-o", "report.json")
    result = audited("dashboard", "report.json", "-o", "site/deep")
    assert (result.exit_code, result.stderr.strip()) == (0, f"Wrote {Path('site/deep') / WRITTEN}")
    page = (tmp_path / "site" / "deep" / WRITTEN).read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")


def test_a_report_or_an_account_is_needed(run: Run) -> None:
    for words in ((), ("report.json", "--user", "ada")):
        result = run("dashboard", *words)
        assert (result.exit_code, "Name either a REPORT file or --user LOGIN." in result.stderr) == (2, True)


def test_what_is_no_report_is_explained(run: Run, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("{}", encoding="utf-8")
    result = run("dashboard", "report.json")
    assert "report.json: is no report of portfolio-audit" in str(result.exception)
    assert not (tmp_path / "dashboard").exists()


def test_a_folder_that_cannot_be_made_is_explained(audited: Run, tmp_path: Path) -> None:
    audited("portfolio", ".", "-o", "report.json")
    (tmp_path / "site").write_text("a file", encoding="utf-8")
    result = audited("dashboard", "report.json", "-o", "site/page")
    assert str(result.exception).startswith(f"{Path('site/page')}: cannot be made (")
