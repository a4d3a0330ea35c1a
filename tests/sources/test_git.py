"""Git repositories at any revision, and what can be wrong with them."""

from __future__ import annotations

import os
from pathlib import Path

import pygit2
import pytest
from pygit2.enums import FileMode, ObjectType

from portfolio_audit.errors import NoCommits, NotARepository
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import EntryKind, Unavailable
from repositories import AUTHOR, blob_of, commit, commit_tree, kinds, loose_object, read

ABSENT = Unavailable("is not in this copy of the repository")
DAMAGED = Unavailable("is damaged in this copy of the repository")


@pytest.fixture
def versions(repository: pygit2.Repository) -> pygit2.Repository:
    """A repository whose file a.txt says how it can be reached."""
    repository.create_tag("v1.0", commit(repository, {"a.txt": b"tag"}), ObjectType.COMMIT, AUTHOR, "First")
    repository.create_branch("feature/x", repository[commit(repository, {"a.txt": b"branch"})].peel(pygit2.Commit))
    remote = commit(repository, {"a.txt": b"remote"})
    repository.references.create("refs/remotes/origin/pushed", remote)
    commit(repository, {"a.txt": b"head"})
    return repository


@pytest.mark.parametrize(
    ("ref", "text"),
    [(None, "head"), ("main", "head"), ("v1.0", "tag"), ("feature/x", "branch"), ("pushed", "remote"), ("@~3", "tag")],
)
def test_a_revision_is_read_from_objects(versions: pygit2.Repository, ref: str | None, text: str) -> None:
    assert read(versions.workdir, ref=ref).texts == {"a.txt": text}


def test_a_commit_is_found_by_its_id_and_its_abbreviation(versions: pygit2.Repository) -> None:
    first = str(versions.revparse_single("v1.0^{commit}").id)
    assert read(versions.workdir, ref=first).commit == read(versions.workdir, ref=first[:10]).commit == first


def test_a_detached_head_is_read(versions: pygit2.Repository) -> None:
    versions.set_head(versions.revparse_single("feature/x").id)
    assert read(versions.workdir).texts == {"a.txt": "branch"}


def test_a_linked_work_tree_has_its_own_head(versions: pygit2.Repository, tmp_path: Path) -> None:
    versions.add_worktree("linked", str(tmp_path / "linked"), versions.lookup_reference("refs/heads/feature/x"))
    assert read(tmp_path / "linked").texts == {"a.txt": "branch"}


@pytest.mark.parametrize(
    ("ref", "advice"),
    [
        ("mian", "there is no revision 'mian'. Did you mean 'main'?"),
        ("zzz", "there is no revision 'zzz'. It has feature/x, main, origin/pushed, v1.0."),
        ("main:a.txt", "there is no revision 'main:a.txt'. It has feature/x, main, origin/pushed, v1.0."),
        ("", "there is no revision ''. It has feature/x, main, origin/pushed, v1.0."),
    ],
)
def test_a_missing_revision_is_told_with_what_exists(versions: pygit2.Repository, ref: str, advice: str) -> None:
    with pytest.raises(NoCommits) as caught:
        read(versions.workdir, ref=ref)
    assert str(caught.value) == f"{versions.workdir}: {advice}"


def test_a_repository_without_commits_says_so(repository: pygit2.Repository) -> None:
    with pytest.raises(NoCommits, match=r"the repository has no commits yet\.$"):
        read(repository.workdir)


def test_an_unborn_branch_names_the_others(versions: pygit2.Repository) -> None:
    Path(versions.path, "HEAD").write_text("ref: refs/heads/gone\n")
    with pytest.raises(NoCommits, match=r"the branch that is checked out has no commits\. It has feature/x, main"):
        read(versions.workdir)


def test_submodules_are_listed_but_not_read(repository: pygit2.Repository) -> None:
    index = pygit2.Index()
    index.add(pygit2.IndexEntry("library", pygit2.Oid(hex="1" * 40), FileMode.COMMIT))
    commit_tree(repository, index.write_tree(repository))
    snapshot = read(repository.workdir)
    assert kinds(snapshot) == {"library": EntryKind.SUBMODULE}
    assert snapshot.texts == {"library": Unavailable("is a submodule, which is not part of this repository")}


def test_names_that_differ_in_case_only_are_two_files(repository: pygit2.Repository) -> None:
    commit(repository, {"README.md": b"1", "readme.md": b"2"})
    assert read(repository.workdir).texts == {"README.md": "1", "readme.md": "2"}


def test_names_that_are_no_text_are_shown_with_escapes(repository: pygit2.Repository) -> None:
    blob = repository.create_blob(b"1").raw
    tree = b"100644 caf\xe9.py\0" + blob + b"100644 \xed\xa0\x80.py\0" + blob
    commit_tree(repository, repository.odb.write(ObjectType.TREE, tree))
    assert read(repository.workdir).texts == {"caf\\xe9.py": "1", "\\xed\\xa0\\x80.py": "1"}


def test_a_blob_that_is_not_there_is_unavailable(repository: pygit2.Repository) -> None:
    commit(repository, {"a.txt": b"gone", "b.txt": b"here"})
    loose_object(repository, blob_of(read(repository.workdir), "a.txt")).unlink()
    snapshot = read(repository.workdir)
    assert snapshot.texts == {"a.txt": ABSENT, "b.txt": "here"}
    assert [entry.size for entry in snapshot.tree] == [0, 4]


def test_a_damaged_blob_is_unavailable(repository: pygit2.Repository) -> None:
    commit(repository, {"a.txt": b"gone", "b.txt": b"here"})
    _spoil(loose_object(repository, blob_of(read(repository.workdir), "a.txt")))
    assert read(repository.workdir).texts == {"a.txt": DAMAGED, "b.txt": "here"}


