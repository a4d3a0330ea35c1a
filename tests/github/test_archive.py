"""What an archive holds becomes the tree and the wanted contents, whatever git or tarfile make of it."""

from __future__ import annotations

import gzip
import os
import tarfile
import tracemalloc
from pathlib import Path

import pygit2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygit2.enums import FileMode, ObjectType

import repositories
from archives import COMMIT, entry, git_archive, packed, read, tar
from portfolio_audit.errors import ArchiveError
from portfolio_audit.github.archive import Archive, ArchiveLimits, ArchiveReader
from portfolio_audit.model.snapshot import EntryKind, TreeEntry

LONG = "/".join(["a folder with a name"] * 12) + "/file.txt"
FILES = {
    "README.md": b"# Churn\n",
    "run.sh": b"echo\n",
    "data/raw.csv": b"a,b\n" * 5000,
    "current.link": b"data/raw.csv",
    "far.link": b"x/" * 90,
    LONG: b"deep",
    "prefixed/" + "n" * 99 + "/" + "m" * 99: b"in two fields",
    "\u00fcber/\u6570\u636e.txt": b"named",
    "empty": b"",
}


def listed(data: bytes) -> list[str]:
    return [member.path for member in read(data).members]


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    """A git repository with every kind of entry."""
    repository = pygit2.init_repository(str(tmp_path), initial_head="main")
    index = pygit2.Index()
    for path, content in FILES.items():
        mode = repositories.MODES.get(Path(path).suffix, FileMode.BLOB)
        index.add(pygit2.IndexEntry(path, repository.create_blob(content), mode))
    index.add(pygit2.IndexEntry("vendor/lib", pygit2.Oid(hex=COMMIT), FileMode.COMMIT))
    repositories.commit_tree(repository, index.write_tree(repository))
    return tmp_path


def test_an_archive_of_git_holds_what_git_holds(committed: Path) -> None:
    expected = repositories.read(committed)
    archive = read(git_archive(committed))
    submodule = TreeEntry("vendor/lib", kind=EntryKind.SUBMODULE)  # whose commit is in no archive
    assert archive.members == tuple(submodule if e.path == submodule.path else e for e in expected.tree)
    assert archive.commit == expected.commit
    assert archive.gaps == ()
    files = {m.path for m in archive.members if m.kind in (EntryKind.FILE, EntryKind.EXECUTABLE)}
    assert archive.contents == {path: FILES[path] for path in files}


def test_names_in_other_encodings_are_those_that_git_gives(tmp_path: Path) -> None:
    repository = pygit2.init_repository(str(tmp_path), initial_head="main")
    blob = repository.create_blob(b"x").raw
    rows = b"".join(b"100644 %s\0%s" % (name, blob) for name in (b"caf\xe9.txt", b"n" * 120 + b"\xff"))
    repositories.commit_tree(repository, repository.odb.write(ObjectType.TREE, rows))
    assert read(git_archive(tmp_path)).members == repositories.read(tmp_path).tree


NAMES = st.lists(st.sampled_from(["a", "b.py", "\u00fc", "c d", "n" * 99]), min_size=1, max_size=4).map("/".join)


