"""The schema with the functions that resolve its fields; made once a process."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    parse,
    validate,
)

from github_server.graphql.errors import TypedError
from github_server.graphql.nodes import Context, Resolver, type_of
from github_server.graphql.resolvers import FIELDS

PUBLISHED = Path(__file__).parent.parent / "schema" / "schema.graphql"


@cache
def schema() -> GraphQLSchema:
    """GitHub's schema, ready to run queries."""
    made = build_schema(PUBLISHED.read_text(encoding="utf-8"), assume_valid=True)
    for name, kind in made.type_map.items():
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            kind.resolve_type = lambda value, _info, _type: type_of(value)
        elif isinstance(kind, GraphQLObjectType) and not name.startswith("__"):
            equip(name, kind)
    return made


def equip(name: str, kind: GraphQLObjectType) -> None:
    """Give every field of a type its resolver; a field of a dictionary is its item."""
    known = FIELDS.get(name, {})
    for field_name, field in kind.fields.items():
        if field_name in known:
            field.resolve = partial(call, known[field_name])
        else:
            field.resolve = partial(item, name, field_name)


def call(resolver: Resolver, source: Any, info: GraphQLResolveInfo[Context], **args: Any) -> Any:
    return resolver(source, info.context, args)


def item(kind: str, name: str, source: Any, _info: GraphQLResolveInfo[Context], **_args: Any) -> Any:
    """An item of a dictionary, or a loud complaint that nobody has taught this server the field."""
    if isinstance(source, dict) and name in source:
        return source[name]
    raise TypedError("NOT_EMULATED", f"GitHub has {kind}.{name}, but the GitHub of the tests does not know it yet.")


@cache
def checked(query: str) -> tuple[DocumentNode | None, tuple[GraphQLError, ...]]:
    """A query parsed and validated: the document unless it cannot be read, and what is wrong with it."""
    try:
        document = parse(query)
    except GraphQLError as error:
        return None, (error,)
    return document, tuple(validate(schema(), document))
