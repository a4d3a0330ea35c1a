"""The GraphQL queries, as GitHub's published schema has them; a test runs them against it.

By the documented formula a repository costs some 0.05 points of the 5,000 an hour: five connections, one nested.
"""

from __future__ import annotations

from collections.abc import Collection

_OWNER = """
    login name websiteUrl
    pinnedItems(first: 6, types: [REPOSITORY]) { nodes { ... on Repository { nameWithOwner } } }
"""

USER = f"""
query Profile($login: String!) {{
  account: user(login: $login) {{
    {_OWNER} bio
    socialAccounts(first: 10) {{ nodes {{ url }} }}
    pullRequests(states: [MERGED], first: 100, orderBy: {{field: CREATED_AT, direction: DESC}}) {{
      nodes {{ repository {{ nameWithOwner isPrivate owner {{ login }} }} }}
    }}
  }}
}}
"""

ORGANIZATION = f"""
query Profile($login: String!) {{
  account: organization(login: $login) {{ {_OWNER} bio: description }}
}}
"""

PARTS = {
    "parent": "parent { nameWithOwner }",
    "tags": 'tags: refs(refPrefix: "refs/tags/", first: 50, orderBy: {field: TAG_COMMIT_DATE, direction: DESC}) '
    "{ totalCount nodes { name } }",
    "releases": "releases(first: 20, orderBy: {field: CREATED_AT, direction: DESC}) "
    "{ nodes { tagName name createdAt publishedAt isDraft isPrerelease } }",
    "deployments": "deployments(first: 20, orderBy: {field: CREATED_AT, direction: DESC}) "
    "{ nodes { environment createdAt latestStatus { state createdAt environmentUrl } } }",
    "environments": "environments(first: 20) { nodes { name } }",
}
"""What is asked of a repository, by the name under which it is answered; a token may not be allowed to see some."""
HEAD_PARTS = {
    "tree": "tree { entries { name oid } }",
    "history": "history(first: 100) { totalCount nodes { oid committedDate messageHeadline author { name } } }",
    "statusCheckRollup": """statusCheckRollup {
    state
    contexts(first: 30) {
      nodes {
        __typename
        ... on CheckRun {
          name conclusion completedAt
          checkSuite { workflowRun { event workflow { name } } }
        }
        ... on StatusContext { context state createdAt }
      }
    }
  }""",
}
"""What is asked of its newest commit, likewise."""


def _fragments(without: Collection[str]) -> str:
    own = "\n  ".join(text for name, text in PARTS.items() if name not in without)
    head = "\n  ".join(text for name, text in HEAD_PARTS.items() if name not in without)
    return (
        f"fragment Details on Repository {{\n  nameWithOwner\n  {own}\n}}\n"
        f"fragment Head on Commit {{\n  oid\n  {head}\n}}\n"
    )


def repositories(count: int, without: Collection[str] = ()) -> str:
    """The details of so many repositories; variables ``o0`` and ``n0`` are the first one's owner and name."""
    variables = ", ".join(f"$o{n}: String!, $n{n}: String!" for n in range(count))
    asked = "\n".join(
        f"  r{n}: repository(owner: $o{n}, name: $n{n}) "
        "{ ...Details head: defaultBranchRef { target { __typename ...Head } } }"
        for n in range(count)
    )
    return f"query Repositories({variables}) {{\n{asked}\n}}\n{_fragments(without)}"


def at_revision(without: Collection[str] = ()) -> str:
    """The details of one repository at a branch, tag or commit, which may be a tag of a tag."""
    return (
        "query AtRevision($o0: String!, $n0: String!, $revision: String!) {\n"
        "  r0: repository(owner: $o0, name: $n0) { ...Details head: object(expression: $revision) {\n"
        "    __typename ...Head "
        "... on Tag { target { __typename ...Head ... on Tag { target { __typename ...Head } } } }\n"
        f"  }} }}\n}}\n{_fragments(without)}"
    )


def blobs(count: int) -> str:
    """The texts of so many files of one repository; variable ``b0`` is the first one's id."""
    variables = ", ".join(f"$b{n}: GitObjectID!" for n in range(count))
    asked = "\n".join(f"    b{n}: object(oid: $b{n}) {{ ...Text }}" for n in range(count))
    return (
        f"query Blobs($owner: String!, $name: String!, {variables}) {{\n"
        f"  repository(owner: $owner, name: $name) {{\n{asked}\n  }}\n}}\n"
        "fragment Text on Blob { oid byteSize isBinary isTruncated text }\n"
    )
