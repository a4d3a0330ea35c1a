"""JUnit XML that every reader can parse, whatever a repository says."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

import canonical
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.escaping import legal
from portfolio_audit.reporting.wire import export

EXPORTED = export(canonical.repository_report())


def parsed(made: bytes) -> ET.Element:
    return ET.fromstring(made)  # noqa: S314  # made by us


def test_suites_are_the_profile_and_the_repositories(report: Report) -> None:
    root = parsed(FORMATS["junit"].render(report))
    assert [suite.get("name") for suite in root] == [
        "profile ada",
        *(legal(repository.full_name) for repository in report.repositories),
    ]


def test_counts_add_up(report: Report) -> None:
    root = parsed(FORMATS["junit"].render(report))
    for count, path in (("tests", "testcase"), ("failures", "testcase/failure"), ("skipped", "testcase/skipped")):
        assert [suite.get(count) for suite in root] == [str(len(suite.findall(path))) for suite in root]
        assert root.get(count) == str(sum(int(suite.get(count, "")) for suite in root))


def test_a_rule_that_is_not_met_fails_with_places_and_fix(single: Report) -> None:
    root = parsed(FORMATS["junit"].render(single))
    case = next(case for case in root.iter("testcase") if case.get("name") == "unmonitored-model")
    failure = case[0]
    assert (case.get("classname"), case.get("file")) == ("ada/churn-service.depth.monitoring", "drift.py")
    assert (failure.get("type"), failure.get("message")) == ("partial", "Drift is measured, but nothing alerts.")
    assert (failure.text or "").splitlines() == [
        "Nobody watches the model. 4 of 8 points.",
        "To meet it (1d): Watch inputs and scores",
        "drift.py:7",
    ]


def test_what_is_silenced_or_not_judged_is_skipped(report: Report) -> None:
    root = parsed(FORMATS["junit"].render(report))
    skipped = {
        case.get("name"): case[0].get("message") for case in root.iter("testcase") if case.find("skipped") is not None
    }
    assert skipped["missing-licence"] == "silenced: the data owner forbids reuse"
    assert skipped["unmonitored-model"] == "asked only where a model is served"


@given(st.text())
def test_whatever_a_repository_says_it_stays_xml(text: str) -> None:
    repository = EXPORTED.repositories[0]
    results = tuple(replace(r, message=text, reason=text, suppressed=text) for r in repository.results)
    hostile = replace(EXPORTED, repositories=(replace(repository, full_name=text, results=results),))
    root = parsed(FORMATS["junit"].convert(hostile))
    names = [suite.get("name") for suite in root]
    assert names == [legal(text) or "profile"]
