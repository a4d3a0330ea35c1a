"""Where code offers something to others, in the words of each framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import serving
from portfolio_audit.evidence.routes import takes_event
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
MODEL = "import joblib\nm = joblib.load('m.pkl')\n"

INTERFACES = {
    "litestar": (
        "from litestar import Litestar, post\n"
        "@post('/p')\n"
        "async def p(data: dict) -> dict:\n"
        "    return m.predict(data)\n"
        "app=Litestar([p])\n"
    ),
    "starlette": (
        "from starlette.applications import Starlette\n"
        "from starlette.routing import Route\n"
        "async def p(r):\n"
        "    return m.predict(r)\n"
        "app=Starlette(routes=[Route('/p', p)])\n"
    ),
    "aiohttp": (
        "from aiohttp import web\n"
        "async def p(r):\n"
        "    return m.predict(r)\n"
        "app=web.Application()\n"
        "app.router.add_post('/p', p)\n"
    ),
    "aiohttp3": (
        "from aiohttp import web\n"
        "async def p(r):\n"
        "    return m.predict(r)\n"
        "app=web.Application()\n"
        "app.add_routes([web.post('/p', p)])\n"
    ),
    "grpc": (
        "import grpc, p_pb2_grpc\n"
        "class S(p_pb2_grpc.PServicer):\n"
        "    def Predict(self, r, c):\n"
        "        return m.predict(r)\n"
        "s=grpc.server(1)\n"
        "p_pb2_grpc.add_PServicer_to_server(S(), s)\n"
    ),
    "bento new": (
        "import bentoml\n"
        "@bentoml.service\n"
        "class S:\n"
        "    @bentoml.api\n"
        "    def p(self, x):\n"
        "        return m.predict(x)\n"
    ),
    "bento old": (
        "import bentoml\n"
        "r=bentoml.sklearn.get('m:latest').to_runner()\n"
        "svc=bentoml.Service('s', runners=[r])\n"
        "@svc.api(input=1, output=2)\n"
        "def c(x):\n"
        "    return r.predict.run(x)\n"
    ),
    "ray": (
        "from ray import serve\n"
        "@serve.deployment\n"
        "class S:\n"
        "    async def __call__(self, r):\n"
        "        return m.predict(r)\n"
        "app=S.bind()\n"
    ),
    "lit": (
        "import litserve as ls\n"
        "class A(ls.LitAPI):\n"
        "    def setup(self, d):\n"
        "        self.m=m\n"
        "    def predict(self, x):\n"
        "        return self.m.predict(x)\n"
        "ls.LitServer(A()).run(port=1)\n"
    ),
    "mlserver": (
        "from mlserver import MLModel\n"
        "class S(MLModel):\n"
        "    async def predict(self, p):\n"
        "        return m.predict(p)\n"
    ),
    "torchserve": (
        "import torch\n"
        "from ts.torch_handler.base_handler import BaseHandler\n"
        "class H(BaseHandler):\n"
        "    def inference(self, x):\n"
        "        return m.predict(x)\n"
    ),
    "kserve": (
        "import kserve\n"
        "class S(kserve.Model):\n"
        "    def predict(self, p):\n"
        "        return m.predict(p)\n"
        "kserve.ModelServer().start([S('a')])\n"
    ),
    "tornado": (
        "import tornado.web\n"
        "class H(tornado.web.RequestHandler):\n"
        "    def post(self):\n"
        "        self.write(m.predict(1))\n"
        "app=tornado.web.Application([('/', H)])\n"
    ),
    "http.server": (
        "from http.server import BaseHTTPRequestHandler, HTTPServer\n"
        "class H(BaseHTTPRequestHandler):\n"
        "    def do_POST(self):\n"
        "        m.predict(1)\n"
        "HTTPServer(('',1),H).serve_forever()\n"
    ),
    "connexion": (
        "import connexion\n"
        "app=connexion.FlaskApp('a')\n"
        "app.add_api('openapi.yaml')\n"
        "def p(b):\n"
        "    return m.predict(b)\n"
    ),
    "modal": (
        "import modal\napp=modal.App('a')\n@app.function()\n@modal.web_endpoint()\ndef p(x):\n    return m.predict(x)\n"
    ),
    "mcp": ("from mcp.server.fastmcp import FastMCP\ns=FastMCP('a')\n@s.tool()\ndef p(x):\n    return m.predict(x)\n"),
    "shiny express": ("from shiny.express import ui, render, input\n@render.text\ndef t():\n    return m.predict(1)\n"),
    "nicegui": ("from nicegui import ui\nui.button('x', on_click=lambda: m.predict(1))\nui.run()\n"),
    "gradio with": (
        "import gradio as gr\n"
        "def f(x):\n"
        "    return m.predict(x)\n"
        "with gr.Blocks() as d:\n"
        "    gr.Button().click(f)\n"
        "d.launch()\n"
    ),
    "dash2": (
        "from dash import Dash, callback\napp=Dash(__name__)\n@callback(1)\ndef f(x):\n    return m.predict(x)\n"
    ),
    "panel": ("import panel as pn\ndef f(x):\n    return m.predict(x)\npn.Row(pn.bind(f)).servable()\n"),
    "taipy": ("from taipy.gui import Gui\nGui('x').run()\nm.predict(1)\n"),
}


@pytest.mark.parametrize("code", INTERFACES.values(), ids=INTERFACES)
def test_routes_and_pages_of_every_framework(seen: Seen, code: str) -> None:
    assert seen(serving, {"app.py": MODEL + code}).rung("api.interface") is Rung.WIRED


@pytest.mark.parametrize("code", INTERFACES.values(), ids=INTERFACES)
def test_a_framework_that_is_not_imported_makes_none(seen: Seen, code: str) -> None:
    bare = "".join(line for line in code.splitlines(keepends=True) if "import" not in line)
    assert not seen(serving, {"app.py": MODEL + bare}).has("api.interface")


WITHOUT_HTTP = {
    "lambda2": ("def handler(event, _context):\n    return m.predict(event)\n"),
    "gcf": ("import functions_framework\n@functions_framework.http\ndef f(r):\n    return m.predict(r)\n"),
    "faust": (
        "import faust\n"
        "app=faust.App('a')\n"
        "@app.agent(1)\n"
        "async def f(s):\n"
        "    async for r in s:\n"
        "        m.predict(r)\n"
    ),
    "kafka": ("from kafka import KafkaConsumer\nfor r in KafkaConsumer('t'):\n    m.predict(r)\n"),
    "tg": ("from telegram.ext import Application\ndef h(u,c):\n    return m.predict(1)\n"),
    "spark stream": (
        "from pyspark.sql import SparkSession\n"
        "s=SparkSession.builder.getOrCreate()\n"
        "df=s.readStream.load()\n"
        "def f(b,i):\n"
        "    m.predict(b)\n"
        "df.writeStream.foreachBatch(f).start()\n"
    ),
    "discord": ("import discord\nc=discord.Client()\n@c.event\nasync def on_message(x):\n    m.predict(x)\n"),
}


@pytest.mark.parametrize("code", WITHOUT_HTTP.values(), ids=WITHOUT_HTTP)
def test_what_serves_without_http(seen: Seen, code: str) -> None:
    found = seen(serving, {"app.py": MODEL + code})
    assert (found.rung("api.batch"), found.has("api.interface")) == (Rung.WIRED, False)


@pytest.mark.parametrize(
    ("parameters", "takes"),
    [(("event", "context"), True), (("event", "_context"), True), (("event",), False), (("context", "event"), False)],
)
def test_what_a_cloud_calls(parameters: tuple[str, ...], takes: bool) -> None:
    assert takes_event(parameters) is takes
