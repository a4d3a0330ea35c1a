"""Monitoring of a model at work: what is computed on which data, where it is kept, shown, and told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.code import TESTS, starts
from portfolio_audit.evidence.codebase import CODE_FILES, Codebase, Source, imports_for
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.serving import Offered
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call

_DASHBOARDS = ("*dashboard*.json", "**/*dashboard*/**/*.json", "**/grafana/**/*.json", "*grafana*.json")
_RULES = ("*alert*.yml", "*alert*.yaml", "*rules*.yml", "*rules*.yaml")
WANTS = (*CODE_FILES, *_RULES, *_DASHBOARDS)
FACTS = (
    FactSpec(
        "monitoring.model",
        FactType.FLAG,
        "The model at work is watched; wired when running code computes it, exercised when it is kept, shown or told.",
        ladder=True,
        reads=CODE_FILES,
    ),
    FactSpec("monitoring.stored", FactType.FLAG, "What is measured is stored.", reads=CODE_FILES),
    FactSpec(
        "monitoring.alerting", FactType.FLAG, "Somebody is told when it gets worse.", reads=(*CODE_FILES, *_RULES)
    ),
    FactSpec("monitoring.dashboard", FactType.FLAG, "A dashboard shows what is measured.", reads=_DASHBOARDS),
)

_COMPUTES = re.compile(
    r"(?:^|\.)(?:Report|Dashboard|ModelMonitoring|Profile|TestSuite|DataDriftPreset|DataDriftDetector|ColumnDriftMetric|KSDrift"
    r"|TabularDrift|MMDDrift|ADWIN|DefaultModelMonitor|PerformanceEstimator|CBPE|ks_2samp|calculate_psi)$"
    r"|^whylogs\.log$|drift_detector"
)
_MEASURES = frozenset({"Counter", "Histogram", "Gauge", "Summary", "Instrumentator"})
_RECORDS = frozenset({"inc", "observe", "set", "dec", "labels", "instrument", "expose", "time", "track_inprogress"})
_TRACES = frozenset({"observe", "traceable", "trace", "CallbackHandler", "register", "instrument", "configure", "span"})
_OWN_DRIFT = re.compile(
    r"(?:^|_)(?:data_?drift|drift|psi|concept_drift|monitor_(?:model|predictions|performance))(?:_|$)"
)
_STORES = re.compile(
    r"(?:^|\.)(?:execute|executemany|to_sql|insert_one|insert_many|insert_rows_json|insert_rows_from_dataframe|add_report"
    r"|add_snapshot|write_points|put_metric_data|push_to_gateway|log_metrics?|load_table_from_dataframe|start_http_server"
    r"|make_asgi_app|generate_latest|to_gbq|copy_from|save|commit|create_table_artifact|upload_file|write|writer)$"
)
_TABLE = re.compile(
    r"insert\s+into\s+[\w.\"'`]*(?:predict|feedback|conversation|monitor|drift|inference|quality)"
    r"|create\s+table\s+(?:if\s+not\s+exists\s+)?[\w.\"'`]*(?:predict|feedback|conversation|monitor|drift|metric|inference|quality)",
    re.IGNORECASE,
)
_FEEDBACK = re.compile(r"feedback|save_conversation|log_prediction|save_prediction|store_prediction|log_inference")
_ALERTS = re.compile(
    r"(?:^|\.)(?:send_?mail|send_message|sendmail|email_send_message|chat_postMessage|notify|send_alert|alert|SlackWebhook|publish)$"
    r"|send_?(?:alert|email|slack)|raise_alert"
)
_ALERT_RULE = re.compile(r"^\s*-?\s*alert:\s*\S|^receivers:|^\s*noDataState:", re.MULTILINE)
_PANELS = re.compile(r'"panels"\s*:\s*\[\s*\{')
_MEASURED = re.compile(
    r"drift|predict|feedback|relevan|target|missing|conversation|model|inference|response_time|latency|score|token|quality|share"
    r"|rawSql|expr",
    re.IGNORECASE,
)


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what computes, what keeps, what shows, what tells; and together how far it goes."""
    watch = _Watch(documents)
    computed = [fact for source in watch.sources for fact in watch.computed(source)]
    stored = [fact for source in watch.sources for fact in watch.stored(source)]
    alerts = list(watch.alerts(computed)) if computed or stored else []
    dashboards = list(_dashboards(documents)) if computed or stored else []
    yield from (*stored, *alerts, *dashboards)
    shown = bool(stored or alerts or dashboards)
    for fact in computed:
        explored = fact.at.path.endswith(".ipynb")
        rung = Rung.EXERCISED if shown and fact.rung is Rung.WIRED and not explored else fact.rung
        yield Fact("monitoring.model", at=fact.at, rung=rung)
    if not computed and stored:
        rung = Rung.EXERCISED if alerts or dashboards else Rung.WIRED
        yield Fact("monitoring.model", at=stored[0].at, rung=rung)


