"""What tests all over the tree share: repositories made of inline files, and what extractors see in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType

import hypothesis
import pytest

from github_server import GitHub, Settings, World
from portfolio_audit.engine.load import load_vocabulary
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.snapshot import Metadata, Snapshot, TreeEntry, Unavailable
from portfolio_audit.model.vocabulary import Vocabulary

Files = Mapping[str, str | Unavailable]

hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")  # how long an example takes says how busy the machine is


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary that is shipped."""
    return load_vocabulary((Path(__file__).parent.parent / "rules",))


@pytest.fixture
def documents(vocabulary: Vocabulary) -> Callable[[Files], Documents]:
    """Make the documents of a repository from its files."""

    def make(files: Files) -> Documents:
        return Documents(snapshot_of(files), vocabulary)

    return make


@pytest.fixture
def seen(documents: Callable[[Files], Documents]) -> Callable[[ModuleType, Files], Evidence]:
    """Run one extractor on a repository made of files."""

    def run(extractor: ModuleType, files: Files) -> Evidence:
        made = documents(files)
        return Evidence(tuple(extractor.extract(made)), tuple(made.problems))

    return run


@pytest.fixture
def github_server() -> Iterator[Callable[..., GitHub]]:
    """Start a GitHub with a world of its own (tests/github_server/README.md); it ends with the test."""
    with ExitStack() as stack:

        def start(world: World, settings: Settings | None = None) -> GitHub:
            return stack.enter_context(GitHub(world, settings))

        yield start


@pytest.fixture
def seen_of(vocabulary: Vocabulary) -> Callable[[ModuleType, Snapshot], Evidence]:
    """Run one extractor on a snapshot."""

    def run(extractor: ModuleType, snapshot: Snapshot) -> Evidence:
        made = Documents(snapshot, vocabulary)
        return Evidence(tuple(extractor.extract(made)), tuple(made.problems))

    return run


def snapshot_of(
    files: Files, metadata: Metadata | None = None, alive: Mapping[str, bool | Unavailable] | None = None
) -> Snapshot:
    """A snapshot of inline files, every one of them read, and of what the host is said to know."""
    tree = tuple(TreeEntry(p, len(t.encode()) if isinstance(t, str) else 0) for p, t in files.items())
    return Snapshot("example", tree=tree, texts=files, metadata=metadata or Metadata(), alive=alive or {})
