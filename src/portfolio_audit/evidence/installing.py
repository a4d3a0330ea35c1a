"""What commands install by name: in shells, in READMEs and in cells of notebooks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Fact
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.dependency import Dependency
from portfolio_audit.parsing.notebook import Cell
from portfolio_audit.parsing.requirements import parse_requirements
from portfolio_audit.parsing.shell import Command, parse_shell

READMES = ("README*.md", "README*.markdown")

_INSTALLERS = (
    "pip install",
    "pip3 install",
    "conda install",
    "mamba install",
    "micromamba install",
    "uv pip install",
    "uv add",
)
_VALUED = frozenset({
    "-r", "-c", "-n", "-i", "-f", "-t", "-p", "--name", "--requirement", "--constraint", "--file", "--index-url",
    "--extra-index-url", "--find-links", "--trusted-host", "--target", "--prefix", "--channel", "--python", "--timeout",
    "--progress-bar", "--only-binary", "--no-binary", "--platform", "--cache-dir", "--proxy", "--group", "--retries",
})  # fmt: skip
_NO_PACKAGES = frozenset({"install", "pip", "add", "python"})
_LONGEST = 500
_REDIRECTION = re.compile(r"[<>&]+")
_CONDA_PIN = re.compile(r"^([\w.-]+)=(?=\d)")


def installed(command: Command) -> tuple[Dependency, ...]:
    """The distributions that a ``pip install`` or ``conda install`` command names."""
    if not any(command.starts(i) for i in _INSTALLERS) and command.words[:2] != ("pip", "install"):
        return ()
    read_lines = (parse_requirements(w).dependencies for w in _packages(command))
    return tuple(Dependency(d.name, command.line, d.pin) for found in read_lines for d in found)


def installed_in(cell: Cell) -> Iterator[Dependency]:
    """What a cell installs with ``!pip install`` or ``%pip install``."""
    if "install" not in cell.source:
        return
    for line in cell.source.split("\n"):
        if line.lstrip().startswith(("!", "%")):
            for command in parse_shell(line.lstrip("!% ")):
                yield from installed(command)


def readme_commands(documents: Documents) -> Iterator[tuple[str, int, str]]:
    """Every line of code in READMEs, with its place and without its prompt."""
    for path in documents.matching(*READMES):
        markdown = documents.markdown(path)
        for section in markdown.sections if markdown else ():
            for code in section.code:
                for offset, line in enumerate(code.text.split("\n")):
                    yield path, code.line + offset, line[:_LONGEST].lstrip("$>% ")


def by_hand(documents: Documents) -> Iterator[Fact]:
    """Distributions that no file declares for an installer, but a README or notebook installs one by one."""
    for at, name in (*_of_readmes(documents), *_of_notebooks(documents)):
        yield Fact("environment.installed_by_hand", name, at)


def _of_readmes(documents: Documents) -> Iterator[tuple[Location, str]]:
    for path, line, text in readme_commands(documents):
        for command in parse_shell(text, line):
            for dependency in installed(command):
                yield Location(path, line, note=f"is installed by hand: {dependency.name}"), dependency.name


def _of_notebooks(documents: Documents) -> Iterator[tuple[Location, str]]:
    for path, notebook in documents.notebooks():
        for cell in notebook.code:
            for dependency in installed_in(cell):
                note = f"the notebook installs {dependency.name}"
                yield Location(path, cell.line, cell.number, note), dependency.name


def _packages(command: Command) -> Iterator[str]:
    """The operands that are packages, not subcommands nor values of options; ``x=1`` is Conda's way of ``x==1``."""
    words = iter(command.words[1:])
    for word in words:
        if word in _VALUED or _REDIRECTION.fullmatch(word):
            next(words, None)
        elif (
            not word.startswith(("-", ".", "/", "$"))
            and not word.isdigit()
            and word.partition("=")[0] not in _NO_PACKAGES
        ):
            yield _CONDA_PIN.sub(r"\1==", word)
