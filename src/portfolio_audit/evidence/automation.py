"""What Makefiles, scripts, jobs and pipeline stages run, and whether it is in the tree."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from portfolio_audit.evidence import jobs
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import commands, scripted
from portfolio_audit.evidence.mentions import CREATED, files_of
from portfolio_audit.evidence.pipelines import pipelines
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.shell import Command, parse_shell
from portfolio_audit.parsing.yaml import YamlMap, YamlText

_STAGES = ("dvc.yaml",)
WANTS = (*jobs.WANTS, *_STAGES)
FACTS = (
    FactSpec(
        "automation.dangling",
        FactType.NAMES,
        "Scripts and requirement files that Makefiles, scripts, jobs and stages of pipelines run and the tree lacks.",
        reads=WANTS,
    ),
    FactSpec("automation.named", FactType.NUMBER, "How many of them are named.", "files", reads=WANTS),
)

_CODE = re.compile(r"\.(?:py|sh|ipynb|r|txt|ya?ml)\Z", re.IGNORECASE)
_OPEN = re.compile(r"[$*{}<>~%]|://|^-")
_MOST = 300


def extract(documents: Documents) -> Iterator[Fact]:
    """Give each name that leads nowhere, once in each file, and how many were looked up."""
    if documents.snapshot.gaps:
        return
    names = {posixpath.basename(entry.path) for entry in documents.snapshot.tree}
    made: dict[str, frozenset[str]] = {}
    seen: set[tuple[str, str]] = set()
    for at, command in _commands(documents):
        for name in files_of(command):
            last = posixpath.basename(name)
            if not _CODE.search(name) or _OPEN.search(name) or (at.path, name) in seen or len(seen) >= _MOST:
                continue
            seen.add((at.path, name))
            if last not in names and last not in made.setdefault(at.path, _made_by(documents, at.path)):
                yield Fact("automation.dangling", name, Location(at.path, at.line, note=f"runs {name[:80]}"))
    if seen:
        yield Fact("automation.named", len(seen))


def _commands(documents: Documents) -> Iterator[tuple[Location, Command]]:
    yield from ((ran.at, ran.command) for ran in scripted(documents))
    for pipeline in pipelines(documents):
        yield from ((ran.at, ran.command) for ran in commands(documents, pipeline))
    for path in documents.matching(*_STAGES):
        yield from _of_stages(documents, path)


def _of_stages(documents: Documents, path: str) -> Iterator[tuple[Location, Command]]:
    """The commands of a dvc.yaml."""
    document = next(iter(documents.yaml(path)), None)
    stages = document.get("stages") if isinstance(document, YamlMap) else None
    for stage in stages.items.values() if isinstance(stages, YamlMap) else ():
        written = stage.get("cmd") if isinstance(stage, YamlMap) else None
        if isinstance(written, YamlText):
            yield from ((Location(path, c.line), c) for c in parse_shell(written.value, written.line))


def _made_by(documents: Documents, path: str) -> frozenset[str]:
    """The names of files that the same file writes or downloads."""
    text = (documents.text(path) or "")[:100_000]
    made = (m[1] or m[2] for m in CREATED.finditer(text))
    return frozenset(name.rpartition("/")[2] for name in made)
