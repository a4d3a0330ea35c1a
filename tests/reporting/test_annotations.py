"""Workflow commands: ten at most, the heaviest first, and none that a repository wrote."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

import canonical
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.annotations import MOST, command
from portfolio_audit.reporting.wire import export


def lines(report: Report) -> list[str]:
    return FORMATS["annotations"].render(report).decode().splitlines()


def test_a_repository_is_annotated_at_its_lines(single: Report) -> None:
    assert lines(single) == [
        (
            "::warning file=README.md,line=96,title=unstated-limits%3A Limits are not discussed"
            "::Limits have one sentence. Add a section on limits (1h)."
        ),
        (
            "::error file=src/churn/train.py,line=41,title=manual-retraining%3A Retraining is by hand"
            "::No job trains the model again. Schedule the training (1d)."
        ),
        (
            "::error file=drift.py,line=7,title=unmonitored-model%3A Nobody watches the model"
            "::Drift is measured, but nothing alerts. Watch inputs and scores (1d)."
        ),
    ]


def test_the_plan_comes_first_then_what_lost_most_points(report: Report) -> None:
    exported = export(report)
    assert exported.portfolio is not None
    planned = [step.rule for step in exported.portfolio.plan]
    told = [line.partition("title=")[2].partition("%3A")[0] for line in lines(report)]
    assert told[: len(planned)] == planned[:MOST]


def test_a_portfolio_names_repositories_instead_of_files(report: Report) -> None:
    made = lines(report)
    assert len(made) == MOST
    assert not [line for line in made if "file=" in line]
    assert made[1] == (
        "::warning title=unstated-limits%3A Limits are not discussed"
        "::ada/churn-service, README.md:96: Limits have one sentence. Add a section on limits (1h)."
    )


def test_what_does_not_count_is_not_annotated(report: Report) -> None:
    assert not [line for line in lines(report) if "ml-course" in line]


def test_silenced_findings_are_not_annotated(single: Report) -> None:
    assert not [line for line in lines(single) if "missing-licence" in line]


@given(st.text(), st.text())
def test_no_text_ends_a_command_or_begins_another(message: str, title: str) -> None:
    line = command("error", message, {"file": title, "title": title})
    assert "\n" not in line
    assert "\r" not in line
    empty, properties, said = line.split("::", 2)
    values = dict(each.split("=", 1) for each in properties.removeprefix("error ").split(","))
    assert (empty, unquote(said, errors="surrogatepass")) == ("", message)
    assert {unquote(value) for value in values.values()} == {title}


@given(st.text(min_size=1))
def test_names_of_files_stay_inside_their_property(path: str) -> None:
    exported = export(canonical.repository_report())
    repository = exported.repositories[0]
    results = tuple(
        replace(result, findings=tuple(replace(finding, path=path) for finding in result.findings))
        for result in repository.results
    )
    made = FORMATS["annotations"].convert(replace(exported, repositories=(replace(repository, results=results),)))
    assert [line[:8] for line in made.decode().split("\n")] == ["::warnin", "::error ", "::error ", ""]
