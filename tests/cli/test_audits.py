"""``repo`` and ``portfolio``: what is shown, where it goes, and what the exit code says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Run


def test_a_portfolio_is_shown_at_a_glance(audited: Run) -> None:
    result = audited("portfolio", ".")
    assert result.exit_code == 0
    expected = Path(__file__).parent.parent.parent / "fixtures" / "expected" / "portfolio-80.txt"
    assert result.stdout == expected.read_text(encoding="utf-8")


def test_a_repository_is_shown_in_full(audited: Run) -> None:
    assert "LogisticRegression" not in (shown := audited("repo", ".").stdout)
    assert "ada/churn-service" in shown
    assert "The plan: what to do next" in shown


def test_quiet_is_one_line(audited: Run) -> None:
    assert audited("portfolio", ".", "--quiet").stdout == "ada: B (65 of 100)\n"


def test_verbose_shows_every_repository(audited: Run) -> None:
    assert "ada/scikit-learn" in audited("portfolio", ".", "-v").stdout


def test_one_repository_can_be_asked_for(audited: Run) -> None:
    shown = audited("portfolio", ".", "--show", "House-Prices").stdout
    assert "ada/house-prices" in shown
    assert "ada/scikit-learn" not in shown


def test_a_repository_that_is_not_there_gets_the_nearest_name(audited: Run) -> None:
    result = audited("portfolio", ".", "--show", "hous-prices")
    assert result.exit_code == 2
    assert "house-prices" in result.stderr


@pytest.mark.parametrize(("threshold", "code"), [("F", 0), ("B", 0), ("b", 0), ("B+", 1), ("A", 1)], ids=str)
def test_the_threshold_decides_the_exit_code(audited: Run, threshold: str, code: int) -> None:
    assert audited("portfolio", ".", "--fail-under", threshold).exit_code == code


def test_below_the_threshold_the_report_is_still_shown_and_the_reason_told(audited: Run) -> None:
    result = audited("portfolio", ".", "--fail-under", "A")
    assert "Portfolio of ada" in result.stdout
    assert result.stderr == "The grade B is below A.\n"


def test_exit_zero_overrules_the_threshold(audited: Run) -> None:
    assert audited("portfolio", ".", "--fail-under", "A", "--exit-zero").exit_code == 0


def test_the_threshold_may_stand_in_the_configuration(audited: Run, tmp_path: Path) -> None:
    (tmp_path / ".portfolio-audit.yaml").write_text("fail_under: A\n", encoding="utf-8")
    assert audited("portfolio", ".").exit_code == 1
    assert audited("portfolio", ".", "--fail-under", "C").exit_code == 0


@pytest.mark.parametrize(
    ("option", "value", "told"), [("--fail-under", "Q", "no grade"), ("--format", "jsn", "no format")]
)
def test_wrong_choices_are_usage_errors_that_name_the_right_ones(
    audited: Run, option: str, value: str, told: str
) -> None:
    result = audited("repo", ".", option, value)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Choose from" in result.stderr


def test_json_goes_to_standard_output_alone(audited: Run) -> None:
    result = audited("portfolio", ".", "--format", "json")
    assert json.loads(result.stdout)["grade"] == "B"
    assert result.stderr == ""


def test_the_format_follows_the_file_ending(audited: Run, tmp_path: Path) -> None:
    result = audited("portfolio", ".", "--output", "report.json")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["schema_version"] == 1
    assert (result.stdout, result.stderr) == ("", "Wrote report.json\n")


def test_a_format_that_is_named_wins_over_the_file_ending(audited: Run, tmp_path: Path) -> None:
    audited("portfolio", ".", "-f", "svg", "-o", "report.json")
    assert (tmp_path / "report.json").read_text(encoding="utf-8").startswith("<svg")


def test_a_text_file_holds_everything_without_colour(audited: Run, tmp_path: Path) -> None:
    audited("portfolio", ".", "-o", "report.txt")
    written = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "ada/house-prices" in written
    assert "\x1b" not in written


def test_links_are_checked_only_when_asked_for(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr("portfolio_audit.sources.liveness.answering", lambda urls: asked.append(list(urls)) or {})
    (project / "README.md").write_text("# Churn\n\nTry [the demo](https://churn.streamlit.app).\n", encoding="utf-8")

    assert run("repo", project).exit_code == 0
    assert asked == []
    assert run("repo", project, "--check-links").exit_code == 0
    assert asked == [["https://churn.streamlit.app"]]
