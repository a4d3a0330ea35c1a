"""The steps that a README gives: commands that install the project and commands that run it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.mentions import COMMAND_IN_WORDS
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.makefile import parse_makefile
from portfolio_audit.parsing.prose import Code, Section
from portfolio_audit.parsing.shell import Command, parse_shell

_DOCUMENTS = ("README*.md", "*setup*.md", "*install*.md", "*usage*.md", "*run*.md", "*instructions*.md", "*deploy*.md")
_MAKEFILES = ("Makefile", "GNUmakefile", "*.mk")
WANTS = (*_DOCUMENTS, *_MAKEFILES)
FACTS = (
    FactSpec("steps.installs", FactType.FLAG, "A command of the README that installs the project.", reads=_DOCUMENTS),
    FactSpec("steps.runs", FactType.FLAG, "A command of the README that runs the project.", reads=_DOCUMENTS),
    FactSpec(
        "steps.misplaced",
        FactType.NAMES,
        "Scripts that a README's command runs from a folder where they do not lie.",
        reads=_DOCUMENTS,
    ),
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
_EXECUTABLE = re.compile(r"\./[\w./-]{1,200}\.(?:sh|bash|py)")
_MOST_WORDS = 5_000


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every command that installs or runs, where it stands."""
    for path in documents.matching(*_DOCUMENTS):
        here = _Here(documents, path)
        for section, command in _commands(documents, path):
            here.take(command)
            at = Location(path, command.line, note=f"says {command.text[:_LONGEST]}")
            if any(command.starts(words) for words in _INSTALLS) and _is_made(documents, command):
                yield Fact("steps.installs", at=at)
            if _runs(here, section, command):
                yield Fact("steps.runs", at=at)
            elif misplaced := here.misplaced(section, command):
                yield Fact("steps.misplaced", misplaced, replace(at, note=f"{misplaced} does not lie where it is run"))


def _commands(documents: Documents, path: str) -> Iterator[tuple[Section, Command]]:
    markdown = documents.markdown(path)
    for section in markdown.sections if markdown else ():
        for code in section.code:
            if code.inline or code.language.lower() in _SHELL:
                yield from ((section, command) for command in _parsed(code))
        for paragraph in section.prose:
            for match in COMMAND_IN_WORDS.finditer(paragraph.text[:_MOST_WORDS]):
                yield from ((section, command) for command in parse_shell(match[0], paragraph.line))


def _parsed(code: Code) -> tuple[Command, ...]:
    """Prompts are cut, and Windows' separators turned, which a shell would take for escapes."""
    return parse_shell(re.sub(r"\\(?=[\w.])", "/", _PROMPT.sub("", code.text)), code.line)


def _runs(here: _Here, section: Section, command: Command) -> bool:
    """Whether a command runs something of the project; a script or notebook that it names must be there."""
    if command.program == "make":
        return len(command.words) > 1 and not _NO_RUN.search(command.words[1]) and _is_made(here.documents, command)
    if _names_script(command):
        return any(here.has(section, word) for word in command.words)
    if command.module:
        module = command.words[0].replace(".", "/")
        return any(here.has(section, f"{module}{end}") for end in (".py", "/__main__.py"))
    return any(command.starts(words) for words in _RUNS) and _is_made(here.documents, command)


def _names_script(command: Command) -> bool:
    return command.program in {"python", "bash", "sh"} or _EXECUTABLE.fullmatch(command.words[0]) is not None


def _is_made(documents: Documents, command: Command) -> bool:
    """Whether the make target, or the file that the command works on by itself, is there."""
    for words, globs in _NEEDS:
        if command.starts(words):
            return bool(documents.matching(*globs))
    if command.program != "make" or len(command.words) < _WITH_TARGET:
        return True
    makefiles = (documents.parsed(path, parse_makefile) for path in documents.matching(*_MAKEFILES))
    return any(command.words[1] in makefile.targets for makefile in makefiles if makefile)


class _Here:
    """The folders that a reader of one document can be in: its own, the root, and those it goes to or speaks of."""

    def __init__(self, documents: Documents, path: str) -> None:
        self.documents = documents
        self._home = posixpath.dirname(path)
        self._current = self._home
        self._folders = {"", self._home}
        self._elsewhere = False

    def take(self, command: Command) -> None:
        """Follow ``cd``; where it leads out of the tree, any folder may be meant."""
        if command.program != "cd" or not command.operands:
            return
        target = command.operands[0].rstrip("/")
        for base in (self._current, self._home, ""):
            place = posixpath.normpath(posixpath.join(base, target)) if target != "-" else ""
            place = "" if place == "." else place
            if not place.startswith("..") and (not place or self.documents.exists(place)):
                self._current = place
                self._folders.add(place)
                return
        if target.rpartition("/")[2].lower() == self.documents.snapshot.name.lower():
            self._current = ""
        else:
            self._elsewhere = True

    def has(self, section: Section, word: str) -> bool:
        """Whether a word names a file in one of those folders."""
        name = _file_name(word)
        if not name:
            return False
        if any(self.documents.exists(posixpath.normpath(posixpath.join(f, name))) for f in self._folders):
            return True
        return any(self._elsewhere or _is_told(section, p.removesuffix(name)) for p in self._ending(name))

    def misplaced(self, section: Section, command: Command) -> str:
        """The script that a command runs from a folder where it does not lie, though it lies in another."""
        words = command.words if _names_script(command) else ()
        wrong = (w for w in words if (n := _file_name(w)) and self._ending(n) and not self.has(section, w))
        return next(wrong, "")

    def _ending(self, name: str) -> list[str]:
        return [p for p in self.documents.files if p.endswith(f"/{name}")]


def _file_name(word: str) -> str:
    name = word.removeprefix("./")
    return name if re.search(r"\.\w{1,5}$", name) and "://" not in name else ""


def _is_told(section: Section, folder: str) -> bool:
    """Whether the section names the folder, as text or as code."""
    last = posixpath.basename(folder.rstrip("/"))
    texts = (section.title, *(p.text for p in section.prose), *(c.text for c in section.code))
    return bool(last) and any(last.lower() in text[:_MOST_WORDS].lower() for text in texts)
