"""The files that Python code reads and writes, as far as their paths can be told without running it."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_READS = re.compile(
    r"(?:^|\.)(?:read_\w+|loadtxt|genfromtxt|fromfile|imread|open|load|loadmat|ExcelFile|open_dataset|AlignmentFile"
    r"|listdir|scandir|parse|read|Dataset|memmap|load_workbook|File|BedTool|from_file)$"
)
_WRITES = re.compile(
    r"(?:^|\.)(?:to_\w+|dump|save\w*|write\w*|savetxt|urlretrieve|download\w*|copy\w*|extractall|retrieve|makedirs"
    r"|mkdir|sink_\w+|move|rename)$"
)
_FOLDERS = frozenset({"chdir", "add_path"})
_PATH_KEYWORDS = frozenset(
    {"path", "filepath_or_buffer", "io", "filename", "file", "fname", "filepath", "path_or_buf", "f", "mode"}
)
_JOINS = frozenset({"join", "joinpath", "Path", "PurePath", "PosixPath"})
_SAME = frozenset({"str", "abspath", "realpath", "normpath", "resolve", "expanduser"})
_LEAVES = frozenset({ast.Name, ast.Constant, ast.Load, ast.Store, ast.Del, ast.alias, ast.arg, ast.Pass})
_DEEPEST = 30
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Read:
    """A file or folder that a call reads, as its path is written."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class FileUse:
    """What code does with files: what it reads, the names it writes, and whether it changes its folder."""

    reads: tuple[Read, ...] = ()
    writes: frozenset[str] = frozenset()
    moves: bool = False


def file_use(tree: ast.Module) -> FileUse:
    """Follow constants through a module in the order of its lines; a path that is not constant is not told."""
    reader = _Reader()
    for node in _in_order(tree):
        reader.take(node)
    return FileUse(tuple(reader.reads), frozenset(reader.writes), reader.moves)


def writes(name: str, mode: str = "") -> bool:
    """Whether a call of that name writes what it names; ``mode`` is how a file is opened."""
    return _WRITES.search(name) is not None or not {"w", "a", "x"}.isdisjoint(mode[:3])


def _in_order(tree: ast.Module) -> Iterator[ast.AST]:
    """Every assignment and call, what stands within another first, statement after statement."""
    stack: list[tuple[ast.AST, bool]] = [(node, False) for node in reversed(tree.body)]
    while stack:
        node, seen = stack.pop()
        if seen:
            yield node
            continue
        if isinstance(node, ast.Assign | ast.Call):
            stack.append((node, True))
        stack += [(c, False) for c in reversed(list(ast.iter_child_nodes(node))) if c.__class__ not in _LEAVES]


class _Reader:
    def __init__(self) -> None:
        self.reads: list[Read] = []
        self.writes: set[str] = set()
        self.moves = False
        self._known: dict[str, str | None] = {}

    def take(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self._known[target.id] = self._text(node.value)
        elif isinstance(node, ast.Call):
            self._call(node)

    def _call(self, node: ast.Call) -> None:
        name = _name(node.func)
        method = name.rpartition(".")[2]
        paths, mode = self._arguments(node, method)
        if method in _FOLDERS:
            self.moves = True
        elif writes(name, mode):
            self.writes.update(path.replace("\\", "/").rstrip("/").rpartition("/")[2] for path in paths)
        elif paths and _READS.search(name) and (not node.args or self._text(node.args[0]) is not None):
            self.reads.append(Read(paths[0], node.lineno))

    def _arguments(self, node: ast.Call, method: str) -> tuple[list[str], str]:
        """The constant texts that a call is given as paths, and the mode in which it opens a file."""
        texts = [text for argument in node.args if (text := self._text(argument)) is not None]
        keyed = {k.arg: self._text(k.value) for k in node.keywords if k.arg in _PATH_KEYWORDS}
        mode = keyed.pop("mode", None) or (texts[1] if method == "open" and len(texts) > 1 else "")
        return [*(texts[:1] if method == "open" else texts), *(text for text in keyed.values() if text)], mode

    def _text(self, node: ast.expr, depth: int = 0) -> str | None:
        """The text an expression stands for, or None; paths are joined as on Linux."""
        made = _MAKING.get(type(node)) if depth < _DEEPEST else None
        text = made(self, node, depth + 1) if made else None
        return text if text is not None and len(text) <= _LONGEST else None

    def constant(self, node: ast.Constant, _: int) -> str | None:
        plain = isinstance(node.value, str | int | float) and not isinstance(node.value, bool)
        return str(node.value)[: _LONGEST + 1] if plain else None

    def named(self, node: ast.Name, _: int) -> str | None:
        return self._known.get(node.id)

    def formatted(self, node: ast.JoinedStr, depth: int) -> str | None:
        values = [v.value if isinstance(v, ast.FormattedValue) else v for v in node.values[:_DEEPEST]]
        return _whole([self._text(value, depth) for value in values], "".join)

    def combined(self, node: ast.BinOp, depth: int) -> str | None:
        both = [self._text(node.left, depth), self._text(node.right, depth)]
        if isinstance(node.op, ast.Add):
            return _whole(both, "".join)
        return _whole(both, lambda parts: posixpath.join(*parts)) if isinstance(node.op, ast.Div) else None

    def called(self, node: ast.Call, depth: int) -> str | None:
        name = _name(node.func)
        method = name.rpartition(".")[2]
        if method in {"getcwd", "cwd"}:
            return "."
        if node.keywords or method not in _JOINS | _SAME or (method == "join" and not name.endswith("path.join")):
            return None
        parts = [self._text(argument, depth) for argument in node.args[:_DEEPEST]]
        if (
            isinstance(node.func, ast.Attribute)
            and method in {"joinpath", "resolve", "expanduser"}
            and "path." not in name
        ):
            parts.insert(0, self._text(node.func.value, depth))
        return _whole(parts, lambda known: posixpath.join(*known))


_MAKING: dict[type[ast.AST], Callable[[_Reader, Any, int], str | None]] = {
    ast.Constant: _Reader.constant,
    ast.Name: _Reader.named,
    ast.JoinedStr: _Reader.formatted,
    ast.BinOp: _Reader.combined,
    ast.Call: _Reader.called,
}


def _whole(parts: list[str | None], join: Callable[[list[str]], str]) -> str | None:
    """The parts joined, if all are known."""
    known = [part for part in parts if part is not None]
    return join(known) if known and len(known) == len(parts) else None


def _name(node: ast.expr) -> str:
    """The dotted name of what is called, as it is written."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < _DEEPEST:
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts))
