"""What a query costs before it runs: nodes and points, by the formula that GitHub documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
)

from github_server.accounts import Token
from github_server.graphql.errors import TypedError
from github_server.graphql.schema import schema
from github_server.graphql.scopes import missing_scope

MOST_NODES = 500_000
MOST_A_PAGE = 100
BOUNDARIES = ("first", "last")


@dataclass(slots=True)
class Cost:
    """Counted while walking through a query."""

    schema: GraphQLSchema
    token: Token
    fragments: dict[str, FragmentDefinitionNode]
    variables: dict[str, Any]
    nodes: int = 0
    requests: int = 0
    repositories: int = 0
    errors: list[TypedError] = field(default_factory=list)

    @property
    def points(self) -> int:
        """A hundredth of the requests that the connections would need, but at least one."""
        return max(round(self.requests / 100), 1)

    def walk(
        self, selections: SelectionSetNode | None, kind: GraphQLNamedType, times: int, path: tuple[str, ...]
    ) -> None:
        """Count the fields of one selection, each of which is asked for ``times`` times."""
        for inner, asked in self._flat(selections, kind):
            definition = getattr(inner, "fields", {}).get(asked.name.value)
            if (error := missing_scope(self.token, inner.name, asked)) is not None:
                self.errors.append(error)
            if definition is not None:
                self._count(asked, definition, times, (*path, (asked.alias or asked.name).value))

    def _flat(
        self, selections: SelectionSetNode | None, kind: GraphQLNamedType
    ) -> Iterator[tuple[GraphQLNamedType, FieldNode]]:
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                yield kind, selection
            elif isinstance(selection, FragmentSpreadNode):
                fragment = self.fragments[selection.name.value]
                yield from self._flat(fragment.selection_set, self._type(fragment.type_condition.name.value, kind))
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                inner = self._type(condition.name.value, kind) if condition else kind
                yield from self._flat(selection.selection_set, inner)

    def _type(self, name: str, usual: GraphQLNamedType) -> GraphQLNamedType:
        return self.schema.type_map.get(name, usual)

    def _count(self, asked: FieldNode, definition: GraphQLField, times: int, path: tuple[str, ...]) -> None:
        kind = get_named_type(definition.type)
        self.repositories += asked.name.value == "repository" and len(path) == 1
        if "first" in definition.args and kind.name.endswith("Connection"):
            self.requests += times
            times *= self._page(asked, path)
            self.nodes += times
        self.walk(asked.selection_set, kind, times, path)

    def _page(self, asked: FieldNode, path: tuple[str, ...]) -> int:
        """How many nodes a connection is asked for; none and too many are noted as errors."""
        given = {a.name.value: self._value(a.value) for a in asked.arguments or () if a.name.value in BOUNDARIES}
        limits = {name: value for name, value in given.items() if value is not None}
        name = asked.name.value
        if not limits:
            self._complain("MISSING_PAGINATION_BOUNDARIES", MISSING.format(name=name), path, asked)
        for boundary, size in limits.items():
            if size > MOST_A_PAGE:
                message = EXCESSIVE.format(size=size, name=name, boundary=boundary)
                self._complain("EXCESSIVE_PAGINATION", message, path, asked)
            elif size < 1:
                message = f"`{boundary}` on the `{name}` connection cannot be less than one."
                self._complain("INVALID_PAGINATION", message, path, asked)
        return max(limits.values(), default=0)

    def _complain(self, kind: str, message: str, path: tuple[str, ...], asked: FieldNode) -> None:
        self.errors.append(TypedError(kind, message, asked, path))

    def _value(self, node: ValueNode) -> int | None:
        if isinstance(node, VariableNode):
            value = self.variables.get(node.name.value)
            return value if isinstance(value, int) else None
        return int(node.value) if isinstance(node, IntValueNode) and not isinstance(node, NullValueNode) else None


MISSING = "You must provide a `first` or `last` value to properly paginate the `{name}` connection."
EXCESSIVE = "Requesting {size} records on the `{name}` connection exceeds the `{boundary}` limit of 100 records."


def cost_of(document: DocumentNode, token: Token, name: str | None, variables: dict[str, Any]) -> Cost:
    """Count a whole query."""
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    chosen = next(o for o in operations if name is None or (o.name and o.name.value == name))
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    cost = Cost(schema(), token, fragments, defaults(chosen) | variables)
    query = schema().query_type
    assert query is not None
    cost.walk(chosen.selection_set, query, 1, ())
    if cost.nodes > MOST_NODES:
        message = f"This query requests up to {cost.nodes:,} possible nodes which exceeds the maximum limit of 500,000."
        cost.errors.append(TypedError("MAX_NODE_LIMIT_EXCEEDED", message))
    return cost


def defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    given = {v.variable.name.value: v.default_value for v in operation.variable_definitions or ()}
    return {name: int(value.value) for name, value in given.items() if isinstance(value, IntValueNode)}
