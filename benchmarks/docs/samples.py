"""Real examples of every format: of the demo portfolio, cut to what a reader takes in at a glance."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any

from portfolio_audit.audit import audit_portfolio, audit_repository
from portfolio_audit.defaults import default_settings
from portfolio_audit.engine.locate import shipped
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS

PIECE = "churn-baseline-study"
"""The repository of the demo that single reports are about."""
_WIDEST = 150
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Sample:
    """An example as it stands in a fence, with what it is an example of."""

    of: str
    language: str
    text: str


def sample(name: str) -> Sample:
    """The example of a format; KeyError for one that has none."""
    make, language, of = _SAMPLES[name]
    return Sample(of, language, make(name))


def demo() -> Report:
    """The report on the demo portfolio, the same everywhere."""
    return _audited()[0]


def piece() -> Report:
    """The report on one repository of it."""
    return _audited()[1]


@cache
def _audited() -> tuple[Report, Report]:
    settings = replace(default_settings(), now=datetime(2026, 11, 1, 12, tzinfo=UTC))
    folder = shipped("demo")
    whole = replace(audit_portfolio(str(folder), settings), target="demo")
    one = replace(audit_repository(str(folder / PIECE), settings), target=f"demo/{PIECE}")
    return whole, one


def _lines(name: str, report: Report) -> list[str]:
    return FORMATS[name].render(report).decode().splitlines()


def _first(count: int, of: Callable[[], Report]) -> Callable[[str], str]:
    """The first lines, those that are too long cut at the end."""

    def make(name: str) -> str:
        return "\n".join(_shortened(line) for line in islice(_lines(name, of()), count))

    return make


def _shortened(line: str) -> str:
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + _CUT


def _result(name: str) -> str:
    """A result that is met in part, as it stands in JSON."""
    repository = json.loads(FORMATS[name].render(piece()))["repositories"][0]
    found = next(r for r in repository["results"] if r["outcome"] == "partial" and r["evidence"])
    return json.dumps(_few(found), indent=2, ensure_ascii=False)


def _finding(name: str) -> str:
    """A result of SARIF with a line."""
    results = json.loads(FORMATS[name].render(piece()))["runs"][0]["results"]
    found = next(r for r in results if r["locations"][0]["physicalLocation"]["region"]["startLine"] > 1)
    return json.dumps(found, indent=2, ensure_ascii=False)


def _few(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same with one place of each kind."""
    return {key: value[:1] if isinstance(value, list) else value for key, value in result.items()}


def _metrics(name: str) -> str:
    """The first samples of each metric."""
    return "\n".join(_some(_lines(name, demo()), 2))


def _some(lines: list[str], most: int) -> Iterator[str]:
    count = 0
    for line in lines:
        count = 0 if line.startswith("#") else count + 1
        if count <= most:
            yield line


def _head(name: str) -> str:
    """The page down to the first findings."""
    head, _, rest = FORMATS[name].render(demo()).decode().partition("<details>")
    return f"{head}<details>{rest.partition('</details>')[0]}</details>"


_SAMPLES: Mapping[str, tuple[Callable[[str], str], str, str]] = {
    "terminal": (_first(24, demo), "text", "`portfolio-audit demo --output report.txt`, its beginning"),
    "json": (_result, "json", "one result, with the first place of each kind"),
    "ndjson": (_first(3, demo), "text", "three lines, cut"),
    "ndjson-findings": (_first(3, demo), "text", "three lines, cut"),
    "csv": (_first(5, demo), "text", "the header and four rows, cut"),
    "markdown": (_head, "markdown", "the page as it is written, down to the first findings"),
    "sarif": (_finding, "json", "one result"),
    "junit": (_first(14, piece), "xml", "the beginning"),
    "annotations": (_first(10, piece), "text", "everything that is written for one repository, long lines cut"),
    "badge": (_first(9, demo), "json", "the whole file"),
    "badge-svg": (_first(20, demo), "xml", "the whole file, long lines cut"),
    "prometheus": (_metrics, "text", "two samples of each metric"),
}
