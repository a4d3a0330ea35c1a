"""Fields of git's objects: references, commits, trees, blobs, tags."""

from __future__ import annotations

from typing import Any

from github_server.graphql.connections import connection
from github_server.graphql.entries import entries, submodules_of
from github_server.graphql.nodes import Args, Context, Fields, Node
from github_server.history import NOREPLY, PlacedCommit, Tag
from github_server.identity import digest
from github_server.messages import Json
from github_server.repository import Repository

MOST_TEXT = 512 * 1024
"""Bytes of a blob above which its text is cut short."""
BINARY_SAMPLE = 8000


def ref_node(repository: Repository, full_name: str) -> Node | None:
    return Node("Ref", repository, full_name) if full_name in repository.refs else None


def commit_node(repository: Repository, placed: PlacedCommit) -> Node:
    return Node("Commit", repository, placed)


def object_node(repository: Repository, oid: str) -> Node | None:
    """A commit, tree, blob or annotated tag by its whole id."""
    for placed in repository.history:
        if placed.oid == oid:
            return commit_node(repository, placed)
        if oid in placed.objects.folders:
            return Node("Tree", repository, (placed.objects, oid))
        if oid in placed.objects.blobs:
            return Node("Blob", repository, (placed.objects, oid))
    return next(
        (Node("Tag", repository, t) for t in repository.tags if t.message and tag_id(repository, t) == oid), None
    )


def tag_id(repository: Repository, tag: Tag) -> str:
    return digest("tag", repository.full_name, tag.name, tag.message)[:40]


def target(node: Node, _context: Context, _args: Args) -> Node:
    """What a reference points to: an annotated tag comes before its commit."""
    name = node.value.removeprefix("refs/tags/")
    tags = [t for t in node.repository.tags if node.value.startswith("refs/tags/") and t.name == name and t.message]
    return (
        Node("Tag", node.repository, tags[0])
        if tags
        else commit_node(node.repository, node.repository.refs[node.value])
    )


def history(node: Node, _context: Context, args: Args) -> Json:
    """The commits from this one on, newest first, between two times if wished."""
    commits = node.repository.history
    start = next(i for i, placed in enumerate(commits) if placed.oid == node.value.oid)
    since, until = args.get("since") or "", args.get("until") or "9"
    kept = [c for c in commits[start:] if since <= c.at <= until]
    return connection([commit_node(node.repository, c) for c in kept], args)


def parents(node: Node, _context: Context, args: Args) -> Json:
    found = [c for c in node.repository.history if c.oid in node.value.parents]
    return connection([commit_node(node.repository, c) for c in found], args)


def actor(node: Node, context: Context, _args: Args) -> Json:
    """Who wrote a commit: a name and an address, and an account if one is known."""
    commit = node.value.commit
    user = context.world.account(commit.login) if commit.login else None
    about = {"name": commit.author, "email": commit.email, "date": commit.at, "user": user}
    return {**about, "avatarUrl": f"https://avatars.githubusercontent.com/{NOREPLY}"}


def file(node: Node, _context: Context, args: Args) -> Node | None:
    objects = node.value.objects
    entry = objects.find(args["path"])
    return Node("TreeEntry", node.repository, (objects, entry)) if entry else None


def content(node: Node) -> bytes:
    objects, oid = node.value
    found: bytes = objects.blobs[oid]
    return found


def is_binary(node: Node, _context: Context, _args: Args) -> bool:
    data = content(node)
    return b"\0" in data[:BINARY_SAMPLE]


def text(node: Node, context: Context, args: Args) -> str | None:
    """A blob's text, none for a binary one, and no more than the first half megabyte."""
    if is_binary(node, context, args):
        return None
    return content(node)[:MOST_TEXT].decode("utf-8", "replace")


def object_fields(oid: Any) -> Fields:
    """What every git object has."""
    return {
        "id": lambda n, _c, _: n.node_id,
        "oid": lambda n, _c, _: oid(n),
        "abbreviatedOid": lambda n, _c, _: oid(n)[:7],
        "commitUrl": lambda n, _c, _: f"https://github.com/{n.repository.full_name}/commit/{oid(n)}",
        "commitResourcePath": lambda n, _c, _: f"/{n.repository.full_name}/commit/{oid(n)}",
        "repository": lambda n, _c, _: n.repository,
    }


REF: Fields = {
    "id": lambda n, _c, _: n.node_id,
    "name": lambda n, _c, _: n.value.split("/", 2)[2],
    "prefix": lambda n, _c, _: "/".join(n.value.split("/", 2)[:2]) + "/",
    "repository": lambda n, _c, _: n.repository,
    "target": target,
}
COMMIT: Fields = {
    **object_fields(lambda n: n.value.oid),
    "url": lambda n, _c, _: f"https://github.com/{n.repository.full_name}/commit/{n.value.oid}",
    "resourcePath": lambda n, _c, _: f"/{n.repository.full_name}/commit/{n.value.oid}",
    "treeUrl": lambda n, _c, _: f"https://github.com/{n.repository.full_name}/tree/{n.value.oid}",
    "tarballUrl": lambda n, _c, _: f"https://codeload.github.com/{n.repository.full_name}/legacy.tar.gz/{n.value.oid}",
    "zipballUrl": lambda n, _c, _: f"https://codeload.github.com/{n.repository.full_name}/legacy.zip/{n.value.oid}",
    "message": lambda n, _c, _: n.value.commit.message,
    "messageHeadline": lambda n, _c, _: n.value.headline,
    "messageBody": lambda n, _c, _: n.value.body,
    "authoredDate": lambda n, _c, _: n.value.at,
    "committedDate": lambda n, _c, _: n.value.at,
    "pushedDate": lambda _n, _c, _: None,
    "author": actor,
    "committer": actor,
    "authoredByCommitter": lambda _n, _c, _: True,
    "additions": lambda _n, _c, _: 1,
    "deletions": lambda _n, _c, _: 0,
    "changedFilesIfAvailable": lambda _n, _c, _: 1,
    "onBehalfOf": lambda _n, _c, _: None,
    "committedViaWeb": lambda _n, _c, _: False,
    "tree": lambda n, _c, _: Node("Tree", n.repository, (n.value.objects, n.value.objects.root)),
    "file": file,
    "history": history,
    "parents": parents,
    "submodules": lambda n, _c, args: connection(submodules_of(n.repository), args),
}
TAG: Fields = {
    **object_fields(lambda n: tag_id(n.repository, n.value)),
    "name": lambda n, _c, _: n.value.name,
    "message": lambda n, _c, _: n.value.message,
    "tagger": lambda n, c, args: actor(commit_node(n.repository, n.repository.back(n.value.at)), c, args),
    "target": lambda n, _c, _: commit_node(n.repository, n.repository.back(n.value.at)),
}
TREE: Fields = {**object_fields(lambda n: n.value[1]), "entries": entries}
BLOB: Fields = {
    **object_fields(lambda n: n.value[1]),
    "byteSize": lambda n, _c, _: len(content(n)),
    "isBinary": is_binary,
    "isTruncated": lambda n, _c, _: len(content(n)) > MOST_TEXT,
    "text": text,
}
