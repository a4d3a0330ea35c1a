"""Everything that is seen in one repository: what rules judge, now and in later audits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolio_audit.evidence import look
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.fingerprints import fingerprints
from portfolio_audit.evidence.projects import Project, projects
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.kinds import RepositoryKind


@dataclass(frozen=True, slots=True)
class FactSheet:
    """What is seen in a repository, and if it is a collection in each project of it, by its folder."""

    whole: Evidence
    fingerprints: frozenset[bytes] = frozenset()
    projects: Mapping[str, Evidence] = field(default_factory=dict)

    def fits(self, documents: Documents, kind: str) -> bool:
        """Whether it tells of the projects that are to be judged, and of no others."""
        return tuple(self.projects) == tuple(one.folder for one in _apart(documents, self.whole, kind))


def see(documents: Documents, kind: str) -> FactSheet:
    """Look at a repository; ``kind`` is what the user says it is, or empty."""
    whole = look(documents)
    return FactSheet(
        whole,
        fingerprints(documents.snapshot),
        {
            project.folder: look(Documents(project.snapshot, documents.vocabulary, within=documents))
            for project in _apart(documents, whole, kind)
        },
    )


def _apart(documents: Documents, whole: Evidence, kind: str) -> tuple[Project, ...]:
    """The projects that are judged one by one."""
    detected = next((fact.value for fact in whole.known("repository.kind")), "")
    return documents.once(projects) if (kind or detected) == RepositoryKind.ML_COLLECTION else ()
