"""Claims without files: what a README links to, runs, names or draws, and the tree does not have."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.mentions import Mention, created, mentions
from portfolio_audit.evidence.tree import MAKEFILES, Tree
from portfolio_audit.evidence.writeups import WANTS as WRITTEN
from portfolio_audit.evidence.writeups import Written, prose_writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

WANTS = (*(glob for glob in WRITTEN if glob != "*.ipynb"), *MAKEFILES)
FACTS = (
    FactSpec(
        "writeup.dangling",
        FactType.NAMES,
        "Files and make targets that a README names and the tree does not have.",
        reads=("README*", "Makefile"),
    ),
    FactSpec(
        "writeup.references",
        FactType.NUMBER,
        "Files and make targets that READMEs name.",
        "references",
        reads=("README*",),
    ),
)

_MOST_READMES = 20


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every name that leads nowhere, once in each README, and how many were looked up."""
    if documents.snapshot.gaps:
        reason = "the tree is not listed whole"
        yield from (Fact(spec.id, Unavailable(reason), documents.snapshot.gaps[0]) for spec in FACTS)
        return
    tree = documents.once(Tree)
    checked = 0
    for written in [w for w in prose_writeups(documents) if w.readme][:_MOST_READMES]:
        for mention in _once(written):
            checked += 1
            if not tree.has(written.path, mention):
                shown = f"make {mention.name}" if mention.target else mention.name
                yield Fact(
                    "writeup.dangling", shown, Location(written.path, mention.line, note=f"{mention.how} {shown}")
                )
    if checked:
        yield Fact("writeup.references", checked)


def _once(written: Written) -> Iterator[Mention]:
    made = {name for section in written.sections for name in created(section)}
    seen: set[tuple[str, bool]] = set()
    for section in written.sections:
        for mention in mentions(section):
            key = (mention.name, mention.target)
            if key not in seen and mention.name.rpartition("/")[2] not in made:
                seen.add(key)
                yield mention
