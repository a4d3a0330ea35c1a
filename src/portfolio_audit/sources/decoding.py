"""Bytes to text, in one place, so that every source shows the same characters and lines."""

from __future__ import annotations

import codecs

from portfolio_audit.model.snapshot import Unavailable

BINARY = Unavailable("is binary")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r\f\x1b"))
_CONTROL_SHARE = 0.005


def decode(data: bytes) -> str | Unavailable:
    """Give the text of a file with Unix line ends, or say that it is binary.

    A byte-order mark decides (PowerShell writes requirement files in UTF-16); else it is UTF-8, else a
    Windows code page if hardly any byte is a control character.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    text = _strictly(data, marked or "utf-8")
    if text is None and marked is None:
        text = _western(data)
    if text is None or "\0" in text:
        return BINARY
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _western(data: bytes) -> str | None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > _CONTROL_SHARE * len(data):
        return None
    return _strictly(data, "cp1252") or data.decode("latin-1")
