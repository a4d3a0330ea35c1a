"""Jenkinsfiles, declarative or scripted, to the commands they run: Groovy is searched, never understood.

Source: https://www.jenkins.io/doc/book/pipeline/syntax/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from portfolio_audit.parsing.dependency import Stated
from portfolio_audit.parsing.workflow import Job, Step, Workflow

_MAX_STEPS = 500
_COMMENT = re.compile(r"^[ \t]*/\*", re.MULTILINE)
_SHELL = re.compile(
    r"\b(?:sh|bat|powershell|pwsh)\s{0,20}\(?\s{0,20}(?:(?:label|returnStatus|returnStdout):[^,\n]{0,100},\s{0,20})?"
    r"(?:script:\s{0,9})?('''|\"\"\"|'|\")(.{0,1000}?)\1",
    re.DOTALL,
)
_DOCKER = re.compile(r"\bdocker\.(build)\s{0,9}\(|\b(?!artifact)\w{1,60}\.(push)\s{0,9}\(", re.IGNORECASE)
_TIMED = re.compile(r"\bcron\s{0,9}\(?\s{0,9}['\"]([^'\"\n]{5,100})['\"]")


def parse_jenkins(text: str) -> Workflow:
    """Parse a Jenkinsfile by its shell steps, its Docker plug-in and its schedule."""
    bare = _without_block_comments(re.sub(r"(?m)^[ \t]*//.*$", "", text))
    steps = sorted((*_shell(bare), *_docker(bare)), key=lambda step: step.line)
    crons = tuple(Stated(m[1], _line(bare, m.start())) for m in islice(_TIMED.finditer(bare), _MAX_STEPS))
    return Workflow((Job("pipeline", 1, tuple(steps)),), (Stated("push", 1),), crons)


def _shell(text: str) -> Iterator[Step]:
    for match in islice(_SHELL.finditer(text), _MAX_STEPS):
        line = _line(text, match.start(2))
        yield Step(line, run=match[2], run_line=line)


def _docker(text: str) -> Iterator[Step]:
    """The calls of the Docker plug-in, as the commands they stand for."""
    if "docker." in text:
        for match in islice(_DOCKER.finditer(text), _MAX_STEPS):
            line = _line(text, match.start())
            yield Step(line, run="docker build ." if match[1] else "docker push image", run_line=line)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _without_block_comments(text: str) -> str:
    """The text with each comment that begins a line replaced by as many line ends."""
    parts: list[str] = []
    position = 0
    for found in _COMMENT.finditer(text):
        if found.start() < position:
            continue
        end = text.find("*/", found.end())
        if end < 0:
            break
        parts += [text[position : found.start()], "\n" * text.count("\n", found.start(), end)]
        position = end + 2
    return "".join((*parts, text[position:]))