@given(
    st.dictionaries(NAMES, st.binary(max_size=1500), max_size=6),
    st.sampled_from([tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    st.integers(1, 3000),
)
@settings(deadline=None)
def test_any_form_of_tar_in_any_chunks_holds_its_files(files: dict[str, bytes], form: int, chunk: int) -> None:
    if form == tarfile.USTAR_FORMAT:
        files = {path: content for path, content in files.items() if len(path.encode()) < 95}
    data = gzip.compress(tar((entry(f"top/{path}", content) for path, content in files.items()), form=form), 1)
    archive = read(data, chunk=chunk)
    assert archive.contents == files
    assert [(m.path, m.size) for m in archive.members] == [(path, len(files[path])) for path in sorted(files)]


@given(st.binary(max_size=3000), st.integers(1, 700))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, chunk: int) -> None:
    for hostile in (data, gzip.compress(data, 1), gzip.compress(tar([entry("x/a", b"b" * 900)])[:700] + data, 1)):
        try:
            assert isinstance(read(hostile, chunk=chunk), Archive)
        except ArchiveError as error:
            assert error.reason


def test_an_archive_may_be_empty() -> None:
    assert read(packed()) == Archive(COMMIT, (), {}, ())


@pytest.mark.parametrize("comment", ["main", COMMIT[:39], COMMIT.upper(), COMMIT + "\n"])
def test_a_comment_that_is_no_commit_is_none(comment: str) -> None:
    assert read(packed(commit=comment)).commit == ""


def test_only_what_is_wanted_and_not_too_big_is_kept() -> None:
    data = packed(("a.py", b"12"), ("b.py", b"12345"), ("c.csv", b"1"), ("d.py", b"123"))
    reader = ArchiveReader(lambda path: path.endswith(".py"), lambda path: 1 if path == "a.py" else 5)
    reader.feed(data)
    archive = reader.finish()
    assert archive.contents == {"b.py": b"12345", "d.py": b"123"}
    assert len(archive.members) == 4


def test_what_is_kept_is_bounded_in_all() -> None:
    data = packed(("a", b"1234"), ("b", b"1234"), ("c", b"12"))
    assert read(data, kept_bytes=6).contents == {"a": b"1234", "c": b"12"}


def test_the_attributes_of_an_archive_are_always_kept() -> None:
    reader = ArchiveReader(lambda _: False, lambda _: 99)
    reader.feed(packed(("a", b"1"), ("docs/.gitattributes", b"* text")))
    assert reader.finish().contents == {"docs/.gitattributes": b"* text"}


def test_empty_folders_are_submodules() -> None:
    data = packed(("lib", None), ("src", None), ("src/a.py", b""), ("src/deep", None), ("src/deep/er", None))
    assert read(data).members == (
        TreeEntry("lib", kind=EntryKind.SUBMODULE),
        TreeEntry("src/a.py", blob_id="e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"),
        TreeEntry("src/deep/er", kind=EntryKind.SUBMODULE),
    )


def test_a_folder_with_an_unusable_member_is_no_submodule() -> None:
    pipe = entry("x/lib/pipe", type=tarfile.FIFOTYPE)
    assert read(gzip.compress(tar([entry("x/lib", None), pipe]))).members == ()


def test_of_two_members_with_one_name_the_first_counts() -> None:
    archive = read(packed(("a", b"first"), ("a", b"second"), ("a", "link"), ("a", None)))
    assert archive.contents == {"a": b"first"}
    assert [(m.size, m.kind) for m in archive.members] == [(5, EntryKind.FILE)]


def test_links_are_never_followed() -> None:
    archive = read(packed(("out", "/etc/passwd"), ("up", "../../x"), ("up/a", b"in")))
    assert [m.kind for m in archive.members] == [EntryKind.SYMLINK, EntryKind.SYMLINK, EntryKind.FILE]
    assert archive.contents == {"up/a": b"in"}


@pytest.mark.parametrize("kind", [tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"Q"])
def test_what_is_no_file_is_told(kind: bytes) -> None:
    data = gzip.compress(tar([entry("x/odd", type=kind, linkname="x/a"), entry("x/z", b"1")]))
    archive = read(data)
    assert archive.gaps == ("'odd' is neither file, folder nor symbolic link",)
    assert archive.contents == {"z": b"1"}


def test_gaps_are_few() -> None:
    odd = (entry(f"x/{number}", type=tarfile.FIFOTYPE) for number in range(99))
    assert len(read(gzip.compress(tar(odd))).gaps) == 10


def test_backslashes_are_part_of_a_name() -> None:
    assert listed(packed(("..\\..\\a", b""), ("C:\\b", b""))) == ["..\\..\\a", "C:\\b"]


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "x/../../a", "../a", "x/..", "x//a", "x/./a", "./x/a", "x/", "", "a\0b/c", "x/a\0.py"],
)
def test_a_path_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ArchiveError, match="outside its folder"):
        read(gzip.compress(tar([entry("harmless", b"", pax_headers={"path": name})])))


@pytest.mark.parametrize("names", [["x/a", "y/b"], ["a"], ["x/a", "x"]])
def test_all_members_are_in_one_folder(names: list[str]) -> None:
    with pytest.raises(ArchiveError, match="outside its folder"):
        read(gzip.compress(tar(entry(name) for name in names)))


def test_a_long_path_is_left_out() -> None:
    archive = read(packed(("a/" * 50 + "b", b""), ("c", b"")), path_bytes=90)
    assert ([m.path for m in archive.members], archive.gaps) == (["c"], ("a path is over 90 bytes long",))


FEW = packed(*((f"{number}/a", os.urandom(3000)) for number in range(20)))


@pytest.mark.parametrize(
    ("limits", "gap"),
    [
        ({"entries": 7}, "the archive holds more than 7 files and folders"),
        ({"listed_bytes": 60}, "the paths in the archive take over 0 MiB"),
        ({"archive_bytes": 30_000}, "the archive is over 0 MiB"),
        ({"unpacked_bytes": 30_000}, "the archive unpacks to over 0 MiB"),
        ({"ratio": 1, "unsuspected": 30_000}, "the archive unpacks to over 1 times its size"),
    ],
)
def test_over_a_limit_the_beginning_is_kept(limits: dict[str, int], gap: str) -> None:
    archive = read(FEW, chunk=100, **limits)
    assert archive.gaps == (gap,)
    assert 0 < len(archive.members) == len(archive.contents) < 20


def test_a_folder_whose_content_was_not_reached_is_no_submodule() -> None:
    archive = read(packed(("lib", None), ("src", None), ("src/a", b"")), entries=2)
    assert [m.path for m in archive.members] == ["lib"]


def test_nothing_is_read_after_a_limit() -> None:
    reader = ArchiveReader(lambda _: True, lambda _: 1, ArchiveLimits(archive_bytes=10))
    reader.feed(b"x" * 11)
    assert reader.stopped
    reader.feed(b"x" * 99)
    assert reader.finish() == Archive("", (), {}, ("the archive is over 0 MiB",))


def test_a_bomb_takes_no_memory() -> None:
    bomb = gzip.compress(tar([entry("x/zeros", b"\0" * 50_000_000)]))
    tracemalloc.start()
    archive = read(bomb, unsuspected=10_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert archive.gaps == ("the archive unpacks to over 100 times its size",)
    assert peak < 2_000_000


@pytest.mark.parametrize("cut", [0, 1, 15, 200, -900, -9, -1])
def test_what_is_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(ArchiveError, match="ended early"):
        read(FEW[:cut])


@pytest.mark.parametrize("cut", [0, 512, 700, 1024, 1536, 3000])
def test_a_tar_that_is_cut_short_is_refused_though_its_gzip_is_whole(cut: int) -> None:
    whole = tar([entry("x/a", b"1" * 3000)])
    with pytest.raises(ArchiveError, match="ended early"):
        read(gzip.compress(whole[:cut]))
