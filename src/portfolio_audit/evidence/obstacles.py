"""What would stop a run, told before it: missing modules and data, undefined names, old Python, order, errors."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from portfolio_audit.evidence.codebase import Codebase
from portfolio_audit.evidence.declarations import gather
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.installing import installed_in
from portfolio_audit.evidence.jobs import scripted
from portfolio_audit.evidence.runnables import Runnable, runnables
from portfolio_audit.evidence.undeclared import Imported, ImportJudge
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_paths import writes
from portfolio_audit.parsing.python_source import Import

RISKS = {
    "lost-data": 0.85,
    "unavailable": 0.85,
    "undefined": 0.8,
    "broken": 0.7,
    "error": 0.6,
    "misplaced": 0.6,
    "attended": 0.5,
    "outdated": 0.4,
    "local": 0.4,
    "out-of-order": 0.35,
    "elsewhere": 0.3,
    "unrun": 0.3,
    "rerun": 0.15,
    "shell": 0.15,
}
"""How likely each obstacle stops a run by itself: round numbers set by hand, not fitted (docs/readiness.md)."""

_OLD = re.compile(
    r"^[ \t]*print[ \t]+[\"'\w%]|^[ \t]*exec[ \t]+[\"']|except[ \t]+\w+[ \t]*,[ \t]*\w+[ \t]*:|\bxrange\("
    r"|\braw_input\(|\.iteritems\(\)|\.has_key\("
    r"|^[ \t]*(?:import|from)[ \t]+(?:urllib2|cPickle|StringIO|ConfigParser|Tkinter)\b",
    re.MULTILINE,
)
_OUTSIDE = re.compile(
    r"""(?<![\w.:])/(?:home|Users|mnt|media|data|scratch|Volumes|lustre|work|gpfs|project|projects)/[\w.-]+"""
    r"""|["'][A-Za-z]:[\\/]|["'(]/(?:content|kaggle)/|["']~/"""
)
_ATTENDED = re.compile(r"(?<![\w.])(?:raw_)?input\(|\bgetpass\(")
_LOCAL = re.compile(r"\blocalhost\b|127\.0\.0\.1")
_SHELL = re.compile(r"^[ \t]*!(?![ \t]*(?:pip|conda|mamba|uv))|^%%(?:bash|sh|R|script)", re.MULTILINE)
_FINDS_MODULES = re.compile(r"\bsys\.path\b|\bchdir\(|^[ \t]*%(?:cd|run)\b", re.MULTILINE)
_PACKAGED = ("setup.py", "pyproject.toml", "setup.cfg")
_FILE = re.compile(r"[^\n*?{}<>|]{1,300}\.[A-Za-z0-9]{1,8}(?:\.(?:gz|zip|bz2|xz))?")
_ABSOLUTE = re.compile(r"[/~]|[A-Za-z]:[/\\]")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What would stop a run: which of ``RISKS``, what it names, and where it stands."""

    risk: str
    name: str
    at: Location
    share: float = 1.0


