"""Errors as GitHub's GraphQL API writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
)

from github_server.messages import Json

TIMED_OUT = (
    "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub "
    "bug. Please include `0001:ABCD` when reporting this issue."
)
UNDEFINED_FIELD = re.compile(r"Cannot query field '(\w+)' on type '(\w+)'")


class TypedError(GraphQLError):
    """An error with a type, such as NOT_FOUND."""

    def __init__(self, kind: str, message: str, at: Node | None = None, path: Sequence[str] = (), **more: Json) -> None:
        super().__init__(message, at, path=list(path) or None, extensions={"type": kind, **more})


def not_found(what: str) -> TypedError:
    return TypedError("NOT_FOUND", f"Could not resolve to {what}.")


def forbidden() -> TypedError:
    return TypedError("FORBIDDEN", "Resource not accessible by personal access token", saml_failure=False)


def written(error: GraphQLError) -> Json:
    """An error that came up while a query ran."""
    extensions = dict(error.extensions or {})
    kind = extensions.pop("type", None)
    found: Json = {"type": kind} if kind else {}
    if error.path is not None:
        found["path"] = list(error.path)
    if extensions:
        found["extensions"] = extensions
    return {**found, "locations": locations(error), "message": error.message}


def refused(error: GraphQLError, document: DocumentNode | None) -> Json:
    """An error that keeps a query from running: a field that does not exist, a syntax error."""
    undefined = UNDEFINED_FIELD.match(error.message)
    if undefined is None:
        return {"locations": locations(error), "message": error.message}
    field, kind = undefined.groups()
    return {
        "path": path_to(document, error) or ["query", field],
        "extensions": {"code": "undefinedField", "typeName": kind, "fieldName": field},
        "locations": locations(error),
        "message": f"Field '{field}' doesn't exist on type '{kind}'",
    }


def path_to(document: DocumentNode | None, error: GraphQLError) -> list[str]:
    """The steps to the field that is wrong: the operation or fragment, then names."""
    for definition in document.definitions if document else ():
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode) and error.nodes:
            steps = steps_to(definition.selection_set, error.nodes[0])
            if steps:
                return [title(definition), *steps]
    return []


def title(definition: OperationDefinitionNode | FragmentDefinitionNode) -> str:
    word = definition.operation.value if isinstance(definition, OperationDefinitionNode) else "fragment"
    return f"{word} {definition.name.value}" if definition.name else word


def steps_to(selections: SelectionSetNode | None, wanted: Node) -> list[str]:
    for selection in selections.selections if selections else ():
        if not isinstance(selection, FieldNode | InlineFragmentNode):
            continue
        own = [selection.name.value] if isinstance(selection, FieldNode) else ["... on " + condition(selection)]
        if selection is wanted:
            return own
        if steps := steps_to(selection.selection_set, wanted):
            return own + steps
    return []


def condition(fragment: InlineFragmentNode) -> str:
    return fragment.type_condition.name.value if fragment.type_condition else ""


def locations(error: GraphQLError) -> list[Json]:
    return [{"line": place.line, "column": place.column} for place in error.locations or ()]
