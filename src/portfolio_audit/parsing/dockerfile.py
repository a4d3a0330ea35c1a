"""Dockerfiles to stages and instructions, with lines.

Source: https://docs.docker.com/reference/dockerfile/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from portfolio_audit.errors import ParseError, TooCostly

_INSTRUCTION = re.compile(r"([A-Za-z]+)\s+(.*)", re.DOTALL)
_KNOWN = frozenset({
    "FROM", "RUN", "CMD", "LABEL", "EXPOSE", "ENV", "ADD", "COPY", "ENTRYPOINT", "VOLUME", "USER", "WORKDIR", "ARG",
    "ONBUILD", "STOPSIGNAL", "HEALTHCHECK", "SHELL", "MAINTAINER",
})  # fmt: skip
_FROM = re.compile(r"(?:--\S+\s+)*(\S+)(?:\s+[Aa][Ss]\s+(\S+))?")
_VARIABLE = re.compile(r"\$\{(\w{1,100})(?::?[-+][^}]{0,200})?\}|\$(\w+)")
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)([A-Za-z_]\w*)\1")
_SCRIPT = re.compile(r"(?:(?:ba|z)?sh(?:\s+-\w+)*\s+)?<<-?\s*['\"]?[A-Za-z_]\w*['\"]?")
_MAX_INSTRUCTIONS = 2_000
_MAX_LENGTH = 10_000


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its name in capitals and its arguments as written, ``ARG`` and ``ENV`` values filled in."""

    name: str
    value: str
    line: int

    @property
    def words(self) -> tuple[str, ...]:
        """The arguments as words: JSON form or split at spaces."""
        if self.value.lstrip().startswith("["):
            try:
                listed = json.loads(self.value)
            except (ValueError, RecursionError):
                listed = None
            if isinstance(listed, list):
                return tuple(str(word) for word in listed)
        return tuple(self.value.split())


@dataclass(frozen=True, slots=True)
class Copy:
    """One path copied from the build context."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A build stage: the image it starts from, or the earlier stage (``inherits``)."""

    image: str
    line: int
    name: str = ""
    inherits: bool = False
    instructions: tuple[Instruction, ...] = ()


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """All stages of a Dockerfile."""

    stages: tuple[Stage, ...]

    def every(self, *names: str) -> Iterator[Instruction]:
        """The instructions with one of the names, in order."""
        return (i for s in self.stages for i in s.instructions if i.name in names)

    @property
    def copies(self) -> tuple[Copy, ...]:
        """What is copied from the build context (not from other stages, URLs or here-documents)."""
        return tuple(Copy(path, i.line) for i in self.every("COPY", "ADD") for path in _sources(i))

    @property
    def command(self) -> Instruction | None:
        """What the container runs: the last ENTRYPOINT or CMD."""
        return next(iter(reversed(list(self.every("ENTRYPOINT", "CMD")))), None)


def parse_dockerfile(text: str) -> Dockerfile:
    """Parse a Dockerfile; raises ParseError when there is no FROM before the first other instruction."""
    values: dict[str, str] = {}
    stages: list[tuple[Stage, list[Instruction]]] = []
    for number, (line, name, raw) in enumerate(_instructions(text)):
        if number >= _MAX_INSTRUCTIONS:
            raise TooCostly("has too many instructions", line=line)
        value = _filled(raw, values)
        if name == "FROM":
            stages.append((_stage(value, line, [s.name.lower() for s, _ in stages]), []))
        elif name in {"ARG", "ENV"}:
            values |= _assignments(value)
        elif not stages:
            raise ParseError("has an instruction before FROM", line=line)
        else:
            stages[-1][1].append(Instruction(name, value, line))
    if not stages:
        raise ParseError("has no FROM")
    return Dockerfile(tuple(Stage(s.image, s.line, s.name, s.inherits, tuple(done)) for s, done in stages))


def _instructions(text: str) -> Iterator[tuple[int, str, str]]:
    """Each instruction with its first line; a here-document of RUN is the script it runs, any other is left out."""
    first, parts, ends, body = 0, list[str](), list[str](), list[str]()
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        stripped = raw.strip()
        if ends:
            if stripped != ends[0]:
                body.append(stripped)
            elif not (ends := ends[1:]):
                yield from _with_body(first, " ".join(parts), body)
                first, parts, body = 0, [], []
            continue
        if stripped.startswith("#") or (first and not stripped):
            continue
        first = first or number
        parts.append(stripped.removesuffix("\\"))
        if stripped.endswith("\\"):
            continue
        ends = [m[2] for m in _HEREDOC.finditer(stripped)]
        if not ends:
            yield from _instruction(first, " ".join(parts))
            first, parts = 0, []
    yield from _with_body(first, " ".join(parts), body)


def _with_body(line: int, content: str, body: list[str]) -> Iterator[tuple[int, str, str]]:
    """An instruction after which a here-document stood, which is a script when a shell is to run it."""
    for number, name, value in _instruction(line, content):
        if any(body) and name == "RUN" and _SCRIPT.fullmatch(value):
            yield number + 1, name, "\n".join(body)[:_MAX_LENGTH]
        else:
            yield number, name, value


def _instruction(line: int, content: str) -> Iterator[tuple[int, str, str]]:
    match = _INSTRUCTION.match(content.strip())
    if match and match[1].upper() in _KNOWN:
        yield line, match[1].upper(), match[2].strip()[:_MAX_LENGTH]


def _stage(value: str, line: int, earlier: list[str]) -> Stage:
    match = _FROM.match(value)
    image, name = (match[1], match[2] or "") if match else (value.partition(" ")[0], "")
    return Stage(image, line, name, inherits=image.lower() in earlier)


def _assignments(value: str) -> dict[str, str]:
    pairs = re.findall(r"\b(\w{1,100})=(\"[^\"]*\"|'[^']*'|\S*)", value[:2_000])
    return {name: written.strip("\"'") for name, written in pairs}


def _filled(value: str, values: dict[str, str]) -> str:
    return _VARIABLE.sub(partial(_value_of, values), value)[:_MAX_LENGTH]


def _value_of(values: dict[str, str], match: re.Match[str]) -> str:
    known = values.get(match[1] or match[2], "")
    default = re.search(r":?-([^}]*)", match[0])
    return known or (default[1] if default else match[0])


def _sources(instruction: Instruction) -> tuple[str, ...]:
    value = instruction.value
    if "--from=" in value or _HEREDOC.search(value):
        return ()
    bare = value
    while bare.startswith("--"):
        bare = bare.partition(" ")[2].lstrip()
    words = Instruction(instruction.name, bare, instruction.line).words[:-1]
    return tuple(w.strip("\"'") for w in words if not w.startswith(("http://", "https://", "git@")) and "$" not in w)


def image_name(image: str) -> str:
    """An image's name without tag and digest, and without Docker Hub's own prefix."""
    bare = image.partition("@")[0]
    folder, slash, last = bare.rpartition("/")
    name = folder + slash + last.partition(":")[0]
    return name.removeprefix("docker.io/").removeprefix("library/").lower()
