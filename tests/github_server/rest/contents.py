"""Files and folders by path, the README, and archives."""

from __future__ import annotations

from github_server.archive import signature
from github_server.history import PlacedCommit
from github_server.messages import Json, Reply, json_reply
from github_server.objects import Entry, Submodule, Symlink, content_of
from github_server.repository import Repository
from github_server.rest.call import ApiError, Call, not_found
from github_server.rest.git_data import in_lines, raw_reply, wants_raw

MEGABYTE = 1024 * 1024
MOST_INLINE, MOST_RAW = MEGABYTE, 100 * MEGABYTE
MOST_LISTED = 1000
KINDS = {"120000": "symlink", "160000": "submodule", "040000": "dir"}


def get_contents(call: Call) -> Reply:
    """What is at a path: a file with its content, a list for a folder, where a link or a submodule leads."""
    repository, placed = commit_asked(call)
    path = call.path.get("path", "").strip("/")
    entry = placed.objects.find(path)
    if entry is None:
        not_found()
    if entry.kind == "tree":
        inside = placed.objects.trees[entry.path][:MOST_LISTED]
        return json_reply([listed(call, repository, placed, one) for one in inside])
    return one_reply(call, repository, placed, entry)


def get_readme(call: Call) -> Reply:
    """The README that GitHub would show: in ``.github``, at the root, or in ``docs``."""
    repository, placed = commit_asked(call)
    for folder in (".github", "", "docs"):
        for entry in placed.objects.trees.get(folder, ()):
            if entry.name.lower().partition(".")[0] == "readme" and entry.kind == "blob":
                return one_reply(call, repository, placed, entry)
    return not_found()


def commit_asked(call: Call) -> tuple[Repository, PlacedCommit]:
    repository = call.repository("contents")
    if repository.head is None:
        raise ApiError(404, "This repository is empty.")
    placed = repository.resolve(call.query.get("ref", repository.default_branch))
    if placed is None:
        raise ApiError(404, f"No commit found for the ref {call.query.get('ref')}")
    return repository, placed


def one_reply(call: Call, repository: Repository, placed: PlacedCommit, entry: Entry) -> Reply:
    """A single file, link or submodule."""
    content = placed.objects.files[entry.path]
    if isinstance(content, Symlink) and (followed := placed.objects.find(content.target)) and followed.kind == "blob":
        content = placed.objects.files[followed.path]
    about = basic(call, repository, placed, entry)
    if isinstance(content, Submodule):
        return json_reply({**about, "type": "submodule", "submodule_git_url": content.url})
    if isinstance(content, Symlink):
        return json_reply({**about, "type": "symlink", "target": content.target})
    data = content_of(content)
    if len(data) > MOST_RAW:
        raise ApiError(403, "This API returns blobs up to 100 MB in size.", errors=[{"code": "too_large"}])
    if wants_raw(call):
        return raw_reply(data)
    inline = len(data) <= MOST_INLINE
    text = {"content": in_lines(data), "encoding": "base64"} if inline else {"content": "", "encoding": "none"}
    return json_reply({**about, "type": "file", "size": len(data), **text})


def listed(call: Call, repository: Repository, placed: PlacedCommit, entry: Entry) -> Json:
    """An entry of a folder; submodules are called files there, for the sake of old clients."""
    kind = KINDS.get(entry.mode, "file")
    return {**basic(call, repository, placed, entry), "type": "file" if kind == "submodule" else kind}


def basic(call: Call, repository: Repository, placed: PlacedCommit, entry: Entry) -> Json:
    ref = call.query.get("ref", repository.default_branch)
    url = f"{call.url(repository)}/contents/{entry.path}?ref={ref}"
    kind = "trees" if entry.kind == "tree" else "blobs"
    git_url = f"{call.url(repository)}/git/{kind}/{entry.oid}"
    page = f"https://github.com/{repository.full_name}/{'tree' if entry.kind == 'tree' else 'blob'}/{ref}/{entry.path}"
    raw = f"{call.hub.base}/raw/{repository.full_name}/{ref}/{entry.path}" if entry.kind == "blob" else None
    about = {"name": entry.name, "path": entry.path, "sha": entry.oid, "size": entry.size, "url": url}
    links = {"self": url, "git": git_url, "html": page}
    return {**about, "git_url": git_url, "html_url": page, "download_url": raw, "_links": links}


def get_tarball(call: Call) -> Reply:
    """The way to the archive: elsewhere, and for private repositories at an address that is good for five minutes."""
    repository = call.repository("contents")
    wanted = call.path.get("ref", repository.default_branch)
    placed = repository.resolve(wanted)
    if placed is None:
        not_found()
    ref = full_ref(repository, wanted) or placed.oid
    signed = f"?token={signature(repository, ref)}" if repository.private else ""
    location = f"{call.hub.base}/archive/{repository.full_name}/legacy.tar.gz/{ref}{signed}"
    return Reply(302, b"", {"Location": location, "Content-Type": "text/html;charset=utf-8"})


def full_ref(repository: Repository, ref: str) -> str | None:
    """The full name of a branch or tag."""
    names = (ref, f"refs/{ref}", f"refs/heads/{ref}", f"refs/tags/{ref}")
    return next((name for name in names if name in repository.refs), None)