class _Watch:
    """Finds measurements in code that runs."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._offered = Offered(Codebase(documents))
        self._codebase = self._offered.codebase
        vocabulary = documents.vocabulary
        self._drift = imports_for(vocabulary, "drift")
        self._metrics = imports_for(vocabulary, "monitoring")
        self._traces = imports_for(vocabulary, "llm-monitoring")
        self._messages = imports_for(vocabulary, "alerting")
        self.sources = [s for s in self._codebase if not TESTS.search(s.path)]

    def computed(self, source: Source) -> Iterator[Fact]:
        """What a file measures of the model or its data; only declared when nothing runs it."""
        call = next(self._measurements(source), None)
        if call is not None:
            yield Fact("monitoring.model", at=source.says(call), rung=Rung.WIRED)
            return
        found = source.imports((*self._drift, *self._metrics))
        if found is not None:
            at = source.at(found.line, f"imports {found.module} and measures nothing")
            yield Fact("monitoring.model", at=at, rung=Rung.DECLARED)

    def _measurements(self, source: Source) -> Iterator[Call]:
        calls = source.module.calls
        if source.imports(self._drift):
            yield from (c for c in calls if _COMPUTES.search(c.name))
        elif source.imports(self._traces):
            yield from (c for c in calls if c.method in _TRACES)
            yield from (d for f in source.module.functions for d in f.decorators if d.method in _TRACES)
        elif source.imports(self._metrics):
            made = any(c.method in _MEASURES for s in self._codebase.behind(source) for c in s.module.calls)
            if made and self._offered.model_behind(source) is not None:
                yield from (c for c in calls if c.method in _RECORDS)
        elif starts(source, ()):
            yield from (c for c in calls if _OWN_DRIFT.search(c.method) and self._is_own(c))

    def _is_own(self, call: Call) -> bool:
        return any(f.name == call.method for s in self.sources for f in s.module.functions)

    def stored(self, source: Source) -> Iterator[Fact]:
        """Where measurements, predictions or feedback are put."""
        measured = next(self._measurements(source), None) if source.notebook is None else None
        kept = next((c for c in source.module.calls if _STORES.search(c.name)), None) if measured else None
        if kept is not None:
            yield Fact("monitoring.stored", at=source.says(kept))
            return
        table = next((t for t in source.module.texts if _TABLE.search(t.value)), None)
        if table is not None and self._serves(source):
            yield Fact("monitoring.stored", at=source.at(table.line, "keeps predictions or feedback in a table"))

    def _serves(self, source: Source) -> bool:
        """Whether an interface or a use of the model in the tree imports the file, or is in it."""
        return any(
            source.path in self._codebase.reached(other.path) and self._offered.model_behind(other) is not None
            for other in self.sources
        )

    def alerts(self, computed: list[Fact]) -> Iterator[Fact]:
        """Messages sent from where something is measured, and rules of alerting."""
        for source in self.sources:
            if any(fact.at.path in self._codebase.reached(source.path) for fact in computed):
                call = next((c for c in source.module.calls if _ALERTS.search(c.name)), None)
                if call is not None:
                    yield Fact("monitoring.alerting", at=source.says(call))
        for path in self._documents.matching(*_RULES):
            if rule := _ALERT_RULE.search(text := self._documents.text(path) or ""):
                line = text.count("\n", 0, rule.start()) + 1
                yield Fact("monitoring.alerting", at=Location(path, line, note="a rule of alerting"))


def _dashboards(documents: Documents) -> Iterator[Fact]:
    """Committed dashboards with panels that show something of the model."""
    for path in documents.matching(*_DASHBOARDS):
        text = documents.text(path) or ""
        if (panels := _PANELS.search(text)) and _MEASURED.search(text):
            line = text.count("\n", 0, panels.start()) + 1
            yield Fact("monitoring.dashboard", at=Location(path, line, note="a dashboard with panels"))
