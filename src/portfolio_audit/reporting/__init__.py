"""Report to text: one format a module, found here by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio_audit.model.report import Report


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a report: the module that does it, what it is for, and the file endings it is guessed from."""

    module: str
    about: str
    suffixes: tuple[str, ...] = ()

    def render(self, report: Report) -> str:
        """The whole report as text; the module is imported only now."""
        render: Callable[[Report], str] = import_module(f"portfolio_audit.reporting.{self.module}").render
        return render(report)


FORMATS: Mapping[str, Format] = {
    "terminal": Format("plain", "for reading here; without colour when it goes into a file", (".txt",)),
    "json": Format("json_v1", "for dashboards and scripts, schema version 1", (".json",)),
    "svg": Format("picture", "a picture of the terminal report", (".svg",)),
}
"""Every format by name; the command line's choices come from here."""


def guess_format(path: str) -> str | None:
    """The format whose file ending a path has, or None."""
    return next((name for name, f in FORMATS.items() if path.lower().endswith(f.suffixes)), None)
