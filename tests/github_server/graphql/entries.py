"""Fields of what stands in a tree."""

from __future__ import annotations

import base64

from github_server.graphql.nodes import Args, Context, Fields, Node
from github_server.messages import Json
from github_server.objects import Entry, Objects, Submodule
from github_server.repository import Repository


def entries(node: Node, _context: Context, _args: Args) -> list[Node]:
    objects, oid = node.value
    return [Node("TreeEntry", node.repository, (objects, e)) for e in objects.trees[objects.folders[oid]]]


def entry_object(node: Node, _context: Context, _args: Args) -> Node | None:
    """What an entry stands for; the commit of a submodule is in another repository."""
    objects, entry = node.value
    kinds = {"tree": "Tree", "blob": "Blob"}
    return Node(kinds[entry.kind], node.repository, (objects, entry.oid)) if entry.kind in kinds else None


def entry_submodule(node: Node, _context: Context, _args: Args) -> Json:
    objects, entry = node.value
    return submodule(objects, entry) if entry.kind == "commit" else None


def submodule(objects: Objects, entry: Entry) -> Json:
    content = objects.files[entry.path]
    assert isinstance(content, Submodule)
    raw = base64.b64encode(entry.path.encode()).decode()
    names = {"name": entry.path, "nameRaw": raw, "path": entry.path, "pathRaw": raw}
    return {**names, "branch": None, "gitUrl": content.url, "subprojectCommitOid": content.commit}


def submodules_of(repository: Repository) -> list[Json]:
    return [submodule(repository.objects, e) for e in repository.objects.walk() if e.kind == "commit"]


TREE_ENTRY: Fields = {
    "name": lambda n, _c, _: n.value[1].name,
    "nameRaw": lambda n, _c, _: base64.b64encode(n.value[1].name.encode()).decode(),
    "path": lambda n, _c, _: n.value[1].path,
    "pathRaw": lambda n, _c, _: base64.b64encode(n.value[1].path.encode()).decode(),
    "extension": lambda n, _c, _: "." + n.value[1].name.rpartition(".")[2] if "." in n.value[1].name else "",
    "mode": lambda n, _c, _: int(n.value[1].mode, 8),
    "oid": lambda n, _c, _: n.value[1].oid,
    "type": lambda n, _c, _: n.value[1].kind,
    "size": lambda n, _c, _: n.value[1].size,
    "isGenerated": lambda _n, _c, _: False,
    "language": lambda _n, _c, _: None,
    "lineCount": lambda _n, _c, _: None,
    "object": entry_object,
    "submodule": entry_submodule,
    "repository": lambda n, _c, _: n.repository,
}
