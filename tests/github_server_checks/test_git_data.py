"""Git's objects over REST, and their true ids."""

from __future__ import annotations

import base64
import io
import tarfile
from collections.abc import Callable

import pytest

from github_server import (
    Commit,
    Content,
    Executable,
    GitHub,
    Repository,
    Settings,
    Submodule,
    Symlink,
    Tag,
    Token,
    World,
)
from github_server.objects import Objects
from github_server_checks.conftest import CLASSIC, Ask

OLD = {"README.md": "# Old\n"}
FILES: dict[str, Content] = {
    "README.md": "# New\n",
    "run.sh": Executable("echo\n"),
    "latest": Symlink("README.md"),
    "lib": Submodule("2" * 40, "https://github.com/x/lib.git"),
    "docs/a.md": "a",
    "docs/deep/b.md": "b" * 2_000_000,
    "tests/t.py": "t",
    ".gitattributes": "tests export-ignore\n",
}
COMMITS = (Commit("Second\n\nWith a body", "2026-02-02T00:00:00Z"), Commit("First", "2026-01-01T00:00:00Z", files=OLD))
KEPT = Repository("ada", "kept", FILES, COMMITS, tags=(Tag("v1", "1", "One"),), branches={"fix/it": "1"})
WORLD = World((KEPT, Repository("ada", "secret", FILES, private=True)), (), (Token(CLASSIC, "ada"),))
RAW = "application/vnd.github.raw+json"


@pytest.fixture
def github(github_server: Callable[..., GitHub]) -> GitHub:
    return github_server(WORLD, Settings(tree_entries=5))


def test_ids_are_those_git_computes() -> None:
    objects = Objects({"a.txt": "hello\n", "b/c.sh": Executable(""), "b.txt": ""})
    assert sorted(objects.blobs) == [
        "ce013625030ba8dba906f756967f9e9ca394464a",
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    ]
    assert Objects().root == "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def test_a_wished_id_is_kept_and_the_rest_is_computed() -> None:
    one, two = (Repository("a", "b", FILES, (Commit(oid=oid),)).history[0].oid for oid in ("", "abc1234"))
    assert (len(one), len(two), two[:7]) == (40, 40, "abc1234")


def test_a_tree_is_listed_flat_and_cut_short_when_it_is_too_big(get: Ask) -> None:
    head = KEPT.history[0]
    short = get("/api/repos/ada/kept/git/trees/main").json()
    whole = get("/api/repos/ada/kept/git/trees/HEAD?recursive=1").json()
    assert (short["sha"], [e["path"] for e in short["tree"]]) == (
        head.oid,
        [".gitattributes", "README.md", "docs", "latest", "lib"],
    )
    assert (whole["truncated"], [e["path"] for e in whole["tree"]][-2:]) == (True, ["docs/a.md", "docs/deep"])


def test_entries_of_a_folder_are_told_from_there(get: Ask) -> None:
    folder = KEPT.objects.find("docs")
    assert folder is not None
    tree = get(f"/api/repos/ada/kept/git/trees/{folder.oid}?recursive=1").json()["tree"]
    assert [(e["path"], e["type"], e.get("size")) for e in tree] == [
        ("a.md", "blob", 1),
        ("deep", "tree", None),
        ("deep/b.md", "blob", 2_000_000),
    ]


def test_a_blob_comes_in_base64_or_as_it_is(get: Ask) -> None:
    entry = KEPT.objects.find("docs/a.md")
    assert entry is not None
    url = f"/api/repos/ada/kept/git/blobs/{entry.oid}"
    assert base64.b64decode(get(url).json()["content"]) == b"a"
    raw = get(url, Accept=RAW)
    assert (raw.content, raw.headers["content-type"]) == (b"a", f"{RAW}; charset=utf-8")


def test_contents_above_a_megabyte_come_only_raw(get: Ask) -> None:
    url = "/api/repos/ada/kept/contents/docs/deep/b.md"
    assert (get(url).json()["content"], get(url).json()["encoding"]) == ("", "none")
    assert len(get(url, Accept=RAW).content) == 2_000_000


@pytest.mark.parametrize(("path", "kind"), [("latest", "file"), ("lib", "submodule"), ("run.sh", "file")])
def test_links_within_the_repository_are_followed(get: Ask, path: str, kind: str) -> None:
    assert get(f"/api/repos/ada/kept/contents/{path}").json()["type"] == kind