def test_a_blob_with_the_content_of_another_is_damaged(repository: pygit2.Repository) -> None:
    commit(repository, {"a.txt": b"a", "b.txt": b"b"})
    snapshot = read(repository.workdir)
    forged = loose_object(repository, blob_of(snapshot, "a.txt"))
    forged.chmod(0o644)
    forged.write_bytes(loose_object(repository, blob_of(snapshot, "b.txt")).read_bytes())
    assert read(repository.workdir).texts == {"a.txt": DAMAGED, "b.txt": "b"}


def test_a_tree_where_a_blob_should_be_is_damaged(repository: pygit2.Repository) -> None:
    empty = repository.odb.write(ObjectType.TREE, b"")
    commit_tree(repository, repository.odb.write(ObjectType.TREE, b"100644 a.txt\0" + empty.raw))
    assert read(repository.workdir).texts == {"a.txt": DAMAGED}


def test_a_folder_that_cannot_be_listed_is_a_gap(repository: pygit2.Repository) -> None:
    commit(repository, {"a.txt": b"1", "src/b.txt": b"2"})
    loose_object(repository, repository.revparse_single("HEAD:src").id).unlink()
    snapshot = read(repository.workdir)
    reason = "is damaged or not in this copy of the repository, so its files are not listed"
    assert (list(snapshot.texts), snapshot.gaps) == (["a.txt"], (Location("src", note=reason),))


@pytest.mark.parametrize("revision", ["HEAD", "HEAD^{tree}"])
def test_a_commit_that_cannot_be_read_is_an_error(repository: pygit2.Repository, revision: str) -> None:
    commit(repository, {"a.txt": b"1"})
    _spoil(loose_object(repository, repository.revparse_single(revision).id))
    with pytest.raises(NoCommits, match="damaged or not in this copy"):
        read(repository.workdir)


def test_a_branch_whose_commit_is_not_there_is_an_error(repository: pygit2.Repository) -> None:
    loose_object(repository, commit(repository, {"a.txt": b"1"})).unlink()
    with pytest.raises(NoCommits, match="'main' names no commit that is in this copy"):
        read(repository.workdir, ref="main")


@pytest.mark.parametrize("content", [b"", b"gitdir: /nowhere\n", b"\0\xff"])
def test_a_git_file_that_leads_nowhere_is_no_repository(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".git").write_bytes(content)
    with pytest.raises(NotARepository, match="its git directory is damaged or incomplete"):
        read(tmp_path)


def test_a_repository_in_sha256_is_told_plainly(repository: pygit2.Repository) -> None:
    config = Path(repository.path, "config")
    config.write_text("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n")
    with pytest.raises(NotARepository, match="SHA-256"):
        read(repository.workdir)


def test_a_folder_inside_a_work_tree_is_a_plain_folder(repository: pygit2.Repository) -> None:
    commit(repository, {"a.txt": b"1"})
    inside = Path(repository.workdir, "inside")
    inside.mkdir()
    (inside / "b.txt").write_text("2")
    assert read(inside).texts == {"b.txt": "2"}


def test_a_remote_gives_owner_and_page_without_credentials(repository: pygit2.Repository) -> None:
    commit(repository, {"a.txt": b"1"})
    repository.remotes.create("origin", "https://ada:secret@github.com/ada/churn.git")
    snapshot = read(repository.workdir)
    assert (snapshot.full_name, snapshot.web_url) == ("ada/churn", "https://github.com/ada/churn")
    assert "secret" not in repr(snapshot)


def test_files_beyond_the_limit_are_left_out_from_the_deepest(repository: pygit2.Repository) -> None:
    commit(repository, {"a.txt": b"", "z.txt": b"", "deep/b.txt": b"", "deep/c/d.txt": b""})
    snapshot = read(repository.workdir, entries=3)
    assert [entry.path for entry in snapshot.tree] == ["a.txt", "deep/b.txt", "z.txt"]
    assert snapshot.gaps == (Location("", note="has more than 3 files and folders, so only the first are listed"),)


def test_a_tree_that_multiplies_itself_is_bounded(repository: pygit2.Repository) -> None:
    tree = repository.odb.write(ObjectType.TREE, b"")
    for _ in range(12):
        tree = repository.odb.write(ObjectType.TREE, b"".join(b"40000 %d\0" % n + tree.raw for n in range(10)))
    commit_tree(repository, tree)
    with pytest.raises(NoCommits, match="has more than 1,000 files and folders"):
        read(repository.workdir, entries=1_000)


def test_folders_nested_without_end_are_a_gap(repository: pygit2.Repository) -> None:
    tree = repository.odb.write(ObjectType.TREE, b"100644 a.txt\0" + repository.create_blob(b"1").raw)
    for _ in range(30):
        tree = repository.odb.write(ObjectType.TREE, b"40000 " + b"d" * 200 + b"\0" + tree.raw)
    blob = repository.create_blob(b"1")
    root = b"100644 a.txt\0" + blob.raw + b"40000 deep\0" + tree.raw
    commit_tree(repository, repository.odb.write(ObjectType.TREE, root))
    gap = read(repository.workdir).gaps[0]
    assert (len(gap.path), gap.note) == (4096, "is nested too deeply, so its files are not listed")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_another_user_is_read(repository: pygit2.Repository) -> None:
    commit(repository, {"a.txt": b"1"})
    for place in (repository.workdir, repository.path):
        os.chown(place, 12345, 12345)
    assert read(repository.workdir).texts == {"a.txt": "1"}


def _spoil(file: Path) -> None:
    file.chmod(0o644)
    file.write_bytes(b"x\x9cspoilt")
