"""Whom a report is about: the profile, each repository, and the projects in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.reporting.wire.report import Report, Repository
from portfolio_audit.reporting.wire.verdicts import Finding, Result


@dataclass(frozen=True, slots=True)
class Subject:
    """A repository, a project in one, or with neither the profile; with what the rules said of it."""

    results: tuple[Result, ...]
    repository: Repository | None = None
    project: Repository | None = None

    @property
    def judged(self) -> Repository | None:
        """The project or the repository that the results are about; None for the profile."""
        return self.project or self.repository

    @property
    def name(self) -> str:
        """The full name of the repository, and the folder of a project; empty for the profile."""
        name = self.repository.full_name if self.repository else ""
        return f"{name}/{self.project.folder}" if self.project else name


def subjects(report: Report) -> Iterator[Subject]:
    """The profile first, if the report is about one; then each repository, and the projects in it."""
    if report.portfolio:
        yield Subject(report.portfolio.results)
    for repository in report.repositories:
        yield from subjects_of(repository)


def subjects_of(repository: Repository) -> Iterator[Subject]:
    """A repository, and the projects in it."""
    yield Subject(repository.results, repository)
    for project in repository.projects:
        yield Subject(project.results, repository, project)


def findings(subject: Subject) -> Iterator[tuple[Result, Finding]]:
    """What is not met and where, those that the user silenced too."""
    for result in subject.results:
        for finding in result.findings:
            yield result, finding
