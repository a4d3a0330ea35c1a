"""Metrics that Prometheus' own parser reads, with labels that are what they were."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

import canonical
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.wire import export
from portfolio_audit.reporting.wire.report import Report as Exported

EXPORTED = export(canonical.portfolio_report())


def samples(exported: Exported) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Every sample by its name and labels, as Prometheus reads them; none may be there twice."""
    text = FORMATS["prometheus"].convert(exported).decode()
    read = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    found = {(sample.name, frozenset(sample.labels.items())): sample.value for sample in read}
    assert len(found) == len(read)
    return found


def of(metric: str, /, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return f"portfolio_audit_{metric}", frozenset(labels.items())


def test_scores_and_counts(report: Report) -> None:
    found = samples(export(report))
    churn = {"repository": "ada/churn-service", "project": ""}
    assert found[of("score", name="ada")] == 64.6864
    assert found[of("last_run_timestamp_seconds")] == 1773500966
    assert found[of("info", version="0.1.0", ruleset="1", digest="5eedf00d5eedf00d")] == 1
    assert found[of("repository_score", **churn, kind="ml-project", counted="true")] == 86.9773
    assert found[of("criterion_ratio", **churn, criterion="depth")] == 0.75
    assert found[of("criterion_ratio", repository="", project="", criterion="focus")] == 0.5
    assert found[of("part_ratio", **churn, criterion="depth", part="monitoring")] == 0.5
    assert found[of("results", **churn, outcome="fail")] == 2
    assert found[of("unmet_results", **churn, severity="high")] == 2
    assert found[of("unread_repositories")] == 0


def test_what_was_not_judged_has_no_sample(report: Report) -> None:
    criteria = [
        dict(labels).get("criterion") for name, labels in samples(export(report)) if name.endswith("criterion_ratio")
    ]
    assert "writing" not in criteria


def test_projects_are_told_apart() -> None:
    whole = EXPORTED.repositories[0]
    project = replace(whole, folder="churn", score=12.5)
    found = samples(replace(EXPORTED, repositories=(replace(whole, projects=(project,)),)))
    at = {"repository": whole.full_name, "kind": "ml-project", "counted": "true"}
    assert found[of("repository_score", **at, project="churn")] == 12.5


@given(st.text())
def test_labels_are_what_they_were(name: str) -> None:
    hostile = replace(EXPORTED.repositories[0], full_name=name)
    twice = replace(EXPORTED, repositories=(hostile, hostile))
    labels = [dict(labels) for metric, labels in samples(twice) if metric.endswith("repository_score")]
    assert [label["repository"] for label in labels] == [name]
