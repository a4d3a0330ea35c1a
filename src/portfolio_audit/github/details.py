"""What GraphQL tells of a repository, as what the facts are made from; what it may not tell is unavailable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from portfolio_audit.github.graphql import Fault
from portfolio_audit.github.payloads import Payload
from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.snapshot import Commit, History, Unavailable

Value = TypeVar("Value")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Details:
    """The newest commit and what is recorded.

    ``commit`` is empty for a repository without commits; ``top`` are the names at the top of its tree, with the ids of
    what they name.
    """

    name: str
    commit: str
    top: Mapping[str, str]
    parent: str | Unavailable
    history: History | Unavailable
    releases: tuple[Release, ...] | Unavailable
    deployments: tuple[Deployment, ...] | Unavailable
    environments: tuple[str, ...] | Unavailable
    checks: str | Unavailable
    runs: tuple[Run, ...] | Unavailable


def read_details(item: Payload, faults: Sequence[Fault]) -> Details:
    """Read one repository of an answer; an error about a part of it makes that part unavailable."""
    head = _commit_in(item.inner("head"))
    refused = Refused(faults)
    return Details(
        name=item.text("nameWithOwner"),
        commit=head.text("oid") if head else "",
        top=dict(_top(head)),
        parent=refused.unless("parent", lambda: _name_in(item.inner("parent"))),
        history=refused.unless("history", lambda: _history(head, item)),
        releases=refused.unless("releases", lambda: tuple(_releases(item))),
        deployments=refused.unless("deployments", lambda: tuple(_deployments(item))),
        environments=refused.unless("environments", lambda: tuple(n.text("name") for n in item.nodes("environments"))),
        checks=refused.unless("statusCheckRollup", lambda: _rollup(head).text("state").lower()),
        runs=refused.unless("statusCheckRollup", lambda: tuple(_runs(head))),
    )


class Refused:
    """The parts of an answer that errors are about."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._reasons = {step: fault.message for fault in faults for step in fault.path[1:]}

    def unless(self, part: str, read: Callable[[], Value]) -> Value | Unavailable:
        """The part, or why GitHub did not tell it."""
        reason = self._reasons.get(part)
        return Unavailable(f"GitHub did not tell: {reason}") if reason is not None else read()


def _commit_in(git_object: Payload | None) -> Payload | None:
    """The commit that a branch or tag leads to."""
    while git_object is not None and "oid" not in git_object:
        git_object = git_object.inner("target")
    return git_object


def _name_in(repository: Payload | None) -> str:
    return repository.text("nameWithOwner") if repository else ""


def _top(head: Payload | None) -> Iterator[tuple[str, str]]:
    tree = head.inner("tree") if head else None
    for entry in tree.items("entries") if tree else ():
        yield entry.text("name"), entry.text("oid")


def _history(head: Payload | None, item: Payload) -> History:
    history = head.inner("history") if head else None
    tags = item.inner("tags")
    commits = tuple(_commit(node) for node in history.items("nodes")) if history else ()
    names = tuple(node.text("name") for node in tags.items("nodes")) if tags else ()
    more = bool(history and history.number("totalCount") > len(commits))
    return History(commits, names, truncated=more or bool(tags and tags.number("totalCount") > len(names)))


def _commit(node: Payload) -> Commit:
    author = node.inner("author")
    name = author.text("name")[:_LONGEST] if author else ""
    return Commit(
        node.text("oid"), node.moment("committedDate") or _EPOCH, name, node.text("messageHeadline")[:_LONGEST]
    )


def _releases(item: Payload) -> Iterator[Release]:
    for node in item.nodes("releases"):
        at = node.moment("publishedAt") or node.moment("createdAt")
        if at and not node.flag("isDraft"):
            yield Release(node.text("tagName"), at, node.text("name"), prerelease=node.flag("isPrerelease"))


def _deployments(item: Payload) -> Iterator[Deployment]:
    for node in item.nodes("deployments"):
        status = node.inner("latestStatus")
        at = (status.moment("createdAt") if status else None) or node.moment("createdAt") or _EPOCH
        state = status.text("state").lower() if status else ""
        yield Deployment(node.text("environment"), at, state, status.text("environmentUrl") if status else "")


def _rollup(head: Payload | None) -> Payload:
    found = head.inner("statusCheckRollup") if head else None
    return found or Payload({}, "")


def _runs(head: Payload | None) -> Iterator[Run]:
    for node in _rollup(head).nodes("contexts"):
        if node.text("__typename") == "StatusContext":
            yield Run(node.text("context"), "", _concluded(node.text("state")), node.moment("createdAt"))
        else:
            yield _check_run(node)


def _check_run(node: Payload) -> Run:
    suite = node.inner("checkSuite")
    run = suite.inner("workflowRun") if suite else None
    workflow = run.inner("workflow") if run else None
    name = workflow.text("name") if workflow else node.text("name")
    event = run.text("event") if run else ""
    return Run(name, event, node.text("conclusion").lower(), node.moment("completedAt"))


def _concluded(state: str) -> str:
    """A status has no conclusion of its own: it is pending or expected until it is done."""
    return "" if state in {"PENDING", "EXPECTED"} else state.lower()
