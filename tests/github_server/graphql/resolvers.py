"""Which functions resolve the fields of which type."""

from __future__ import annotations

from github_server.graphql import checks, entries, git, happenings, owners, pulls, query, repositories
from github_server.graphql.nodes import Fields

FIELDS: dict[str, Fields] = {
    "Query": query.QUERY,
    "User": owners.USER,
    "Organization": owners.ORGANIZATION,
    "PullRequest": pulls.PULL_REQUEST,
    "Repository": repositories.REPOSITORY,
    "Ref": git.REF,
    "Commit": {**git.COMMIT, **checks.ON_COMMITS},
    "Tag": git.TAG,
    "Tree": git.TREE,
    "TreeEntry": entries.TREE_ENTRY,
    "Blob": git.BLOB,
    "Release": happenings.RELEASE,
    "Deployment": happenings.DEPLOYMENT,
    "DeploymentStatus": happenings.DEPLOYMENT_STATUS,
    "Environment": happenings.ENVIRONMENT,
    "StatusCheckRollup": checks.ROLLUP,
    "StatusContext": checks.STATUS_CONTEXT,
    "CheckRun": checks.CHECK_RUN,
    "CheckSuite": checks.CHECK_SUITE,
    "WorkflowRun": checks.WORKFLOW_RUN,
    "Workflow": checks.WORKFLOW,
}
