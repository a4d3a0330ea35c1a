"""Report to file: one format a module, found here by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from portfolio_audit.errors import ReportError

if TYPE_CHECKING:
    from portfolio_audit.model.report import Report
    from portfolio_audit.reporting import wire


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a report: the module that does it, what it is for, and the file endings it is guessed from.

    ``live`` formats are made of the audit itself; all others of what is exported, so that a report that was kept as
    JSON gives them as well. ``needs`` is a module that comes with the extra named as ours; without it
    ReportError is raised.
    """

    module: str
    about: str
    suffixes: tuple[str, ...] = ()
    live: bool = False
    needs: str = ""

    def render(self, report: Report) -> bytes:
        """The whole report of an audit; the module is imported only now."""
        if self.live:
            return self._rendered(report)
        from portfolio_audit.reporting.wire import export  # noqa: PLC0415  # nothing of it is needed to choose a format

        return self.convert(export(report))

    def convert(self, exported: wire.Report) -> bytes:
        """The whole report from what was exported; only for formats that are not live."""
        return self._rendered(exported)

    @property
    def missing(self) -> str:
        """What has to be installed before it can be written, as a sentence; empty if nothing."""
        if not self.needs or find_spec(self.needs):
            return ""
        return f"the format {self.module} needs {self.needs}: pip install 'portfolio-audit[{self.module}]'."

    def _rendered(self, report: object) -> bytes:
        if self.missing:
            raise ReportError(self.missing)
        render: Callable[[object], str | bytes] = import_module(f"portfolio_audit.reporting.{self.module}").render
        made = render(report)
        return made if isinstance(made, bytes) else made.encode("utf-8", "replace")


FORMATS: Mapping[str, Format] = {
    "terminal": Format("plain", "to read here; without colour when it goes into a file", (".txt",), live=True),
    "json": Format("json_v1", "everything, schema version 1: for dashboards and scripts", (".json",)),
    "ndjson": Format("ndjson", "one line a repository, for pipelines", (".ndjson", ".jsonl")),
    "ndjson-findings": Format("ndjson_findings", "one line a finding, for pipelines", (".findings.ndjson",)),
    "csv": Format("csv_table", "one row a result, for spreadsheets", (".csv",)),
    "parquet": Format("parquet", "the same rows, typed, for DuckDB and pandas", (".parquet",), needs="pyarrow"),
    "markdown": Format("markdown", "a short page for comments, summaries and READMEs", (".md",)),
    "sarif": Format("sarif", "SARIF 2.1.0, for code scanning and editors", (".sarif", ".sarif.json")),
    "junit": Format("junit", "JUnit XML, for CI systems", (".xml",)),
    "annotations": Format("annotations", "GitHub's workflow commands: ten lines for a step's output"),
    "badge": Format("badge", "the JSON that a badge of shields.io is made of", (".badge.json",)),
    "badge-svg": Format("badge_picture", "a badge as a picture", (".badge.svg",)),
    "prometheus": Format("prometheus", "Prometheus' text format, for Grafana", (".prom",)),
    "svg": Format("picture", "a picture of the terminal report", (".svg",), live=True),
}
"""Every format by name; the command line's choices come from here."""


def guess_format(path: str) -> str | None:
    """The format whose file ending a path has, the longest that fits, or None."""
    fitting = [(len(s), name) for name, form in FORMATS.items() for s in form.suffixes if path.lower().endswith(s)]
    return max(fitting)[1] if fitting else None
