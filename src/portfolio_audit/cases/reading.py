"""Case files, as YAML, to cases."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio_audit.cases.case import Case, CaseRepository, Expectation
from portfolio_audit.cases.metadata import read_alive, read_metadata, read_profile
from portfolio_audit.cases.notebooks import read_notebook
from portfolio_audit.engine.fields import Fields, Origin
from portfolio_audit.engine.files import RuleFile, read_file
from portfolio_audit.model.kinds import RepositoryKind
from portfolio_audit.model.location import Location
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.snapshot import Limits, Snapshot, TreeEntry, Unavailable
from portfolio_audit.parsing.yaml import YamlNode, YamlText

_REPOSITORY_KEYS = ("files", "metadata", "kind", "full_name", "alive")


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
        person = read_profile(fields) if "repositories" in fields else None
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
            metadata=read_metadata(fields),
            tree=tuple(entry for entry, _ in entries),
            texts={entry.path: text for entry, text in entries if text is not None},
            alive=read_alive(fields),
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
