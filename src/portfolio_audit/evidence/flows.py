"""Flows of orchestrators, and which of them reach a call that fits a model."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import Codebase, Source, below, below_any, imports_for
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.learning import Learning
from portfolio_audit.evidence.mage import Pipelines
from portfolio_audit.evidence.reach import closure
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call, Import

_MAGE = "mage_ai"
_MOST_NAMED = 20
_MOST_TEXTS = 200
_LONGEST = 2_000
_MODULE = re.compile(r"\bpython[\d.]*\s+-m\s+([\w.]{1,200})")
_KINDS = frozenset({"cron", "interval"})
_TIMED_BY = frozenset({"add_job", "scheduled_job"})
_TASKS = frozenset({"task", "shared_task", "periodic_task"})
_CELERY = ("celery",)
_MADE = re.compile(r"_pb2|version|config|settings|secret|credential|constants|local|generated|params", re.IGNORECASE)
"""Modules that are made on each machine or left out of the tree on purpose."""
_ARGUMENT_LINES = 8
_SURE = frozenset({"cron", "interval", "rrule", "cron_schedule"})
_TIME = re.compile(r"^@\w+$|^(?:[\d*/,\-?A-Z]+\s+){4,5}[\d*/,\-?A-Z]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Flow:
    """A file that an orchestrator runs; ``trains`` is the call it reaches that fits a model, or None."""

    source: Source
    at: Location
    trains: Location | None


class Flows:
    """Every flow of a repository."""

    def __init__(self, documents: Documents) -> None:
        self.codebase = documents.once(Codebase)
        self.learning = Learning(self.codebase)
        self._words = documents.vocabulary.words
        self._orchestrators = imports_for(documents.vocabulary, "orchestration", "scheduling")
        self._mage = documents.once(Pipelines)
        self._modules = [s for s in self.codebase if s.notebook is None and not TESTS.search(s.path)]
        self._lacking: dict[str, str] = {}
        self._fitted: dict[str, Location | None] = {}
        self.found = tuple(flow for source in self._modules if (flow := self._flow(source)) is not None)

    @cached_property
    def _named(self) -> dict[str, list[Source]]:
        """The modules of the tree by the name of their file."""
        index: dict[str, list[Source]] = {}
        for source in self._modules:
            index.setdefault(posixpath.basename(source.path), []).append(source)
        return index

    @cached_property
    def training(self) -> frozenset[str]:
        """The files of the flows that fit a model."""
        return frozenset(flow.source.path for flow in self.found if flow.trains)

    def scripts(self, text: str) -> Iterator[Source]:
        """The modules of the tree that a command in a text runs."""
        for word in _MODULE.sub(_as_path, text[:_LONGEST]).replace("::", " ").split()[:_MOST_NAMED]:
            name = word.strip("'\",;").removeprefix("./")
            candidates = self._named.get(posixpath.basename(name), ()) if name.endswith(".py") else ()
            yield from (s for s in candidates if f"/{s.path}".endswith(f"/{name.lstrip('./')}"))

    def says_when(self, source: Source, call: Call) -> bool:
        """Whether a call or decorator sets a time at which a flow runs; None is no time."""
        keywords = {k.lower() for k in call.keywords} & set(self._words.get("schedule-keywords", ()))
        if keywords and self._makes_flow(call):
            given = keywords & _SURE or call.passed or any(map(_TIME.match, call.texts))
            return bool(given) or any(map(self._makes_time, _near(source, call)))
        if call.method in _TIMED_BY and not _KINDS.isdisjoint(call.texts):
            return True
        return self._is(call, "schedule") and self._of_orchestrator(call) and call.method != "trigger_pipeline"

    def _makes_flow(self, call: Call) -> bool:
        """Whether a call defines, serves or deploys a flow or a part of one."""
        named = self._is(call, "flow-parts") or self._is(call, "flow") or call.method in {"serve", "deploy"}
        return named or self._of_orchestrator(call)

    def _makes_time(self, call: Call) -> bool:
        return self._is(call, "schedule") or call.method in {"timedelta", "duration"}

    def fitted_by(self, source: Source) -> Location | None:
        """Where a script fits a model when it is run, itself or in what it imports."""
        if source.path not in self._fitted:
            calls = ((s, c) for s in self.codebase.behind(source) for c in self.learning.training(s))
            self._fitted[source.path] = next((s.says(c) for s, c in calls if not TESTS.search(s.path)), None)
        return self._fitted[source.path]

    def lacks(self, source: Source) -> str:
        """A module of the project's own that a file needs, itself or in what it imports, and that is not there."""
        return next((name for other in self.codebase.behind(source) if (name := self._lacked(other))), "")

    def _lacked(self, source: Source) -> str:
        if source.path not in self._lacking:
            missing = (i for i in source.module.imports if not i.optional and self._is_gone(source, i))
            self._lacking[source.path] = next(("." * i.level + i.module for i in missing), "")
        return self._lacking[source.path]

    def _is_gone(self, source: Source, found: Import) -> bool:
        """Whether an import can only mean a file of the tree, and none is there; a package may be a mere folder."""
        if not self.codebase.is_own(source, found) or self.codebase.local(source, found) is not None:
            return False
        path = found.module.replace(".", "/")
        if not path or _MADE.search(found.module) or found.level > 1:
            return False
        folder = f"/{posixpath.dirname(source.path)}" if found.level else ""
        return not any(f"/{folder_of}".endswith(f"{folder}/{path}") for folder_of in self._packages)

    @cached_property
    def _packages(self) -> tuple[str, ...]:
        """The folders of the tree that hold Python, at any depth."""
        parts = (posixpath.dirname(path).split("/") for path in self.codebase.sources)
        return tuple(sorted({"/".join(p[:end]) for p in parts for end in range(1, len(p) + 1)}))

    def _flow(self, source: Source) -> Flow | None:
        found = source.imports(self._orchestrators)
        if found is None or (below(found.module, _MAGE) and not self._mage.hold(source.path)):
            return None
        entries = set(self._entries(source))
        job = next((c for c in source.module.calls if self._is(c, "training-jobs") and self._of_orchestrator(c)), None)
        if not entries and job is None:
            return None
        trains = source.says(job) if job else self._reached(source, entries)
        return Flow(source, source.at(found.line, f"a flow of {found.module.partition('.')[0]}"), trains)

    def _entries(self, source: Source) -> Iterator[str]:
        """The functions that the orchestrator calls."""
        for function in source.module.functions:
            decorated = any(self._starts(source, d) for d in function.decorators)
            if decorated or (function.owner and function.name == "run"):
                yield function.name
        for call in source.module.calls:
            if self._of_orchestrator(call) or self._is(call, "flow-parts"):
                yield from (name.rpartition(".")[2] for name in call.passed)
            if call.method in {"serve", "deploy"}:
                yield call.name.rpartition(".")[0].rpartition(".")[2]

    def _starts(self, source: Source, decorator: Call) -> bool:
        """Whether a decorator makes a function one that an orchestrator or a scheduler calls."""
        queued = decorator.method in _TASKS and source.imports(_CELERY) is not None
        by_flow = self._is(decorator, "flow") and self._of_orchestrator(decorator)
        return by_flow or queued or decorator.method == "scheduled_job"

    def _of_orchestrator(self, call: Call) -> bool:
        """Whether a name comes from an orchestrator."""
        return below_any(call.name, self._orchestrators)

    def _is(self, call: Call, words: str) -> bool:
        return call.method.lower() in self._words.get(words, ())

    def _reached(self, source: Source, entries: set[str]) -> Location | None:
        fits = self._fits(self.codebase.behind(source), entries)
        if fits:
            return min(fits)[2]
        texts = islice((text.value for text in source.module.texts if ".py" in text.value), _MOST_TEXTS)
        named = (script for text in texts for script in self.scripts(text) if script is not source)
        return next((at for script in named if (at := self.fitted_by(script)) is not None), None)

    def _fits(self, behind: Sequence[Source], entries: set[str]) -> list[tuple[bool, int, Location]]:
        """The calls that train which the entries reach: those of libraries first, then the nearest."""
        reached = closure(behind, entries)
        own = {function.name for other in behind for function in other.module.functions}
        return [
            (call.method in own, position, other.says(call))
            for position, other in enumerate(behind)
            for call in self.learning.training(other)
            if call.function in reached and not TESTS.search(other.path)
        ]


def _near(source: Source, call: Call) -> Iterator[Call]:
    """The calls that can stand among the arguments of another."""
    return (c for c in source.module.calls if call.line <= c.line <= call.line + _ARGUMENT_LINES and c is not call)


def stem(path: str) -> str:
    """The name of a file without its folder and ending."""
    return posixpath.splitext(posixpath.basename(path))[0]


def _as_path(found: re.Match[str]) -> str:
    """``python -m a.b`` as ``python a/b.py``."""
    return f"python {found[1].replace('.', '/')}.py"
