"""Where code measures a model at work: drift and quality, metrics of predictions, traces of a chain of prompts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import Codebase, Source, below_any, full_name, imports_for
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.reach import closure, running
from portfolio_audit.evidence.serving import Offered
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call

_OWN_DRIFT = re.compile(
    r"(?:^|_)(?:drift|psi|population_stability|monitor_(?:model|predictions|performance))(?:_|$)", re.IGNORECASE
)
_BY_NAME = re.compile(r"(?:^|[/_.-])(?:drift|monitor(?:ing)?)(?=[/_.-])", re.IGNORECASE)
_WRAPPED = ("langfuse.openai",)
_MOST_OWN = 20
_REPORT = re.compile(r"report|drift|monitor|suite|dashboard|profile|quality", re.IGNORECASE)


class Measuring:
    """Judges calls against the monitoring tools of the vocabulary."""

    def __init__(self, documents: Documents) -> None:
        self.codebase = documents.once(Codebase)
        self.offered = Offered(self.codebase)
        self.sources = [source for source in self.codebase if not TESTS.search(source.path)]
        self._words = documents.vocabulary.words
        vocabulary = documents.vocabulary
        self._drift = imports_for(vocabulary, "drift")
        self._traces = imports_for(vocabulary, "llm-monitoring")
        self._metrics = imports_for(vocabulary, "monitoring")
        self._tellers = imports_for(vocabulary, "alerting")
        self._running = running(self.codebase)
        self._own = self._own_functions()

    def measured(self, source: Source) -> Call | None:
        """The first call of a file that measures and runs."""
        return next((call for call in self._measurements(source) if call.function in self._running), None)

    def idle(self, source: Source) -> Location | None:
        """Where a file imports a monitoring tool, or measures with it, to no effect."""
        found = source.imports((*self._drift, *self._metrics))
        if found is None or (not source.imports(self._drift) and not self._set_up(source)):
            return None
        unused = next(self._measurements(source), None)
        if unused is not None:
            return source.at(unused.line, f"calls {unused.name[:60]}, where nothing runs it")
        return source.at(found.line, f"imports {full_name(found)[:60]} and measures nothing")

    def _set_up(self, source: Source) -> bool:
        """Whether a file with a model behind it does more with a metrics tool than to define metrics."""
        calls = (
            c for c in source.module.calls if below_any(c.name, self._metrics) and not self.named(c, "metric-kinds")
        )
        return next(calls, None) is not None and self.offered.model_behind(source) is not None

    def _measurements(self, source: Source) -> Iterator[Call]:
        if source.imports(self._drift):
            yield from self._drifts(source)
        elif source.imports(self._traces):
            yield from self._traced(source)
        elif source.imports(self._metrics):
            yield from self._recorded(source)
        else:
            yield from self._sent(source)
        if _BY_NAME.search(source.path):
            yield from (call for call in source.module.calls if self.named(call, "drift-tests"))
        yield from self._own_drifts(source)

    def _drifts(self, source: Source) -> Iterator[Call]:
        """Reports that are filled, and scores."""
        reports = [call for call in source.module.calls if self.named(call, "drift-reports")]
        names = {name for call in reports for name in call.assigned}
        for call in source.module.calls:
            receiver = call.name.rpartition(".")[0].rpartition(".")[2]
            filled = reports and self.named(call, "drift-runs") and (receiver in names or _REPORT.search(receiver))
            if filled or self.named(call, "drift-scores") or self._by_function(call):
                yield call

    def _sent(self, source: Source) -> Iterator[Call]:
        """Metrics that a file with a model behind it sends to a cloud."""
        sent = [call for call in source.module.calls if self.named(call, "metric-sends")]
        yield from sent if sent and self.offered.model_behind(source) is not None else ()

    def _by_function(self, call: Call) -> bool:
        return below_any(call.name, self._drift) and self.named(call, "drift-runs")

    def _traced(self, source: Source) -> Iterator[Call]:
        wrapped = source.imports(_WRAPPED) is not None
        yield from (call for call in source.module.calls if self.named(call, "traces") or (wrapped and _asks(call)))
        yield from (d for f in source.module.functions for d in f.decorators if self.named(d, "traces"))

    def _recorded(self, source: Source) -> Iterator[Call]:
        """Metrics that are set in a file with a model behind it."""
        made = any(self.named(c, "metric-kinds") for s in self.codebase.behind(source) for c in s.module.calls)
        if made and self.offered.model_behind(source) is not None:
            yield from (c for c in source.module.calls if self.named(c, "metric-records") and "." in c.name)
            yield from (d for f in source.module.functions for d in f.decorators if self.named(d, "metric-records"))

    def _own_drifts(self, source: Source) -> Iterator[Call]:
        """Calls of the project's own drift functions."""
        return (call for call in source.module.calls if call.method in self._own)

    def _own_functions(self) -> frozenset[str]:
        """The drift functions of the project that compute something, themselves or in what they call."""
        measuring = {c.function for s in self.sources for c in s.module.calls if self.named(c, "measures")}
        names = {f.name for source in self.sources for f in source.module.functions if _OWN_DRIFT.search(f.name)}
        return frozenset(n for n in sorted(names)[:_MOST_OWN] if measuring & closure(self.sources, {n}))

    def tells(self, call: Call) -> bool:
        """Whether a call sends a message: by its name, or because it is of a library that sends nothing else."""
        return self.named(call, "telling") or below_any(call.name, self._tellers)

    def named(self, call: Call, words: str) -> bool:
        """Whether the last part of a call's name is in a list of the vocabulary."""
        return call.method.lower() in self._words.get(words, ())


def _asks(call: Call) -> bool:
    """Whether a call asks a language model through a client that records it."""
    return call.name.endswith((".completions.create", ".responses.create", ".embeddings.create", ".completions.parse"))
