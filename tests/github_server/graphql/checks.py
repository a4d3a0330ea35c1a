"""Fields of checks, statuses and workflow runs."""

from __future__ import annotations

from github_server.activity import Check, Run, Status
from github_server.graphql.connections import connection
from github_server.graphql.errors import forbidden
from github_server.graphql.git import ref_node
from github_server.graphql.happenings import BASIC, DATED, creator, head, page
from github_server.graphql.nodes import Args, Context, Fields, Node
from github_server.identity import node_id
from github_server.messages import Json
from github_server.repository import Repository

WORST_FIRST = ("ERROR", "FAILURE", "EXPECTED", "PENDING", "SUCCESS")
OF_CONCLUSIONS = {"success": "SUCCESS", "neutral": "SUCCESS", "skipped": "SUCCESS", None: "PENDING"}
GITHUB_ACTIONS = {
    "id": node_id("A", 15368),
    "databaseId": 15368,
    "clientId": None,
    "name": "GitHub Actions",
    "slug": "github-actions",
    "description": "Automate your workflow from idea to production",
    "url": "https://github.com/apps/github-actions",
    "logoBackgroundColor": "#ffffff",
    "logoUrl": "https://avatars.githubusercontent.com/in/15368",
    "createdAt": "2018-07-30T09:30:17Z",
    "updatedAt": "2024-04-10T20:33:16Z",
}


def contexts_of(repository: Repository) -> list[Node]:
    checks = [Node("CheckRun", repository, check) for check in repository.checks]
    return checks + [Node("StatusContext", repository, status) for status in repository.statuses]


def state_of(contexts: list[Node]) -> str:
    """The state of all together is the worst of them."""
    states = {state_of_one(node.value) for node in contexts}
    return next(state for state in WORST_FIRST if state in states)


def state_of_one(value: Check | Status) -> str:
    return value.state.upper() if isinstance(value, Status) else OF_CONCLUSIONS.get(value.conclusion, "FAILURE")


def rollup(node: Node, context: Context, _args: Args) -> Node | None:
    """Checks and statuses together; a commit without any has none."""
    repository = node.repository
    if "checks" in context.token.denied or not context.token.may("checks", repository):
        raise forbidden()
    is_head = repository.head is not None and node.value.oid == repository.head.oid
    found = contexts_of(repository) if is_head else []
    return Node("StatusCheckRollup", repository, node.value.oid) if found else None


def rollup_contexts(node: Node, _context: Context, args: Args) -> Json:
    found = contexts_of(node.repository)
    runs, statuses = len(node.repository.checks), len(node.repository.statuses)
    return connection(found, args, checkRunCount=runs, statusContextCount=statuses)


def commit_status(node: Node, _context: Context, _args: Args) -> Json:
    found = [Node("StatusContext", node.repository, status) for status in node.repository.statuses]
    if not found:
        return None
    named = {n.value.context: n for n in found}
    about = {"id": node_id("S", node.id), "state": state_of(found), "contexts": found, "commit": node}
    return {**about, "context": next(iter(named.values()))}


def commit_deployments(node: Node, _context: Context, args: Args) -> Json:
    """The deployments of a commit: all are of the newest."""
    repository = node.repository
    found = repository.deployments if repository.head and repository.head.oid == node.value.oid else ()
    return connection([Node("Deployment", repository, deployment) for deployment in found], args)


def suite(node: Node, _context: Context, _args: Args) -> Node:
    """The suite of a check: that of its workflow."""
    return Node("CheckSuite", node.repository, node.value.workflow)


def suites(node: Node, _context: Context, args: Args) -> Json:
    repository = node.repository
    names = dict.fromkeys([c.workflow for c in repository.checks] + [r.workflow for r in repository.runs])
    return connection([Node("CheckSuite", repository, name) for name in names], args)


def suite_checks(node: Node, _context: Context, args: Args) -> Json:
    found = [c for c in node.repository.checks if c.workflow == node.value]
    return connection([Node("CheckRun", node.repository, c) for c in found], args)


def suite_run(node: Node, _context: Context, _args: Args) -> Node:
    found = [r for r in node.repository.runs if r.workflow == node.value]
    return Node("WorkflowRun", node.repository, found[0] if found else Run(node.value))


