"""How a model is offered: behind HTTP or a web page, or as a function, stream, bot or batch script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.code import TESTS, starts
from portfolio_audit.evidence.codebase import CODE_FILES, Codebase, Source, imports_for
from portfolio_audit.evidence.container_files import COMPOSE_FILES, DOCKERFILES, images
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.learning import Learning
from portfolio_audit.evidence.testing import test_files
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call

_IN_R = ("app.R", "server.R", "plumber.R", "api.R")
WANTS = (*CODE_FILES, *DOCKERFILES, *COMPOSE_FILES, *_IN_R)
FACTS = (
    FactSpec(
        "api.interface",
        FactType.FLAG,
        "HTTP routes or a web page; wired when they reach a model, exercised when a test drives them.",
        ladder=True,
        reads=WANTS,
    ),
    FactSpec(
        "api.batch", FactType.FLAG, "A function, stream, bot or batch script uses a model.", ladder=True, reads=WANTS
    ),
)

_ROUTES = frozenset({
    "route", "get", "post", "put", "api_route", "websocket", "api", "service", "callback", "on_message", "api_view",
    "deployment", "ingress",
})  # fmt: skip
_MAKES_PAGE = re.compile(
    r"^(?:streamlit\.(?!cache)\w+|gradio\.(?:Interface|Blocks|ChatInterface|TabbedInterface)|dash\.Dash|chainlit\.\w+"
    r"|nicegui\.ui\.\w+|shiny\.App|panel\.\w+|mesop\.\w+)$"
)
_REGISTERS = re.compile(
    r"(?:^|\.)(?:add_url_rule|add_api_route|add_route|add_resource|add_get|add_post|add_\w+Servicer_to_server)$"
    r"|^django\.urls\.(?:path|re_path)$|^bentoml\.Service$|^litserve\.LitServer$|^mlserver\.\w+$|^seldon_core\.\w+$"
)
_DEPLOYS = frozenset({"deploy", "create_endpoint", "deploy_model"})
_HANDLER = re.compile(r"^(?:lambda_)?handler$|_handler$")
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
        self._driven = frozenset(path for file in test_files(codebase) if not file.fault for path in file.tested)

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
        rung = Rung.EXERCISED if source.path in self._driven else Rung.WIRED
        yield Fact("api.interface", at=source.at(first.line, f"{first.name[:40]} reaches {model.note}"), rung=rung)

    def _endpoint(self, source: Source) -> Iterator[Fact]:
        """The first call that puts a model behind an endpoint of a cloud."""
        if source.imports(self._endpoints) is not None:
            call = next((c for c in source.module.calls if c.method in _DEPLOYS), None)
            if call is not None:
                yield Fact("api.interface", at=source.says(call), rung=Rung.WIRED)

    def routes(self, source: Source) -> Iterator[Call]:
        """The calls and decorators that make HTTP routes or pages."""
        if source.imports(self._frameworks) is None:
            return
        for function in source.module.functions:
            yield from (d for d in function.decorators if d.method in _ROUTES and "." in d.name)
        yield from (c for c in source.module.calls if _MAKES_PAGE.search(c.name) or _REGISTERS.search(c.name))

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
        handler = next((f for f in source.module.functions if _is_handler(f.name, f.parameters)), None)
        consumer = source.imports(self._without_http)
        line = handler.line if handler else consumer.line if consumer else 0
        if line:
            model = self.model_behind(source)
            if model is not None:
                what = f"function {handler.name}" if handler else "stream, bot or task"
                yield Fact("api.batch", at=source.at(line, f"{what} reaches {model.note}"), rung=self._rung(source))
        elif source.notebook is None and next(self.routes(source), None) is None:
            loaded = next(self._loaded(source), None)
            if loaded is not None and (not loaded.function or starts(source, self._orchestrators)):
                yield Fact("api.batch", at=source.says(loaded), rung=self._rung(source))

    def _rung(self, source: Source) -> Rung:
        return Rung.EXERCISED if source.path in self._driven else Rung.WIRED

    def _loaded(self, source: Source) -> Iterator[Call]:
        """The predictions of a script that loads a model it has not just fitted."""
        if self.learning.training(source):
            return
        found = list(self.learning.predictions(source))
        if any(self.learning.loads(call) or self.learning.asks(source) for call in found):
            yield from (call for call in found if not self.learning.loads(call))


def _is_handler(name: str, parameters: tuple[str, ...]) -> bool:
    return bool(_HANDLER.search(name)) and parameters[:2] == ("event", "context")


def _in_r(documents: Documents) -> Iterator[Fact]:
    for path in documents.matching(*_IN_R):
        text = documents.text(path) or ""
        page = _R_PAGE.search(text)
        if page:
            rung = Rung.WIRED if _R_PREDICTS.search(text) else Rung.DECLARED
            yield Fact(
                "api.interface", at=Location(path, text.count("\n", 0, page.start()) + 1, note=page[0]), rung=rung
            )
