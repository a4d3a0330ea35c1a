"""What the commands of a README do: install the project or run it; tasks by what their recipes do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.parsing.compose import parse_compose
from portfolio_audit.parsing.makefile import Makefile, parse_makefile
from portfolio_audit.parsing.shell import Command

_RECIPES = ("Makefile", "GNUmakefile", "*.mk", "justfile", ".justfile")
_COMPOSE = ("*compose*.yml", "*compose*.yaml")
TASK_FILES = (*_RECIPES, *_COMPOSE)

_INSTALLS = (
    "pip install", "pip3 install", "uv sync", "uv pip", "uv venv", "poetry install", "poetry shell", "pipenv install",
    "pipenv sync", "pipenv shell", "pdm install", "conda env", "conda create", "conda install", "mamba env",
    "mamba create", "mamba install", "pixi install", "npm install", "npm ci", "docker build", "docker image build",
    "docker buildx", "docker pull", "bundle install", "renv::restore",
)  # fmt: skip
_COMPOSES = (
    "docker compose build", "docker-compose build", "docker compose up", "docker-compose up", "docker compose run",
    "docker-compose run",
)  # fmt: skip
"""Ways to build and start what a compose file describes, which install the project only if it builds an image."""
_RUNS = (
    "docker run", "docker container run", "docker compose up", "docker-compose up", "docker compose run",
    "docker-compose run", "streamlit run", "uvicorn", "gunicorn", "waitress-serve", "flask run", "fastapi", "jupyter",
    "papermill", "prefect deploy", "prefect deployment", "prefect flow-run", "mlflow run", "dvc repro", "dvc exp run",
    "bentoml serve", "airflow", "dagster", "mage start", "kedro run", "npm start", "npm run", "Rscript",
    "quarto render", "gradio", "chainlit run", "metaflow", "snakemake", "nextflow run", "terraform apply",
    "kubectl apply", "pytest",
)  # fmt: skip
"""Commands that run the project; that a server of a tool is started, or an account set up, runs nothing of it."""
_NEEDS = (
    ("docker compose", _COMPOSE),
    ("docker-compose", _COMPOSE),
    ("docker build", ("Dockerfile*", "*.Dockerfile", "Containerfile")),
    ("pytest", ("test_*.py", "*_test.py")),
    ("terraform", ("*.tf",)),
    ("kubectl apply", ("*.yml", "*.yaml")),
    ("npm", ("package.json",)),
    ("dvc repro", ("dvc.yaml",)),
)
"""Commands that work on a file they do not name, with the globs of that file."""
_TASKS = {
    "make": _RECIPES[:3],
    "just": _RECIPES[3:],
    "task": ("Taskfile.yml", "Taskfile.yaml", "taskfile.yml"),
    "mise": ("mise.toml", ".mise.toml"),
    "invoke": ("tasks.py",),
    "inv": ("tasks.py",),
    "poe": ("pyproject.toml",),
    "nox": ("noxfile.py",),
    "tox": ("tox.ini", "pyproject.toml"),
}
"""Programs that run a named task, with the globs of the files that tell their tasks."""
_SETS_UP = re.compile(r"install|setup|set-up|init|env|requirement|depend|deps|bootstrap|build", re.IGNORECASE)
_RUNS_NOTHING = re.compile(r"clean|help|lint|format", re.IGNORECASE)


class CommandKinds:
    """Tells commands of one repository apart; made once for all its documents."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def installs(self, command: Command) -> bool:
        """Whether a command makes the project ready to run."""
        if command.program in _TASKS:
            named = _SETS_UP.search(_task(command)) is not None
            return self._is_there(command) and (named or any(map(self._plainly_installs, self._recipe(command))))
        return self._plainly_installs(command)

    def runs(self, command: Command) -> bool:
        """Whether a command that names no script runs something of the project."""
        if command.program in _TASKS:
            task = _task(command)
            idle = not task or _SETS_UP.search(task) or _RUNS_NOTHING.search(task)
            return not idle and self._is_there(command)
        return any(command.starts(words) for words in _RUNS) and self._is_there(command)

    def _plainly_installs(self, command: Command) -> bool:
        if any(command.starts(words) for words in _COMPOSES):
            return self._builds_image
        return any(command.starts(words) for words in _INSTALLS) and self._is_there(command)

    def _is_there(self, command: Command) -> bool:
        """Whether the task, or the file that the command works on by itself, is there."""
        if command.program in _TASKS:
            return self._has_task(command)
        needed = next((globs for words, globs in _NEEDS if command.starts(words)), ())
        return not needed or bool(self._documents.matching(*needed))

    def _has_task(self, command: Command) -> bool:
        """Whether a recipe tells the task; for other programs, whether the file of their tasks is there."""
        globs = _TASKS[command.program]
        if not set(globs) <= set(_RECIPES):
            return bool(self._documents.matching(*globs))
        task = _task(command)
        return any(not task or task in makefile.targets for makefile in self._parsed(globs))

    def _recipe(self, command: Command) -> Iterator[Command]:
        """The commands of a task and of all that it needs."""
        for makefile in self._parsed(_TASKS[command.program]):
            if _task(command) in makefile.targets:
                yield from (told for target in makefile.reached(_task(command)) for told in target.commands)

    def _parsed(self, globs: tuple[str, ...]) -> Iterator[Makefile]:
        if set(globs) <= set(_RECIPES):
            makefiles = (self._documents.parsed(path, parse_makefile) for path in self._documents.matching(*globs))
            yield from (makefile for makefile in makefiles if makefile)

    @cached_property
    def _builds_image(self) -> bool:
        """Whether a compose file builds a service from the tree; one that only starts others' images installs none."""
        parsed = (self._documents.parsed(path, parse_compose) for path in self._documents.matching(*_COMPOSE))
        services = (service for compose in parsed if compose for service in compose.services)
        return any(service.context or service.inline or service.extends[0] for service in services)


def _task(command: Command) -> str:
    """The first task that a command names; of ``mise run train`` it is ``train``."""
    tasks = [word for word in command.operands if word != "run"]
    return tasks[0] if tasks else ""


__all__ = ["TASK_FILES", "CommandKinds"]
