"""Which functions run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.codebase import Codebase
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.reach import closure, running

Made = Callable[[Mapping[str, str]], Documents]


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("def a(): b()\ndef b(): pass\n", {"a", "b"}),
        ("def a(): use(b)\ndef b(): c()\ndef c(): pass\n", {"a", "use", "b", "c"}),
        ("def a():\n    def b(): c()\n", {"a", "b", "c"}),
        ("def a(): a()\n", {"a"}),
        ("def b(): a()\n", {"a"}),
    ],
)
def test_what_a_function_reaches(documents: Made, text: str, reached: set[str]) -> None:
    assert closure(Codebase(documents({"m.py": text})), {"a"}) == reached


@pytest.mark.parametrize(
    "text",
    [
        "def f(): pass\nf()\n",
        "@app.get('/')\ndef f(): pass\n",
        "class C:\n    def f(self): pass\n",
        "def f(event, context): pass\n",
        "def f(): pass\npool.submit(f)\n",
    ],
)
def test_what_runs(documents: Made, text: str) -> None:
    assert "f" in running(Codebase(documents({"m.py": text})))


def test_what_nothing_calls_does_not_run(documents: Made) -> None:
    assert "f" not in running(Codebase(documents({"m.py": "def f(): pass\n# f()\n"})))
