"""Shell scripts to the simple commands in them, with lines; nothing is expanded and nothing is run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_COMMANDS = 2_000
_MAX_LENGTH = 200_000
_MAX_LINE = 10_000
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)([A-Za-z_]\w*)\1")
_INTERPOLATION = re.compile(r"\$\{\{[^}]{0,300}\}\}")
_OPERATORS = frozenset({"&&", "||", ";", "|", "&", "(", ")", ";;", "|&"})
_KEYWORDS = frozenset({"if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "time", "fi", "done"})
_WRAPPERS = (
    ("poetry", "run"), ("pipenv", "run"), ("uv", "run"), ("uvx",), ("hatch", "run"), ("pdm", "run"), ("conda", "run"),
    ("pixi", "run"), ("rye", "run"), ("sudo",), ("nohup",), ("exec",), ("env",), ("command",), ("pipx", "run"),
    ("xvfb-run",), ("dotenv", "run"), ("micromamba", "run"),
)  # fmt: skip
_RUN_SCRIPTS = frozenset({("uv", "run"), ("pdm", "run"), ("rye", "run"), ("hatch", "run")})
"""Wrappers that give a Python file to Python themselves."""
_WITH_VALUE = frozenset(
    {"-n", "-p", "--with", "--group", "--python", "-u", "--name", "--extra", "--project", "--prefix"}
)
_PYTHON = re.compile(r"(?:.*/)?(?:python(?:\d(?:\.\d+)?)?|\$\{?PYTHON\}?|\$\(PYTHON\)|py)(?:\.exe)?\Z")

_SPECIAL = re.compile(r"""["'\\#|&;<>()`$\x00-\x08\x0b-\x1f]""")
"""What a shell reads specially; a line without any of it is words and spaces."""


@dataclass(frozen=True, slots=True)
class Command:
    """One simple command: words without quotes, wrappers such as ``sudo`` or ``poetry run`` taken off.

    ``python -m name …`` is given as ``name …``, since that is what runs; ``module`` tells it was so written.
    """

    words: tuple[str, ...]
    line: int
    module: bool = False

    @property
    def program(self) -> str:
        """The name of the program, without its folder."""
        return self.words[0].rpartition("/")[2]

    @property
    def operands(self) -> tuple[str, ...]:
        """The words after the program that are not options."""
        return tuple(w for w in self.words[1:] if not w.startswith("-"))

    @property
    def text(self) -> str:
        """The command as one line."""
        return " ".join(self.words)

    def starts(self, words: str) -> bool:
        """Whether the command begins with these words, options between them left aside.

        ``aws ecs update-service`` is met by ``aws --region eu-west-1 ecs update-service --force``.
        """
        first, *rest = words.split()
        if self.program != first:
            return False
        operands = iter(self.operands[: len(rest) + 3])
        return all(word in operands for word in rest)


@lru_cache(maxsize=1024)
def parse_shell(text: str, first_line: int = 1) -> tuple[Command, ...]:
    """Parse a script, or the shell part of a job or recipe; never raises."""
    commands: list[Command] = []
    for line, content in _logical_lines(text[:_MAX_LENGTH]):
        if len(commands) >= MAX_COMMANDS:
            break
        found = (_command(words, first_line + line - 1) for words in _split(_tokens(content)))
        commands += [command for command in found if command]
    return tuple(commands[:MAX_COMMANDS])


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with continuations joined and the bodies of here-documents left out."""
    first, joined, end = 0, "", ""
    for number, raw in enumerate(text.split("\n"), 1):
        if end:
            end = "" if raw.strip() == end else end
            continue
        first = first or number
        joined += raw.rstrip("\\") if raw.endswith("\\") else raw
        if raw.endswith("\\") and len(joined) < _MAX_LINE:
            joined += " "
            continue
        heredoc = _HEREDOC.search(joined)
        end = heredoc[2] if heredoc else ""
        if joined and not joined.isspace():
            yield first, joined[:_MAX_LINE]
        first, joined = 0, ""
    if joined:
        yield first, joined[:_MAX_LINE]


def _tokens(content: str) -> list[str]:
    if not _SPECIAL.search(content):
        return content.split()
    lexer = shlex.shlex(_INTERPOLATION.sub("_", content), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:
        return content.partition("#")[0].split()


def _split(tokens: list[str]) -> Iterator[list[str]]:
    words: list[str] = []
    for token in tokens:
        if token in _OPERATORS:
            yield words
            words = []
        else:
            words.append(token)
    yield words


def _command(words: list[str], line: int) -> Command | None:
    words = _unwrapped(words)
    if not words or not words[0]:
        return None
    if _PYTHON.match(words[0]):
        position = next((i for i, w in enumerate(words[1:], 1) if not w.startswith("-") or w == "-m"), 0)
        if position and words[position] == "-m" and len(words) > position + 1:
            return Command(tuple(words[position + 1 :]), line, module=True)
        return Command(("python", *words[1:]), line)
    return Command(tuple(words), line)


def _unwrapped(words: list[str]) -> list[str]:
    """Take off keywords, variable assignments and programs that only run what follows them."""
    while words:
        wrapper = next((w for w in _WRAPPERS if tuple(words[: len(w)]) == w), None)
        if words[0] in _KEYWORDS or _ASSIGNMENT.match(words[0]):
            words = words[1:]
        elif wrapper and len(words) > len(wrapper):
            words = _without_options(words[len(wrapper) :])
            if words and wrapper in _RUN_SCRIPTS and words[0].endswith(".py"):
                words = ["python", *words]
        else:
            break
    return words


def _without_options(words: list[str]) -> list[str]:
    position = 0
    while position < len(words) and words[position].startswith("-"):
        position += 2 if words[position] in _WITH_VALUE else 1
    return words[position:]
