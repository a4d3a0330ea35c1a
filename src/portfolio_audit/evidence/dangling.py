"""Claims without files: what a README links to, runs, names or draws, and the tree does not have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.mentions import MODULE, Mention, created, mentions
from portfolio_audit.evidence.writeups import WANTS as WRITTEN
from portfolio_audit.evidence.writeups import Written, prose_writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import EntryKind, Unavailable
from portfolio_audit.parsing.makefile import parse_makefile

_MAKEFILES = ("Makefile", "GNUmakefile", "*.mk", "makefile.*")
WANTS = (*(glob for glob in WRITTEN if glob != "*.ipynb"), *_MAKEFILES)
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
_OPEN_ENDED = re.compile(r"^\s*-?include\s|^[^\t#=]*%[^=]*:|^\$", re.MULTILINE)


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every name that leads nowhere, once in each README, and how many were looked up."""
    if documents.snapshot.gaps:
        reason = "the tree is not listed whole"
        yield from (Fact(spec.id, Unavailable(reason), documents.snapshot.gaps[0]) for spec in FACTS)
        return
    tree = _Tree(documents)
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


class _Tree:
    """What is in the tree, looked up as generously as a reader would look for it."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents

    def has(self, base: str, mention: Mention) -> bool:
        """Whether the file or target is there: from the README's folder, the root, or below any folder."""
        if mention.target:
            return self._makes(mention.name)
        if mention.how == MODULE and self._has_module(mention.name):
            return True
        wanted = re.sub(r"^(?:\.{1,2}/)+|^/", "", mention.name).rstrip("/").lower()
        if not wanted:
            return True
        resolved = self.documents.resolve(base, mention.name)
        if resolved is None or self.documents.exists(resolved) or self._in_submodule(resolved):
            return True
        below = _same_ending(wanted.removeprefix(self.documents.snapshot.name.lower() + "/"))
        places = self._places.get(below.rpartition("/")[2], ())
        return any(place == below or place.endswith("/" + below) for place in places)

    def _has_module(self, name: str) -> bool:
        """Whether a module is a package of the tree, or of somebody else: then no folder here is called so."""
        top = name.partition("/")[0].lower()
        return (
            top not in self._places or f"{name.removesuffix('.py').lower()}/__main__.py" in self._places["__main__.py"]
        )

    def _makes(self, target: str) -> bool:
        if self._open_ended:
            return True
        return target in self._targets or any(
            place.rpartition("/")[2] == target for place in self._places.get(target, ())
        )

    @cached_property
    def _places(self) -> dict[str, set[str]]:
        """The paths of files and folders, lower case, by their last part."""
        places: dict[str, set[str]] = defaultdict(set)
        for entry in self.documents.snapshot.tree:
            path = _same_ending(entry.path.lower())
            while path and path not in places[path.rpartition("/")[2]]:
                places[path.rpartition("/")[2]].add(path)
                path = path.rpartition("/")[0]
        return places

    def _in_submodule(self, path: str) -> bool:
        roots = (e.path for e in self.documents.snapshot.tree if e.kind is EntryKind.SUBMODULE)
        return any(path == root or path.startswith(root + "/") for root in roots)

    @cached_property
    def _makefiles(self) -> tuple[str, ...]:
        return self.documents.matching(*_MAKEFILES)

    @cached_property
    def _targets(self) -> frozenset[str]:
        parsed = (self.documents.parsed(path, parse_makefile) for path in self._makefiles)
        return frozenset(name for makefile in parsed if makefile for name in makefile.targets)

    @cached_property
    def _open_ended(self) -> bool:
        """Whether a Makefile takes targets from elsewhere, or makes them by pattern, or cannot be read."""
        texts = [self.documents.text(path) for path in self._makefiles]
        return any(text is None or _OPEN_ENDED.search(text) for text in texts)


def _same_ending(path: str) -> str:
    """The path with one spelling of YAML's ending: tools look for both."""
    return path.removesuffix(".yml") + ".yaml" if path.endswith(".yml") else path
