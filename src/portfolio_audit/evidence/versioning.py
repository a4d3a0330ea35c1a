"""Versions: which runs are tracked, and which models and data can be told apart and fetched again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from portfolio_audit.evidence import declarations
from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import CODE_FILES, Codebase, Source, below_any, full_name, imports_for
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.tools import configured, declared
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call

_POINTERS = ("*.dvc", "dvc.lock")
_DVC_CONFIG = ("**/.dvc/config",)
_LFS = (".gitattributes",)
WANTS = (*CODE_FILES, *_POINTERS, *_DVC_CONFIG, *_LFS, *declarations.WANTS)
FACTS = (
    FactSpec(
        "versioning.experiments",
        FactType.FLAG,
        "Runs are tracked: parameters and metrics are logged; exercised when runs are committed.",
        ladder=True,
        reads=CODE_FILES,
    ),
    FactSpec(
        "versioning.models",
        FactType.FLAG,
        "Models get a version; declared when only one machine keeps it, wired when a registry does.",
        ladder=True,
        reads=(*CODE_FILES, *_POINTERS, *_LFS),
    ),
    FactSpec(
        "versioning.data",
        FactType.FLAG,
        "Data gets a version; declared without a remote to fetch it from.",
        ladder=True,
        reads=(*CODE_FILES, *_POINTERS, *_LFS),
    ),
)

_LOGS = re.compile(
    r"(?:^|_)autolog$|^log(?:_\w+)?$|^start_run$|^add_(?:scalar|hparams)s?$|^watch$|(?:Callback|(?<!CSV)Logger)$"
)
_STARTS = frozenset({"init", "init_run", "start", "Experiment", "Run", "Live"})
_ADDRESS = re.compile(r"^(?:models:/|wandb-registry-)")
_KEYWORDS = frozenset({"registered_model_name"})
_REMOTE = re.compile(r"^\s*url\s*=\s*(\S.*)$", re.MULTILINE)
_TRACKED = re.compile(r"^[ \t]*([^#\s]\S{0,200})[ \t][^\n]*\bfilter=lfs\b", re.MULTILINE)
_RUNS = matcher(("mlruns/*/*/metrics/*", "**/mlruns/*/*/metrics/*", "wandb/run-*/", ".aim/", "mlflow.db"))
_DATA = re.compile(
    r"^/?data(?:sets?)?/|\.(?:csv|tsv|parquet|feather|zip|tgz|gz|tar|jsonl?|np[yz]|jpe?g|png|wav|mp3|xlsx?|db|sqlite)$",
    re.IGNORECASE,
)
_MOST_PLACES = 20


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what is tracked, registered and pinned."""
    calls = _Calls(documents)
    sources = [source for source in documents.once(Codebase) if not TESTS.search(source.path)]
    tracked = [fact for source in sources for fact in calls.tracked(source)]
    yield from tracked or _only_declared(documents)
    if any(fact.rung is Rung.WIRED for fact in tracked):
        yield from _committed_runs(documents)
    yield from _registered(calls, sources)
    yield from (fact for source in sources for fact in calls.data(source))
    yield from _pointers(documents)
    yield from _large_files(documents)


def _only_declared(documents: Documents) -> Iterator[Fact]:
    for tool, at in declared(documents, "tracking"):
        note = f"{at.note}, and nothing logs to {tool.name}"
        yield Fact("versioning.experiments", at=Location(at.path, at.line, note=note), rung=Rung.DECLARED)


