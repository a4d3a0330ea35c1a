"""Imports that no declared distribution gives, judged for the folder a declaration speaks for."""

from __future__ import annotations

import fnmatch
import posixpath
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from portfolio_audit.evidence.codebase import Codebase, imports_for
from portfolio_audit.evidence.container_files import images
from portfolio_audit.evidence.declarations import Declarations
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.installing import installed_in
from portfolio_audit.evidence.learning import Learning
from portfolio_audit.model.fact import Fact
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.dependency import normalise
from portfolio_audit.parsing.notebook import Notebook
from portfolio_audit.parsing.python_source import Import, parse_python

PLATFORM = "(platform)"
_MOST = 200
_ALIKE = 4
_ESSENTIAL = ("training", "preparation", "tracking", "serving")
_TESTS = re.compile(r"(?:^|[/_-])tests?(?:[/_.-]|$)|locustfile", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Imported:
    """An import of one file, and what that file installs for itself."""

    path: str
    module: str
    line: int
    cell: int = 0
    installs: frozenset[str] = frozenset()


def undeclared_imports(documents: Documents, found: Declarations) -> Iterator[Fact]:
    """One fact for each module and place where nothing declared gives it; none where nothing is declared at all."""
    if not any(f.declaration.dependencies for f in found.files) and not found.locks:
        return
    judge = ImportJudge(documents, found)
    told: set[tuple[str, str]] = set()
    unserved: set[str] = set()
    essential = _Essential(documents)
    for imported in _imports(documents):
        if len(told) >= _MOST or judge.covers(imported):
            continue
        top = imported.module.partition(".")[0]
        at = Location(imported.path, imported.line, imported.cell, "is imported and not declared")
        if (key := (top, posixpath.dirname(imported.path))) not in told:
            told.add(key)
            yield Fact("environment.undeclared", top, at)
        if imported.path not in unserved and essential.needs(imported):
            unserved.add(imported.path)
            note = f"fits a model with {top}, which nothing declares"
            yield Fact("environment.unserved", imported.path, replace(at, note=note))


class _Essential:
    """Knows the files that fit a model, and the modules without which they would give other numbers or none."""

    def __init__(self, documents: Documents) -> None:
        codebase = documents.once(Codebase)
        learning = Learning(codebase)
        self._trains = frozenset(source.path for source in codebase if learning.training(source))
        self._modules = frozenset(name.partition(".")[0] for name in imports_for(documents.vocabulary, *_ESSENTIAL)) | {
            "numpy",
            "pandas",
        }

    def needs(self, imported: Imported) -> bool:
        """Whether an import is of such a module, in such a file."""
        return imported.path in self._trains and imported.module.partition(".")[0] in self._modules


def wanted_distributions(documents: Documents) -> frozenset[str]:
    """The distributions that are there to give the modules which the code imports.

    The vocabulary names the one meant for a module first, and then others that bring it along (a tracking tool
    brings pandas): of those only variants, whose names begin alike, are wanted for it.
    """
    modules = {found.module for found in _imports(documents)}
    return frozenset(name for module in modules for name in _meant(module, documents.vocabulary.distributions))


def _meant(module: str, providers: Mapping[str, str]) -> Iterator[str]:
    top = normalise(module.partition(".")[0])
    known = providers.get(module.partition(".")[0], "").split() or [top]
    yield from (top, normalise("-".join(module.split(".")[:3])))
    yield from (name for name in known if name[:_ALIKE] in {known[0][:_ALIKE], top[:_ALIKE]})


class ImportJudge:
    """Knows what is declared for each folder and what needs no declaration.

    ``own`` are the names that an import can mean within the tree.
    """

    def __init__(self, documents: Documents, found: Declarations) -> None:
        self._found = found
        self._providers = documents.vocabulary.distributions
        self._images = frozenset(f"image:{image.name}" for image in images(documents))
        self.own = _own_modules(documents.files) | {f.declaration.package.replace("-", "_") for f in found.files}
        self._scripts = frozenset(f.path for f in found.files if f.path == f.folder)
        self._declared: dict[str | None, frozenset[str]] = {}

    def covers(self, imported: Imported) -> bool:
        """Whether the module is the project's own, Python's own, or given by something declared."""
        top = imported.module.partition(".")[0]
        made = top.startswith("_") or top.endswith(("_pb2", "_grpc"))
        return made or top in self.own or self.gives(imported)

    def gives(self, imported: Imported) -> bool:
        """Whether Python itself, the platform or something declared gives the module."""
        wanted = self.wanted(imported.module)
        if imported.module.partition(".")[0] in sys.stdlib_module_names or PLATFORM in wanted:
            return True
        declared = self._for_folder(self._place(imported.path)) | imported.installs | self._images
        return any(w in declared or ("*" in w and fnmatch.filter(declared, w)) for w in wanted)

    def _place(self, path: str) -> str | None:
        """Where declarations for a file are looked for: its folder, a script that declares for itself, or anywhere."""
        if path in self._scripts:
            return path
        return None if _TESTS.search(path) else posixpath.dirname(path)

    def wanted(self, module: str) -> set[str]:
        """The distributions of which any gives the module."""
        parts = module.split(".")
        prefixes = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
        known = next((self._providers[p] for p in prefixes if p in self._providers), "")
        return {*known.split(), normalise(parts[0]), normalise("-".join(parts[:3]))}

    def _for_folder(self, folder: str | None) -> frozenset[str]:
        """What declarations at or above the folder name; if there are none, and for tests, what any names."""
        if folder not in self._declared:
            above = _names(self._found, folder)
            self._declared[folder] = above or _names(self._found, None)
        return self._declared[folder]


def _names(found: Declarations, folder: str | None) -> frozenset[str]:
    def speaks(declared: str) -> bool:
        return folder is None or not declared or folder == declared or folder.startswith(declared + "/")

    speaking = [f.declaration for f in found.files if speaks(f.folder)]
    names = {d.name for declaration in speaking for d in declaration.dependencies}
    names |= {normalise(re.split(r"[^\w.-]", b.text, maxsplit=1)[0]) for d in speaking for b in d.broken}
    return frozenset(names.union(*(lock.names or () for lock in found.locks if speaks(lock.folder))))


def _own_modules(files: tuple[str, ...]) -> frozenset[str]:
    """Names that an import can mean within the tree: every module and every folder with modules below it."""
    names: set[str] = set()
    for path in files:
        if path.endswith((".py", ".pyx", ".so", ".ipynb")):
            *folders, last = path.split("/")
            names.update(folders)
            names.add(last.partition(".")[0])
    return frozenset(names)


def _imports(documents: Documents) -> Iterator[Imported]:
    for path, module in documents.modules():
        for found in module.imports:
            if _counts(found):
                yield Imported(path, found.module, found.line)
    for path, notebook in documents.notebooks():
        if notebook.language == "python":
            yield from _of_notebook(path, notebook)


def _of_notebook(path: str, notebook: Notebook) -> Iterator[Imported]:
    installs = frozenset(d.name for cell in notebook.code for d in installed_in(cell))
    for cell in notebook.code:
        if "import" in cell.source:
            plain = "\n".join(
                "" if line.lstrip().startswith(("%", "!", "?")) else line for line in cell.source.splitlines()
            )
            for found in parse_python(plain).imports:
                if _counts(found):
                    yield Imported(path, found.module, found.line, cell.number, installs)


def _counts(found: Import) -> bool:
    return not found.level and not found.optional and bool(found.module)
