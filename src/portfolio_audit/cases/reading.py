"""Case files, as YAML, to cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from portfolio_audit.cases.case import CASES_AT, Case, CaseRepository, Expectation
from portfolio_audit.cases.notebooks import read_notebook
from portfolio_audit.engine.fields import Fields, Origin
from portfolio_audit.engine.files import RuleFile, read_file
from portfolio_audit.model.kinds import RepositoryKind
from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.snapshot import (
    NOT_FROM_FILES,
    Commit,
    History,
    Limits,
    Metadata,
    Snapshot,
    TreeEntry,
    Unavailable,
)
from portfolio_audit.parsing.yaml import YamlNode, YamlText

_REPOSITORY_KEYS = ("files", "metadata", "kind", "full_name")
_METADATA_KEYS = ("description", "homepage", "topics", "fork", "archived", "template", "pinned", "history")
_PROFILE_KEYS = ("login", "bio", "blog", "contributions_elsewhere")

Known = TypeVar("Known")


def load_cases(file: RuleFile) -> tuple[Case, ...]:
    """The cases of one file; it is named like its rule. Raises RuleError for what is wrong in it."""
    origin, node = read_file(file)
    cases = tuple(_Reader(origin, file.path.stem).case(item) for item in origin.list(node, "a file of cases"))
    names: set[str] = set()
    for case in cases:
        if case.name in names:
            origin.fail(f"the case '{case.name}' is there twice.", case.defined.line)
        names.add(case.name)
    return cases


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the cases of one rule."""

    origin: Origin
    rule: str

    def case(self, node: YamlNode) -> Case:
        keys = ("name", "example", "expect", "repositories", "profile", *_REPOSITORY_KEYS)
        fields = self.origin.mapping(node, "a case", keys)
        if ("files" in fields) == ("repositories" in fields):
            fields.fail("a case has either 'files' or 'repositories'.")
        person = self._profile(fields) if "repositories" in fields else None
        return Case(
            rule=self.rule,
            name=fields.text("name"),
            defined=Location(self.origin.path, fields.line("name")),
            expect=self._expectation(fields),
            repositories=self._repositories(fields) if person else (self._repository(fields, "example"),),
            profile=person,
            example="example" in fields and fields.flag("example"),
        )

    def _expectation(self, fields: Fields) -> Expectation:
        inner = self.origin.mapping(fields.required("expect"), "'expect'", ("outcome", "at", "message", "reason"))
        return Expectation(
            inner.choice("outcome", Outcome), inner.texts("at"), inner.text("message", ""), inner.text("reason", "")
        )

    def _profile(self, fields: Fields) -> Profile:
        inner = fields.inner("profile", _PROFILE_KEYS)
        if inner is None:
            return Profile()
        return Profile(
            login=inner.text("login", ""),
            bio=_if_known(inner, "bio", inner.written),
            blog=_if_known(inner, "blog", inner.written),
            contributions_elsewhere=_if_known(inner, "contributions_elsewhere", inner.texts),
        )

    def _repositories(self, fields: Fields) -> tuple[CaseRepository, ...]:
        inner = self.origin.mapping(fields.required("repositories"), "'repositories'", ())
        return tuple(
            self._repository(self.origin.mapping(node, f"'{name}'", _REPOSITORY_KEYS), name)
            for name, node in inner.nodes()
        )

    def _repository(self, fields: Fields, name: str) -> CaseRepository:
        files = self.origin.mapping(fields.required("files"), "'files'", ())
        entries = [self._file(path, node) for path, node in files.nodes()]
        owner, _, own = fields.text("full_name", name).rpartition("/")
        snapshot = Snapshot(
            own,
            owner,
            metadata=_read_metadata(fields),
            tree=tuple(entry for entry, _ in entries),
            texts={entry.path: text for entry, text in entries if text is not None},
        )
        kinds = [kind.value for kind in RepositoryKind]
        kind = self.origin.name(fields.required("kind"), "the kind", kinds) if "kind" in fields else ""
        return CaseRepository(snapshot, kind)

    def _file(self, path: str, node: YamlNode) -> tuple[TreeEntry, str | Unavailable | None]:
        if isinstance(node, YamlText):
            return TreeEntry(path, len(node.value.encode())), node.value
        fields = self.origin.mapping(node, f"'{path}'", ("size", "unavailable", "cells", "language"))
        if "cells" in fields:
            text = read_notebook(fields)
            return TreeEntry(path, len(text.encode())), text
        if "unavailable" in fields:
            return TreeEntry(path, 1), Unavailable(fields.text("unavailable"))
        size = int(fields.number("size", least=0))
        over = size > Limits().of(path)
        return TreeEntry(path, size), Unavailable(f"is over the limit ({size:,} bytes)") if over else None


def _read_metadata(fields: Fields) -> Metadata:
    inner = fields.inner("metadata", _METADATA_KEYS)
    if inner is None:
        return Metadata()
    return Metadata(
        description=_if_known(inner, "description", inner.written),
        homepage=_if_known(inner, "homepage", inner.written),
        topics=_if_known(inner, "topics", inner.texts),
        fork=_if_known(inner, "fork", inner.flag),
        archived=_if_known(inner, "archived", inner.flag),
        template=_if_known(inner, "template", inner.flag),
        pinned=_if_known(inner, "pinned", inner.flag),
        history=_read_history(inner),
    )


def _if_known(fields: Fields, key: str, read: Callable[[str], Known]) -> Known | Unavailable:
    return read(key) if key in fields else NOT_FROM_FILES


def _read_history(metadata: Fields) -> History | Unavailable:
    """Commits by their summaries, newest first, a day apart; and tags."""
    inner = metadata.inner("history", ("commits", "tags"))
    if inner is None:
        return NOT_FROM_FILES
    commits = (
        Commit(f"{place:040x}", CASES_AT - timedelta(days=place), "someone", summary)
        for place, summary in enumerate(inner.texts("commits"), start=1)
    )
    return History(tuple(commits), inner.texts("tags"))
