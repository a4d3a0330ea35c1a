"""Interfaces: routes and pages that reach a model, and models used without them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import serving
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
MODEL = "import joblib\nmodel = joblib.load('m')\n"


@pytest.mark.parametrize(
    "offer",
    [
        "from fastapi import APIRouter\nrouter = APIRouter()\n@router.post('/p')\ndef p(): pass",
        "from flask import Flask\napp = Flask('a')\napp.add_url_rule('/p', view_func=p)",
        "import streamlit as st\nst.title('x')",
        "import gradio as gr\ngr.Blocks()",
        "from dash import Dash\napp = Dash('a')",
        "from django.urls import path\nurlpatterns = [path('p', p)]",
        "import bentoml\n@bentoml.service\nclass S:\n    @bentoml.api\n    def p(self): pass",
        "import sagemaker\nmodel.deploy(1)",
        "import grpc\npb2.add_PredictServicer_to_server(s, server)",
    ],
)
def test_each_way_to_offer_a_model(seen: Seen, offer: str) -> None:
    assert seen(serving, {"app.py": f"{MODEL}{offer}"}).rung("api.interface") is Rung.WIRED


@pytest.mark.parametrize(
    "model",
    [
        "from keras.models import load_model\nload_model('m')",
        "import mlflow\nmlflow.pyfunc.load_model('m')",
        "from transformers import AutoModel\nAutoModel.from_pretrained('m')",
        "import openai\nopenai.ChatCompletion.create(model='m')",
        "from langchain.chains import LLMChain\nchain = LLMChain()\nchain.invoke('x')",
        "from tensorflow_serving.apis import predict_pb2",
    ],
)
def test_each_way_to_use_one(seen: Seen, model: str) -> None:
    assert (
        seen(serving, {"app.py": f"import streamlit as st\nst.title('x')\n{model}"}).rung("api.interface") is Rung.WIRED
    )


@pytest.mark.parametrize(
    "text",
    [
        "import streamlit as st\nst.line_chart(x)",
        "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef home(): return 'predict'",
    ],
)
def test_an_interface_without_a_model_is_only_declared(seen: Seen, text: str) -> None:
    assert seen(serving, {"app.py": text}).rung("api.interface") is Rung.DECLARED


@pytest.mark.parametrize("text", [f"from fastapi import FastAPI\n{MODEL}", f"{MODEL}requests.get('x')\nd.get('y')"])
def test_no_interface(seen: Seen, text: str) -> None:
    assert not seen(serving, {"app.py": text}).has("api.interface")


def test_a_test_that_imports_the_interface_exercises_it(seen: Seen) -> None:
    files = {
        "app.py": f"import streamlit as st\n{MODEL}st.title('x')",
        "tests/test_app.py": "import app\ndef test_a():\n    assert app.model",
    }
    (fact,) = seen(serving, files).known("api.interface")
    assert (fact.rung, fact.at.path, fact.at.line) == (Rung.EXERCISED, "app.py", 4)


@pytest.mark.parametrize(
    ("text", "rung"),
    [
        (f"{MODEL}def lambda_handler(event, context):\n    return model.predict(event)", Rung.WIRED),
        (f"{MODEL}from kafka import KafkaConsumer\nmodel.predict(x)", Rung.WIRED),
        (f"{MODEL}import telebot\nmodel.predict(x)", Rung.WIRED),
        (f"{MODEL}def main():\n    model.predict(x)\nmain()", Rung.WIRED),
        (f"{MODEL}model.predict(x)", Rung.WIRED),
        ("import ollama\nif __name__ == '__main__':\n    ollama.chat('m')", Rung.WIRED),
        ("def lambda_handler(event, context):\n    return 1", None),
        (f"{MODEL}def f():\n    model.predict(x)", None),
        ("import sklearn\nmodel = joblib.load('m')\nmodel.fit(x)\nmodel.predict(x)\nmain()", None),
    ],
)
def test_without_http(seen: Seen, text: str, rung: Rung | None) -> None:
    assert seen(serving, {"a.py": text}).rung("api.batch") is rung


@pytest.mark.parametrize(
    ("name", "text", "rung"),
    [
        ("app.R", "library(shiny)\nmodel <- readRDS('m')\nshinyApp(ui, server)", Rung.WIRED),
        ("plumber.R", "#* @post /predict\nfunction(x) predict(m, x)", Rung.WIRED),
        ("app.R", "library(shiny)\nshinyApp(ui, server)", Rung.DECLARED),
    ],
)
def test_in_r(seen: Seen, name: str, text: str, rung: Rung) -> None:
    assert seen(serving, {name: text}).rung("api.interface") is rung