class _Calls:
    """Judges calls by the tools a file imports; the names of the calls are the vocabulary's."""

    def __init__(self, documents: Documents) -> None:
        vocabulary = documents.vocabulary
        self._tracking = imports_for(vocabulary, "tracking")
        self._names = {module for module in self._tracking if "." not in module} | {"all"}
        self._registries = (*self._tracking, *imports_for(vocabulary, "registry", "training", "endpoint"))
        self._data_tools = imports_for(vocabulary, "data-versioning")
        self._words = vocabulary.words

    def tracked(self, source: Source) -> Iterator[Fact]:
        """The calls that keep what a run was made with and how good it was, or an import that none follows."""
        found = source.imports(self._tracking)
        logging = [c for c in source.module.calls if self._is_told(c) or self._logs(c, loosely=found is not None)]
        for call in logging[:_MOST_PLACES]:
            yield Fact("versioning.experiments", at=source.says(call), rung=Rung.WIRED)
        if found and not logging:
            at = source.at(found.line, f"imports {full_name(found)} and logs nothing")
            yield Fact("versioning.experiments", at=at, rung=Rung.DECLARED)

    def _logs(self, call: Call, *, loosely: bool) -> bool:
        """Whether a call logs; where a tracking tool is imported, a method of that name on any object does."""
        if "disable" in call.keywords:
            return False
        if below_any(call.name, self._tracking):
            return call.method in _STARTS or _LOGS.search(call.method) is not None
        return loosely and call.method.startswith(("log_", "add_scalar")) and "." in call.name

    def _is_told(self, call: Call) -> bool:
        """Whether a trainer is told to report to a tracking tool, which it then imports by itself."""
        return "report_to" in call.keywords and not self._names.isdisjoint(call.texts)

    def registered(self, source: Source) -> Iterator[Call]:
        """The calls that give a model a version others can fetch."""
        if source.imports(self._registries):
            for call in source.module.calls:
                if self._is(call, "registering") or _KEYWORDS & set(call.keywords) or _is_artifact(call, "model"):
                    yield call

    def promoted(self, source: Source) -> Iterator[Call]:
        """The calls that move a version on."""
        return (call for call in source.module.calls if self._is(call, "promoting"))

    def kept(self, source: Source) -> Iterator[Call]:
        """The calls that keep versions on the machine they run on."""
        wanted = self._words.get("keeping", ())
        for call in source.module.calls:
            library, _, method = call.name.lower().rpartition(".")
            if f"{library.partition('.')[0]}.{method}" in wanted or call.name.lower() in wanted:
                yield call

    def data(self, source: Source) -> Iterator[Fact]:
        """The first call that gives data a version."""
        if source.imports((*self._data_tools, *self._registries)):
            for call in source.module.calls:
                tool = below_any(call.name, self._data_tools)
                if tool or self._is(call, "versioning-data") or _is_artifact(call, "dataset"):
                    yield Fact("versioning.data", at=source.says(call), rung=Rung.WIRED)
                    return

    def _is(self, call: Call, words: str) -> bool:
        name = call.name.lower()
        return "." in name and any(name.endswith("." + w) or name == w for w in self._words.get(words, ()))


def _is_artifact(call: Call, kind: str) -> bool:
    return call.method in {"Artifact", "log_artifact", "link_artifact"} and kind in call.texts


def _registered(calls: _Calls, sources: list[Source]) -> Iterator[Fact]:
    """Registrations; moving versions on counts only where something registers them or loads them by name."""
    registered = [*_places(sources, calls.registered), *(at for source in sources for at in _addressed(source))]
    promoted, kept = _places(sources, calls.promoted), _places(sources, calls.kept)
    for at in (registered + promoted if registered else [])[:_MOST_PLACES]:
        yield Fact("versioning.models", at=at, rung=Rung.WIRED)
    for at in (kept if registered else promoted + kept)[:_MOST_PLACES]:
        yield Fact("versioning.models", at=at, rung=Rung.DECLARED)


def _places(sources: Iterable[Source], find: Callable[[Source], Iterable[Call]]) -> list[Location]:
    return [source.says(call) for source in sources for call in find(source)]


def _addressed(source: Source) -> Iterator[Location]:
    """Models fetched from a registry by name and version."""
    for text in source.module.texts:
        if _ADDRESS.search(text.value):
            yield source.at(text.line, f"loads {text.value[:60]}")


def _committed_runs(documents: Documents) -> Iterator[Fact]:
    """Runs that a tracking tool wrote into the tree."""
    path = next((entry.path for entry in documents.snapshot.tree if _RUNS(entry.path)), None)
    if path is not None:
        yield Fact("versioning.experiments", at=Location(path, note="a tracked run, committed"), rung=Rung.EXERCISED)


def _pointers(documents: Documents) -> Iterator[Fact]:
    """DVC's pointer files, which can be fetched again only with a remote; and feature stores."""
    remotes = [url for path in documents.matching(*_DVC_CONFIG) for url in _REMOTE.findall(documents.text(path) or "")]
    note = f"pins data, kept at {remotes[0][:60]}" if remotes else "pins data, with no remote to fetch it from"
    for path in documents.matching(*_POINTERS):
        if "md5:" in (documents.text(path) or ""):
            fact_id = "versioning.models" if _is_model(documents, path.removesuffix(".dvc")) else "versioning.data"
            yield Fact(fact_id, at=Location(path, 1, note=note), rung=Rung.WIRED if remotes else Rung.DECLARED)
    for tool, path in configured(documents, "data-versioning"):
        yield Fact("versioning.data", at=Location(path, note=f"configures {tool.name}"), rung=Rung.WIRED)


def _large_files(documents: Documents) -> Iterator[Fact]:
    """Patterns that git LFS keeps."""
    for path in documents.matching(*_LFS):
        text = documents.text(path) or ""
        for tracked in islice(_TRACKED.finditer(text), _MOST_PLACES):
            at = Location(path, text.count("\n", 0, tracked.start()) + 1, note=f"git LFS keeps {tracked[1][:60]}")
            if _DATA.search(tracked[1]):
                yield Fact("versioning.data", at=at, rung=Rung.WIRED)
            elif _is_model(documents, tracked[1].replace("*", "a")):
                yield Fact("versioning.models", at=at, rung=Rung.DECLARED)


def _is_model(documents: Documents, path: str) -> bool:
    globs = tuple(glob for tool in documents.vocabulary.serving("model-artifact") for glob in tool.files)
    return matcher(globs)(path)
