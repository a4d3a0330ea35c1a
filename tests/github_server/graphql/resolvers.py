"""Which functions resolve the fields of which type."""

from __future__ import annotations

from github_server.graphql import git, happenings, owners, repositories
from github_server.graphql.nodes import Fields

FIELDS: dict[str, Fields] = {
    "Query": owners.QUERY,
    "User": owners.USER,
    "Organization": owners.ORGANIZATION,
    "PullRequest": owners.PULL_REQUEST,
    "Repository": repositories.REPOSITORY,
    "Ref": git.REF,
    "Commit": {**git.COMMIT, **happenings.ON_COMMITS},
    "Tag": git.TAG,
    "Tree": git.TREE,
    "TreeEntry": git.TREE_ENTRY,
    "Blob": git.BLOB,
    "Release": happenings.RELEASE,
    "Deployment": happenings.DEPLOYMENT,
    "DeploymentStatus": happenings.DEPLOYMENT_STATUS,
    "Environment": happenings.ENVIRONMENT,
    "StatusCheckRollup": happenings.ROLLUP,
    "StatusContext": happenings.STATUS_CONTEXT,
    "CheckRun": happenings.CHECK_RUN,
    "CheckSuite": happenings.CHECK_SUITE,
    "WorkflowRun": happenings.WORKFLOW_RUN,
    "Workflow": happenings.WORKFLOW,
}
