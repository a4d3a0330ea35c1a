"""The files and make targets of a repository, looked up as generously as a reader would look for them."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.mentions import MODULE, Mention, files_of
from portfolio_audit.model.snapshot import EntryKind
from portfolio_audit.parsing.makefile import Makefile, parse_makefile

MAKEFILES = ("Makefile", "GNUmakefile", "*.mk", "makefile.*")
_OPEN_ENDED = re.compile(r"^\s*-?include\s|^[^\t#=]*%[^=]*:|^\$", re.MULTILINE)
_PLAIN = re.compile(r"(?!/|~|\.\./)[\w./@-]+\.(?:py|sh|ipynb|r|ya?ml|txt)", re.IGNORECASE)


class Tree:
    """What is in the tree: a name may be meant from the document's folder, from the root, or below any folder."""

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

    def lost_in_recipe(self, target: str) -> str:
        """The first script or compose file that making a target needs and the tree does not have, or nothing."""
        for makefile in self._parsed:
            for command in (c for reached in makefile.reached(target) for c in reached.commands):
                for name in files_of(command):
                    plain = _PLAIN.fullmatch(name) and name not in makefile.targets
                    if plain and not self.has("", Mention(name, command.line, "runs")):
                        return name
        return ""

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
        return self.documents.matching(*MAKEFILES)

    @cached_property
    def _parsed(self) -> tuple[Makefile, ...]:
        parsed = (self.documents.parsed(path, parse_makefile) for path in self._makefiles)
        return tuple(makefile for makefile in parsed if makefile)

    @cached_property
    def _targets(self) -> frozenset[str]:
        return frozenset(name for makefile in self._parsed for name in makefile.targets)

    @cached_property
    def _open_ended(self) -> bool:
        """Whether a Makefile takes targets from elsewhere, or makes them by pattern, or cannot be read."""
        texts = [self.documents.text(path) for path in self._makefiles]
        return any(text is None or _OPEN_ENDED.search(text) for text in texts)


def _same_ending(path: str) -> str:
    """The path with one spelling of YAML's ending: tools look for both."""
    return path.removesuffix(".yml") + ".yaml" if path.endswith(".yml") else path
