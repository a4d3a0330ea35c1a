"""Report to text: one format a module, found here by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio_audit.model.report import Report
    from portfolio_audit.reporting import wire


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a report: the module that does it, what it is for, and the file endings it is guessed from.

    ``live`` formats are made of the audit itself; all others of what is exported, so that a report that was kept as
    JSON gives them as well.
    """

    module: str
    about: str
    suffixes: tuple[str, ...] = ()
    live: bool = False

    def render(self, report: Report) -> bytes:
        """The whole report of an audit; the module is imported only now."""
        if self.live:
            return self._rendered(report)
        from portfolio_audit.reporting.wire import export  # noqa: PLC0415  # nothing of it is needed to choose a format

        return self.convert(export(report))

    def convert(self, exported: wire.Report) -> bytes:
        """The whole report from what was exported; only for formats that are not live."""
        return self._rendered(exported)

    def _rendered(self, report: object) -> bytes:
        render: Callable[[object], str | bytes] = import_module(f"portfolio_audit.reporting.{self.module}").render
        made = render(report)
        return made if isinstance(made, bytes) else made.encode("utf-8", "replace")


FORMATS: Mapping[str, Format] = {
    "terminal": Format("plain", "for reading here; without colour when it goes into a file", (".txt",), live=True),
    "json": Format("json_v1", "for dashboards and scripts, schema version 1", (".json",)),
    "svg": Format("picture", "a picture of the terminal report", (".svg",), live=True),
}
"""Every format by name; the command line's choices come from here."""


def guess_format(path: str) -> str | None:
    """The format whose file ending a path has, the longest that fits, or None."""
    fitting = [(len(s), name) for name, form in FORMATS.items() for s in form.suffixes if path.lower().endswith(s)]
    return max(fitting)[1] if fitting else None