def test_the_readme_of_any_ref(get: Ask) -> None:
    for ref, text in (("main", "# New\n"), ("v1", "# Old\n"), ("fix/it", "# Old\n"), (KEPT.history[1].oid, "# Old\n")):
        assert base64.b64decode(get(f"/api/repos/ada/kept/readme?ref={ref}").json()["content"]).decode() == text


def test_the_history_goes_on_from_any_commit(get: Ask) -> None:
    def messages(query: str) -> list[str]:
        return [c["commit"]["message"].partition("\n")[0] for c in get(f"/api/repos/ada/kept/commits{query}").json()]

    assert messages("") == ["Second", "First"]
    assert messages("?sha=v1") == ["First"]
    assert messages("?since=2026-01-15T00:00:00Z") == ["Second"]


def test_an_archive_is_found_by_redirect(get: Ask, github: GitHub) -> None:
    reply = get("/api/repos/ada/kept/tarball/main")
    assert (reply.status_code, reply.headers["location"]) == (
        302,
        f"{github.addresses.archive}/ada/kept/legacy.tar.gz/refs/heads/main",
    )


def test_a_private_archive_needs_its_signed_address(get: Ask, github: GitHub) -> None:
    assert get("/api/repos/ada/secret/tarball").status_code == 404
    signed = get("/api/repos/ada/secret/tarball", CLASSIC).headers["location"].removeprefix(github.base)
    assert get(signed.partition("?")[0], CLASSIC).status_code == 404
    with tarfile.open(fileobj=io.BytesIO(get(signed).content)) as tar:
        assert tar.getnames()[0].startswith("ada-secret-")


def test_an_archive_is_what_git_archive_makes(get: Ask) -> None:
    with tarfile.open(fileobj=io.BytesIO(get("/archive/ada/kept/tar.gz/refs/heads/main").content)) as tar:
        found = {m.name.removeprefix("kept-main"): (m.type, oct(m.mode), m.linkname) for m in tar}
        assert tar.pax_headers == {"comment": KEPT.history[0].oid}
    folder, file = (tarfile.DIRTYPE, "0o775", ""), (tarfile.REGTYPE, "0o664", "")
    assert found == {
        "": folder,
        "/.gitattributes": file,
        "/README.md": file,
        "/docs": folder,
        "/docs/a.md": file,
        "/docs/deep": folder,
        "/docs/deep/b.md": file,
        "/latest": (tarfile.SYMTYPE, "0o777", "README.md"),
        "/lib": folder,
        "/run.sh": (tarfile.REGTYPE, "0o775", ""),
    }


@pytest.mark.parametrize(("ref", "top"), [("v1", "kept-1"), ("refs/tags/v1", "kept-1"), ("fix/it", "kept-fix-it")])
def test_the_folder_of_an_archive_is_named_after_its_ref(get: Ask, ref: str, top: str) -> None:
    with tarfile.open(fileobj=io.BytesIO(get(f"/archive/ada/kept/tar.gz/{ref}").content)) as tar:
        assert tar.getnames()[0] == top


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("*.log export-ignore\n", [".gitattributes", "a/b/c.md", "keep.md"]),
        ("*.log export-ignore\nx.log -export-ignore\n", [".gitattributes", "a/b/c.md", "keep.md", "x.log"]),
        ("a/ export-ignore\n", [".gitattributes", "keep.md", "x.log"]),
        ("/b export-ignore\n", [".gitattributes", "a/b/c.md", "a/y.log", "keep.md", "x.log"]),
        ("b export-ignore\n", [".gitattributes", "a/y.log", "keep.md", "x.log"]),
    ],
)
def test_attributes_keep_files_out_of_archives(get: Ask, github: GitHub, lines: str, left: list[str]) -> None:
    files = {".gitattributes": lines, "x.log": "", "a/y.log": "", "a/b/c.md": "", "keep.md": ""}
    github.world = World((Repository("ada", "kept", files),))
    with tarfile.open(fileobj=io.BytesIO(get("/archive/ada/kept/tar.gz/HEAD").content)) as tar:
        assert [m.name.removeprefix("kept-HEAD/") for m in tar if m.isfile()] == left
