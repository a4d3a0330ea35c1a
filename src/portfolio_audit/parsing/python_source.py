"""Python source to imports, calls, definitions and texts, by ``ast``; nothing is ever executed."""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from portfolio_audit.parsing.python_module import Call, Function, Import, PythonModule, Text

__all__ = ["Call", "Function", "Import", "PythonModule", "Text", "parse_python", "too_costly"]

_IMPORT = re.compile(r"^\s*(?:from\s+(\.*)([\w.]*)\s+import\s+(\w+)|import\s+([\w., ]+))")
_LONGEST_TEXT = 2_000
_LONGEST_SOURCE = 500_000
_MOST_BRACES = 10_000
_LONGEST_CHAIN = 200
_MOST_NODES = 400_000
_FORMATTED = re.compile(r"""\b[rR]?[fF][rR]?["']""")
_ENDLESS_NAME = re.compile(r"\b(?:\w{1,200}[\s\\]{0,20}\.[\s\\]{0,20}){100}")


def parse_python(text: str) -> PythonModule:
    """Parse Python 3; text that is not, or that would cost too much, is searched for imports only."""
    costly = too_costly(text)
    if costly:
        return PythonModule(imports=tuple(_imports_by_line(text)), broken=costly)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _Reader().read(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else "cannot be parsed"
        line = (error.lineno or 0) if isinstance(error, SyntaxError) else 0
        return PythonModule(imports=tuple(_imports_by_line(text)), broken=reason, broken_line=line)


def too_costly(text: str) -> str:
    """Why a text must not be given to ``ast.parse``, whose time or memory it would take without bound; or empty.

    A name of n parts takes memory, and a formatted string of n fields time, that grow with the square of n.
    """
    if len(text) > _LONGEST_SOURCE:
        return f"is longer than {_LONGEST_SOURCE:,} characters"
    if text.count("{") > _MOST_BRACES and _FORMATTED.search(text):
        return f"has more than {_MOST_BRACES:,} braces"
    return "has a name of more than 100 parts" if _ENDLESS_NAME.search(text) else ""


def _imports_by_line(text: str) -> Iterator[Import]:
    for number, line in enumerate(text.split("\n"), start=1):
        found = _IMPORT.match(line[:400])
        if found:
            dots, origin, name, plain = found.groups()
            if plain is None:
                yield Import(origin, number, name, len(dots))
            for module in (plain or "").split(","):
                if words := module.split():
                    yield Import(words[0], number)


class _Reader:
    """Walks a tree once, without recursion over statements' depth beyond what ``ast`` itself allows."""

    def __init__(self) -> None:
        self.imports: list[Import] = []
        self.calls: list[Call] = []
        self.functions: list[Function] = []
        self.classes: list[str] = []
        self.texts: list[Text] = []
        self.aliases: dict[str, str] = {}
        self.script = False
        self.bound: dict[int, tuple[str, ...]] = {}
        """The names that a call yet to be met is bound to."""
        self.asserted: list[int] = []
        """The lines of assertions that can fail."""

    def read(self, tree: ast.Module) -> PythonModule:
        """Everything the module shows, in the order of its lines."""
        self._take_imports(tree)
        self._take(tree.body, _Place())
        self.asserted.sort()
        return PythonModule(
            imports=tuple(self.imports),
            calls=tuple(sorted(self.calls, key=lambda call: call.line)),
            functions=tuple(map(self._counted, self.functions)),
            classes=tuple(self.classes),
            texts=tuple(self.texts),
            docstring=ast.get_docstring(tree) or "",
            runs_as_script=self.script,
            asserts=len(self.asserted),
        )

    def _take_imports(self, tree: ast.Module) -> None:
        for node, optional in _statements(tree.body, optional=False):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self.imports.append(Import(alias.name, node.lineno, optional=optional))
                    self.aliases[alias.asname or alias.name.partition(".")[0]] = (
                        alias.name if alias.asname else alias.name.partition(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    module = node.module or ""
                    self.imports.append(Import(module, node.lineno, alias.name, node.level, optional))
                    dots = "." * node.level
                    self.aliases[alias.asname or alias.name] = f"{dots}{module}.{alias.name}".lstrip(".") or alias.name

    def _counted(self, function: Function) -> Function:
        """The function with the assertions that stand between its first and last line."""
        first, last = bisect_left(self.asserted, function.line), bisect_right(self.asserted, function.end_line)
        return replace(function, asserts=last - first) if last > first else function

    def _take(self, body: Iterable[ast.AST], place: _Place) -> None:
        """Look at nodes and all below them; a stack, since generated code can nest deeply."""
        stack: list[tuple[ast.AST, _Place]] = [(node, place) for node in reversed(list(body))]
        left = _MOST_NODES
        while stack and left:
            left -= 1
            node, here = stack.pop()
            shown = _SHOWING.get(node.__class__)
            inner = shown(self, node, here) if shown else here
            for field in _FIELDS[node.__class__]:
                value: Any = getattr(node, field, None)
                if value.__class__ is list:
                    stack += [(item, inner) for item in reversed(value) if item.__class__ not in _LEAVES]
                elif value.__class__ not in _LEAVES and not (field == "value" and _says_nothing(node, value)):
                    stack.append((value, inner))

    def take_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, here: _Place) -> _Place:
        self.functions.append(self._function(node, here))
        return here.inside(node.name)

    def take_class(self, node: ast.ClassDef, here: _Place) -> _Place:
        self.classes.append(node.name)
        return _Place(here.function, node.name)

    def take_call(self, node: ast.Call, here: _Place) -> _Place:
        self.calls.append(self._call(node, here.function, self.bound.pop(id(node), ())))
        if _is_assertion(node):
            self.asserted.append(node.lineno)
        return here

    def take_assignment(self, node: ast.Assign | ast.AnnAssign, here: _Place) -> _Place:
        if isinstance(node.value, ast.Call):
            self.bound[id(node.value)] = _targets(node)
        return here

    def take_assert(self, node: ast.Assert, here: _Place) -> _Place:
        if _is_assertion(node):
            self.asserted.append(node.lineno)
        return here

    def take_if(self, node: ast.If, here: _Place) -> _Place:
        self.script = self.script or _is_main_guard(node.test)
        return here

    def take_constant(self, node: ast.Constant, here: _Place) -> _Place:
        if isinstance(node.value, str) and 0 < len(node.value) <= _LONGEST_TEXT:
            self.texts.append(Text(node.value, node.lineno))
        return here

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, place: _Place) -> Function:
        arguments = node.args
        names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        return Function(
            name=node.name,
            line=node.lineno,
            end_line=node.end_lineno or node.lineno,
            decorators=tuple(self._decorator(d, node.name) for d in node.decorator_list),
            owner=place.owner,
            parameters=tuple(names),
        )

    def _decorator(self, node: ast.expr, function: str) -> Call:
        if isinstance(node, ast.Call):
            return self._call(node, function)
        return Call(self._name(node), node.lineno, function)

    def _call(self, node: ast.Call, function: str, assigned: tuple[str, ...] = ()) -> Call:
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
        texts = [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
        return Call(
            name=self._name(node.func),
            line=node.lineno,
            function=function,
            texts=tuple(t for t in texts if len(t) <= _LONGEST_TEXT),
            keywords=tuple(keyword.arg or "**" for keyword in node.keywords),
            assigned=assigned,
            arguments=len(node.args),
            passed=tuple(self._name(v) for v in _listed(values) if isinstance(v, ast.Name | ast.Attribute)),
        )

    def _name(self, node: ast.expr) -> str:
        """The dotted name of what is called, aliases resolved; calls and subscripts in the chain are left out."""
        parts: list[str] = []
        for _ in range(_LONGEST_CHAIN):
            if isinstance(node, ast.Name):
                parts.append(self.aliases.get(node.id, node.id))
                break
            if isinstance(node, ast.Attribute):
                parts.append(node.attr)
                node = node.value
            elif isinstance(node, ast.Call):
                node = node.func
            elif isinstance(node, ast.Subscript | ast.Await):
                node = node.value
            else:
                break
        return ".".join(reversed(parts))


_SHOWING: dict[type[ast.AST], Callable[[_Reader, Any, _Place], _Place]] = {
    ast.FunctionDef: _Reader.take_function,
    ast.AsyncFunctionDef: _Reader.take_function,
    ast.ClassDef: _Reader.take_class,
    ast.Call: _Reader.take_call,
    ast.Assign: _Reader.take_assignment,
    ast.AnnAssign: _Reader.take_assignment,
    ast.Assert: _Reader.take_assert,
    ast.If: _Reader.take_if,
    ast.Constant: _Reader.take_constant,
}
"""What each kind of node that shows something is read by."""


_LEAVES = frozenset(
    {type(None), str, int, bool, ast.Name, ast.alias, ast.Load, ast.Store, ast.Del, ast.Pass, ast.Global}
)
"""What shows nothing and has nothing below it."""
_NO_NODES = frozenset(
    {"ctx", "op", "ops", "id", "attr", "arg", "name", "names", "module", "level", "kind", "conversion"}
)
"""Fields that never hold anything that shows."""
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {
    kind: tuple(name for name in reversed(kind._fields) if name not in _NO_NODES and kind is not ast.Constant)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
"""The fields of a kind of node that can hold nodes, last first."""


def _says_nothing(node: ast.AST, value: object) -> bool:
    """Whether a value is a string standing alone, which nothing runs."""
    return node.__class__ is ast.Expr and value.__class__ is ast.Constant


@dataclass(frozen=True, slots=True)
class _Place:
    """The function and class that a node stands in."""

    function: str = ""
    owner: str = ""

    def inside(self, function: str) -> _Place:
        return _Place(function, "")


def _statements(body: list[ast.stmt], *, optional: bool) -> Iterator[tuple[ast.stmt, bool]]:
    """Every statement, and whether it only runs when something else is missing."""
    stack = [(node, optional) for node in reversed(body)]
    while stack:
        node, guarded = stack.pop()
        yield node, guarded
        inner = guarded or _guards_imports(node)
        for field in _BLOCKS:
            block = getattr(node, field, None)
            if block:
                stack.extend([(child, inner) for child in reversed(block)])


_BLOCKS = ("cases", "finalbody", "orelse", "handlers", "body")
"""The fields of statements, handlers and cases that hold statements, last first."""


def _guards_imports(node: ast.stmt) -> bool:
    if isinstance(node, ast.Try):
        caught = " ".join(ast.unparse(h.type) for h in node.handlers if h.type)
        return "ImportError" in caught or "ModuleNotFoundError" in caught
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _is_main_guard(test: ast.expr) -> bool:
    if not isinstance(test, ast.Compare):
        return False
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in (test.left, *test.comparators))


def _is_assertion(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return any(isinstance(part, ast.Name | ast.Call | ast.Attribute) for part in ast.walk(node.test))
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id.startswith("assert_") or node.func.id in {"raises", "warns"}
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return (name.startswith(("assert", "raises", "warns")) and name != "assert_") or name == "fail"


def _listed(values: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """The values, a list or tuple among them item by item."""
    for value in values:
        yield from value.elts if isinstance(value, ast.List | ast.Tuple) else (value,)


def _targets(node: ast.Assign | ast.AnnAssign) -> tuple[str, ...]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = (n for target in targets for n in ast.walk(target) if isinstance(n, ast.Name))
    return tuple(name.id for name in names)