class Obstacles:
    """Finds them for every runnable of a repository; made once for all its documents."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        found = documents.once(gather)
        self._judge = ImportJudge(documents, found)
        self._given = frozenset(documents.vocabulary.words.get("scientific_python", ()))
        self._packaged = any(documents.exists(name) for name in _PACKAGED)
        self._made = frozenset(_made(documents))
        self.met = {runnable.path: tuple(self._in(runnable)) for runnable in runnables(documents)}

    def _in(self, runnable: Runnable) -> Iterator[Obstacle]:
        yield from self._modules(runnable)
        yield from self._data(runnable)
        yield from _names(runnable)
        yield from _said(runnable)
        if runnable.cells:
            yield from _saved(runnable)

    def _modules(self, runnable: Runnable) -> Iterator[Obstacle]:
        """Imports that neither Python, the declared environment, a scientific platform nor the tree gives."""
        installs = frozenset(d.name for cell in runnable.cells for d in installed_in(cell))
        told: set[str] = set()
        for found in runnable.source.module.imports:
            top = found.module.partition(".")[0]
            if found.level or found.optional or not top or top in told or self._beside(runnable, top):
                continue
            told.add(top)
            risk = self._risk(runnable, found, installs)
            if risk:
                note = "lies elsewhere in the tree" if risk == "misplaced" else "is given by nothing that is declared"
                yield Obstacle(risk, top, runnable.source.at(found.line, f"imports {top}, which {note}"))

    def _risk(self, runnable: Runnable, found: Import, installs: frozenset[str]) -> str:
        top = found.module.partition(".")[0]
        imported = Imported(runnable.path, found.module, found.line, 0, installs)
        if top.lower() in self._given or self._judge.gives(imported):
            return ""
        if top in self._judge.own:
            return "" if self._packaged or _FINDS_MODULES.search(runnable.text) else "misplaced"
        return "" if self._judge.covers(imported) else "unavailable"

    def _beside(self, runnable: Runnable, module: str) -> bool:
        """Whether a module lies where Python looks first: beside what is run, or at the root for ``python -m``."""
        folder = posixpath.dirname(runnable.path)
        places = [posixpath.join(f, module) for f in ((folder,) if runnable.cells else (folder, ""))]
        return any(self._documents.exists(p) for place in places for p in (f"{place}.py", place))

    def _data(self, runnable: Runnable) -> Iterator[Obstacle]:
        """Files that are read by a constant path, and that neither the tree has, nor code makes or brings."""
        files = runnable.run.files
        for read in files.reads:
            path = read.path.replace("\\", "/")
            name = path.rstrip("/").rpartition("/")[2]
            if "://" in path or not _FILE.fullmatch(path) or name in files.writes or name in self._made:
                continue
            if not self._has(runnable, path) and not _brought(runnable, name):
                at = runnable.source.at(read.line, f"reads {read.path[:80]}, which is not there")
                yield Obstacle("lost-data", read.path, at)

    def _has(self, runnable: Runnable, path: str) -> bool:
        """Whether a path leads to something; scripts may be run from the root, and code may change its folder."""
        if _ABSOLUTE.match(path):
            return False
        folder = posixpath.dirname(runnable.path)
        places = [folder] if runnable.cells else [folder, *_above(folder)]
        if any(self._documents.exists(posixpath.normpath(posixpath.join(p, path))) for p in places):
            return True
        ending = f"/{posixpath.normpath(path).lstrip('./')}"
        return runnable.run.files.moves and any(f"/{p}".endswith(ending) for p in self._documents.files)


def _made(documents: Documents) -> Iterator[str]:
    """The names of files that any code writes or any script mentions."""
    for source in documents.once(Codebase):
        for call in source.module.calls:
            if writes(call.name, call.texts[1] if call.method == "open" and len(call.texts) > 1 else ""):
                yield from (text.replace("\\", "/").rstrip("/").rpartition("/")[2] for text in call.texts)
    for ran in scripted(documents):
        yield from (word.rpartition("/")[2] for word in ran.command.words[1:] if "." in word)


def _above(folder: str) -> Iterator[str]:
    while folder:
        folder = posixpath.dirname(folder)
        yield folder


def _brought(runnable: Runnable, name: str) -> bool:
    """Whether a shell line of the notebook mentions the file."""
    lines = (line for line in runnable.text.split("\n") if name in line)
    return any(line.lstrip().startswith(("!", "%")) for line in lines)


def _names(runnable: Runnable) -> Iterator[Obstacle]:
    code = runnable.source.notebook
    unread = {broken.cell for broken in code.broken} if code else set[int]()
    lost = "\n".join(cell.source for cell in runnable.cells if cell.number in unread)
    for found in runnable.run.undefined if not runnable.defines_unseen else ():
        if re.search(rf"\b{re.escape(found.name)}\b", lost):
            continue
        at = runnable.source.at(found.line, f"uses {found.name}, which nothing has defined before")
        yield Obstacle("undefined", found.name, at)


def _said(runnable: Runnable) -> Iterator[Obstacle]:
    """What the words of the code show."""
    whole = Location(runnable.path)
    old = _OLD.search(runnable.text)
    if runnable.version.startswith("2") or old:
        line = runnable.text[old.start() :].strip().partition("\n")[0] if old else ""
        note = f"says {line[:40]}" if old else f"was run by Python {runnable.version[:8]}"
        yield Obstacle("outdated", note, replace(whole, note=f"{note}, which Python 3 does not run"))
    code = runnable.source.notebook
    for broken in code.broken[:1] if code else ():
        yield Obstacle("broken", broken.reason, Location(runnable.path, broken.line, broken.cell, broken.reason))
    if not code and runnable.source.module.broken and not old:
        at = Location(runnable.path, runnable.source.module.broken_line, note=runnable.source.module.broken)
        yield Obstacle("broken", runnable.source.module.broken, at)
    for risk, pattern in (("attended", _ATTENDED), ("local", _LOCAL), ("elsewhere", _OUTSIDE), ("shell", _SHELL)):
        if found := pattern.search(runnable.text):
            yield Obstacle(risk, found[0].strip()[:60], replace(whole, note=f"says {found[0].strip()[:60]}"))


def _saved(runnable: Runnable) -> Iterator[Obstacle]:
    """What the saved counts and outputs of a notebook show."""
    whole, cells = Location(runnable.path), runnable.cells
    counts = [cell.execution_count for cell in cells if cell.execution_count]
    if any(after <= before for before, after in pairwise(counts)):
        yield Obstacle("out-of-order", "", replace(whole, note="was not run from top to bottom"))
    if counts != list(range(1, len(counts) + 1)) or not counts:
        yield Obstacle("rerun", "", replace(whole, note="was not run afresh"))
    unrun = sum(cell.execution_count is None and not cell.outputs for cell in cells)
    if unrun:
        note = f"{unrun} of {len(cells)} cells were not run"
        yield Obstacle("unrun", "", replace(whole, note=note), unrun / len(cells))
    for cell in cells:
        for output in cell.outputs:
            if output.error:
                yield Obstacle("error", output.error[:80], Location(runnable.path, cell.line, cell.number))
                return
