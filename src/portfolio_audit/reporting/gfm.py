"""Text from a repository inside GitHub-flavoured Markdown: shown as what it is, and doing nothing.

Characters of markup become numeric entities, which Markdown never takes for its own signs, and which mean the same in
tables and in HTML around them. GitHub moreover makes links of mentions, issues, commits, addresses and emoji names
after the markup is read: these are broken by a word joiner, which nobody sees.

Source: https://github.github.com/gfm/
"""

from __future__ import annotations

import re

from portfolio_audit.reporting.escaping import clean

JOINER = "\N{WORD JOINER}"
_MARKUP = re.compile(r"[&<>`*\[\]|~\\$]|(?<![^\W_])_|_(?![^\W_])")
_BEGINNING = re.compile(r"^(\d{0,9})([-+=#.)])")
_ACTIVE = re.compile(r"[@#:](?=\S)|\bwww(?=\.)|\bGH(?=-)", re.IGNORECASE)
_COMMIT = re.compile(r"[0-9a-f]{6}(?=[0-9a-f])", re.IGNORECASE)
_PLAIN_CODE = re.compile(r"[\w ./:=+,;@#%!?(){}'\"*<>&~^$\[\]-]+")
"""What may stand between backticks, also in a table: all but backticks, bars and backslashes."""
_UNFIT = re.compile(r"[\s<>\\|]")
LONGEST_ADDRESS = 600


def prose(text: str, limit: int = 300) -> str:
    """One line of running text in which nothing is markup, a mention or a link; also fit for the text of HTML."""
    return _quieted(clean(text, limit))


def code(text: str, limit: int = 200) -> str:
    """A code span, also fit for a cell of a table."""
    shown = clean(text, limit) or " "
    return f"`{shown}`" if _PLAIN_CODE.fullmatch(shown) else f"<code>{_quieted(shown)}</code>"


def link(shown: str, address: str | None) -> str:
    """A link with text that is Markdown already; only the text if there is no address of the web, or an odd one."""
    fit = address and len(address) <= LONGEST_ADDRESS and address.startswith(("https://", "http://"))
    return f"[{shown}](<{address}>)" if fit and address and not _UNFIT.search(address) else shown


def _quieted(text: str) -> str:
    broken = _COMMIT.sub(rf"\g<0>{JOINER}", _ACTIVE.sub(rf"\g<0>{JOINER}", text))
    harmless = _MARKUP.sub(lambda found: _entity(found[0]), broken)
    return _BEGINNING.sub(lambda found: f"{found[1]}{_entity(found[2])}", harmless)


def _entity(character: str) -> str:
    return f"&#{ord(character)};"