def suite_conclusion(node: Node, _context: Context, _args: Args) -> str | None:
    of_checks = [c.conclusion for c in node.repository.checks if c.workflow == node.value]
    of_runs = [r.conclusion for r in node.repository.runs if r.workflow == node.value]
    conclusions = of_runs or of_checks
    if None in conclusions:
        return None
    return next((c.upper() for c in conclusions if c and c != "success"), "SUCCESS")


def workflow_runs(node: Node, _context: Context, args: Args) -> Json:
    found = [r for r in node.repository.runs if r.workflow == node.value]
    return connection([Node("WorkflowRun", node.repository, r) for r in found], args)


ROLLUP: Fields = {
    **BASIC,
    "commit": head,
    "contexts": rollup_contexts,
    "state": lambda n, _c, _: state_of(contexts_of(n.repository)),
}
CHECK_RUN: Fields = {
    **BASIC,
    "name": lambda n, _c, _: n.value.name,
    "status": lambda n, _c, _: n.value.status.upper(),
    "conclusion": lambda n, _c, _: n.value.conclusion and n.value.conclusion.upper(),
    "startedAt": lambda n, _c, _: n.value.at,
    "completedAt": lambda n, _c, _: n.value.at if n.value.conclusion else None,
    "checkSuite": suite,
    "isRequired": lambda _n, _c, _: False,
    "title": lambda _n, _c, _: None,
    "summary": lambda _n, _c, _: None,
    "text": lambda _n, _c, _: None,
    "externalId": lambda _n, _c, _: "",
    "deployment": lambda _n, _c, _: None,
    "url": lambda n, _c, _: page(n, f"runs/{n.id}"),
    "permalink": lambda n, _c, _: page(n, f"runs/{n.id}"),
    "detailsUrl": lambda n, _c, _: page(n, f"actions/runs/{n.id}/job/1"),
    "resourcePath": lambda n, _c, _: f"/{n.repository.full_name}/runs/{n.id}",
}
STATUS_CONTEXT: Fields = {
    **DATED,
    "commit": head,
    "context": lambda n, _c, _: n.value.context,
    "state": lambda n, _c, _: n.value.state.upper(),
    "targetUrl": lambda n, _c, _: n.value.target_url or None,
    "avatarUrl": lambda _n, _c, _: None,
    "isRequired": lambda _n, _c, _: False,
}
CHECK_SUITE: Fields = {
    **BASIC,
    "app": lambda _n, _c, _: GITHUB_ACTIONS,
    "branch": lambda n, _c, _: ref_node(n.repository, f"refs/heads/{n.repository.default_branch}"),
    "commit": head,
    "creator": creator,
    "checkRuns": suite_checks,
    "conclusion": suite_conclusion,
    "status": lambda n, c, args: "COMPLETED" if suite_conclusion(n, c, args) else "IN_PROGRESS",
    "workflowRun": suite_run,
    "matchingPullRequests": lambda _n, _c, args: connection([], args),
    "createdAt": lambda n, _c, _: n.repository.pushed,
    "updatedAt": lambda n, _c, _: n.repository.pushed,
    "url": lambda n, _c, _: page(n, f"commit/{n.repository.history[0].oid}/checks?check_suite_id={n.id}"),
    "resourcePath": lambda n, _c, _: f"/{n.repository.full_name}/commit/{n.repository.history[0].oid}/checks",
}
WORKFLOW_RUN: Fields = {
    **DATED,
    "checkSuite": suite,
    "event": lambda n, _c, _: n.value.event,
    "runNumber": lambda n, _c, _: n.value.number,
    "workflow": lambda n, _c, _: Node("Workflow", n.repository, n.value.workflow),
    "url": lambda n, _c, _: page(n, f"actions/runs/{n.id}"),
    "resourcePath": lambda n, _c, _: f"/{n.repository.full_name}/actions/runs/{n.id}",
}
WORKFLOW: Fields = {
    **BASIC,
    "name": lambda n, _c, _: n.value,
    "state": lambda _n, _c, _: "ACTIVE",
    "runs": workflow_runs,
    "createdAt": lambda n, _c, _: n.repository.created_at,
    "updatedAt": lambda n, _c, _: n.repository.updated,
    "url": lambda n, _c, _: page(n, "actions/workflows/ci.yml"),
    "resourcePath": lambda n, _c, _: f"/{n.repository.full_name}/actions/workflows/ci.yml",
}
ON_COMMITS: Fields = {
    "deployments": commit_deployments,
    "statusCheckRollup": rollup,
    "status": commit_status,
    "checkSuites": suites,
}
