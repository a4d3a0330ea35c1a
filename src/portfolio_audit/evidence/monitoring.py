"""Monitoring of a model at work: what is measured, and whether it is kept, shown or told."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from portfolio_audit.evidence import declarations, jobs, records
from portfolio_audit.evidence.codebase import CODE_FILES, Source, imports_for
from portfolio_audit.evidence.container_files import COMPOSE_FILES, DOCKERFILES
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import scheduled_scripts
from portfolio_audit.evidence.measuring import Measuring
from portfolio_audit.evidence.tools import declared
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call

_DASHBOARDS = ("*dashboard*.json", "**/*dashboard*/**/*.json", "**/grafana/**/*.json", "*grafana*.json")
_RULES = ("*alert*.yml", "*alert*.yaml", "*rules*.yml", "*rules*.yaml")
_SCRAPES = ("*prometheus*.yml", "*prometheus*.yaml")
WANTS = (*CODE_FILES, *jobs.WANTS, *DOCKERFILES, *COMPOSE_FILES, *_RULES, *_SCRAPES, *_DASHBOARDS, *declarations.WANTS)
_WATCHING = (
    "drift", "monitoring", "llm-monitoring", "service-monitoring", "metrics-store", "dashboard", "alerting",
)  # fmt: skip
_AT_WORK = ("*.py",)
"""What could show it when it cannot be read: nothing that works by itself lives in a notebook alone."""
FACTS = (
    FactSpec(
        "monitoring.model",
        FactType.FLAG,
        "The model at work is watched; wired when running code measures it, exercised when it is kept, shown or told, "
        "observed when a scheduled job that measures is green.",
        ladder=True,
        reads=(*_AT_WORK, *_DASHBOARDS),
    ),
    FactSpec(
        "monitoring.idle", FactType.FLAG, "Tools that are imported or declared where nothing measures.", reads=_AT_WORK
    ),
    FactSpec("monitoring.stored", FactType.FLAG, "What is measured is stored.", reads=(*_AT_WORK, *_SCRAPES)),
    FactSpec("monitoring.alerting", FactType.FLAG, "Somebody is told when it gets worse.", reads=(*_AT_WORK, *_RULES)),
    FactSpec("monitoring.dashboard", FactType.FLAG, "A dashboard shows it.", reads=(*_AT_WORK, *_DASHBOARDS)),
)

_ALERT_RULE = re.compile(r"^[ \t]*-?[ \t]*alert:[ \t]*\S|^receivers:|^[ \t]*-?[ \t]*condition:[ \t]*\S", re.MULTILINE)
_SCRAPE = re.compile(r"^scrape_configs:", re.MULTILINE)
_PANELS = re.compile(r'"panels"\s*:\s*\[\s*\{')
_ASKS = re.compile(r"\s*(?:select|create\s+database|drop)\b", re.IGNORECASE)
_QUERIES = re.compile(r'"(?:targets|rawSql|expr|query|queries)"\s*:(?!\s*(?:\[\s*\]|""))')
_HOOK = re.compile(
    r"hooks\.slack|discord(?:app)?\.com/api/webhooks|api\.telegram|webhook|events\.pagerduty", re.IGNORECASE
)
_SENDS = re.compile(
    r"^(?:send|post|notify|raise|trigger|publish)_(?:\w{1,40}_)?(?:e?mail|slack|alert|teams|discord|telegram|notification|sns)(?:_|$)",
    re.IGNORECASE,
)
_OF_MODEL = re.compile(
    r"drift|predict|feedback|relevan|target|missing|conversation|model|inference|response_time|latency|score|token",
    re.IGNORECASE,
)


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what measures, what keeps, what shows, what tells; and together how far it goes."""
    watch = _Watch(documents)
    boards = list(_dashboards(documents))
    if not watch.measured and not watch.tables:
        yield from _model((*watch.idle(), *boards), Rung.DECLARED)
        yield from (Fact("monitoring.idle", at=at) for at in watch.unused(documents))
        return
    seen = {
        "monitoring.stored": [*watch.stored(documents), *watch.tables],
        "monitoring.alerting": list(watch.told(documents)),
        "monitoring.dashboard": [*boards, *watch.pages(documents)],
    }
    yield from (Fact(fact_id, at=at) for fact_id, places in seen.items() for at in places)
    heard = bool(seen["monitoring.alerting"] or seen["monitoring.dashboard"])
    used = heard or len(seen["monitoring.stored"]) > len(watch.tables)
    yield from _watched(watch, used=used, heard=heard)


def _watched(watch: _Watch, *, used: bool, heard: bool) -> Iterator[Fact]:
    """What is measured, by how far it goes; what a notebook measures runs only by hand."""
    measured = watch.measured.values()
    running = watch.running() if measured else frozenset()
    yield from _model((at for at in measured if at.path in running), Rung.OBSERVED)
    by_program = (at for at in measured if not at.cell and at.path not in running)
    yield from _model(by_program, Rung.EXERCISED if used else Rung.WIRED)
    yield from _model((at for at in measured if at.cell), Rung.WIRED)
    yield from _model(watch.tables, Rung.EXERCISED if heard else Rung.WIRED)


def _model(places: Iterable[Location], rung: Rung) -> Iterator[Fact]:
    return (Fact("monitoring.model", at=at, rung=rung) for at in places)


