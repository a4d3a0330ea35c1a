"""Where code offers something to others: HTTP routes, web pages, model servers' classes, handlers of functions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.codebase import Source, full_name
from portfolio_audit.parsing.python_source import Call

_DECORATORS = frozenset({
    "route", "get", "post", "put", "api_route", "websocket", "api", "service", "callback", "on_message", "api_view",
    "deployment", "ingress", "web_endpoint", "fastapi_endpoint", "asgi_app", "wsgi_app",
})  # fmt: skip
_PAGES = re.compile(
    r"^(?:streamlit\.(?!cache)\w+|gradio\.(?:Interface|Blocks|ChatInterface|TabbedInterface)|dash\.Dash|chainlit\.\w+"
    r"|nicegui\.ui\.\w+|shiny\.App|shiny\.express\.(?:ui|render)\.\w+|panel\.\w+|mesop\.\w+|taipy\.(?:gui\.)?Gui)$"
)
_REGISTERS = re.compile(
    r"(?:^|\.)(?:add_url_rule|add_api_route|add_route|add_resource|add_get|add_post|add_\w+Servicer_to_server)$"
    r"|^django\.urls\.(?:path|re_path)$|^bentoml\.Service$|^litserve\.LitServer$|^mlserver\.\w+$|^seldon_core\.\w+$"
    r"|^starlette\.routing\.(?:Route|WebSocketRoute)$|^aiohttp\.web\.(?:get|post|put|route|view)$"
    r"|^tornado\.web\.Application$|^(?:kserve\.ModelServer|kfserving\.KFServer)$|^connexion\.\w+$"
    r"|^http\.server\.(?:Threading)?HTTPServer$|^ray\.serve\.run$"
)
_BASES = ("mlserver.MLModel", "ts.torch_handler", "kserve.Model", "kfserving.KFModel", "litserve.LitAPI")
"""What a model server calls the subclasses of, without any call of the project's own."""
_TOOLS = ("mcp.server", "fastmcp")
_RAY = ("ray.serve",)
_HANDLER = re.compile(r"^(?:lambda_)?handler$|_handler$")


def routes(source: Source, frameworks: tuple[str, ...]) -> Iterator[Call]:
    """The calls and decorators that make routes or pages, in a file that imports any of the frameworks."""
    if source.imports(frameworks) is None:
        return
    yield from _decorators(source)
    yield from (call for call in source.module.calls if _makes(call.name))
    yield from _classes(source)


def _decorators(source: Source) -> Iterator[Call]:
    methods = _DECORATORS | {"tool"} if source.imports(_TOOLS) else _DECORATORS
    for decorator in (d for function in source.module.functions for d in function.decorators):
        if (decorator.method in methods and "." in decorator.name) or _PAGES.search(decorator.name):
            yield decorator


def _classes(source: Source) -> Iterator[Call]:
    """Classes that a server is handed: bound by the call of Ray's, or of a base that a model server looks for."""
    if source.imports(_RAY):
        yield from (call for call in source.module.calls if call.name.endswith(".bind"))
    based = source.imports(_BASES)
    if based is not None and source.module.classes:
        yield Call(full_name(based), based.line)


def _makes(name: str) -> bool:
    return _PAGES.search(name) is not None or _REGISTERS.search(name) is not None


def handlers(source: Source) -> Iterator[tuple[str, int]]:
    """The functions that a cloud calls with an event, by name and line."""
    for function in source.module.functions:
        if _HANDLER.search(function.name) and takes_event(function.parameters):
            yield function.name, function.line


def takes_event(parameters: tuple[str, ...]) -> bool:
    """Whether a function is called with an event and its context, as clouds do."""
    return tuple(name.strip("_") for name in parameters[:2]) == ("event", "context")
