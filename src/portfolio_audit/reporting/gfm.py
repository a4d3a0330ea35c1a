"""Text from a repository inside GitHub-flavoured Markdown: shown as what it is, and doing nothing.

Escaping after the GFM specification keeps text from being markup; GitHub moreover makes links of mentions, issues,
commits, addresses and emoji names after the markup is read. So whatever comes from a repository is either a code span,
where it does not, or is broken by a word joiner, which nobody sees.
"""

from __future__ import annotations

import re

from portfolio_audit.reporting.escaping import clean

JOINER = "\N{WORD JOINER}"
_MARKUP = re.compile(r"[\\`*_{}\[\]()#|<>~&^$]|^[-+=]|(?<=^\d)[.)]|(?<=\d)\.(?=\s)")
_ACTIVE = re.compile(r"[@#:](?=\S)|\bwww(?=\.)|\bGH(?=-)", re.IGNORECASE)
_COMMIT = re.compile(r"[0-9a-f]{6}(?=[0-9a-f])", re.IGNORECASE)
_TICKS = re.compile(r"`+")
LONGEST_ADDRESS = 600


def prose(text: str, limit: int = 300) -> str:
    """One line of running text in which nothing is markup, a mention or a link."""
    broken = _COMMIT.sub(rf"\g<0>{JOINER}", _ACTIVE.sub(rf"\g<0>{JOINER}", clean(text, limit)))
    return _MARKUP.sub(r"\\\g<0>", broken)


def code(text: str, limit: int = 200, *, in_table: bool = False) -> str:
    """A code span; bars are escaped where they would end a cell of a table."""
    shown = clean(text, limit)
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(shown)), default=0))
    pad = " " if shown[:1] == "`" or shown[-1:] == "`" or not shown.strip() else ""
    span = f"{ticks}{pad}{shown or ' '}{pad}{ticks}"
    return span.replace("|", r"\|") if in_table else span


def link(shown: str, address: str | None) -> str:
    """A link with text that is Markdown already; only the text if there is no address, or an odd one."""
    fit = address and len(address) <= LONGEST_ADDRESS and not re.search(r"[\s<>\\]", address)
    return f"[{shown}](<{address}>)" if fit else shown
