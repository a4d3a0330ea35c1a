"""Python source: what is imported, called, defined and written, whoever wrote it."""

from __future__ import annotations

import ast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio_audit.parsing.python_source import Call, Import, PythonModule, Text, parse_python


def only_call(text: str) -> Call:
    (call,) = parse_python(text).calls
    return call


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a.b", Import("a.b", 1)),
        ("import a.b as c", Import("a.b", 1)),
        ("from a.b import c", Import("a.b", 1, "c")),
        ("from . import c", Import("", 1, "c", 1)),
        ("from ..a import c", Import("a", 1, "c", 2)),
        ("from a import *", Import("a", 1, "*")),
        ("def f():\n    import a", Import("a", 2)),
        ("if x:\n    pass\nelse:\n    import a", Import("a", 4)),
        ("match x:\n    case 1:\n        import a", Import("a", 3)),
    ],
)
def test_an_import(text: str, expected: Import) -> None:
    assert parse_python(text).imports == (expected,)


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    import a\nexcept ImportError:\n    pass",
        "try:\n    pass\nexcept (ModuleNotFoundError, ValueError):\n    import a",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a",
    ],
)
def test_an_import_that_need_not_succeed(text: str) -> None:
    assert parse_python(text).imports[-1].optional


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import numpy as np\nnp.random.seed(1)", "numpy.random.seed"),
        ("import sklearn.svm\nsklearn.svm.SVC()", "sklearn.svm.SVC"),
        ("from sklearn.svm import SVC as S\nS()", "sklearn.svm.SVC"),
        ("from .models import fit\nfit()", "models.fit"),
        ("self.model.fit()", "self.model.fit"),
        ("models[0].fit()", "models.fit"),
        ("(a or b).fit()", "fit"),
        ("'x'.join()", "join"),
    ],
)
def test_the_name_of_a_call(text: str, name: str) -> None:
    assert only_call(text).name == name


def test_a_call_in_full() -> None:
    text = "def f():\n    model, other = fit('a', 3, seed='b', *rest, **more)\n"
    assert only_call(text) == Call(
        "fit",
        2,
        "f",
        texts=("a", "b"),
        keywords=("seed", "**"),
        assigned=("model", "other"),
        arguments=3,
        passed=("more",),
    )
    assert only_call(text).method == "fit"


def test_calls_in_a_chain_are_all_found() -> None:
    names = [call.name for call in parse_python("from a import A\nx = A().fit(g()).mean()").calls]
    assert sorted(names) == ["a.A", "a.A.fit", "a.A.fit.mean", "g"]


def test_functions_and_classes() -> None:
    module = parse_python(
        "import p\n@p.flow(name='x')\n@bare\ndef f(a, /, b, *, c): pass\nclass K:\n    def m(self): assert self.x\n"
    )
    first, second = module.functions
    assert module.classes == ("K",)
    assert [d.name for d in first.decorators] == ["p.flow", "bare"]
    assert (first.parameters, first.owner, first.line, first.end_line) == (("a", "b", "c"), "", 4, 4)
    assert (second.name, second.owner, second.asserts) == ("m", "K", 1)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("assert f()", 1),
        ("assert x == 1", 1),
        ("self.assertEqual(a, b)", 1),
        ("with pytest.raises(ValueError):\n        f()", 1),
        ("mock.assert_called_once()", 1),
        ("assert True", 0),
        ("assert 1 + 1 == 2", 0),
        ("print(x)", 0),
    ],
)
def test_assertions_that_can_fail(body: str, count: int) -> None:
    module = parse_python(f"def test_x():\n    {body}\n")
    assert (module.functions[0].asserts, module.asserts) == (count, count)


def test_texts_leave_out_docstrings_and_long_literals() -> None:
    module = parse_python(f'"""About."""\nx = "a"\ndef f():\n    """More."""\n    return ["b", "{"c" * 3000}"]\n')
    assert module.docstring == "About."
    assert module.texts == (Text("a", 2), Text("b", 5))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("if __name__ == '__main__':\n    f()", True),
        ("if '__main__' == __name__:\n    f()", True),
        ("if x: f()", False),
    ],
)
def test_the_main_guard(text: str, runs: object) -> None:
    assert parse_python(text).runs_as_script == runs


def test_python_2_still_shows_its_imports() -> None:
    module = parse_python("import csv, os\nfrom .a import b\nprint 'x'\n")
    assert module.imports == (Import("csv", 1), Import("os", 1), Import("a", 2, "b", 1))
    assert (bool(module.broken), module.broken_line, module.calls) == (True, 3, ())


@pytest.mark.parametrize("text", ["\0", "x = " + "(" * 500 + ")" * 500, "-" * 200_000 + "1", "a" + ".b" * 5_000 + "()"])
def test_hostile_text_is_broken_or_read(text: str) -> None:
    assert isinstance(parse_python(text), PythonModule)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import " + "a." * 400_000 + "b", "longer than 500,000"),
        ("import " + "a." * 20_000 + "b", "more than 100 parts"),
        ("import " + "a.\\\n" * 20_000 + "b", "more than 100 parts"),
        ('import a\nx = f"' + "{a}" * 20_000 + '"', "more than 10,000 braces"),
    ],
)
def test_text_that_ast_would_choke_on_is_not_given_to_it(text: str, reason: str) -> None:
    module = parse_python(text)
    assert reason in module.broken
    assert module.imports


def test_warnings_of_audited_code_are_not_ours() -> None:
    assert not parse_python("x = '\\d'\ny = 1 is 1\n").broken


@given(st.text(max_size=200))
@example("import")
@example("from . import (")
@example("\ufeffimport a")
def test_any_text_gives_a_module(text: str) -> None:
    module = parse_python(text)
    lines = text.count("\n") + text.count("\r") + text.count("\x0c") + 1
    assert all(1 <= found.line <= lines + 1 for found in module.imports)


NAMES = st.from_regex(r"[a-z]{1,6}", fullmatch=True).filter(lambda n: n.isidentifier() and _is_name(n))


@given(st.lists(NAMES, min_size=1, max_size=5), st.integers(0, 5))
def test_a_written_call_is_read_back(parts: list[str], arguments: int) -> None:
    call = only_call(f"{'.'.join(parts)}({', '.join(map(str, range(arguments)))})")
    assert (call.name, call.method, call.arguments) == (".".join(parts), parts[-1], arguments)


def _is_name(text: str) -> bool:
    try:
        return isinstance(ast.parse(text, mode="eval").body, ast.Name)
    except SyntaxError:
        return False


def test_a_chain_of_calls_is_named_in_bounded_time() -> None:
    calls = parse_python("x = a" + ".b()" * 1_000).calls
    assert (len(calls), calls[0].name.count(".") < 200) == (1_000, True)
