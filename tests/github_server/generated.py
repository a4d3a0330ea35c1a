"""Worlds by number: small machine-learning repositories, all different and always the same."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

from github_server.accounts import Account, PullRequest, Token
from github_server.activity import Check, Deployment, DeploymentStatus, Release, Run
from github_server.history import Commit, Tag
from github_server.objects import Content
from github_server.repository import Repository
from github_server.world import World

TOPICS = ("churn", "forecasting", "nlp", "computer-vision", "recommender", "fraud", "mlops", "time-series", "rag")
SUBJECTS = (
    "bakery sales",
    "bicycle hire",
    "hospital stays",
    "house prices",
    "crop yields",
    "tram delays",
    "film reviews",
)
MODELS = ("LogisticRegression", "RandomForestClassifier", "GradientBoostingClassifier", "Ridge")
LOGIN = "generated"
TOKEN = "ghp_" + "generated0" * 4


def generated(count: int) -> World:
    """A user with ``count`` public repositories, and their classic token."""
    repositories = tuple(repository(number) for number in range(count))
    account = Account(
        LOGIN,
        name="Gen Erated",
        bio="Small models for small shops",
        blog="https://generated.example",
        pinned=tuple(r.name for r in repositories[:6]),
        pull_requests=(PullRequest("sktime/sktime", 4711), PullRequest("mlflow/mlflow", 42)),
    )
    return World(repositories, (account,), (Token(TOKEN, LOGIN),))


def repository(number: int) -> Repository:
    """One repository; its number decides everything."""
    chance = Random(number)  # noqa: S311
    subject, topic = chance.choice(SUBJECTS), chance.choice(TOPICS)
    plain = Repository(
        LOGIN,
        f"{topic}-{subject.replace(' ', '-')}-{number:03}",
        files(chance, subject),
        commits(chance),
        tags=tuple(Tag(f"v0.{minor}.0") for minor in range(chance.randrange(3))),
        description=f"{subject.capitalize()}: a study of {topic}",
        homepage="https://demo.example" if chance.random() < 1 / 4 else None,
        topics=(topic, "machine-learning"),
        language="Python",
        license="mit" if chance.random() < 1 / 2 else None,
        parent="someone/else" if chance.random() < 1 / 12 else None,
    )
    return eventful(plain, chance)


def eventful(made: Repository, chance: Random) -> Repository:
    """Some have releases, deployments and runs."""
    if chance.random() < 1 / 3:
        made = replace(made, releases=(Release("v0.1.0", "First", "It works."),))
    if chance.random() < 1 / 4:
        live = DeploymentStatus(environment_url="https://demo.example")
        made = replace(made, deployments=(Deployment("production", (live,)),))
    if chance.random() < 1 / 2:
        conclusion = chance.choice(("success", "failure"))
        made = replace(made, checks=(Check("test", conclusion), Check("lint")), runs=(Run(conclusion=conclusion),))
    return made


def commits(chance: Random) -> tuple[Commit, ...]:
    days = sorted(chance.sample(range(1, 29), chance.randrange(3, 20)), reverse=True)
    return tuple(Commit(f"Step of day {day}", f"2026-04-{day:02}T10:00:00Z", login=LOGIN) for day in days)


def files(chance: Random, subject: str) -> dict[str, Content]:
    """A README, code, a notebook, an environment, tests, and data of some size."""
    model = chance.choice(MODELS)
    score = chance.uniform(0.6, 0.95)
    found: dict[str, Content] = {
        "README.md": readme(chance, subject, model, score),
        "requirements.txt": "scikit-learn==1.7.1\npandas==2.3.1\n",
        "src/__init__.py": "",
        "src/train.py": code(model, chance.randrange(1000)),
        "notebooks/analysis.ipynb": notebook(subject, model, chance.randrange(5, 40)),
        "data/sample.csv": table(chance),
    }
    if chance.random() < 1 / 2:
        found["tests/test_train.py"] = "from src.train import train\n\n\ndef test_it_trains():\n    assert train()\n"
        found[".github/workflows/ci.yml"] = (
            "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest\n"
        )
    for index in range(chance.randrange(12)):
        found[f"src/part_{index}.py"] = code(model, index)
    return found


def readme(chance: Random, subject: str, model: str, score: float) -> str:
    lines = [f"# {subject.capitalize()}", "", f"What {subject} will do next week.", "", "## Results", ""]
    lines += [f"{model} reaches an F1 of {score:.2f} against {score - 0.1:.2f} of the baseline.", ""]
    return "\n".join(
        lines + [f"Step {step} took {chance.randrange(60)} minutes." for step in range(chance.randrange(60))]
    )


def code(model: str, seed: int) -> str:
    body = "\n".join(f"    step_{step} = {step} * {seed}" for step in range(seed % 50))
    return (
        f"from sklearn.linear_model import {model}\n\n\ndef train():\n{body}\n    return {model}(random_state={seed})\n"
    )


def notebook(subject: str, model: str, cells: int) -> str:
    made: list[dict[str, object]] = [{"cell_type": "markdown", "metadata": {}, "source": f"# {subject}"}]
    for count in range(1, cells):
        output = {"output_type": "stream", "name": "stdout", "text": f"{model} {count}\n"}
        cell = {"cell_type": "code", "execution_count": count, "metadata": {}, "outputs": [output]}
        made.append({**cell, "source": f"print('{model}', {count})"})
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def table(chance: Random) -> str:
    rows = (f"{row},{chance.random():.6f},{chance.randrange(100)}" for row in range(chance.randrange(50, 2000)))
    return "\n".join(("id,value,count", *rows))
