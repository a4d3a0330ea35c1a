"""``--record``: audits that are kept, and those that are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import canonical
from cli.conftest import Run
from portfolio_audit.cli import running
from portfolio_audit.history import HistoryFile

ALWAYS = "history: {record: true}\n"


def kept(file: Path) -> list[str]:
    return [run.subject for run in HistoryFile(file).runs()] if file.exists() else []


@pytest.mark.parametrize(
    ("configuration", "words", "count"),
    [("", (), 0), ("", ("--record",), 1), (ALWAYS, (), 1), (ALWAYS, ("--no-record",), 0)],
)
def test_an_audit_is_kept_when_asked_for(
    audited: Run, tmp_path: Path, configuration: str, words: tuple[str, ...], count: int
) -> None:
    (tmp_path / ".portfolio-audit.yaml").write_text(configuration, encoding="utf-8")
    result = audited("portfolio", ".", *words)
    assert result.exit_code == 0
    assert kept(tmp_path / "history.sqlite") == [canonical.portfolio_report().portfolio.name] * count
    assert ("Kept as run #1 in" in result.stderr) == bool(count)


def test_a_repository_is_kept_too_and_quiet_says_nothing(audited: Run, tmp_path: Path) -> None:
    result = audited("repo", ".", "--record", "--quiet")
    assert result.stderr == ""
    assert kept(tmp_path / "history.sqlite") == ["ada/churn-service"]


def test_the_configuration_names_the_file(audited: Run, tmp_path: Path) -> None:
    (tmp_path / ".portfolio-audit.yaml").write_text("history: {record: true, file: mine.sqlite}\n", encoding="utf-8")
    audited("portfolio", ".", env={"PORTFOLIO_AUDIT_HISTORY": ""})
    assert len(kept(tmp_path / "mine.sqlite")) == 1


def test_the_option_names_it_before_all_else(audited: Run, tmp_path: Path) -> None:
    (tmp_path / ".portfolio-audit.yaml").write_text("history: {file: mine.sqlite}\n", encoding="utf-8")
    audited("repo", ".", "--record", "--history", "other.sqlite")
    assert kept(tmp_path / "other.sqlite") == ["ada/churn-service"]
    assert not (tmp_path / "mine.sqlite").exists()


def test_it_is_kept_even_when_the_grade_is_too_low(audited: Run, tmp_path: Path) -> None:
    assert audited("portfolio", ".", "--record", "--fail-under", "A").exit_code == 1
    assert len(kept(tmp_path / "history.sqlite")) == 1


def test_a_file_that_cannot_be_used_is_explained_after_the_report(audited: Run, tmp_path: Path) -> None:
    (tmp_path / "history.sqlite").write_bytes(b"precious " * 500)
    result = audited("portfolio", ".", "--record")
    assert "is damaged, or no history. It was left as it is" in str(result.exception)
    assert "Portfolio of" in result.stdout
    assert (tmp_path / "history.sqlite").read_bytes() == b"precious " * 500


def test_the_page_draws_the_curve_of_what_was_kept(
    audited: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = canonical.portfolio_report()
    earlier = replace(report, at=report.at.replace(year=report.at.year - 1))
    monkeypatch.setattr(running, "audit_portfolio", lambda *_: earlier)
    audited("portfolio", ".", "--record")
    monkeypatch.setattr(running, "audit_portfolio", lambda *_: report)
    audited("portfolio", ".", "-o", "report.json")
    audited("dashboard", "report.json")
    page = (tmp_path / "dashboard" / "index.html").read_text(encoding="utf-8")
    assert '"#1 audit"' in page
    assert '"this report"' in page