class _Watch:
    """What a repository measures: by calls, and by tables of predictions or feedback that its service fills."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._measuring = Measuring(documents)
        self._sources = self._measuring.sources
        found = ((source, self._measuring.measured(source)) for source in self._sources)
        self.measured = {source.path: source.says(call) for source, call in found if call is not None}
        self.tables = [at for source in self._sources if (at := self._table(source)) is not None]

    def _table(self, source: Source) -> Location | None:
        at = records.written(source)
        return at if at is not None and source.path in self._behind_a_model else None

    @cached_property
    def _behind_a_model(self) -> frozenset[str]:
        """The files that a file which uses the model imports, itself among them."""
        codebase, offered = self._measuring.codebase, self._measuring.offered
        users = (source for source in self._sources if offered.model_behind(source) is not None)
        return frozenset(path for source in users for path in codebase.reached(source.path))

    def running(self) -> frozenset[str]:
        """The programs that jobs reach which a schedule started, and which were green."""
        return frozenset(
            p for script in scheduled_scripts(self._documents) for p in self._measuring.codebase.reached(script)
        )

    def idle(self) -> Iterator[Location]:
        """Tools of monitoring that measure nothing."""
        return (at for source in self._sources if (at := self._measuring.idle(source)) is not None)

    def unused(self, documents: Documents) -> Iterator[Location]:
        """Where tools that watch are imported or declared."""
        tools = imports_for(documents.vocabulary, *_WATCHING)
        imported = ((source, source.imports(tools)) for source in self._sources)
        yield from (source.at(found.line, f"imports {found.module[:60]}") for source, found in imported if found)
        yield from (at for _, at in declared(documents, *_WATCHING))

    def stored(self, documents: Documents) -> Iterator[Location]:
        """Where a file that measures puts what it measured, or what collects it from there."""
        committed = {posixpath.basename(entry.path) for entry in documents.snapshot.tree}
        for path in self.measured:
            source = self._measuring.codebase.sources[path]
            kept = next((c for c in source.module.calls if self._keeps(c, committed)), None)
            if kept is not None and source.notebook is None:
                yield source.says(kept)
        for path in documents.matching(*_SCRAPES):
            if scrape := _SCRAPE.search(text := documents.text(path) or ""):
                yield Location(path, text.count("\n", 0, scrape.start()) + 1, note="collects what the service exports")

    def _keeps(self, call: Call, committed: set[str]) -> bool:
        """Whether a call stores something, or saves a file that is committed."""
        saves = self._measuring.named(call, "saving") and "." in call.name
        asks = any(map(_ASKS.match, call.texts[:1]))
        return (self._measuring.named(call, "storing") and not asks) or (
            saves and any(posixpath.basename(text) in committed for text in call.texts)
        )

    def told(self, documents: Documents) -> Iterator[Location]:
        """Messages sent from where something is measured, and rules of alerting."""
        for source in self._sources:
            if self.measured.keys() & self._measuring.codebase.reached(source.path):
                call = next((c for c in source.module.calls if self._tells(c)), None)
                if call is not None:
                    yield source.says(call)
        for path in documents.matching(*_RULES):
            if rule := _ALERT_RULE.search(text := documents.text(path) or ""):
                yield Location(path, text.count("\n", 0, rule.start()) + 1, note="a rule of alerting")

    def _tells(self, call: Call) -> bool:
        """Whether a call sends a message, by its own name or by the hook it posts to."""
        posted = call.method == "post" and any(map(_HOOK.search, (*call.texts, *call.passed)))
        return posted or self._measuring.tells(call) or _SENDS.search(call.method) is not None

    def pages(self, documents: Documents) -> Iterator[Location]:
        """Web pages that measure themselves, or draw what the tables hold."""
        pages = imports_for(documents.vocabulary, "ui")
        for source in self._sources if self.tables else ():
            draws = any(self._measuring.named(call, "drawing") for call in source.module.calls)
            at = records.shown(source) if draws and source.imports(pages) else None
            if at is not None:
                yield at
        for path, at in self.measured.items():
            if self._measuring.codebase.sources[path].imports(pages):
                yield Location(at.path, at.line, at.cell, f"a page that {at.note}")
        yield from self._behind_pages(imports_for(documents.vocabulary, "ui", "serving"))

    def _behind_pages(self, web: tuple[str, ...]) -> Iterator[Location]:
        """Pages and routes that reach what measures in another file."""
        measured = {path for path, at in self.measured.items() if not at.cell}
        for source in self._sources if measured else ():
            reached = sorted(measured & self._measuring.codebase.reached(source.path) - {source.path})
            found = source.imports(web) if reached and source.path not in self.measured else None
            if found is not None:
                yield source.at(found.line, f"a page in front of {reached[0]}")


def _dashboards(documents: Documents) -> Iterator[Location]:
    """Committed dashboards with panels that show something of the model."""
    for path in documents.matching(*_DASHBOARDS):
        text = documents.text(path) or ""
        if (panels := _PANELS.search(text)) and _OF_MODEL.search(text) and _QUERIES.search(text):
            yield Location(path, text.count("\n", 0, panels.start()) + 1, note="a dashboard with panels")
