"""Text of a repository in GitHub's Markdown: it shows as what it is, and does nothing.

No mention, no link to an issue, no address that becomes a link, no image, no HTML, no emphasis, and no end of the
table it stands in. Special characters become numeric entities, which Markdown never takes for its own signs; behind the
sign of a mention, an issue or an address stands a zero-width space, since GitHub looks for those in the finished page.

Sources: https://github.github.com/gfm/, https://docs.github.com/en/get-started/writing-on-github
"""

from __future__ import annotations

import re
from urllib.parse import quote

from portfolio_audit.reporting.escaping import clean

_SPECIAL = re.compile(r"[&<>`*\[\]|~\\$]|(?<![^\W_])_|_(?![^\W_])")
_CALLING = re.compile(r"(@|#)(?=\w)|(?<=\b[gG][hH])(-)(?=\d)|(:)(?=//|[\w+-]+:)|(?<=\b[wW]{3})(\.)")
_NOTHING = "&#8203;"
_PLAIN_CODE = re.compile(r"[\w ./:=+,;@#%!?(){}'\"*<>&~^$\[\]-]+")
"""What may stand between backticks also in a table: all but backticks, bars and backslashes."""
_IN_ADDRESS = "/:?#@!$&'*+,;=%-._~"


def prose(text: str, limit: int = 300) -> str:
    """One line of text that means nothing but itself."""
    return _quieted(clean(text, limit))


def code(text: str, limit: int = 120) -> str:
    """One line as code; empty for no text."""
    shown = clean(text, limit)
    if not shown:
        return ""
    return f"`{shown}`" if _PLAIN_CODE.fullmatch(shown) else f"<code>{_quieted(shown)}</code>"


def link(label: str, address: str | None) -> str:
    """A link whose label is Markdown already; the label alone where there is no address of the web."""
    if not address or not address.startswith(("https://", "http://")):
        return label
    return f"[{label}]({quote(address, safe=_IN_ADDRESS)})"


def _quieted(text: str) -> str:
    parted = _CALLING.sub(lambda found: f"{found[0]}\0", text)
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", parted).replace("\0", _NOTHING)
