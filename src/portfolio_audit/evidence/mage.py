"""Pipelines of a Mage project: which files are their blocks, and which triggers start them.

Source: https://docs.mage.ai/design/data-pipeline-management
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.faults import read_yaml
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.yaml import YamlList, YamlMap

WANTS = ("**/pipelines/*/metadata.yaml", "**/pipelines/*/triggers.yaml")
_METADATA, _TRIGGERS = WANTS


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One pipeline: its name, the files of its blocks, and the triggers that are switched on."""

    name: str
    path: str
    blocks: frozenset[str]
    triggers: tuple[Location, ...]


class Pipelines:
    """Every pipeline of every Mage project in a tree."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self.found = tuple(map(self._pipeline, documents.matching(_METADATA)))
        self._blocks = frozenset(path for pipeline in self.found for path in pipeline.blocks)

    def hold(self, path: str) -> bool:
        """Whether a file is a block of any pipeline."""
        return path in self._blocks

    def _pipeline(self, path: str) -> Pipeline:
        folder = posixpath.dirname(path)
        root = posixpath.dirname(posixpath.dirname(folder))
        names = set(self._names(path))
        blocks = frozenset(p for p in self._documents.matching("*.py") if _block(p, root) in names)
        return Pipeline(posixpath.basename(folder), path, blocks, tuple(self._started(f"{folder}/triggers.yaml")))

    def _names(self, path: str) -> Iterator[str]:
        """The blocks, as paths below their folder without ending."""
        for block in self._entries(path, "blocks"):
            written = block.text("configuration", "file_source", "path") or block.text("configuration", "file_path")
            yield from (block.text("uuid"), written.partition("/")[2].removesuffix(".py"))

    def _started(self, path: str) -> Iterator[Location]:
        for trigger in self._entries(path, "triggers") if path in self._documents.files else ():
            if trigger.text("status") == "active":
                when = trigger.text("schedule_interval") or trigger.text("schedule_type")
                yield Location(path, trigger.line, note=f"triggers the pipeline {when[:40]}")

    def _entries(self, path: str, key: str) -> Iterator[YamlMap]:
        for document in read_yaml(self._documents, path):
            entries = document.get(key) if isinstance(document, YamlMap) else None
            yield from (e for e in (entries.items if isinstance(entries, YamlList) else ()) if isinstance(e, YamlMap))


def _block(path: str, root: str) -> str:
    """A file of a project as its pipelines name it: without the folder of its type and its ending."""
    inside = path.removeprefix(f"{root}/") if root else path
    return "" if root and inside == path else inside.partition("/")[2].removesuffix(".py")
