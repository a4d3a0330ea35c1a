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
from portfolio_audit.model.fact import Evidence, Fact, FactSpec, FactType, Rung
from portfolio_audit.model.kinds import RepositoryKind as Kind
from portfolio_audit.model.location import REPOSITORY, Location

FACTS = (FactSpec("repository.kind", FactType.NAMES, "What the repository is, with the reason as its note."),)

_HOMEWORK = re.compile(
    r"home.?work|assignment|exercise|\bhw[-_ ]?\d|\blab[-_ ]?\d|week[-_ ]?\d|module[-_ ]?\d|lesson|lecture|cohort",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\d{1,2}[-_. ]")
_COURSE = re.compile(
    r"zoomcamp|bootcamp|nanodegree|course|coursera|udacity|thesis-class|cs\d{3}|sta\d{3,4}", re.IGNORECASE
)
_COLLECTED = re.compile(r"portfolio|projects|collection|kaggle$|case-?studies|notebooks$", re.IGNORECASE)
_STATISTICS = re.compile(r"\.(r|rmd|qmd|jl)$", re.IGNORECASE)
_FEW_WORDS = 40
_OWN_STORY = 350
_PROSE_PER_CODE = 5
_COURSE_FOLDERS = 3
_NUMBERED_FOLDERS = 4
_SIDE_BY_SIDE = 2
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the descriptions look at."""

    evidence: Evidence
    documents: Documents
    code: tuple[str, ...]

    def is_ml(self) -> bool:
        """Whether anything in it learns, predicts, or analyses data."""
        facts = ("code.training", "area.imports", "code.saved_model", "results.computed")
        statistics = any(_STATISTICS.search(p) for p in self.code)
        return statistics or self.evidence.number("notebooks.count") > 0 or any(map(self.evidence.has, facts))


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
    metadata = seen.documents.snapshot.metadata
    parent = metadata.parent if isinstance(metadata.parent, str) else ""
    note = f"GitHub says it is a fork{f' of {parent[:_LONGEST]}' if parent else ''}"
    return Location("", note=note) if metadata.fork is True else None


def _template(seen: _Seen) -> Location | None:
    if seen.documents.snapshot.metadata.template is True:
        return Location("", note="GitHub says it is a template")
    files = seen.documents.files
    marked = [p for p in files if "{{" in p or p == "cookiecutter.json"]
    if "cookiecutter.json" in marked or 2 * len(marked) > len(files):
        return Location(marked[0], note="made to be copied: cookiecutter placeholders")
    return None


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
    prose = [p for p in seen.documents.files if PROSE.search(p)]
    if len(seen.code) * _PROSE_PER_CODE > len(prose) or seen.evidence.has("code.training"):
        return None
    return _first(prose, "documents and hardly any code")


def _coursework(seen: _Seen) -> Location | None:
    folders = top_folders(seen.documents.files)
    tasks = [f for f in folders if _HOMEWORK.search(f)]
    numbered = [f for f in folders if _NUMBERED.match(f)]
    series = len(numbered) >= max(_NUMBERED_FOLDERS, len(folders) / 2)
    if series or len(tasks) >= _COURSE_FOLDERS or _is_named_course(seen, len(tasks), len(numbered)):
        shown = (tasks or numbered)[:3]
        return Location(shown[0], note=f"folders of a course: {', '.join(shown)}")
    return None


def _is_named_course(seen: _Seen, tasks: int, numbered: int) -> bool:
    """Whether the repository's name says homework or course, and some of its folders look like it."""
    name = seen.documents.snapshot.name
    if _HOMEWORK.search(name) and tasks:
        return True
    return tasks + numbered > 1 and bool(_COURSE.search(name)) and not _is_capstone(seen)


def _is_capstone(seen: _Seen) -> bool:
    return bool(re.search(r"project|capstone|midterm", seen.documents.snapshot.name, re.IGNORECASE))


def _collection(seen: _Seen) -> Location | None:
    if not seen.is_ml():
        return None
    roots = project_roots(seen.documents.files)
    named = _COLLECTED.search(seen.documents.snapshot.name)
    if named and roots:
        return Location(roots[0], note="named as a collection of projects")
    if len(roots) >= _SIDE_BY_SIDE and stand_apart(seen.documents.files, roots) and _is_index(seen, roots):
        return Location(roots[0], note=f"{len(roots)} projects side by side: {', '.join(roots[:4])}")
    return None


def _is_index(seen: _Seen, roots: list[str]) -> bool:
    """Whether the README at the root points to the projects, or says too little to be one project's own."""
    if seen.evidence.number("readme.words") < _OWN_STORY:
        return True
    links = {str(fact.value).strip("./").partition("/")[0].lower() for fact in seen.evidence.known("readme.links")}
    return sum(root.lower().replace(" ", "%20") in links or root.lower() in links for root in roots) >= _SIDE_BY_SIDE


def _tool(seen: _Seen) -> Location | None:
    packaged = [p for p in seen.documents.files if p in {"pyproject.toml", "setup.py", "setup.cfg"}]
    used = seen.evidence.number("notebooks.count") or seen.evidence.has("data.included")
    learns = seen.evidence.has("code.training") or seen.evidence.has("area.imports")
    if packaged and not used and not learns and not _is_served(seen):
        return Location(packaged[0], note="a package to install, with no model trained in it")
    return None


def _is_served(seen: _Seen) -> bool:
    rung = seen.evidence.rung("api.interface")
    return rung is not None and rung >= Rung.WIRED


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
