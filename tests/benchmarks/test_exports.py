"""The benchmark of formats measures each of them on a report of the size that was asked for."""

from __future__ import annotations

from benchmarks.exports.large import large_report
from benchmarks.exports.measure import measure

from portfolio_audit.reporting import FORMATS


def test_every_format_is_measured_on_repositories_of_their_own() -> None:
    report = large_report(12)
    assert len({repository.full_name for repository in report.repositories}) == 12
    measured = {each.what: each for each in measure(report, 1)}
    assert [name for name, form in FORMATS.items() if not form.live and measured[name].size == 0] == []
    assert measured["reading json again"].size == measured["json"].size
