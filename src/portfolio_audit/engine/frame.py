"""``ruleset.yaml`` to the frame that rules stand in: criteria, grades, kinds, weights."""

from __future__ import annotations

from portfolio_audit.engine.fields import Fields, Origin
from portfolio_audit.model.kinds import RepositoryKind
from portfolio_audit.model.rule import Criterion, GradeScale, Ruleset, Scope
from portfolio_audit.parsing.yaml import YamlNode

_KEYS = (
    "version", "criteria", "grades", "kinds", "counted_kinds", "ungraded_kinds", "own_shares", "piece_shares",
    "profile_weight", "project_weight",
)  # fmt: skip
_CRITERION_KEYS = ("id", "title", "question", "weight", "scope", "parts")


def read_frame(origin: Origin, node: YamlNode) -> Ruleset:
    """A ruleset that has no rules yet."""
    fields = origin.mapping(node, "the ruleset", _KEYS)
    kinds = _kinds(fields)
    return Ruleset(
        version=fields.text("version"),
        rules=(),
        criteria=_criteria(fields),
        grades=_grades(fields),
        counted_kinds=fields.names("counted_kinds", list(kinds)),
        ungraded_kinds=fields.names("ungraded_kinds", list(kinds)),
        own_shares=_own_shares(fields, list(kinds)),
        piece_shares=_piece_shares(fields),
        profile_weight=fields.number("profile_weight", least=0, most=1),
        project_weight=fields.number("project_weight", least=0, most=1),
        kinds=kinds,
    )


def _kinds(fields: Fields) -> dict[str, str]:
    known = [kind.value for kind in RepositoryKind]
    inner = fields.origin.mapping(fields.required("kinds"), "'kinds'", known)
    for kind in known:
        inner.required(kind)
    return {kind: inner.text(kind) for kind in known}


def _criteria(fields: Fields) -> tuple[Criterion, ...]:
    criteria: dict[str, Criterion] = {}
    for node in fields.origin.list(fields.required("criteria"), "'criteria'"):
        entry = fields.origin.mapping(node, "a criterion", _CRITERION_KEYS)
        criterion = _criterion(entry)
        if criterion.id in criteria:
            entry.fail(f"the criterion '{criterion.id}' is there twice.", "id")
        criteria[criterion.id] = criterion
    return tuple(criteria.values())


def _criterion(entry: Fields) -> Criterion:
    return Criterion(
        id=entry.text("id"),
        title=entry.text("title"),
        question=entry.text("question"),
        weight=entry.number("weight", least=0),
        scope=entry.choice("scope", Scope) if "scope" in entry else Scope.REPOSITORY,
        parts=entry.numbers("parts"),
    )


def _grades(fields: Fields) -> GradeScale:
    steps = tuple(fields.numbers("grades").items())
    if not steps or steps[-1][1] != 0:
        fields.fail("the last of the grades must start at 0.", "grades")
    starts = [start for _, start in steps]
    if starts != sorted(set(starts), reverse=True):
        fields.fail("the grades must stand in order, best first.", "grades")
    return GradeScale(steps)


def _own_shares(fields: Fields, kinds: list[str]) -> dict[str, float]:
    inner = fields.origin.mapping(fields.required("own_shares"), "'own_shares'", kinds)
    return {kind: inner.number(kind, least=0, most=1) for kind in kinds if kind in inner}


def _piece_shares(fields: Fields) -> tuple[float, ...]:
    nodes = fields.origin.list(fields.required("piece_shares"), "'piece_shares'")
    shares = tuple(fields.origin.number(node, "a piece share") for node in nodes)
    if not shares or list(shares) != sorted(shares) or not 0 < shares[0] <= shares[-1] <= 1:
        fields.fail("the piece shares must rise, above 0 and up to 1.", "piece_shares")
    return shares
