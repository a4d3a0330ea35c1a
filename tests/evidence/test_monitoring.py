"""What watches a model at work, and whether it is kept, shown or told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import monitoring
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]

DRIFT = "from evidently.report import Report\nr = Report(metrics=[])\nr.run(a, b)\n"
VOTE = "db.execute('INSERT INTO feedback VALUES (1)')\n"
MODEL = "import joblib\nmodel = joblib.load('m')\nmodel.predict(1)\n"
PANELS = '{"title": "Predictions",\n"panels": [{"title": "drift", "targets": [{"rawSql": "select"}]}]}'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (DRIFT, 3),
        ("import whylogs as why\nwhy.log(frame)\n", 2),
        ("from alibi_detect.cd import KSDrift\nKSDrift(x).predict(y)\n", 2),
        ("import nannyml\nnannyml.CBPE(y_pred='y').fit(a)\n", 2),
        ("from scipy.stats import ks_2samp\ndef psi_drift(a, b):\n    ks_2samp(a, b)\npsi_drift(1, 2)\n", 4),
        ("from langfuse.decorators import observe\n@observe()\ndef answer(): pass\n", 2),
        (MODEL + "from prometheus_client import Counter\nn = Counter('n', 'n')\nn.inc()\n", 6),
    ],
)
def test_what_measures(seen: Seen, text: str, line: int) -> None:
    found = seen(monitoring, {"watch.py": text}).known("monitoring.model")
    assert [(f.at.line, f.rung) for f in found] == [(line, Rung.WIRED)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("import evidently\n", 1),
        ("from evidently.report import Report\nr = Report(metrics=[])\n# r.run(a, b)\n", 1),
        ("from evidently.report import Report\nr = Report()\nimport subprocess\nsubprocess.run('x')\n", 1),
        ("from evidently.report import Report\nr = Report()\ndef watch():\n    r.run(a, b)\n", 4),
        ("import joblib\nimport azure.monitor.opentelemetry as a\na.configure()\njoblib.load('m').predict(x)\n", 2),
    ],
)  # fmt: skip
def test_tools_that_measure_nothing_are_declared(seen: Seen, text: str, line: int) -> None:
    found = seen(monitoring, {"watch.py": text})
    assert [(f.at.line, f.rung) for f in found.known("monitoring.model")] == [(line, Rung.DECLARED)]
    assert found.has("monitoring.idle")


@pytest.mark.parametrize(
    "text",
    [
        "def check_drift():\n    print('todo')\ncheck_drift()\n",
        "import logging\nlogging.log(1, 'drift')\n",
        "import mlflow\nmlflow.log_metric('drift', 1)\n",
        MODEL + "db.execute('create table air_quality (a int)')\n",
        "db.execute('insert into feedback values (1)')\n",
    ],
)
def test_what_measures_nothing(seen: Seen, text: str) -> None:
    assert not seen(monitoring, {"watch.py": text}).facts


@pytest.mark.parametrize(
    ("fact", "files"),
    [
        ("monitoring.stored", {"watch.py": DRIFT + "db.execute('x')\n"}),
        ("monitoring.stored", {"watch.py": DRIFT + "r.save_html('out/r.html')\n", "reports/r.html": "<p>"}),
        ("monitoring.stored", {"watch.py": DRIFT, "config/prometheus.yml": "global: {}\nscrape_configs: []\n"}),
        ("monitoring.alerting", {"watch.py": DRIFT, "job.py": "import watch\nslack.chat_postMessage('x')\n"}),
        ("monitoring.alerting", {"watch.py": DRIFT, "alert_rules.yml": "groups:\n- rules:\n  - alert: Drift\n"}),
        ("monitoring.dashboard", {"watch.py": DRIFT, "grafana/a.json": PANELS}),
        ("monitoring.dashboard", {"watch.py": "import streamlit\n" + DRIFT}),
    ],
)
def test_what_keeps_shows_and_tells(seen: Seen, fact: str, files: dict[str, str]) -> None:
    found = seen(monitoring, files)
    assert {f.id for f in found.facts} == {"monitoring.model", fact}
    assert found.rung("monitoring.model") is Rung.EXERCISED


@pytest.mark.parametrize(
    "files",
    [
        {"watch.py": DRIFT + "r.save_html('r.html')\n"},
        {"watch.py": DRIFT, "grafana/a.json": '{"panels": []}'},
        {"watch.py": DRIFT, "grafana/a.json": '{"panels": [{"title": "drift", "targets": [ ]}]}'},
        {"watch.py": DRIFT, "other.py": "db.execute('x')\n"},
        {"watch.py": DRIFT, "docker-compose.yml": "services:\n  g:\n    image: grafana/grafana\n"},
        {"watch.py": DRIFT, "alerts.yml": "# - alert: Drift\n"},
    ],
)
def test_what_does_not(seen: Seen, files: dict[str, str]) -> None:
    assert [(f.id, f.rung) for f in seen(monitoring, files).facts] == [("monitoring.model", Rung.WIRED)]


def test_a_table_behind_a_model_needs_to_be_shown(seen: Seen) -> None:
    files = {"app.py": "import db\n" + MODEL, "db.py": "db.execute('INSERT INTO predictions VALUES (1)')\n"}
    alone, shown = seen(monitoring, files), seen(monitoring, {**files, "grafana/a.json": PANELS})
    assert (alone.rung("monitoring.model"), shown.rung("monitoring.model")) == (Rung.WIRED, Rung.EXERCISED)
    assert [str(f.at) for f in shown.known("monitoring.dashboard")] == ["grafana/a.json:2"]


def test_a_dashboard_alone_is_declared(seen: Seen) -> None:
    found = seen(monitoring, {"grafana/a.json": PANELS}).facts
    assert [(f.id, f.rung) for f in found] == [("monitoring.model", Rung.DECLARED)]


@pytest.mark.parametrize(
    "text",
    [
        "from prometheus_client import Counter\nn = Counter('n', 'n')\nn.inc()\n",
        "import joblib\nfrom prometheus_client import Counter\nn = Counter('n', 'n')\njoblib.load('m').predict(x)\n",
        "from opentelemetry import trace\n",
    ],
)
def test_counters_without_a_model_and_metrics_that_are_never_set_are_nothing(seen: Seen, text: str) -> None:
    assert {f.id for f in seen(monitoring, {"watch.py": text}).facts} <= {"monitoring.idle"}


MODEL = "import joblib\njoblib.load('m').predict(x)\n"


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("monitoring/run.py", "from scipy.stats import ks_2samp\nks_2samp(a, b)\n", 2),
        ("check_drift.py", "from scipy.stats import ks_2samp\nks_2samp(a, b)\n", 2),
        ("app.py", MODEL + "import boto3\nboto3.client('cloudwatch').put_metric_data(Namespace='a')\n", 4),
        ("app.py", "from langfuse.openai import openai\nopenai.chat.completions.create()\n", 2),
    ],
)
def test_what_measures_in_other_words(seen: Seen, path: str, text: str, line: int) -> None:
    assert [f.at.line for f in seen(monitoring, {path: text}).known("monitoring.model")] == [line]


def test_a_distribution_test_elsewhere_is_analysis(seen: Seen) -> None:
    assert seen(monitoring, {"eda.py": "from scipy.stats import ks_2samp\nks_2samp(a, b)\n"}).facts == ()


@pytest.mark.parametrize("call", ["requests.post(SLACK_WEBHOOK)", "requests.post('https://hooks.slack.com/x')"])
def test_a_message_to_a_hook_tells(seen: Seen, call: str) -> None:
    assert seen(monitoring, {"watch.py": f"import requests\n{DRIFT}{call}\n"}).has("monitoring.alerting")


def test_a_page_that_draws_the_table_shows_it(seen: Seen) -> None:
    page = "import streamlit as st\nst.line_chart(read_sql('SELECT * FROM feedback'))\n"
    found = seen(monitoring, {"app.py": MODEL + VOTE, "page.py": page})
    assert [f.at.path for f in found.known("monitoring.dashboard")] == ["page.py"]
    assert not seen(monitoring, {"page.py": page}).has("monitoring.dashboard")


def test_a_question_to_the_database_stores_nothing(seen: Seen) -> None:
    asked = {"watch.py": f"{DRIFT}db.execute('SELECT 1')\n"}
    assert not seen(monitoring, asked).has("monitoring.stored")
    assert seen(monitoring, {"watch.py": f"{DRIFT}db.execute(INSERT)\n"}).has("monitoring.stored")


@pytest.mark.parametrize("name", ["send_email_basic", "notify_slack", "post_drift_alert"])
def test_the_projects_own_messages_tell(seen: Seen, name: str) -> None:
    assert seen(monitoring, {"watch.py": f"{DRIFT}{name}()\n"}).has("monitoring.alerting")
