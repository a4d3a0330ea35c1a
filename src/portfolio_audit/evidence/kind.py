"""What a repository is, from all that was seen in it.

Not an extractor: it reads only facts, the tree and the metadata, after every extractor has run. The first
description that fits wins; each gives its reason and the place that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.layout import CODE, PROSE, project_roots, stand_apart, top_folders
from portfolio_audit.model.fact import Evidence, Fact, FactSpec, FactType
from portfolio_audit.model.kinds import RepositoryKind as Kind
from portfolio_audit.model.location import REPOSITORY, Location

FACTS = (FactSpec("repository.kind", FactType.NAMES, "What the repository is, with the reason as its note."),)

_HOMEWORK = re.compile(
    r"home.?work|assignment|exercise|\bhw[-_ ]?\d|\blab[-_ ]?\d|week[-_ ]?\d|module[-_ ]?\d|lesson|lecture|cohort",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\d{1,2}[-_. ]")
_FEW_WORDS = 40
_COURSE_FOLDERS = 3
_NUMBERED_FOLDERS = 4
_SIDE_BY_SIDE = 2


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the descriptions look at."""

    evidence: Evidence
    documents: Documents
    code: tuple[str, ...]

    def is_ml(self) -> bool:
        """Whether anything in it learns, predicts, or analyses data."""
        facts = ("code.training", "area.imports", "code.saved_model", "results.computed")
        return any(self.evidence.has(f) for f in facts)


_Description = Callable[[_Seen], Location | None]


def classify(evidence: Evidence, documents: Documents) -> Fact:
    """The kind as a fact whose location carries the reason."""
    seen = _Seen(evidence, documents, tuple(p for p in documents.files if CODE.search(p)))
    for kind, describe in _DESCRIPTIONS:
        at = describe(seen)
        if at is not None:
            return Fact("repository.kind", kind.value, at)
    return Fact("repository.kind", Kind.APPLICATION.value, Location("", note="code, and nothing that learns from data"))


def _fork(seen: _Seen) -> Location | None:
    return Location("", note="GitHub says it is a fork") if seen.documents.snapshot.metadata.fork is True else None


def _template(seen: _Seen) -> Location | None:
    if seen.documents.snapshot.metadata.template is True:
        return Location("", note="GitHub says it is a template")
    path = next((p for p in seen.documents.files if "{{" in p or p.endswith("cookiecutter.json")), None)
    return Location(path, note="made to be copied: cookiecutter placeholders") if path else None


def _profile(seen: _Seen) -> Location | None:
    snapshot = seen.documents.snapshot
    same = snapshot.owner and snapshot.name.lower() in {snapshot.owner.lower(), f"{snapshot.owner.lower()}.github.io"}
    if same and len(seen.code) <= len(seen.documents.files) / 2 and not seen.is_ml():
        return _readme(seen, "named like its owner: GitHub shows it on the profile page")
    return None


def _empty(seen: _Seen) -> Location | None:
    content = [p for p in seen.documents.files if not p.rpartition("/")[2].startswith(".") and not _is_licence(p)]
    told = seen.evidence.number("readme.words")
    if seen.code or told > _FEW_WORDS or len(content) > 1 + bool(_readme(seen, "")):
        return None
    return Location("", note=f"{len(content)} files with content, {told:.0f} words of README")


def _docs(seen: _Seen) -> Location | None:
    if seen.code and len(seen.code) > len(seen.documents.files) // 20:
        return None
    return _first([p for p in seen.documents.files if PROSE.search(p)], "documents and hardly any code")


def _coursework(seen: _Seen) -> Location | None:
    folders = top_folders(seen.documents.files)
    tasks = [f for f in folders if _HOMEWORK.search(f)]
    numbered = [f for f in folders if _NUMBERED.match(f)]
    named = _HOMEWORK.search(seen.documents.snapshot.name)
    series = len(numbered) >= max(_NUMBERED_FOLDERS, len(folders) / 2)
    if len(tasks) >= _COURSE_FOLDERS or series or (named and tasks):
        shown = (tasks or numbered)[:3]
        return Location(shown[0], note=f"folders of a course: {', '.join(shown)}")
    return None


def _collection(seen: _Seen) -> Location | None:
    if not seen.is_ml():
        return None
    roots = project_roots(seen.documents.files)
    if len(roots) >= _SIDE_BY_SIDE and stand_apart(seen.documents.files, roots):
        return Location(roots[0], note=f"{len(roots)} projects side by side: {', '.join(roots[:4])}")
    return None


def _tool(seen: _Seen) -> Location | None:
    packaged = [p for p in seen.documents.files if p in {"pyproject.toml", "setup.py", "setup.cfg"}]
    library = packaged and not seen.evidence.has("notebooks.count") and not seen.evidence.has("data.included")
    if library and not seen.evidence.has("code.training"):
        return Location(packaged[0], note="a package to install, with no model trained in it")
    return None


def _ml_project(seen: _Seen) -> Location | None:
    for fact_id, note in (
        ("code.training", "trains a model"),
        ("area.imports", "works with machine-learning libraries"),
    ):
        found = seen.evidence.known(fact_id)
        if found:
            return Location(found[0].at.path, found[0].at.line, found[0].at.cell, note)
    return REPOSITORY if seen.is_ml() else None


_DESCRIPTIONS: tuple[tuple[Kind, _Description], ...] = (
    (Kind.FORK, _fork),
    (Kind.TEMPLATE, _template),
    (Kind.PROFILE, _profile),
    (Kind.EMPTY, _empty),
    (Kind.DOCS, _docs),
    (Kind.COURSEWORK, _coursework),
    (Kind.ML_COLLECTION, _collection),
    (Kind.TOOL, _tool),
    (Kind.ML_PROJECT, _ml_project),
)


def _readme(seen: _Seen, note: str) -> Location | None:
    found = seen.evidence.known("readme.exists")
    return Location(found[0].at.path, note=note) if found else None


def _first(paths: list[str] | tuple[str, ...], note: str) -> Location | None:
    return Location(paths[0], note=note) if paths else None


def _is_licence(path: str) -> bool:
    return (
        path.rpartition("/")[2].lower().startswith(("license", "licence", "copying", "contributing", "code_of_conduct"))
    )
