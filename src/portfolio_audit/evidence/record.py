"""What the host recorded beside the files: releases, deployments, checks, and addresses that were asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from portfolio_audit.evidence import addresses
from portfolio_audit.evidence.deployments import Deployments
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.pipelines import PIPELINES
from portfolio_audit.evidence.runs import SCHEDULE, Runs
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.record import Release
from portfolio_audit.model.snapshot import Metadata, Unavailable

WANTS = (*PIPELINES, *addresses.WANTS)
_NAMES, _FLAG = FactType.NAMES, FactType.FLAG
_PROOFS = (
    ("releases", _NAMES, "Tags of the releases that are published."),
    ("deployed", _NAMES, "Environments that a deployment succeeded in, and where it still stands."),
    ("green", _FLAG, "Every check of the newest commit succeeded."),
    ("runs_green", _NAMES, "Workflows and checks whose run of the newest commit succeeded."),
    ("scheduled_run", _FLAG, "A run that a schedule started succeeded."),
    ("live", _NAMES, "Homepage and addresses of the application that answered when they were asked."),
)
"""What proves that something works: these facts stand on the highest rung."""
_TOLD = (
    ("deployment_failed", _NAMES, "Environments where the newest deployment failed."),
    ("environments", _NAMES, "Environments that are set up for deployments."),
    ("red", _FLAG, "A check of the newest commit failed."),
    ("runs_failed", _NAMES, "Workflows and checks whose run of the newest commit failed."),
    ("dead", _NAMES, "Homepage and addresses of the application that are no longer there."),
    ("homepage", _NAMES, "The address in the repository's own field for one."),
    ("licence", _NAMES, "The licence that the host found, by its SPDX id."),
    ("parent", _NAMES, "The repository that it was forked from."),
    ("pages", _FLAG, "GitHub Pages shows documents or a front end."),
    ("archived", _FLAG, "It is archived: nobody works on it any more."),
    ("private", _FLAG, "Only those who were invited can see it."),
)
FACTS = (
    *(FactSpec(f"record.{name}", type_, about, ladder=True, reads=()) for name, type_, about in _PROOFS),
    *(FactSpec(f"record.{name}", type_, about, reads=()) for name, type_, about in _TOLD),
)

_PROVING = frozenset(name for name, _, _ in _PROOFS)
_RUNNING = Unavailable("the checks of the newest commit have not ended")
_MOST = 100
_LONGEST = 80

Named = Iterable[tuple[str, Location]]


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what the host said; what it did not say is undecided."""
    metadata, deployments = documents.snapshot.metadata, documents.once(Deployments)
    yield from _known(metadata.releases, _named("releases", _releases(metadata)), "releases")
    yield from _known(metadata.deployments, _named("deployed", deployments.succeeded()), "deployed")
    yield from _known(metadata.deployments, _named("deployment_failed", deployments.failed()), "deployment_failed")
    yield from _known(metadata.environments, _named("environments", _environments(metadata)), "environments")
    yield from _checks(metadata.checks)
    yield from _known(metadata.runs, _runs(documents), "runs_green", "runs_failed", "scheduled_run")
    yield from _answers(documents)
    yield from _texts(metadata)
    yield from _flags(metadata)


def _known(given: object, facts: Iterable[Fact], *names: str) -> Iterator[Fact]:
    """The facts, unless what they are seen in is not known."""
    if isinstance(given, Unavailable):
        yield from (Fact(f"record.{name}", given) for name in names)
    else:
        yield from islice(facts, _MOST)


def _fact(name: str, at: Location, value: str | bool = True) -> Fact:  # noqa: FBT001, FBT002  # as in a fact
    return Fact(f"record.{name}", value, at, Rung.OBSERVED if name in _PROVING else Rung.MENTIONED)


def _named(name: str, found: Named) -> Iterator[Fact]:
    return (_fact(name, at, value) for value, at in found)


def _releases(metadata: Metadata) -> Iterator[tuple[str, Location]]:
    for one in () if isinstance(metadata.releases, Unavailable) else metadata.releases:
        yield one.tag[:_LONGEST], Location("", note=told(one))


def told(release: Release) -> str:
    """What was seen of a release."""
    files = f" with {release.assets} files" if release.assets > 1 else " with a file" if release.assets else ""
    kind = "pre-release" if release.prerelease else "release"
    return f"the {kind} {release.tag[:_LONGEST]} of {release.at.date()}{files}"


def _environments(metadata: Metadata) -> Iterator[tuple[str, Location]]:
    for name in () if isinstance(metadata.environments, Unavailable) else metadata.environments:
        yield name[:_LONGEST], Location("", note=f"the environment '{name[:_LONGEST]}'")


def _checks(state: str | Unavailable) -> Iterator[Fact]:
    """Whether the newest commit is green or red; neither where there are no checks."""
    given = _RUNNING if state in {"pending", "expected"} else state
    name = {"success": "green", "failure": "red", "error": "red"}.get(str(given), "")
    note = f"the checks of the newest commit {'succeeded' if name == 'green' else 'failed'}"
    yield from _known(given, (_fact(name, Location("", note=note)),) if name else (), "green", "red")


def _runs(documents: Documents) -> Iterator[Fact]:
    for ran in documents.once(Runs).known:
        if ran.failed:
            yield _fact("runs_failed", ran.at, ran.name)
        if ran.green:
            yield _fact("runs_green", ran.at, ran.name)
        if ran.green and ran.event == SCHEDULE:
            yield _fact("scheduled_run", ran.at)


def _answers(documents: Documents) -> Iterator[Fact]:
    """Which addresses answered; those that could not be asked are undecided."""
    alive = documents.snapshot.alive
    written = {addresses.plain(url): at for url, at in addresses.addresses(documents)} if alive else {}
    for url, answered in islice(alive.items(), _MOST):
        at = written.get(addresses.plain(url), Location(""))
        if isinstance(answered, Unavailable):
            reason = Unavailable(f"{url[:_LONGEST]}: {answered.reason}")
            yield from (Fact(f"record.{name}", reason, at) for name in ("live", "dead"))
        else:
            note = f"{url[:_LONGEST]} {'answers' if answered else 'is no longer there'}"
            place = Location(at.path, at.line, at.cell, note)
            yield _fact("live" if answered else "dead", place, url[:_LONGEST])


def _texts(metadata: Metadata) -> Iterator[Fact]:
    """What the host says in a word; nothing where it says that there is none."""
    texts = {
        "homepage": (metadata.homepage, "the homepage is"),
        "licence": (metadata.licence, "the host found the licence"),
        "parent": (metadata.parent, "forked from"),
    }
    for name, (given, says) in texts.items():
        text = "" if isinstance(given, Unavailable) else given[:_LONGEST]
        facts = (_fact(name, Location("", note=f"{says} {text}"), text),) if text else ()
        yield from _known(given, facts, name)


def _flags(metadata: Metadata) -> Iterator[Fact]:
    flags = {
        "pages": (metadata.pages, "GitHub Pages is on"),
        "archived": (metadata.archived, "it is archived"),
        "private": (metadata.private, "it is private"),
    }
    for name, (given, note) in flags.items():
        yield from _known(given, (_fact(name, Location("", note=note)),) if given is True else (), name)
