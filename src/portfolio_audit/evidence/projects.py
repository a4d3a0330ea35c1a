"""The projects in a repository that has several, each as a snapshot of its own.

A project is what lies in its folder, as if that were the root, and what lies outside every project, since all of them
share it (environment, workflows, licence, common code), except write-ups and notebooks: those at the root speak of the
collection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.layout import PROSE, project_roots
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Snapshot, TreeEntry, Unavailable

_MOST = 40
_OF_ALL = Unavailable("known of the repository as a whole, not of each project in it")
_LICENCES = ("license", "licence", "copying", "citation")


@dataclass(frozen=True, slots=True)
class Project:
    """One project; ``origins`` gives, for the paths of its snapshot, those of the repository."""

    folder: str
    snapshot: Snapshot
    origins: Mapping[str, str]

    def placed(self, at: Location) -> Location:
        """A location in the project as one in the repository."""
        if not at.path:
            return replace(at, path=self.folder)
        return replace(at, path=self.origins.get(at.path, f"{self.folder}/{at.path}"))


def projects(documents: Documents) -> tuple[Project, ...]:
    """The projects of a repository in the order of their folders, at most forty; none if it is one project itself."""
    folders = project_roots(documents.files)[:_MOST]
    inside = tuple(f"{folder}/" for folder in folders)
    shared = [e for e in documents.snapshot.tree if not e.path.startswith(inside) and _is_shared(e.path)]
    return tuple(_project(documents.snapshot, folder, shared) for folder in folders) if len(folders) > 1 else ()


def _is_shared(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return name.startswith(("requirements", *_LICENCES)) or not (PROSE.search(name) or name.endswith(".ipynb"))


def _project(snapshot: Snapshot, folder: str, shared: list[TreeEntry]) -> Project:
    start = len(folder) + 1
    own = [e for e in snapshot.tree if e.path.startswith(f"{folder}/")]
    origins = {e.path: e.path for e in shared} | {e.path[start:]: e.path for e in own}
    entries = {e.path: e for e in (*shared, *own)}
    return Project(
        folder,
        replace(
            snapshot,
            name=folder.rpartition("/")[2],
            metadata=replace(snapshot.metadata, deployments=_OF_ALL, checks=_OF_ALL, pages=_OF_ALL),
            tree=tuple(replace(entries[origin], path=path) for path, origin in origins.items()),
            texts={path: snapshot.texts[origin] for path, origin in origins.items() if origin in snapshot.texts},
            around=frozenset(e.path for e in snapshot.tree),
        ),
        origins,
    )
