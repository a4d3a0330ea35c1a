"""What one file of Python shows: imports, calls, definitions and texts, each with its line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module or name.

    ``module`` is dotted as written (``sklearn.linear_model``); ``name`` is what ``from … import name`` takes,
    else empty; ``level`` counts
    the leading dots of a relative import; ``optional`` if inside ``try``/``except ImportError`` or ``if
    TYPE_CHECKING``.
    """

    module: str
    line: int
    name: str = ""
    level: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One call in code that is not commented out.

    ``name`` is dotted, with import aliases resolved (``np.random.seed`` → ``numpy.random.seed``; a method on an unknown
    object keeps its written form: ``model.fit``). ``function`` is the enclosing function's name or empty.
    ``texts`` are the literal string arguments in order (keyword ones included), ``keywords`` the keyword names (``**``
    for unpacked ones), ``assigned`` the names it is bound to, ``arguments`` the number of positional arguments,
    ``passed`` the dotted names given as arguments.
    """

    name: str
    line: int
    function: str = ""
    texts: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()
    arguments: int = 0
    passed: tuple[str, ...] = ()

    @property
    def method(self) -> str:
        """The last part of the dotted name."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method; ``decorators`` as calls (a bare decorator is a call with no arguments).

    ``asserts`` counts assert statements and ``self.assert…``/``pytest.raises`` calls in its body; ``owner``
    is its class or empty.
    """

    name: str
    line: int
    end_line: int
    decorators: tuple[Call, ...] = ()
    asserts: int = 0
    owner: str = ""
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A literal string of code (docstrings and literals longer than 2,000 characters left out)."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class PythonModule:
    """What one file of Python shows.

    ``asserts`` counts the assertions of the whole file that can fail. ``broken`` holds the syntax error
    when the text is not valid Python 3; the imports are then found line by line and the rest is empty.
    """

    imports: tuple[Import, ...] = ()
    calls: tuple[Call, ...] = ()
    functions: tuple[Function, ...] = ()
    classes: tuple[str, ...] = ()
    texts: tuple[Text, ...] = ()
    docstring: str = ""
    runs_as_script: bool = False
    asserts: int = 0
    broken: str = ""
    broken_line: int = 0
