"""Every field of the published schema that is kept here can be asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from graphql import GraphQLField, GraphQLObjectType, is_leaf_type, is_required_argument
from graphql.type import get_named_type

from github_server import GitHub
from github_server.graphql.resolvers import FIELDS
from github_server.graphql.schema import schema
from github_server_checks.conftest import WORLD
from github_server_checks.test_openapi import BUSY, PERSON

REPOSITORY = 'repository(owner: "ada", name: "busy")'
HEAD = f"{REPOSITORY} {{defaultBranchRef {{target {{... on Commit {{%s}}}}}}}}"
CHECKS = HEAD % "statusCheckRollup {contexts(first: 9) {nodes {%s}}}"
WAYS = {
    "Query": "relay {%s}",
    "RateLimit": "rateLimit {%s}",
    "User": 'user(login: "ada") {%s}',
    "Organization": 'organization(login: "acme") {%s}',
    "PullRequest": 'user(login: "ada") {pullRequests(first: 1) {nodes {%s}}}',
    "SocialAccount": 'user(login: "ada") {socialAccounts(first: 1) {nodes {%s}}}',
    "PageInfo": f"{REPOSITORY} {{releases(first: 1) {{pageInfo {{%s}}}}}}",
    "Repository": f"{REPOSITORY} {{%s}}",
    "License": f"{REPOSITORY} {{licenseInfo {{%s}}}}",
    "Language": f"{REPOSITORY} {{primaryLanguage {{%s}}}}",
    "RepositoryTopic": 'repository(owner: "ada", name: "sales") {repositoryTopics(first: 1) {nodes {%s}}}',
    "Topic": 'repository(owner: "ada", name: "sales") {repositoryTopics(first: 1) {nodes {topic {%s}}}}',
    "Ref": f"{REPOSITORY} {{defaultBranchRef {{%s}}}}",
    "Commit": HEAD,
    "GitActor": HEAD % "author {%s}",
    "Tree": HEAD % "tree {%s}",
    "TreeEntry": HEAD % "tree {entries {%s}}",
    "Blob": f'{REPOSITORY} {{object(expression: "HEAD:README.md") {{... on Blob {{%s}}}}}}',
    "Submodule": f"{REPOSITORY} {{submodules(first: 1) {{nodes {{%s}}}}}}",
    "Release": f"{REPOSITORY} {{latestRelease {{%s}}}}",
    "ReleaseAsset": f"{REPOSITORY} {{latestRelease {{releaseAssets(first: 1) {{nodes {{%s}}}}}}}}",
    "Deployment": f"{REPOSITORY} {{deployments(first: 9) {{nodes {{%s}}}}}}",
    "DeploymentStatus": f"{REPOSITORY} {{deployments(first: 1) {{nodes {{latestStatus {{%s}}}}}}}}",
    "Environment": f"{REPOSITORY} {{environments(first: 9) {{nodes {{%s}}}}}}",
    "Status": HEAD % "status {%s}",
    "StatusContext": CHECKS % "... on StatusContext {%s}",
    "StatusCheckRollup": HEAD % "statusCheckRollup {%s}",
    "CheckRun": CHECKS % "... on CheckRun {%s}",
    "CheckSuite": HEAD % "checkSuites(first: 9) {nodes {%s}}",
    "App": HEAD % "checkSuites(first: 9) {nodes {app {%s}}}",
    "WorkflowRun": HEAD % "checkSuites(first: 9) {nodes {workflowRun {%s}}}",
    "Workflow": HEAD % "checkSuites(first: 9) {nodes {workflowRun {workflow {%s}}}}",
    "Tag": f'{REPOSITORY} {{ref(qualifiedName: "refs/tags/v1") {{target {{... on Tag {{%s}}}}}}}}',
}
WORLD_OF_ALL = replace(WORLD.adding(BUSY), accounts=(PERSON, *WORLD.accounts[1:]))


@pytest.fixture
def github(github_server: Callable[..., GitHub]) -> GitHub:
    return github_server(WORLD_OF_ALL)


def fields(kind: str) -> list[str]:
    """The fields of a type that need no argument, each with as little below it as can be asked for."""
    found = schema().type_map[kind]
    assert isinstance(found, GraphQLObjectType)
    free = {n: f for n, f in found.fields.items() if not any(map(is_required_argument, f.args.values()))}
    return [f"{name}{page(field)}{below(field)}" for name, field in free.items()]


def page(field: GraphQLField) -> str:
    return "(first: 1)" if "first" in field.args else ""


def below(field: GraphQLField) -> str:
    return "" if is_leaf_type(get_named_type(field.type)) else " {__typename}"


def test_every_type_of_the_schema_can_be_reached() -> None:
    objects = {n for n, t in schema().type_map.items() if isinstance(t, GraphQLObjectType) and not n.startswith("__")}
    assert {n for n in objects if not n.endswith(("Connection", "Edge"))} == set(WAYS)
    assert set(FIELDS) <= set(WAYS)


@pytest.mark.parametrize("kind", WAYS)
def test_a_field_has_a_value_or_says_that_nobody_taught_it(query: Callable[..., dict[str, Any]], kind: str) -> None:
    asked = [f"f{number}: {WAYS[kind] % field}" for number, field in enumerate(fields(kind))]
    found = query("{%s}" % " ".join(asked))  # noqa: UP031
    errors = found.get("errors", [])
    assert [e for e in errors if e.get("type") != "NOT_EMULATED"] == []
    assert len(errors) <= len(asked)
