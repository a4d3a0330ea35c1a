"""Git's own objects: trees and blobs."""

from __future__ import annotations

import base64

from github_server.identity import database_id, node_id
from github_server.messages import Json, Reply, json_reply
from github_server.objects import Entry, Objects
from github_server.repository import Repository
from github_server.rest.call import ApiError, Call, not_found

RAW = ("application/vnd.github.raw", "application/vnd.github.v3.raw")
LINE = 60
EMPTY = "Git Repository is empty."


def non_empty(call: Call) -> Repository:
    """The repository, which must have a commit."""
    repository = call.repository("contents")
    if repository.head is None:
        raise ApiError(409, EMPTY)
    return repository


def get_tree(call: Call) -> Reply:
    """The entries of a tree, all below it too if ``recursive`` is given, until there are too many."""
    repository = non_empty(call)
    wanted = call.path["tree_sha"]
    placed = repository.resolve(wanted)
    found = (placed.objects, placed.objects.root) if placed else find_tree(repository, wanted)
    if found is None:
        not_found()
    objects, oid = found
    folder = objects.folders[oid]
    entries = list(objects.walk(folder)) if "recursive" in call.query else list(objects.trees[folder])
    most = call.hub.settings.tree_entries
    sha = placed.oid if placed else oid
    tree = [tree_entry(call, repository, entry, folder) for entry in entries[:most]]
    url = f"{call.url(repository)}/git/trees/{sha}"
    return json_reply({"sha": sha, "url": url, "tree": tree, "truncated": len(entries) > most})


def find_tree(repository: Repository, oid: str) -> tuple[Objects, str] | None:
    return next(((c.objects, oid) for c in repository.history if oid in c.objects.folders), None)


def tree_entry(call: Call, repository: Repository, entry: Entry, folder: str) -> Json:
    """One entry, its path told from the tree that was asked for."""
    path = entry.path.removeprefix(f"{folder}/") if folder else entry.path
    about = {"path": path, "mode": entry.mode, "type": entry.kind, "sha": entry.oid}
    if entry.kind == "commit":
        return about
    size = {"size": entry.size} if entry.kind == "blob" else {}
    return {**about, **size, "url": f"{call.url(repository)}/git/{entry.kind}s/{entry.oid}"}


def get_blob(call: Call) -> Reply:
    """The content of a blob, in base64 or as it is."""
    repository = non_empty(call)
    oid = call.path["file_sha"]
    content = next((c.objects.blobs[oid] for c in repository.history if oid in c.objects.blobs), None)
    if content is None:
        not_found()
    if wants_raw(call):
        return raw_reply(content)
    about = {"sha": oid, "node_id": node_id("B", database_id(repository.full_name, oid)), "size": len(content)}
    url = f"{call.url(repository)}/git/blobs/{oid}"
    return json_reply({**about, "url": url, "content": in_lines(content), "encoding": "base64"})


def get_ref(call: Call) -> Reply:
    """What a branch (``heads/B``) or a tag (``tags/T``) points to."""
    repository = non_empty(call)
    name = f"refs/{call.path['ref']}"
    placed = repository.refs.get(name)
    if placed is None:
        not_found()
    url = call.url(repository)
    target = {"type": "commit", "sha": placed.oid, "url": f"{url}/git/commits/{placed.oid}"}
    number = database_id("ref", repository.full_name, name)
    return json_reply({"ref": name, "node_id": node_id("REF", number), "url": f"{url}/git/{name}", "object": target})


def wants_raw(call: Call) -> bool:
    return call.request.headers.get("accept", "").startswith(RAW)


def raw_reply(content: bytes) -> Reply:
    return Reply(200, content, {"Content-Type": "application/vnd.github.raw+json; charset=utf-8"})


def in_lines(content: bytes) -> str:
    """Base64 as GitHub writes it, a line every sixty characters."""
    text = base64.b64encode(content).decode()
    return "".join(f"{text[start : start + LINE]}\n" for start in range(0, len(text), LINE))
