"""Steps that cannot work: commands of a README whose script, target or clone is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.mentions import MODULE, Mention, created, mentions
from portfolio_audit.evidence.tree import Tree
from portfolio_audit.evidence.writeups import Written, prose_writeups
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.prose import Section

_STEPS = frozenset({"runs", "makes", MODULE})
_CLONE = re.compile(r"\bgit clone\s+\S{0,80}?(?:<|\byour|\buser-?name\b)", re.IGNORECASE)
_UNFILLED = "clones"
_MOST_READMES = 20
_MOST_LINES = 300


def broken_steps(documents: Documents) -> Iterator[tuple[str, Location]]:
    """Give what every step that cannot work names, and where it stands with the reason; once in each README."""
    tree = documents.once(Tree)
    for written in [w for w in prose_writeups(documents) if w.readme][:_MOST_READMES]:
        for mention in _steps(written):
            shown = f"make {mention.name}" if mention.target else mention.name
            if why := _why(tree, written, mention):
                yield shown, Location(written.path, mention.line, note=why)


def _steps(written: Written) -> Iterator[Mention]:
    """What the commands of a document need, each once; what other commands make is left out."""
    made = {name for section in written.sections for name in created(section)}
    named = (mention for section in written.sections for mention in mentions(section) if mention.how in _STEPS)
    told = {(m.name, m.target): m for m in named if m.name.rpartition("/")[2] not in made}
    yield from told.values()
    yield from (clone for section in written.sections for clone in _unfilled(section))


def _unfilled(section: Section) -> Iterator[Mention]:
    """Clones from an address in which a placeholder was left."""
    for code in section.code:
        for number, line in enumerate(code.text.split("\n")[:_MOST_LINES]):
            if _CLONE.search(line):
                yield Mention("git clone", code.line + number, _UNFILLED)


def _why(tree: Tree, written: Written, mention: Mention) -> str:
    """Why a step cannot work; empty if it can."""
    if mention.how == _UNFILLED:
        return "clones from a placeholder"
    if not tree.has(written.path, mention):
        return f"{mention.how} {mention.name}, which is not there"
    lost = tree.lost_in_recipe(mention.name) if mention.target else ""
    return f"makes {mention.name}, which needs {lost}" if lost else ""
