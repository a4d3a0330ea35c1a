"""Gzip unpacked as it arrives, a piece at a time, so that no input makes more than a piece of memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from portfolio_audit.errors import ArchiveError

PIECE = 256 * 1024
"""The most bytes that are unpacked at once."""
_TAKEN = 64 * 1024
_MAGIC = b"\x1f\x8b"
_MOST_PARTS = 10_000


class Inflater:
    """Unpacks one gzip file of any number of parts (RFC 1952 lets several stand one after the other).

    Bytes behind the last part are ignored, as gzip(1) does. Every part's checksum is verified.
    """

    def __init__(self) -> None:
        self._stream = _stream()
        self._start = b""
        self._parts = 0
        self._between = True
        self._over = False

    @property
    def whole(self) -> bool:
        """Whether the file may end here."""
        return self._over or (self._between and self._parts > 0)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what the next bytes hold, in pieces; raises ArchiveError for what is no gzip, or damaged."""
        for start in range(0, len(data), _TAKEN):
            rest = data[start : start + _TAKEN]
            while rest and not self._over:
                rest = self._begin(rest) if self._between else rest
                if not self._between:
                    piece, rest = self._unpack(rest)
                    yield piece

    def _begin(self, data: bytes) -> bytes:
        """Begin the next part, once two bytes say that it is one."""
        data = self._start + data
        self._start = b""
        if len(data) < len(_MAGIC):
            self._start = data
            return b""
        if data.startswith(_MAGIC):
            self._parts += 1
            self._between = False
            if self._parts > _MOST_PARTS:
                raise ArchiveError(f"the archive has more than {_MOST_PARTS:,} parts")
        elif self._parts:
            self._over = True
        else:
            raise ArchiveError("it is no gzip file")
        return data

    def _unpack(self, data: bytes) -> tuple[bytes, bytes]:
        """A piece, and what is still to be unpacked."""
        try:
            piece = self._stream.decompress(data, PIECE)
        except zlib.error as error:
            raise ArchiveError("the archive is damaged") from error
        if not self._stream.eof:
            return piece, self._stream.unconsumed_tail
        rest = self._stream.unused_data
        self._stream, self._between = _stream(), True
        return piece, rest


def _stream() -> zlib._Decompress:
    return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
