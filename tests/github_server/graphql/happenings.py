"""Fields of releases, deployments and environments."""

from __future__ import annotations

from typing import Any

from github_server.accounts import Account
from github_server.graphql.connections import connection
from github_server.graphql.git import commit_node, ref_node
from github_server.graphql.nodes import Args, Context, Fields, Node
from github_server.identity import database_id, node_id
from github_server.messages import Json


def creator(node: Node, context: Context, _args: Args) -> Account:
    return context.world.account(node.repository.owner) or Account(node.repository.owner)


def head(node: Node, _context: Context, _args: Args) -> Node | None:
    placed = node.repository.head
    return commit_node(node.repository, placed) if placed else None


def deployment_state(node: Node, _context: Context, _args: Args) -> str:
    """A deployment is active once it succeeded."""
    if not node.value.statuses:
        return "PENDING"
    state: str = node.value.statuses[0].state.upper()
    return "ACTIVE" if state == "SUCCESS" else state


def deployment_statuses(node: Node) -> list[Node]:
    return [Node("DeploymentStatus", node.repository, (node, status)) for status in node.value.statuses]


def last_deployment(node: Node, _context: Context, _args: Args) -> Node | None:
    done = [d for d in node.repository.deployments if d.environment == node.value and d.statuses]
    return Node("Deployment", node.repository, done[0]) if done else None


def assets(node: Node, context: Context, args: Args) -> Json:
    wanted = args.get("name")
    found = [a for a in node.value.assets if wanted in {None, a.name}]
    return connection([asset(node, a, context) for a in found], args)


def asset(node: Node, one: Any, context: Context) -> Json:
    url = f"https://github.com/{node.repository.full_name}/releases/download/{node.value.tag}/{one.name}"
    times = {"createdAt": node.value.at, "updatedAt": node.value.at}
    about = {"id": node_id("RA", database_id(url)), "name": one.name, "size": one.size, "downloadCount": one.downloads}
    made = {"contentType": "application/octet-stream", "release": node, "uploadedBy": creator(node, context, {})}
    return {**about, **made, **times, "url": url, "downloadUrl": url}


def page(node: Node, rest: str) -> str:
    return f"https://github.com/{node.repository.full_name}/{rest}"


BASIC: Fields = {
    "id": lambda n, _c, _: n.node_id,
    "databaseId": lambda n, _c, _: n.id,
    "repository": lambda n, _c, _: n.repository,
}
DATED: Fields = {
    **BASIC,
    "createdAt": lambda n, _c, _: n.value.at,
    "updatedAt": lambda n, _c, _: n.value.at,
    "description": lambda n, _c, _: n.value.description,
    "creator": creator,
}
RELEASE: Fields = {
    **DATED,
    "author": creator,
    "description": lambda n, _c, _: n.value.body,
    "name": lambda n, _c, _: n.value.name,
    "tagName": lambda n, _c, _: n.value.tag,
    "publishedAt": lambda n, _c, _: None if n.value.draft else n.value.at,
    "isDraft": lambda n, _c, _: n.value.draft,
    "isPrerelease": lambda n, _c, _: n.value.prerelease,
    "isLatest": lambda n, _c, _: n.value == max(n.repository.releases, key=lambda r: (not r.prerelease, r.at)),
    "releaseAssets": assets,
    "tag": lambda n, _c, _: ref_node(n.repository, f"refs/tags/{n.value.tag}"),
    "tagCommit": head,
    "url": lambda n, _c, _: page(n, f"releases/tag/{n.value.tag}"),
    "resourcePath": lambda n, _c, _: f"/{n.repository.full_name}/releases/tag/{n.value.tag}",
}
DEPLOYMENT: Fields = {
    **DATED,
    "commit": head,
    "commitOid": lambda n, _c, _: n.repository.history[0].oid,
    "environment": lambda n, _c, _: n.value.environment,
    "originalEnvironment": lambda n, _c, _: n.value.environment,
    "latestEnvironment": lambda n, _c, _: n.value.environment,
    "latestStatus": lambda n, _c, _: next(iter(deployment_statuses(n)), None),
    "state": deployment_state,
    "statuses": lambda n, _c, args: connection(deployment_statuses(n), args),
    "task": lambda n, _c, _: n.value.task,
    "payload": lambda _n, _c, _: '""',
    "ref": lambda n, _c, _: ref_node(n.repository, f"refs/heads/{n.value.ref}"),
}
DEPLOYMENT_STATUS: Fields = {
    "id": lambda n, _c, _: n.node_id,
    "creator": creator,
    "createdAt": lambda n, _c, _: n.value[1].at,
    "updatedAt": lambda n, _c, _: n.value[1].at,
    "description": lambda n, _c, _: n.value[1].description,
    "state": lambda n, _c, _: n.value[1].state.upper(),
    "environment": lambda n, _c, _: n.value[0].value.environment,
    "environmentUrl": lambda n, _c, _: n.value[1].environment_url or None,
    "logUrl": lambda _n, _c, _: None,
    "deployment": lambda n, _c, _: n.value[0],
}
ENVIRONMENT: Fields = {
    **BASIC,
    "name": lambda n, _c, _: n.value,
    "isPinned": lambda _n, _c, _: False,
    "pinnedPosition": lambda _n, _c, _: None,
    "latestCompletedDeployment": last_deployment,
}
