"""Repositories made to be costly by their trees, as bare git repositories of any number of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pygit2
from pygit2.enums import FileMode

Files = Iterable[tuple[str, str]]
"""Paths and contents."""
_AUTHOR = pygit2.Signature("Ada", "ada@example.org", 1_700_000_000, 0)
_LINK = ".link"
_STRANGE = ("\x1b[31mred", "[bold]x", "a\nb", "\u202egnp", "x" * 200, "A", "a", "C:\\x", "-rf", "{{x}}", "\u2028")
_NOTEBOOK = '{"cells": [{"cell_type": "code", "source": "x", "outputs": []}], "nbformat": 4}'


def _flat(name: str, text: str = "") -> Callable[[int], Files]:
    return lambda n: ((name.format(i=i, folder=i // 500), text) for i in range(n))


def _deep(n: int) -> Files:
    return (("d/" * depth + "train.py", "import sklearn\n") for depth in range(0, n, 10))


def _chained(n: int) -> Files:
    return ((f"m{i}.py", f"from m{i + 1} import f\nimport sklearn\ndef f():\n    f()\n") for i in range(n))


def _entangled(n: int) -> Files:
    """Modules that import thirty others each."""
    for i in range(n):
        lines = (f"from pkg.m{(i * 7 + j * 13) % n} import f\n" for j in range(30))
        yield f"pkg/m{i}.py", "".join(lines) + "if __name__ == '__main__':\n    f()\n"


def _flows(n: int) -> Files:
    """Flows that name twenty scripts each."""
    for i in range(n):
        named = " ".join(f"m{j}.py" for j in range(20))
        yield f"m{i}.py", f"from prefect import flow\nimport sklearn\n@flow\ndef g():\n    run('{named}')\n"


def _readmes(n: int) -> Files:
    """Projects side by side, each with a README that names files of all the others."""
    for i in range(n):
        links = "".join(f"[a](../p{j}/train.py) `../p{j}/gone.py`\n" for j in range(100))
        yield f"p{i}/README.md", f"# P{i}\n\n{links}"
        yield f"p{i}/train.py", "import sklearn\nm.fit(x)\n"
        yield f"p{i}/requirements.txt", "numpy==1.0\n"


def _included(n: int) -> Files:
    return ((f"req{i}.txt", f"-r req{i + 1}.txt\n-r req{i + 2}.txt\na{i}\n") for i in range(n))


def _names(n: int) -> Files:
    return ((f"{_STRANGE[i % len(_STRANGE)]}/{i}{_STRANGE[i % 5]}.py", "x = (\n") for i in range(n))


TREES: Mapping[str, tuple[Callable[[int], Files], int]] = {
    "files in one folder": (_flat("{i}"), 200_000),
    "files in folders": (_flat("d{folder}/{i}.dat"), 200_000),
    "empty modules": (_flat("d{folder}/m{i}.py"), 200_000),
    "pictures": (_flat("d{folder}/{i}.png"), 200_000),
    "folders in folders": (_deep, 1_000),
    "modules": (_flat("m{i}.py", "import sklearn\nm.fit(x)\n"), 10_000),
    "notebooks": (_flat("{i}.ipynb", _NOTEBOOK), 10_000),
    "write-ups": (_flat("docs/{i}.md", "# A\n\nThe accuracy is 0.91, since we compare it.\n"), 10_000),
    "tests": (_flat("tests/test_{i}.py", "def test_a():\n    assert f(x)\n"), 10_000),
    "workflows": (_flat(".github/workflows/{i}.yml", "on: push\njobs: {a: {steps: [{run: make all}]}}\n"), 5_000),
    "Dockerfiles": (_flat("d{i}/Dockerfile", "FROM python:3.11\nCOPY . .\nRUN pip install a\n"), 5_000),
    "projects": (_flat("p{i}/pyproject.toml", "[project]\nname = 'a'\ndependencies = ['b==1']\n"), 5_000),
    "modules in a chain": (_chained, 5_000),
    "modules that import each other": (_entangled, 2_000),
    "flows": (_flows, 2_000),
    "projects that name each other's files": (_readmes, 500),
    "requirement files in a chain": (_included, 2_000),
    "links": (_flat("{i}" + _LINK, ".."), 20_000),
    "strange names": (_names, 5_000),
}
"""Trees by name, and how many files each has."""


def write_tree(place: Path, files: Files) -> None:
    """Write files to a bare git repository, as one commit; nothing but objects touches the disk."""
    repository = pygit2.init_repository(str(place), bare=True, initial_head="main")
    index = pygit2.Index()
    blobs: dict[str, pygit2.Oid] = {}
    for path, text in files:
        if text not in blobs:
            blobs[text] = repository.create_blob(text.encode())
        mode = FileMode.LINK if path.endswith(_LINK) else FileMode.BLOB
        index.add(pygit2.IndexEntry(path, blobs[text], mode))
    repository.create_commit("HEAD", _AUTHOR, _AUTHOR, "Work", index.write_tree(repository), [])
