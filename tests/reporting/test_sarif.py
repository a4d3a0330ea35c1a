"""SARIF as its schema has it, with what GitHub needs to show a finding on its line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.wire import export

SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-2.1.0.json").read_bytes())


@pytest.fixture
def log(report: Report) -> Any:
    return json.loads(FORMATS["sarif"].render(report))


@pytest.mark.parametrize("which", ["report", "single"])
def test_it_fits_the_schema(which: str, request: pytest.FixtureRequest) -> None:
    made = json.loads(FORMATS["sarif"].render(request.getfixturevalue(which)))
    validator = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(made)] == []


def test_a_finding_stands_on_its_line(log: Any) -> None:
    assert log["runs"][2]["results"][3] == {
        "ruleId": "no-baseline",
        "ruleIndex": 4,
        "kind": "fail",
        "level": "warning",
        "message": {"text": "A score is reported, a baseline is not. Report a baseline beside the model (4h)."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "prices.ipynb", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 9},
                },
                "properties": {"cell": 12},
            }
        ],
        "partialFingerprints": {"portfolioAuditFinding/v1": "d006887e74587ee1f267"},
        "properties": {"outcome": "partial", "lost": 3.0},
    }


def test_every_rule_index_leads_to_its_rule(log: Any) -> None:
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_a_rule_tells_how_to_meet_it(log: Any) -> None:
    rule = next(r for r in log["runs"][0]["tool"]["driver"]["rules"] if r["id"] == "unmonitored-model")
    assert rule["name"] == "UnmonitoredModel"
    assert rule["helpUri"] == "https://example.org/rules/unmonitored-model.md"
    assert rule["help"]["markdown"] == (
        "A reviewer asks.\n\nWatch inputs and scores (1d):\n\n1. Write down what is there today.\n"
        "1. Do the smallest thing that works, and commit it.\n1. Say so in the README.\n\n<https://example.org/how>"
    )
    assert rule["properties"] == {"tags": ["depth", "monitoring"], "problem.severity": "error", "points": 8.0}


def test_a_silenced_finding_is_suppressed_with_the_reason(log: Any) -> None:
    result = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "missing-licence")
    assert result["suppressions"] == [{"kind": "external", "justification": "the data owner forbids reuse"}]


def test_what_has_no_file_is_shown_at_the_readme(log: Any) -> None:
    result = next(r for r in log["runs"][2]["results"] if r["ruleId"] == "unhosted-model")
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == ("README.md", {"startLine": 1})


def test_a_run_says_what_it_is_about(log: Any) -> None:
    churn, fork = log["runs"][0], log["runs"][4]
    assert churn["automationDetails"] == {"id": "portfolio-audit/ada/churn-service/"}
    assert churn["versionControlProvenance"] == [
        {
            "repositoryUri": "https://github.com/ada/churn-service",
            "revisionId": "4f1c2a9b7d3e5f60718293a4b5c6d7e8f9012345",
        }
    ]
    assert "versionControlProvenance" not in fork


def test_what_could_not_be_read_is_a_notification(log: Any) -> None:
    told = log["runs"][2]["invocations"][0]["toolExecutionNotifications"]
    assert [each["message"]["text"] for each in told] == ["is no JSON: expected a comma"]


def test_a_report_that_does_not_tell_of_its_rules_gives_their_ids(single: Report) -> None:
    log = json.loads(FORMATS["sarif"].convert(replace(export(single), rules={})))
    assert log["runs"][0]["tool"]["driver"]["rules"][0] == {"id": "manual-deployment"}


def test_how_sure_a_finding_is_stands_beside_it(single: Report) -> None:
    exported = export(single)
    repository = exported.repositories[0]
    unsure = tuple(replace(result, confidence=0.6) for result in repository.results)
    log = json.loads(FORMATS["sarif"].convert(replace(exported, repositories=(replace(repository, results=unsure),))))
    assert {result["properties"]["confidence"] for result in log["runs"][0]["results"]} == {0.6}
