"""How a model is offered: behind HTTP or a web page, or as a function, stream, bot or batch script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.code import TESTS, starts
from portfolio_audit.evidence.codebase import CODE_FILES, Codebase, Source, imports_for
from portfolio_audit.evidence.container_files import COMPOSE_FILES, DOCKERFILES, MANIFESTS, images
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.learning import Learning
from portfolio_audit.evidence.routes import handlers, routes
from portfolio_audit.evidence.testing import files_of_tests
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call

_IN_R = ("app.R", "server.R", "plumber.R", "api.R")
WANTS = (*CODE_FILES, *DOCKERFILES, *COMPOSE_FILES, *MANIFESTS, *_IN_R)
_READS = (*CODE_FILES, *DOCKERFILES, *COMPOSE_FILES, *_IN_R)
FACTS = (
    FactSpec(
        "api.interface",
        FactType.FLAG,
        "HTTP routes or a web page; wired when they reach a model, exercised when a test drives them.",
        ladder=True,
        reads=_READS,
    ),
    FactSpec(
        "api.batch", FactType.FLAG, "A function, stream, bot or batch script uses a model.", ladder=True, reads=_READS
    ),
)

_DEPLOYS = frozenset({"deploy", "create_endpoint", "deploy_model"})
_ASKED = re.compile(r"(?:https?://[\w.\[\]:-]{1,100})?(/[A-Za-z_][\w./-]{0,100}?)/?(?:\?|$)")
_LONGEST = 300
_R_PAGE = re.compile(r"library\((?:shiny|plumber)\)|shinyApp\(|^#\* @(?:get|post)", re.MULTILINE)
_R_PREDICTS = re.compile(r"\bpredict\(|readRDS\(|load\(")


def extract(documents: Documents) -> Iterator[Fact]:
    """Give each interface once, at its first route, and each use of a model without one."""
    offered = Offered(documents.once(Codebase))
    for source in offered.codebase:
        if not TESTS.search(source.path):
            yield from offered.interface(source)
            yield from offered.batch(source)
    yield from _in_r(documents)
    servers = {i for tool in documents.vocabulary.serving("model-server") for i in tool.images}
    for image in images(documents):
        if image.name in servers:
            note = f"serves a model with {image.name}"
            at = Location(image.at.path, image.at.line, note=note)
            yield Fact("api.interface", at=at, rung=Rung.WIRED)


class Offered:
    """Knows which files offer a model, and to whom."""

    def __init__(self, codebase: Codebase) -> None:
        self.codebase = codebase
        self.learning = Learning(codebase)
        vocabulary = codebase.documents.vocabulary
        self._frameworks = imports_for(vocabulary, "serving", "ui")
        self._without_http = imports_for(vocabulary, "batch-serving")
        self._orchestrators = imports_for(vocabulary, "orchestration")
        self._endpoints = imports_for(vocabulary, "endpoint")
        self._servers = imports_for(vocabulary, "model-server")
        tests = [file for file in files_of_tests(codebase) if not file.fault]
        self._imported = frozenset(path for file in tests for path in file.tested)
        self._asked = frozenset(filter(None, (_route(t.value) for file in tests for t in file.source.module.texts)))

    def interface(self, source: Source) -> Iterator[Fact]:
        """The first route or page of a file, with how far it is connected to a model."""
        first = next(self.routes(source), None)
        if first is None:
            yield from self._endpoint(source)
            return
        model = self.model_behind(source)
        if model is None:
            yield Fact(
                "api.interface", at=source.at(first.line, f"{first.name[:40]}, without a model"), rung=Rung.DECLARED
            )
            return
        at = source.at(first.line, f"{first.name[:40]} reaches {model.note}")
        yield Fact("api.interface", at=at, rung=self._rung(source))

    def _endpoint(self, source: Source) -> Iterator[Fact]:
        """The first call that puts a model behind an endpoint of a cloud."""
        if source.imports(self._endpoints) is not None:
            call = next((c for c in source.module.calls if c.method in _DEPLOYS), None)
            if call is not None:
                yield Fact("api.interface", at=source.says(call), rung=Rung.WIRED)

    def routes(self, source: Source) -> Iterator[Call]:
        """The calls and decorators that make HTTP routes or pages."""
        return routes(source, self._frameworks)

    def model_behind(self, source: Source) -> Location | None:
        """Where a file, or one that it imports, uses a model."""
        for other in self.codebase.behind(source):
            if not TESTS.search(other.path):
                call = next(self.learning.predictions(other), None)
                if call is not None:
                    return other.says(call)
                found = other.imports(self._servers)
                if found is not None:
                    return other.at(found.line, f"imports {found.module}")
        return None

    def batch(self, source: Source) -> Iterator[Fact]:
        """The first sign that a file uses a model for somebody without HTTP."""
        what, line = self._without_request(source)
        if line:
            model = self.model_behind(source)
            if model is not None:
                yield Fact("api.batch", at=source.at(line, f"{what} reaches {model.note}"), rung=self._rung(source))
        elif source.notebook is None and next(self.routes(source), None) is None:
            loaded = next(self._loaded(source), None)
            if loaded is not None and (not loaded.function or starts(source, self._orchestrators)):
                yield Fact("api.batch", at=source.says(loaded), rung=self._rung(source))

    def _without_request(self, source: Source) -> tuple[str, int]:
        """What calls a file without HTTP, and on which line that shows: a cloud, a stream, a bot or a queue."""
        name, line = next(handlers(source), ("", 0))
        if line:
            return f"function {name}", line
        consumer = source.imports(self._without_http)
        if consumer is not None:
            return "stream, bot or task", consumer.line
        return "stream", next((c.line for c in source.module.calls if ".writeStream." in c.name), 0)

    def _rung(self, source: Source) -> Rung:
        """Exercised when a test imports the file, or asks one of its routes over HTTP."""
        asked = any(not self._asked.isdisjoint(call.texts) for call in self.routes(source))
        return Rung.EXERCISED if source.path in self._imported or asked else Rung.WIRED

    def _loaded(self, source: Source) -> Iterator[Call]:
        """The predictions of a script that loads a model it has not just fitted."""
        if self.learning.training(source):
            return
        found = list(self.learning.predictions(source))
        if any(self.learning.loads(call) or self.learning.asks(source) for call in found):
            yield from (call for call in found if not self.learning.loads(call))


def _route(text: str) -> str:
    """The path that an address of a local server asks for; empty for the root and for anything else."""
    found = _ASKED.match(text[:_LONGEST])
    return found[1] if found else ""


def _in_r(documents: Documents) -> Iterator[Fact]:
    for path in documents.matching(*_IN_R):
        text = documents.text(path) or ""
        page = _R_PAGE.search(text)
        if page:
            rung = Rung.WIRED if _R_PREDICTS.search(text) else Rung.DECLARED
            yield Fact(
                "api.interface", at=Location(path, text.count("\n", 0, page.start()) + 1, note=page[0]), rung=rung
            )
