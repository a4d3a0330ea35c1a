"""Tar files byte by byte: headers that overrule headers, and those that no honest program writes."""

from __future__ import annotations

import struct
import tarfile

import pytest

from archives import entry, tar
from portfolio_audit.errors import ArchiveError
from portfolio_audit.github.tar import MOST_EXTENDED, Header, TarStream

END = b"\0" * 1024


class Heard:
    """A sink that remembers what it was told."""

    def __init__(self) -> None:
        self.headers: list[Header] = []
        self.contents: list[bytes] = []
        self.comments: list[bytes] = []

    def comment(self, text: bytes) -> None:
        self.comments.append(text)

    def begin(self, header: Header) -> None:
        self.headers.append(header)
        self.contents.append(b"")

    def content(self, data: memoryview) -> None:
        self.contents[-1] += data

    def end(self) -> None:
        self.contents[-1] += b"."


def heard(data: bytes, chunk: int = 100) -> tuple[Heard, bool]:
    sink = Heard()
    stream = TarStream(sink)
    for at in range(0, len(data), chunk):
        stream.feed(data[at : at + chunk])
    return sink, stream.ended


def block(name: str, kind: bytes, data: bytes, size: int | None = None) -> bytes:
    """A header and what follows it, padded."""
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, len(data) if size is None else size
    return info.tobuf(tarfile.GNU_FORMAT) + data + b"\0" * (-len(data) % 512)


def pax(*records: bytes, kind: bytes = tarfile.XHDTYPE) -> bytes:
    return block("PaxHeader", kind, b"".join(records))


def with_field(data: bytes, place: int, value: bytes) -> bytes:
    """A header with other bytes in it, and the checksum that is then right."""
    changed = data[:place] + value + data[place + len(value) :]
    total = sum(changed[:148]) + 8 * 32 + sum(changed[156:512])
    return changed[:148] + b"%06o\0 " % total + changed[156:]


FILE = block("name", tarfile.REGTYPE, b"content")


@pytest.mark.parametrize("chunk", [1, 511, 512, 513, 99_999])
def test_a_file(chunk: int) -> None:
    sink, ended = heard(FILE + END, chunk)
    assert sink.headers == [Header(b"name", tarfile.REGTYPE, 7, executable=False, target=b"")]
    assert (sink.contents, ended) == ([b"content."], True)


@pytest.mark.parametrize(
    ("before", "name"),
    [
        (pax(b"12 path=abc\n"), b"abc"),
        (pax(b"12 path=abc\n", kind=tarfile.SOLARIS_XHDTYPE), b"abc"),
        (pax(b"10 path=a\n", b"10 path=b\n"), b"b"),
        (pax(b"10 path=a\n") + pax(b"10 path=b\n"), b"b"),
        (pax(b"15 path=a\nb=c\n\n"), b"a\nb=c\n"),
        (pax(b"10 path=\xff\n"), b"\xff"),
        (pax(b"11 mtime=1\n"), b"name"),
        (block("L", tarfile.GNUTYPE_LONGNAME, b"long\0"), b"long"),
        (block("K", tarfile.GNUTYPE_LONGLINK, b"far\0") + block("L", tarfile.GNUTYPE_LONGNAME, b"l"), b"l"),
    ],
)
def test_what_stands_before_a_member_names_it_once(before: bytes, name: bytes) -> None:
    sink, _ = heard(before + FILE + FILE + END)
    assert [header.name for header in sink.headers] == [name, b"name"]


def test_a_size_in_a_record_overrules_the_header() -> None:
    sink, ended = heard(pax(b"9 size=2\n") + block("a", tarfile.REGTYPE, b"xy", size=0) + FILE + END)
    assert (sink.contents, ended) == ([b"xy.", b"content."], True)


def test_only_files_have_content() -> None:
    link = block("a", tarfile.SYMTYPE, b"", size=512)
    assert heard(link + FILE + END)[0].contents == [b".", b"content."]


def test_the_comment_on_the_whole() -> None:
    sink, _ = heard(pax(b"15 comment=abc\n", kind=tarfile.XGLTYPE) + FILE + END)
    assert sink.comments == [b"abc"]


def test_the_oldest_form_marks_folders_by_a_slash() -> None:
    old = with_field(block("a/", tarfile.AREGTYPE, b""), 257, b"\0" * 8)
    assert heard(old + END)[0].headers[0].kind == tarfile.DIRTYPE


def test_what_stands_behind_the_end_is_ignored() -> None:
    sink, ended = heard(END + b"garbage" * 999 + FILE)
    assert (sink.headers, ended) == ([], True)


def test_without_the_end_there_is_none() -> None:
    assert not heard(FILE)[1]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html>" * 100, "no tar file"),
        (FILE[:100] + b"9" + FILE[101:], "no tar file"),
        (pax(b"path=abc\n") + FILE, "damaged"),
        (pax(b"99 path=abc\n") + FILE, "damaged"),
        (pax(b"6 path=abc\n") + FILE, "damaged"),
        (pax(b"0 path=abc\n") + FILE, "damaged"),
        (pax(b"11 path=abc\n") + FILE, "damaged"),
        (pax(b"999999999999 path=abc\n") + FILE, "damaged"),
        (pax(b"11 size=-1\n") + FILE, "no number"),
        (pax(b"11 size=1e\n") + FILE, "no number"),
        (pax(b"22 GNU.sparse.major=1\n") + FILE, "sparse"),
        (block("s", tarfile.GNUTYPE_SPARSE, b""), "sparse"),
        (with_field(FILE, 124, b"\xff" * 12), "negative"),
        (with_field(FILE, 124, b"-0000000001\0"), "negative"),
        (with_field(FILE, 124, b"abcdefghijk\0"), "no tar file"),
        (block("x", tarfile.XHDTYPE, b"", size=MOST_EXTENDED), "far too long"),
        (block("L", tarfile.GNUTYPE_LONGNAME, b"", size=8**11 - 1), "far too long"),
        (pax(b"11 mtime=1\n") * 2100 + FILE, "far too long"),
        ((block("x", tarfile.XHDTYPE, b"", size=1_000_000) + bytes(1_000_448) + FILE) * 34, "far too long"),
    ],
)
def test_what_no_honest_program_writes_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ArchiveError, match=reason):
        heard(data)


def test_a_size_beyond_measure_is_only_waited_for() -> None:
    huge = with_field(FILE, 124, b"\x80" + struct.pack(">3xQ", 1 << 62))
    sink, ended = heard(huge + END)
    assert (sink.headers[0].size, ended) == (1 << 62, False)


def test_tarfile_reads_the_same() -> None:
    data = tar([entry("a" * 300, b"1"), entry("b", "c" * 300), entry("d", None), entry("e", b"2", mode=0o755)])
    assert [(h.name, h.target, h.executable) for h in heard(data)[0].headers] == [
        (b"a" * 300, b"", False),
        (b"b", b"c" * 300, False),
        (b"d", b"", False),
        (b"e", b"", True),
    ]
