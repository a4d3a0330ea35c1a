"""Widths, lines and locations shared by the sections of the terminal report."""

from __future__ import annotations

from urllib.parse import quote

from rich.console import Console
from rich.padding import Padding
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


def heading(console: Console, marks: Marks, left: Text, right: Text) -> None:
    """A line with a title at the left, a grade at the right, and a rule below."""
    width = width_of(console)
    line = Table.grid(padding=0)
    line.width = width
    line.add_column(ratio=1, overflow="ellipsis", no_wrap=True)
    line.add_column(justify="right", no_wrap=True)
    line.add_row(left, right)
    console.print()
    console.print(line)
    console.print(dim(marks.rule * width))


def paragraph(console: Console, text: Text, indent: int = 0) -> None:
    """Text over as many lines as it needs, every one of them indented."""
    console.print(Padding(text, (0, 0, 0, indent)), width=width_of(console))


def dim(text: str) -> Text:
    """Text that steps back, and lets what is appended to it stand out."""
    return Text.assemble((text, "dim"))


def place(at: Location, repository: RepositoryReport | None = None) -> Text:
    """A location, as a link to its line where the repository's page is known."""
    text = dim(clean(str(at), 90))
    address = _address(at, repository) if repository else ""
    if address:
        text.stylize(f"link {address}")
    return text


def _address(at: Location, repository: RepositoryReport) -> str:
    if not at.path or not repository.web_url.startswith("https://") or isinstance(repository.commit, Unavailable):
        return ""
    line = f"#L{at.line}" if at.line and not at.cell else ""
    path = quote(at.path.encode("utf-8", "replace"))
    return f"{quote(repository.web_url.encode('utf-8', 'replace'), safe=':/')}/blob/{repository.commit}/{path}{line}"
