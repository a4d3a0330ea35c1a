"""Widths and lines shared by the sections of the terminal report."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio_audit.model.location import Location
from portfolio_audit.model.report import RepositoryReport
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.marks import Marks

WIDEST = 132
WIDE = 110


def width_of(console: Console) -> int:
    """How many columns the report uses."""
    return min(console.width, WIDEST)


def heading(console: Console, marks: Marks, left: Text, right: Text | None = None) -> None:
    """A line with a title at the left, a grade at the right, and a rule below."""
    width = width_of(console)
    line = Table.grid(expand=False, padding=0)
    line.width = width
    line.add_column(ratio=1, overflow="ellipsis", no_wrap=True)
    line.add_column(justify="right", no_wrap=True)
    line.add_row(left, right or Text(""))
    console.print()
    console.print(line)
    console.print(Text(marks.rule * width, style="dim"))


def place(at: Location, repository: RepositoryReport | None = None) -> Text:
    """A location, as a link to its line where the repository's page is known."""
    text = Text(clean(str(at), 90), style="dim")
    if repository and repository.web_url and at.path and not isinstance(repository.commit, Unavailable):
        line = f"#L{at.line}" if at.line and not at.cell else ""
        path = "/".join(_quoted(part) for part in at.path.split("/"))
        text.stylize(f"link {repository.web_url}/blob/{repository.commit}/{path}{line}")
    return text


def _quoted(part: str) -> str:
    """One part of a path, safe in an address: only unreserved characters stay (RFC 3986, section 2.3)."""
    safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
    return "".join(c if c in safe else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in part)
