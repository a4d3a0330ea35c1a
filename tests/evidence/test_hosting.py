"""Hosting: public addresses, what configures and deploys, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import hosting
from portfolio_audit.evidence.addresses import addresses
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.snapshot import Unavailable

Files = Mapping[str, str | Unavailable]
Seen = Callable[[ModuleType, Files], Evidence]


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": "# A\n\n[app](https://churn.streamlit.app/)"},
        {"README.md": "# A\n\nSee https://huggingface.co/spaces/ada/churn."},
        {"README.md": "# A\n\n```sh\ncurl https://churn-x7-ew.a.run.app/predict\n```"},
        {"docs/deploy.md": "[app](http://churn.eba-1.us-east-1.elasticbeanstalk.com)"},
        {"client.py": "URL = 'https://abc.execute-api.eu-west-1.amazonaws.com/prod/predict'"},
        {"web/app.js": "fetch('https://churn.onrender.com/predict')"},
        {"README.md": "# A\n\nIt runs at churn.streamlit.app now."},
        {"README.md": "# A\n\n```sh\ncurl churn-x7-ew.a.run.app/predict\n```"},
        {"README.md": "# A\n\n[![Open](https://x.org/badge.svg)](https://churn.streamlit.app)"},
        {"tests/test_api.py": "HOST = 'churn.onrender.com'"},
    ],
)
def test_an_address(documents: Callable[[Files], Documents], seen: Seen, files: dict[str, str]) -> None:
    assert len(list(addresses(documents(files)))) == 1
    assert seen(hosting, files).rung("hosting.live") is Rung.EXERCISED


@pytest.mark.parametrize(
    "text",
    [
        "[Live Demo](#)",
        "https://streamlit.app",
        "https://your-app.streamlit.app",
        "![s](https://github-readme-stats.vercel.app/api?u=a)",
        "https://churn.onrender.com/static/plot.png",
        "[MLflow](https://mlflow-ada.herokuapp.com)",
        "~~https://churn.streamlit.app~~",
        "<!-- https://churn.streamlit.app -->",
        "https://huggingface.co/bert-base",
        "https://github.com/ada/churn",
        "me@churn.fly.dev",
        "Made at https://lovable.dev/projects/churn",
    ],
)
def test_no_address_of_the_application(seen: Seen, text: str) -> None:
    assert not seen(hosting, {"README.md": f"# A\n\n{text}\n"}).has("hosting.live")


@pytest.mark.parametrize(
    "files",
    [
        {"Procfile": "web: gunicorn app:app"},
        {"fly.toml": "app = 'churn'"},
        {"app.yaml": "runtime: python311"},
        {"k8s/api.yaml": "apiVersion: v1\nkind: Service\n"},
        {"main.tf": 'resource "google_cloud_run_v2_service" "a" {}'},
        {"template.yaml": "Resources:\n  F:\n    Type: AWS::Serverless::Function\n"},
        {"README.md": "---\ntitle: Churn\nsdk: gradio\n---\n# A\n"},
        {"deploy.sh": "gcloud run deploy churn --source .\n"},
        {"deploy.py": "import sagemaker\nmodel.deploy(1)"},
    ],
)
def test_what_would_host_it(seen: Seen, files: dict[str, str]) -> None:
    found = seen(hosting, files)
    assert (found.rung("hosting.live"), found.has("hosting.ready")) == (Rung.WIRED, True)


@pytest.mark.parametrize(
    "files",
    [
        {"Procfile": ""},
        {"Procfile": "worker: python bot.py"},
        {"k8s/app.yaml": "name: not for App Engine"},
        {"main.tf": 'resource "aws_s3_bucket" "a" {}'},
        {"main.tf": '# resource "aws_lambda_function" "a" {}'},
        {"docker-compose.yml": "services:\n  db:\n    image: postgres\n"},
        {"deploy.py": "model.deploy(1)"},
        {"Dockerfile": "FROM python\nCMD python train.py"},
    ],
)
def test_what_would_not(seen: Seen, files: dict[str, str]) -> None:
    found = seen(hosting, files)
    assert not found.has("hosting.live")
    assert not found.has("hosting.ready")


def test_commands_in_a_document_declare(seen: Seen) -> None:
    found = seen(hosting, {"README.md": "# A\n\n```\neb create churn\n```\n"})
    assert found.rung("hosting.live") is Rung.DECLARED


def test_a_container_that_serves_is_ready(seen: Seen) -> None:
    found = seen(hosting, {"Dockerfile": 'FROM python\nENTRYPOINT ["uvicorn", "app:app"]'})
    assert [f.at.line for f in found.known("hosting.ready")] == [2]


def test_a_picture_counts_beside_what_deploys(seen: Seen) -> None:
    picture = {"images/heroku-app.png": Unavailable("is a picture")}
    assert not seen(hosting, picture).has("hosting.live")
    assert seen(hosting, {"Procfile": "web: a", **picture}).rung("hosting.live") is Rung.EXERCISED


def test_names_in_code_are_no_hosts(seen: Seen) -> None:
    assert not seen(hosting, {"app.py": "server.modal.run(app.api.run.app)\n"}).has("hosting.live")


def test_a_place_that_has_closed_shows_hosting_only_beside_what_deployed_there(seen: Seen) -> None:
    link = {"README.md": "# A\n\n[app](https://churn.herokuapp.com)"}
    assert [f.at.note for f in seen(hosting, link).known("hosting.live")] == [
        "links https://churn.herokuapp.com, a place that has closed"
    ]
    assert seen(hosting, link).rung("hosting.live") is Rung.WIRED
    assert seen(hosting, {"Procfile": "web: gunicorn app:app", **link}).rung("hosting.live") is Rung.EXERCISED


@pytest.mark.parametrize(
    ("shown", "rung"),
    [
        ("![The service deployed on AWS](a.png)", Rung.EXERCISED),
        ("![sam-deploy](a.png)", Rung.EXERCISED),
        ("[The app live on ECS](https://youtu.be/abc)", Rung.EXERCISED),
        ("[a talk](https://youtu.be/abc)", Rung.WIRED),
        ("![Architecture deployed on AWS](a.png)", Rung.WIRED),
        ("![confusion matrix](a.png)", Rung.WIRED),
    ],
)
def test_a_caption_counts_beside_what_deploys(seen: Seen, shown: str, rung: Rung) -> None:
    files = {"README.md": f"# A\n\n{shown}\n", "main.tf": 'resource "aws_ecs_service" "a" {}'}
    assert seen(hosting, files).rung("hosting.live") is rung


def test_a_container_may_start_its_server_in_a_script(seen: Seen) -> None:
    files = {"Dockerfile": 'FROM python\nENTRYPOINT ["./start.sh"]', "start.sh": "exec gunicorn app:app\n"}
    assert [f.at.line for f in seen(hosting, files).known("hosting.ready")] == [2]


def test_a_side_service_of_terraform_is_no_hosting(seen: Seen) -> None:
    tracking = 'resource "aws_apprunner_service" "mlflow_server" {}\n'
    assert seen(hosting, {"main.tf": tracking}).facts == ()
    found = seen(hosting, {"main.tf": f'{tracking}resource "aws_apprunner_service" "churn" {{}}\n'})
    assert [f.at.line for f in found.known("hosting.live")] == [2]
