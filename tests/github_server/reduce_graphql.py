"""GitHub's GraphQL schema without the types that no reader of a portfolio asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from graphql import (
    FieldDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    parse,
    print_ast,
)

OBJECTS = frozenset(
    [
        "Query",
        "RateLimit",
        "PageInfo",
        "User",
        "Organization",
        "Repository",
        "Language",
        "License",
        "RepositoryTopic",
        "Topic",
        "SocialAccount",
        "PullRequest",
        "Ref",
        "Commit",
        "GitActor",
        "Tag",
        "Tree",
        "TreeEntry",
        "Blob",
        "Submodule",
        "Release",
        "ReleaseAsset",
        "Deployment",
        "DeploymentStatus",
        "Environment",
        "Status",
        "StatusContext",
        "StatusCheckRollup",
        "App",
        "CheckSuite",
        "CheckRun",
        "WorkflowRun",
        "Workflow",
    ]
)
CONNECTED = frozenset(
    [
        "Repository",
        "PinnableItem",
        "PullRequest",
        "SocialAccount",
        "SearchResultItem",
        "Language",
        "RepositoryTopic",
        "Ref",
        "CommitHistory",
        "Commit",
        "Submodule",
        "Release",
        "ReleaseAsset",
        "Deployment",
        "DeploymentStatus",
        "Environment",
        "StatusCheckRollupContext",
        "CheckSuite",
        "CheckRun",
        "WorkflowRun",
        "Follower",
        "Following",
        "Organization",
        "Stargazer",
    ]
)
KEPT = OBJECTS | {f"{name}Connection" for name in CONNECTED}
INTERFACES = frozenset(
    ["Node", "Actor", "RepositoryOwner", "GitObject", "UniformResourceLocatable", "RepositoryInfo", "ProfileOwner"]
)
UNIONS = frozenset(["PinnableItem", "SearchResultItem", "StatusCheckRollupContext"])
HEAD = """# Cut by `python -m github_server.reduce` from the schema that GitHub publishes in the npm package
# @octokit/graphql-schema.
# Copyright GitHub, MIT licence: see LICENSE beside this file.

"""
Definition = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode
D = TypeVar("D", ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode)


def reduce_graphql(text: str) -> str:
    """The schema with the kept types, in the order of the original, without descriptions."""
    published = {
        d.name.value: d for d in parse(text, no_location=True).definitions if isinstance(d, TypeDefinitionNode)
    }
    edges = {
        named(f) for n in KEPT if n.endswith("Connection") for f in fields(published[n]) if f.name.value == "edges"
    }
    chosen = KEPT | INTERFACES | UNIONS | edges
    kept = {name: shortened(published[name], chosen, published) for name in published if name in chosen}
    plain = {name for d in kept.values() for name in mentioned(d, published)} - kept.keys()
    whole = [kept.get(name) or published[name] for name in published if name in kept.keys() | plain]
    return HEAD + "\n\n".join(print_ast(bare(definition)) for definition in whole) + "\n"


def shortened(
    definition: TypeDefinitionNode, chosen: frozenset[str], published: Mapping[str, TypeDefinitionNode]
) -> TypeDefinitionNode:
    """A definition that speaks only of chosen types."""
    if isinstance(definition, UnionTypeDefinitionNode):
        return replace(definition, types=tuple(t for t in definition.types or () if t.name.value in chosen))
    if isinstance(definition, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        kept = tuple(f for f in fields(definition) if named(f) in chosen or is_leaf(published.get(named(f))))
        interfaces = tuple(i for i in definition.interfaces or () if i.name.value in chosen)
        return replace(definition, fields=kept, interfaces=interfaces)
    return definition


def fields(definition: TypeDefinitionNode | None) -> tuple[FieldDefinitionNode, ...]:
    return tuple(getattr(definition, "fields", None) or ())


def named(node: FieldDefinitionNode | InputValueDefinitionNode) -> str:
    """The name of a field's or an argument's type, lists and exclamation marks apart."""
    kind: TypeNode = node.type
    while isinstance(kind, ListTypeNode | NonNullTypeNode):
        kind = kind.type
    assert isinstance(kind, NamedTypeNode)
    return kind.name.value


def is_leaf(definition: TypeDefinitionNode | None) -> bool:
    return definition is None or definition.kind in {"scalar_type_definition", "enum_type_definition"}


def mentioned(definition: TypeDefinitionNode, published: Mapping[str, TypeDefinitionNode]) -> Iterator[str]:
    """The scalars, enums and inputs that a definition names, inputs within inputs too."""
    for field in fields(definition):
        for node in (field, *(getattr(field, "arguments", None) or ())):
            yield named(node)
            inner = published.get(named(node))
            if inner is not None and inner.kind == "input_object_type_definition":
                yield from mentioned(inner, published)


def bare(definition: TypeDefinitionNode) -> TypeDefinitionNode:
    """A definition without descriptions and directives, deprecation apart."""
    members = tuple(bare_field(f) for f in fields(definition))
    values = tuple(replace(v, description=None, directives=()) for v in getattr(definition, "values", None) or ())
    changes = {"fields": members} if members else {"values": values} if values else {}
    return replace(definition, description=None, directives=(), **changes)


def bare_field(field: FieldDefinitionNode) -> FieldDefinitionNode:
    if not getattr(field, "arguments", None):
        return replace(field, description=None, directives=())
    arguments = tuple(replace(a, description=None, directives=()) for a in field.arguments or ())
    return replace(field, description=None, directives=(), arguments=arguments)
