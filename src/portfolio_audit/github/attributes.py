"""Whether an archive holds what the repository holds: ``.gitattributes`` can leave files out of it, or change them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

FILE = ".gitattributes"
LEFT_OUT = "export-ignore"
"""Files with this attribute are in no archive; this file itself may be one of them."""
CHANGED = "export-subst"
"""In files with this attribute, ``$Format:…$`` is replaced."""


def is_attributes(path: str) -> bool:
    """Whether a path is that of a file of attributes."""
    return path.rpartition("/")[2] == FILE


def export_attributes(contents: Mapping[str, bytes]) -> frozenset[str]:
    """Which of the two attributes the files of attributes among the contents give to any path."""
    files = (content for path, content in contents.items() if is_attributes(path))
    given = {attribute for content in files for attribute in _given(content.decode("utf-8", "replace"))}
    return frozenset(given & {LEFT_OUT, CHANGED})


def _given(text: str) -> Iterator[str]:
    """The attributes that any line sets; a pattern in quotes may hold blanks, which makes no difference here."""
    for line in text.splitlines():
        if not line.lstrip().startswith("#"):
            yield from line.split()[1:]
