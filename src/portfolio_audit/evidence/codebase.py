"""The Python of a repository as one: modules and notebooks alike, and which of them imports which."""

from __future__ import annotations

import posixpath
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.location import Location
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.notebook_code import NotebookCode, parse_notebook_code
from portfolio_audit.parsing.python_source import Call, Import, PythonModule

CODE_FILES = ("*.py", "*.ipynb")
_MOST_REACHED = 40
_ROOTS = ("", "src", "app", "code", "lib", "source", "scripts")


@dataclass(frozen=True, slots=True)
class Source:
    """The Python of one file; of a notebook all its cells together."""

    path: str
    module: PythonModule
    notebook: NotebookCode | None = None
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """What each import names, in their order."""
    tops: frozenset[str] = field(init=False, repr=False, compare=False)
    """The first parts of those names."""

    def __post_init__(self) -> None:
        """Name the imports once: every detector asks for them."""
        object.__setattr__(self, "names", tuple(map(full_name, self.module.imports)))
        object.__setattr__(self, "tops", frozenset(map(_top, self.names)))

    def at(self, line: int, note: str = "") -> Location:
        """Where a line of the module stands."""
        if self.notebook is None:
            return Location(self.path, line, note=note)
        place = self.notebook.place(line)
        return Location(self.path, place.line, place.cell, note)

    def says(self, call: Call) -> Location:
        """Where a call stands, with a note that names it."""
        return self.at(call.line, f"calls {call.name[:60]}")

    def imports(self, prefixes: Iterable[str]) -> Import | None:
        """The first import below any of the dotted prefixes."""
        names, beginnings, tops = _prepared(tuple(prefixes))
        if self.tops.isdisjoint(tops):
            return None
        named = zip(self.module.imports, self.names, strict=True)
        return next((found for found, name in named if name in names or name.startswith(beginnings)), None)


class Codebase:
    """Every file of Python that can be read, and the imports between them."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.sources = {source.path: source for source in _sources(documents)}
        self._reached: dict[str, frozenset[str]] = {}
        self._imported: dict[str, frozenset[str]] = {}

    def __iter__(self) -> Iterator[Source]:
        """Each source, modules first."""
        return iter(self.sources.values())

    @cached_property
    def _modules(self) -> dict[str, list[str]]:
        """The files that each dotted name can mean, by every ending of their path."""
        index: dict[str, list[str]] = {}
        for path in self.documents.matching("*.py"):
            parts = _stem(path).split("/")
            for start in range(max(0, len(parts) - 6), len(parts)):
                index.setdefault(".".join(parts[start:]), []).append(path)
        return index

    @cached_property
    def _folders(self) -> frozenset[str]:
        """Names of folders that hold Python."""
        return frozenset(part for path in self.documents.matching("*.py") for part in path.split("/")[:-1])

    @cached_property
    def _known(self) -> frozenset[str]:
        vocabulary = self.documents.vocabulary
        named = (i.partition(".")[0] for tool in vocabulary.tools for i in tool.imports)
        return frozenset(named) | {name.partition(".")[0] for name in vocabulary.distributions}

    def local(self, source: Source, found: Import) -> str | None:
        """The file of the tree that an import means, or None."""
        folder = posixpath.dirname(source.path)
        if found.level:
            return self._relative(folder, found)
        candidates = [
            (path, name)
            for name in (full_name(found), found.module)
            for path in self._modules.get(name, ())
            if path != source.path
        ]
        if not candidates:
            return None
        for path, name in candidates:
            if _stem(path)[: -len(name)].rstrip("/") in {folder, *_ROOTS}:
                return path
        return candidates[0][0] if found.module.partition(".")[0] not in self._known else None

    def is_own(self, source: Source, found: Import) -> bool:
        """Whether an import is of the repository itself."""
        if found.level or self.local(source, found) is not None:
            return True
        top = found.module.partition(".")[0]
        return top in self._folders and top not in self._known

    def _relative(self, folder: str, found: Import) -> str | None:
        for _ in range(found.level - 1):
            folder = posixpath.dirname(folder)
        for name in (full_name(found), found.module):
            base = posixpath.join(folder, *name.split(".")) if name else folder
            for path in (f"{base}.py", f"{base}/__init__.py"):
                if path in self.sources:
                    return path
        return None

    def imported(self, source: Source) -> frozenset[str]:
        """The files of the tree that one file imports itself."""
        if source.path not in self._imported:
            found = (self.local(source, i) for i in source.module.imports)
            self._imported[source.path] = frozenset(path for path in found if path is not None)
        return self._imported[source.path]

    def reached(self, path: str) -> frozenset[str]:
        """A file and what it imports, however indirectly: the nearest few dozen, so that no tangle costs too much."""
        if path not in self._reached:
            seen, waiting = {path}, deque([path])
            while waiting and len(seen) < _MOST_REACHED:
                source = self.sources.get(waiting.popleft())
                new = (self.imported(source) if source else frozenset()) - seen
                seen |= new
                waiting.extend(sorted(new))
            self._reached[path] = frozenset(seen & self.sources.keys())
        return self._reached[path]

    def behind(self, source: Source) -> tuple[Source, ...]:
        """A file first, then the files it reaches, sorted."""
        return source, *(self.sources[p] for p in sorted(self.reached(source.path) - {source.path}))


def _stem(path: str) -> str:
    """The path of a module or package without its ending."""
    return path[:-3].removesuffix("/__init__")


def _top(name: str) -> str:
    return name.partition(".")[0]


def below(name: str, prefix: str) -> bool:
    """Whether a dotted name is the prefix or lies below it."""
    return name == prefix or name.startswith(prefix + ".")


def below_any(name: str, prefixes: Iterable[str]) -> bool:
    """Whether a dotted name lies below any of the prefixes."""
    names, beginnings, _ = _prepared(tuple(prefixes))
    return name in names or name.startswith(beginnings)


@lru_cache(maxsize=512)
def _prepared(prefixes: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """The prefixes as names, as beginnings of names, and the first parts of them."""
    return frozenset(prefixes), tuple(f"{prefix}." for prefix in prefixes), frozenset(map(_top, prefixes))


def full_name(found: Import) -> str:
    """What an import names: the module, and what is taken from it."""
    name = found.name if found.name != "*" else ""
    return ".".join(part for part in (found.module, name) if part)


def imports_for(vocabulary: Vocabulary, *purposes: str) -> tuple[str, ...]:
    """The modules of the tools that serve any of the purposes."""
    return tuple(i for tool in vocabulary.serving(*purposes) for i in tool.imports)


def _sources(documents: Documents) -> Iterator[Source]:
    for path, module in documents.modules():
        yield Source(path, module)
    for path in documents.matching("*.ipynb"):
        code = documents.parsed(path, parse_notebook_code)
        if code is not None:
            yield Source(path, code.module, code)
