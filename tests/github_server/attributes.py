"""What ``.gitattributes`` tells ``git archive``: which paths to leave out, in which to write the commit's id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathspec import GitIgnoreSpec

from github_server.objects import Entry, Objects, Submodule, content_of

FILE = ".gitattributes"
LEAVE_OUT, SUBSTITUTE = "export-ignore", "export-subst"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an attributes file: paths below a folder, and an attribute set or unset for them."""

    folder: str
    pattern: str
    paths: GitIgnoreSpec
    attribute: str
    is_set: bool

    def speaks_of(self, entry: Entry) -> bool:
        """Whether the line's pattern fits an entry; a folder's may end in a slash."""
        if not entry.path.startswith(self.folder):
            return False
        below = entry.path.removeprefix(self.folder)
        is_folder = entry.kind == "tree" and not self.pattern.endswith("/**")
        return self.paths.match_file(below + "/" * is_folder)


def lines_of(objects: Objects) -> tuple[Line, ...]:
    """The lines of all attributes files that matter to archives, the root's first: the last that fits decides."""
    files = sorted(
        (path for path in objects.files if path.rpartition("/")[2] == FILE), key=lambda path: path.count("/")
    )
    return tuple(line for path in files for line in lines_in(objects, path))


def lines_in(objects: Objects, path: str) -> Iterator[Line]:
    content = objects.files[path]
    if isinstance(content, Submodule):
        return
    folder = path.removesuffix(FILE)
    for text in content_of(content).decode("utf-8", "replace").splitlines():
        pattern, *attributes = text.split() or [""]
        for attribute in attributes:
            plain = attribute.lstrip("-!")
            if plain in {LEAVE_OUT, SUBSTITUTE} and not pattern.startswith(("#", "!", "[attr]")):
                yield Line(folder, pattern, GitIgnoreSpec.from_lines([pattern]), plain, plain == attribute)


def is_set(lines: tuple[Line, ...], attribute: str, entry: Entry) -> bool:
    """Whether an entry has an attribute."""
    found = [line.is_set for line in lines if line.attribute == attribute and line.speaks_of(entry)]
    return bool(found) and found[-1]


def substituted(content: bytes, oid: str) -> bytes:
    """A content with ``$Format:%H$`` and ``$Format:%h$`` filled in."""
    return content.replace(b"$Format:%H$", oid.encode()).replace(b"$Format:%h$", oid[:7].encode())
