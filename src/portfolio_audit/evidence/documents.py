"""What extractors read from: one snapshot, every file parsed once, whoever asks."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar, cast

from portfolio_audit.errors import ParseError
from portfolio_audit.evidence.ownership import authored
from portfolio_audit.model.fact import Problem
from portfolio_audit.model.location import Location
from portfolio_audit.model.paths import Paths
from portfolio_audit.model.snapshot import EntryKind, Snapshot, TreeEntry, Unavailable
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.markdown import Markdown, parse_markdown
from portfolio_audit.parsing.notebook import Notebook, parse_notebook
from portfolio_audit.parsing.notebook_code import NotebookCode
from portfolio_audit.parsing.python_source import PythonModule, parse_python
from portfolio_audit.parsing.yaml import YamlNode, parse_yaml

Parsed = TypeVar("Parsed")


class Documents:
    """Read-only access to the author's own files; vendored and generated trees are left out.

    A file that cannot be read or parsed gives None, a problem, and an entry in :attr:`missed`. Texts are parsed once,
    also across the documents of a repository and those of the projects ``within`` it, or of other commits of it.
    """

    def __init__(self, snapshot: Snapshot, vocabulary: Vocabulary, within: Documents | None = None) -> None:
        self.snapshot = snapshot
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self.missed: dict[str, str] = {}
        """Files asked for since it was last cleared that could not be read, with the reason."""
        self._unreadable: dict[str, str] = {}
        self._cut: set[str] = set()
        self._parsed: dict[tuple[object, str], object] = within._parsed if within else {}  # noqa: SLF001  # of its own class
        self._made: dict[object, tuple[object, dict[str, str]]] = {}
        self._matching: dict[tuple[str, ...], tuple[str, ...]] = {}

    @cached_property
    def entries(self) -> tuple[TreeEntry, ...]:
        """The author's own entries of the tree, sorted by path."""
        own = authored(e.path for e in self.snapshot.tree)
        return tuple(sorted((e for e in self.snapshot.tree if own(e.path)), key=lambda e: e.path))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The paths of the author's own regular files, sorted."""
        return tuple(e.path for e in self.entries if e.kind in (EntryKind.FILE, EntryKind.EXECUTABLE))

    @cached_property
    def _paths(self) -> Paths:
        return Paths(self.files)

    @cached_property
    def _existing(self) -> frozenset[str]:
        paths = {e.path for e in self.snapshot.tree}
        folders = {f for p in paths for f in _parents(p)}
        return frozenset(paths | folders | self.snapshot.around)

    def exists(self, path: str) -> bool:
        """Whether a file or folder is in the tree (exact case, as a Linux machine would see it)."""
        return path.rstrip("/") in self._existing

    def resolve(self, base: str, reference: str) -> str | None:
        """A reference made in file ``base`` as a path of the tree, or None if it leaves the tree."""
        folder = "" if reference.startswith("/") else posixpath.dirname(base)
        path = posixpath.normpath(posixpath.join(folder, reference.lstrip("/")))
        return None if path.startswith("..") else "" if path == "." else path

    def matching(self, *globs: str) -> tuple[str, ...]:
        """The author's files that match any of the globs, sorted."""
        if globs not in self._matching:
            self._matching[globs] = self._paths.matching(globs)
        return self._matching[globs]

    def text(self, path: str) -> str | None:
        """The text of a file, or None if it could not be read."""
        reason = self._unreadable.get(path)
        if reason is None:
            text = self.snapshot.texts.get(path, Unavailable("was not among the files read"))
            if isinstance(text, str):
                return text
            reason = self._cannot_read(path, text.reason)
        self.missed[path] = reason
        return None

    def markdown(self, path: str) -> Markdown | None:
        """A Markdown file, parsed."""
        return self.parsed(path, parse_markdown)

    def notebook(self, path: str) -> Notebook | None:
        """A notebook, parsed."""
        return self.parsed(path, parse_notebook)

    def python(self, path: str) -> PythonModule | None:
        """A Python file, parsed; one with a syntax error is given with ``broken`` set."""
        return self.parsed(path, parse_python)

    def yaml(self, path: str) -> tuple[YamlNode, ...]:
        """The documents of a YAML file; none if it cannot be read."""
        return self.parsed(path, parse_yaml) or ()

    def notebooks(self) -> Iterator[tuple[str, Notebook]]:
        """Every notebook that can be read, with its path."""
        return self._each("*.ipynb", parse=parse_notebook)

    def modules(self) -> Iterator[tuple[str, PythonModule]]:
        """Every Python file that can be read, with its path."""
        return self._each("*.py", parse=parse_python)

    def parsed(self, path: str, parse: Callable[[str], Parsed]) -> Parsed | None:
        """The file parsed by any function of its text, once; None if it could not be."""
        text = self.text(path)
        if text is None:
            return None
        key = (parse, text)
        if key not in self._parsed:
            try:
                self._parsed[key] = parse(text)
            except (ParseError, RecursionError) as error:
                reason = error.reason if isinstance(error, ParseError) else "is nested too deeply"
                line = (error.line or 0) if isinstance(error, ParseError) else 0
                self.missed[path] = self._cannot_read(path, reason, line)
                return None
        made = cast("Parsed", self._parsed[key])
        if isinstance(made, Markdown | Notebook | NotebookCode) and made.cut:
            self._tell_cut(path, made.cut)
        return made

    def once(self, make: Callable[[Documents], Parsed]) -> Parsed:
        """What a function makes of the documents, made once, whoever asks."""
        if make not in self._made:
            before = dict(self.missed)
            self.missed.clear()
            self._made[make] = (make(self), dict(self.missed))
            self.missed.update(before)
        made, missed = self._made[make]
        self.missed.update(missed)
        return cast("Parsed", made)

    def without(self, reasons: Mapping[str, str]) -> Documents:
        """The same as if some files could not be read, each for its reason."""
        unread = {path: Unavailable(reason) for path, reason in reasons.items()}
        snapshot = replace(self.snapshot, texts={**self.snapshot.texts, **unread})
        return Documents(snapshot, self.vocabulary, within=self)

    def _each(self, glob: str, *, parse: Callable[[str], Parsed]) -> Iterator[tuple[str, Parsed]]:
        for path in self.matching(glob):
            parsed = self.parsed(path, parse)
            if parsed is not None:
                yield path, parsed

    def _tell_cut(self, path: str, reason: str) -> None:
        """What stands in the part not read is undecided."""
        if path not in self._cut:
            self._cut.add(path)
            self.problems.append(Problem(f"was not read to its end: {reason}", Location(path)))
        self.missed[path] = reason

    def _cannot_read(self, path: str, reason: str, line: int = 0) -> str:
        self._unreadable[path] = reason
        self.problems.append(Problem(f"could not be read: {reason}", Location(path, line)))
        return reason


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
