"""The steps that a README gives: commands that install the project and commands that run it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.makefile import parse_makefile
from portfolio_audit.parsing.markdown import Code
from portfolio_audit.parsing.shell import Command, parse_shell

_DOCUMENTS = ("README*.md", "*setup*.md", "*install*.md", "*usage*.md", "*run*.md", "*instructions*.md", "*deploy*.md")
_MAKEFILES = ("Makefile", "GNUmakefile", "*.mk")
WANTS = (*_DOCUMENTS, *_MAKEFILES)
FACTS = (
    FactSpec("steps.installs", FactType.FLAG, "A command of the README that installs the project.", reads=_DOCUMENTS),
    FactSpec("steps.runs", FactType.FLAG, "A command of the README that runs the project.", reads=_DOCUMENTS),
)

_INSTALLS = (
    "pip install", "pip3 install", "uv sync", "uv pip", "uv venv", "poetry install", "poetry shell", "pipenv install",
    "pipenv sync", "pipenv shell", "pdm install", "conda env", "conda create", "conda install", "mamba env",
    "pixi install", "npm install", "npm ci", "make install", "make setup", "make init", "make env", "make build",
    "docker build", "docker compose build", "docker-compose build", "docker pull", "docker compose up",
    "docker-compose up", "bundle install", "just install", "renv::restore",
)  # fmt: skip
_RUNS = (
    "docker run", "docker compose up", "docker-compose up", "docker compose run", "streamlit run", "uvicorn",
    "gunicorn", "waitress-serve", "flask run", "fastapi", "jupyter", "papermill", "prefect", "mlflow run", "dvc repro",
    "bentoml serve", "airflow", "dagster", "mage start", "kedro run", "zenml", "npm start", "npm run", "Rscript",
    "quarto render", "gradio", "chainlit run", "metaflow", "snakemake", "nextflow run", "terraform apply",
    "kubectl apply", "pytest",
)  # fmt: skip
_COMPOSE = ("*compose*.yml", "*compose*.yaml")
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
_NO_RUN = re.compile(r"install|setup|init|env|clean|help|lint|format", re.IGNORECASE)
_PROMPT = re.compile(r"^\s*(?:\$|>|%|!|PS [^>]{0,60}>|\(\w{1,40}\)\s*\$?)\s*", re.MULTILINE)
_SHELL = frozenset(
    {"", "bash", "sh", "shell", "console", "zsh", "powershell", "cmd", "bat", "text", "terminal", "shell-session"}
)
_LONGEST = 80
_WITH_TARGET = 2


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every command that installs or runs, where it stands."""
    for path in documents.matching(*_DOCUMENTS):
        for command in _commands(documents, path):
            at = Location(path, command.line, note=f"says {command.text[:_LONGEST]}")
            if any(command.starts(words) for words in _INSTALLS) and _is_made(documents, command):
                yield Fact("steps.installs", at=at)
            if _runs(documents, path, command):
                yield Fact("steps.runs", at=at)


def _commands(documents: Documents, path: str) -> Iterator[Command]:
    markdown = documents.markdown(path)
    for section in markdown.sections if markdown else ():
        for code in section.code:
            if code.inline or code.language.lower() in _SHELL:
                yield from _parsed(code)


def _parsed(code: Code) -> tuple[Command, ...]:
    """Prompts are cut, and Windows' separators turned, which a shell would take for escapes."""
    return parse_shell(re.sub(r"\\(?=[\w.])", "/", _PROMPT.sub("", code.text)), code.line)


def _runs(documents: Documents, path: str, command: Command) -> bool:
    """Whether a command runs something of the project; a script or notebook that it names must be there."""
    if command.program == "make":
        return len(command.words) > 1 and not _NO_RUN.search(command.words[1]) and _is_made(documents, command)
    if command.program in {"python", "bash", "sh"} or command.words[0].startswith("./"):
        return any(_is_there(documents, path, word) for word in command.words)
    if command.module:
        module = command.words[0].replace(".", "/")
        return any(_is_there(documents, path, f"{module}{end}") for end in (".py", "/__main__.py"))
    return any(command.starts(words) for words in _RUNS) and _is_made(documents, command)


def _is_made(documents: Documents, command: Command) -> bool:
    """Whether the make target, or the file that the command works on by itself, is there."""
    for words, globs in _NEEDS:
        if command.starts(words):
            return bool(documents.matching(*globs))
    if command.program != "make" or len(command.words) < _WITH_TARGET:
        return True
    makefiles = (documents.parsed(path, parse_makefile) for path in documents.matching(*_MAKEFILES))
    return any(command.words[1] in makefile.targets for makefile in makefiles if makefile)


def _is_there(documents: Documents, path: str, word: str) -> bool:
    """Whether a word names a file: from the document's folder, from the root, or, after some ``cd``, anywhere."""
    name = word.removeprefix("./")
    if not re.search(r"\.\w{1,5}$", name):
        return False
    places = (posixpath.join(posixpath.dirname(path), name), name)
    return any(map(documents.exists, places)) or any(p.endswith(f"/{name}") for p in documents.files)
