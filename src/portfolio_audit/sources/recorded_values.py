"""The values of a recorded snapshot's ``metadata`` as they stand in the file; those of version 2 may be missing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from portfolio_audit.model.snapshot import NOT_FROM_FILES


def _in_utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("is out of range") from error


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class Form(BaseModel):
    """A part of the file, read strictly."""

    model_config = ConfigDict(strict=True, extra="forbid")


class UnavailableForm(Form):
    """Stands where a value could not be had."""

    unavailable: str


class CommitForm(Form):
    """One commit of the history."""

    id: str
    at: Moment
    author: str
    summary: str


class HistoryForm(Form):
    """Commits, newest first, and tags."""

    commits: list[CommitForm]
    tags: list[str]
    truncated: bool


class ReleaseForm(Form):
    """One release."""

    tag: str
    at: Moment
    name: str
    prerelease: bool
    assets: int = Field(ge=0, lt=1 << 63)


class DeploymentForm(Form):
    """One deployment."""

    environment: str
    at: Moment
    state: str
    url: str


class RunForm(Form):
    """One run of a workflow or check."""

    name: str
    event: str
    conclusion: str
    at: Moment | None


_UNKNOWN = UnavailableForm(unavailable=NOT_FROM_FILES.reason)


class MetadataForm(Form):
    """What the host knows beside the files."""

    description: str | UnavailableForm
    homepage: str | UnavailableForm
    topics: list[str] | UnavailableForm
    fork: bool | UnavailableForm
    archived: bool | UnavailableForm
    template: bool | UnavailableForm
    pinned: bool | UnavailableForm
    history: HistoryForm | UnavailableForm
    parent: str | UnavailableForm = _UNKNOWN
    licence: str | UnavailableForm = _UNKNOWN
    releases: list[ReleaseForm] | UnavailableForm = _UNKNOWN
    deployments: list[DeploymentForm] | UnavailableForm = _UNKNOWN
    environments: list[str] | UnavailableForm = _UNKNOWN
    checks: str | UnavailableForm = _UNKNOWN
    runs: list[RunForm] | UnavailableForm = _UNKNOWN
    pages: bool | UnavailableForm = _UNKNOWN
    private: bool | UnavailableForm = _UNKNOWN
    pushed_at: Moment | UnavailableForm = _UNKNOWN
    created_at: Moment | UnavailableForm = _UNKNOWN
