"""Check runs: a line at the commit, with what was found as annotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from github.CheckRun import CheckRun
from github.Commit import Commit
from github.Repository import Repository

from portfolio_audit.publishing.outcome import Published, State
from portfolio_audit.publishing.threads import Desk

NAME = "portfolio-audit"
_MOST = 50
_LONGEST = 65_535


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark at a line of a file of the commit."""

    path: str
    line: int
    title: str
    message: str
    level: Literal["notice", "warning", "failure"] = "warning"

    def payload(self) -> dict[str, str | int]:
        """As the API takes it."""
        return {
            "path": self.path,
            "start_line": self.line,
            "end_line": self.line,
            "annotation_level": self.level,
            "title": self.title[:255],
            "message": self.message[:_LONGEST] or self.title,
        }


@dataclass(frozen=True, slots=True)
class Check:
    """What the check run says."""

    conclusion: Literal["success", "neutral", "failure"]
    title: str
    summary: str
    annotations: Sequence[Annotation] = ()

    def output(self) -> dict[str, str | list[dict[str, str | int]]]:
        """As the API takes it."""
        annotations = [annotation.payload() for annotation in self.annotations[:_MOST]]
        return {"title": self.title, "summary": self.summary[:_LONGEST], "annotations": annotations}


def put_check(repository: Repository, commit: Commit, check: Check, desk: Desk) -> Published:
    """Make the check run of a commit, or renew the one that is there; raises SourceError."""
    what, output = f"check run of commit {commit.sha[:12]}", check.output()
    there = desk.ask(lambda: list(commit.get_check_runs(check_name=NAME)))
    made = next((one for one in there if one.name == NAME), None)
    if made is not None:
        desk.ask(lambda: _renew(made, check))
        return Published(what, State.UPDATED, made.html_url or "")
    created = desk.ask(
        lambda: repository.create_check_run(
            NAME, commit.sha, status="completed", conclusion=check.conclusion, output=output
        )
    )
    return Published(what, State.CREATED, created.html_url or "")


def _renew(made: CheckRun, check: Check) -> None:
    made.edit(status="completed", conclusion=check.conclusion, output=check.output())
