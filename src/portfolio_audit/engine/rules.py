"""One rule file to one rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portfolio_audit.engine.fields import Fields, Origin
from portfolio_audit.engine.messages import quoted_facts
from portfolio_audit.engine.syntax import ConditionReader
from portfolio_audit.model.fact import FactSpec
from portfolio_audit.model.location import Location
from portfolio_audit.model.rule import Condition, Criterion, Effort, Fix, Rule, Ruleset, Scope, Severity
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.yaml import YamlNode

KEYS = (
    "id", "part", "title", "points", "severity", "scope", "applies", "full", "partial", "partial_share", "at",
    "message", "why", "errs", "fix", "sources",
)  # fmt: skip
LEAST_POINTS = 0.1
MOST_POINTS = 100
DEFAULT_PARTIAL_SHARE = 0.5
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class RuleReader:
    """Reads rules, knowing all that a rule may name."""

    frame: Ruleset
    facts: Mapping[str, FactSpec]
    vocabulary: Vocabulary

    def read(self, origin: Origin, node: YamlNode, *, criterion: str, stem: str) -> Rule:
        """The rule of a file named ``stem`` in the folder of a criterion."""
        conditions = ConditionReader(origin, self.facts, self.vocabulary)
        fields = origin.mapping(node, "a rule", KEYS)
        rule_id = _read_id(fields, stem)
        group = self._criterion(origin, criterion)
        kinds, when = self._applies(fields, conditions)
        return Rule(
            id=rule_id,
            criterion=group.id,
            title=fields.text("title"),
            points=fields.number("points", least=LEAST_POINTS, most=MOST_POINTS),
            severity=fields.choice("severity", Severity),
            message=_read_message(fields, self.facts),
            why=fields.text("why"),
            fix=_read_fix(fields),
            full=conditions.read(fields.required("full")),
            partial=fields.read("partial", conditions.read),
            part=_read_part(fields, group),
            scope=_read_scope(fields, group),
            kinds=kinds,
            when=when,
            at=self._at(fields, conditions),
            partial_share=_read_partial_share(fields),
            errs=fields.text("errs", ""),
            sources=_read_links(fields, "sources"),
            defined=Location(origin.path, fields.line("id")),
        )

    def _criterion(self, origin: Origin, name: str) -> Criterion:
        known = [c.id for c in self.frame.criteria]
        if name not in known:
            origin.fail(
                f"a rule stands in the folder of its criterion, '{name or '.'}' is none.", 0, word=name, known=known
            )
        return self.frame.criterion(name)

    def _applies(self, fields: Fields, conditions: ConditionReader) -> tuple[tuple[str, ...], Condition | None]:
        inner = fields.inner("applies", ("kind", "when"))
        if inner is None:
            return (), None
        return inner.names("kind", list(self.frame.kinds)), inner.read("when", conditions.read)

    def _at(self, fields: Fields, conditions: ConditionReader) -> tuple[str, ...]:
        nodes = fields.read("at", lambda node: fields.origin.list(node, "'at'")) or ()
        return tuple(map(conditions.fact_id, nodes))


def _read_id(fields: Fields, stem: str) -> str:
    rule_id = fields.text("id")
    if not ID.fullmatch(rule_id):
        fields.fail(f"the id '{rule_id}' must be lower-case words joined by hyphens.", "id")
    if rule_id != stem:
        fields.fail(f"the id '{rule_id}' must be the name of its file, '{stem}'.", "id")
    return rule_id


def _read_message(fields: Fields, facts: Mapping[str, FactSpec]) -> str:
    message = fields.text("message")
    for fact_id in quoted_facts(message):
        if fact_id not in facts:
            fields.fail(f"the message quotes '{fact_id}', which is no fact.", "message", word=fact_id, known=facts)
    return message


def _read_fix(fields: Fields) -> Fix:
    inner = fields.origin.mapping(fields.required("fix"), "'fix'", ("title", "effort", "steps", "links"))
    return Fix(inner.text("title"), inner.choice("effort", Effort), inner.texts("steps"), _read_links(inner, "links"))


def _read_links(fields: Fields, key: str) -> tuple[str, ...]:
    links = fields.texts(key)
    for link in links:
        if not link.startswith(("https://", "http://")):
            fields.fail(f"'{link}' in '{key}' is no web address.", key)
    return links


def _read_part(fields: Fields, criterion: Criterion) -> str:
    if criterion.parts:
        return fields.origin.name(fields.required("part"), "the part", list(criterion.parts))
    if "part" in fields:
        fields.fail(f"the criterion '{criterion.id}' has no parts.", "part")
    return ""


def _read_scope(fields: Fields, criterion: Criterion) -> Scope:
    scope = fields.choice("scope", Scope) if "scope" in fields else criterion.scope
    if scope is not criterion.scope:
        fields.fail(f"rules of '{criterion.id}' have the scope '{criterion.scope.value}'.", "scope")
    return scope


def _read_partial_share(fields: Fields) -> float:
    if "partial_share" not in fields:
        return DEFAULT_PARTIAL_SHARE
    if "partial" not in fields:
        fields.fail("'partial_share' makes no sense without 'partial'.", "partial_share")
    return fields.number("partial_share", least=0.01, most=0.99)
