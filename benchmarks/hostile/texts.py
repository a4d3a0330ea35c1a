"""Files made to be costly, each as a function of how many characters it may have."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

Text = Callable[[int], str]


def fill(piece: str, *, head: str = "", tail: str = "") -> Text:
    """A text that repeats one piece."""
    return lambda n: head + piece * max((n - len(head) - len(tail)) // len(piece), 1) + tail


def both(opening: str, closing: str, *, head: str = "", middle: str = "") -> Text:
    """A text that opens and closes as often."""

    def made(n: int) -> str:
        depth = max(n // (len(opening) + len(closing)), 1)
        return head + opening * depth + middle + closing * depth

    return made


def counted(piece: str, *, head: str = "") -> Text:
    """A text that repeats a piece with a number in it (``{i}``, and ``{j}`` for the next)."""

    def made(n: int) -> str:
        parts, length = [head], len(head)
        for i in range(n):
            if length >= n and i:
                break
            parts.append(piece.replace("{i}", str(i)).replace("{j}", str(i + 1)))
            length += len(parts[-1])
        return "".join(parts)

    return made


def stairs(indent: str, piece: str) -> Text:
    """A text in which each line is indented one step further."""
    return lambda n: "".join(f"{indent * i}{piece}\n" for i in range(int((2 * n / len(indent)) ** 0.5)))


def _laughs(n: int) -> str:
    """Lists of ten aliases each of the list before: "a billion laughs"."""
    lists = (f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, max(n // 100, 2)))
    return "a0: &a0 [ha, ha]\n" + "".join(lists)


def _wide_table(n: int) -> str:
    columns = n // 40
    return "# A\n\n" + "|a" * columns + "|\n" + "|-" * columns + "|\n" + ("|1" * columns + "|\n") * 16


def _references(n: int) -> str:
    """As many link definitions as uses of them."""
    count = n // 30
    return "".join(f"[r{i}]: http://x\n" for i in range(count)) + "\n" + "".join(f"[r{i}] " for i in range(count))


def _notebook(cell: Mapping[str, object], length: int) -> Text:
    return lambda n: json.dumps({"cells": [cell] * max(n // length, 1), "nbformat": 4, "metadata": {}})


def _code(source: object, outputs: object = ()) -> dict[str, object]:
    return {"cell_type": "code", "source": source, "outputs": outputs, "execution_count": 1, "metadata": {}}


_OLD_CELL = {"cell_type": "code", "input": "print 1", "outputs": []}


def _one_cell(piece: str) -> Text:
    return lambda n: json.dumps({"cells": [_code(piece * (n // len(piece)))], "nbformat": 4})


def _one_output(n: int) -> str:
    output = {"output_type": "stream", "name": "stdout", "text": "accuracy 0.9 " * (n // 13)}
    return json.dumps({"cells": [_code("x", [output])], "nbformat": 4})


README: Mapping[str, Text] = {
    "nested quotes": fill("> "),
    "nested lists": fill("- "),
    "list items, each deeper": stairs("  ", "- x"),
    "opening brackets": fill("["),
    "nested links": both("[a](", ")"),
    "nested pictures": fill("![a"),
    "links": fill("[a](b.png) "),
    "link definitions and uses": _references,
    "unclosed emphasis": fill("*a **b "),
    "stars": fill("*"),
    "underscores": fill("_a"),
    "struck out": fill("~~a "),
    "backticks of many lengths": lambda n: "".join("`" * i + " " for i in range(int((2 * n) ** 0.5))),
    "a table of many columns": _wide_table,
    "a table of many rows": fill("|1|0.91|\n", head="|a|b|\n|-|-|\n"),
    "tables": fill("|a|b|\n|-|-|\n|1|2|\n\n"),
    "headings": fill("# Results\n"),
    "underlined headings": fill("a\n=\n"),
    "bold titles": fill("**Results**\n\n"),
    "unclosed comments": fill("<!-- "),
    "unclosed tags": fill("<div>"),
    "unclosed anchors": fill("<a href='x'>"),
    "an endless attribute": fill("b=c ", head="<a "),
    "unclosed scripts": fill("<script>"),
    "nested tables of HTML": fill("<table><tr><td>"),
    "nested details": fill("<details><summary>a"),
    "less-than signs": fill("<"),
    "entities": fill("&#"),
    "fences": fill("```\n"),
    "code blocks": fill("```python\nimport x\n```\n"),
    "shell commands": fill("python a.py\n", head="```bash\n"),
    "a shell command": fill("$(", head="```bash\n"),
    "a chain of commands": fill("pip install a && ", head="```bash\n"),
    "a tree of files": fill("├── a.py\n", head="```\n"),
    "front matter": fill("a: b\n", head="---\n"),
    "one word": fill("a"),
    "one line of words": fill("results accuracy because "),
    "numbers": fill("0.91 accuracy 90% vs 80%, "),
    "sentences": fill("Accuracy rose from 0.80 to 0.91 against the baseline. "),
    "paragraphs": fill("Our customers lose 3 million a year.\n\n"),
    "addresses": fill("http://x.io/a "),
    "an endless address": fill("a/", head="https://"),
    "papers": counted("https://arxiv.org/abs/1706.{i} "),
    "file names": counted("`a{i}.py` "),
    "empty lines": fill("\n"),
    "blanks": fill(" "),
    "backslashes": fill("\\"),
    "combining marks": lambda n: "\u0301" * (n // 2),
}
PYTHON: Mapping[str, Text] = {
    "nested parentheses": both("(", ")", head="x = ", middle="1"),
    "opening brackets": fill("["),
    "a sum": fill("+1", head="x = 1"),
    "a chain of attributes": fill(".b", head="x = a"),
    "attributes in lines": fill(".b\\\n", head="x = a"),
    "a chain of calls": fill("()", head="x = a"),
    "a chain of subscripts": fill("[0]", head="x = a"),
    "signs": fill("-", head="x = ", tail="1"),
    "lambdas": fill("lambda: ", head="x = ", tail="1"),
    "a formatted string": fill("{a}", head="x = f'", tail="'"),
    "nested formatted strings": both("{f'", "'}", head="x = f'", middle="'"),
    "a number": fill("9", head="x = "),
    "a string": fill("a", head="x = '", tail="'"),
    "strings": fill("'a' ", head="x = "),
    "nested blocks": stairs(" ", "if x:"),
    "else-ifs": fill("elif x: pass\n", head="if x: pass\n"),
    "decorators": fill("@a\n", tail="def f(): pass\n"),
    "functions": counted("def f{i}(): f{j}()\n"),
    "classes": fill("class A: pass\n"),
    "imports": counted("import a{i}\n"),
    "one import": counted("a{i}, ", head="import "),
    "dots": fill(".", head="from ", tail=" import x"),
    "assignments": fill("x = 1\n"),
    "one assignment": fill("a = ", tail="1"),
    "calls": fill("model.fit(x)\n"),
    "flows": counted("@flow\ndef f{i}():\n  f{j}()\n  m.fit(x)\n", head="from prefect import flow\n"),
    "routes": counted("@app.get('/{i}')\ndef f{i}(): m.predict(x)\n", head="import fastapi\napp=fastapi.FastAPI()\n"),
    "tests": counted("def test_{i}():\n  assert f(x)\n"),
    "a comparison": fill("<a", head="x = a"),
    "alternatives": fill(" or a", head="x = a"),
    "Python 2": fill("print 'a'\n"),
    "Python 2 with imports": counted("print 'a'\nimport a{i}\n"),
    "paths": fill("open('/home/ada/x.csv')\n"),
    "files read": counted("pd.read_csv('data/{i}.csv')\n"),
    "logged metrics": fill("mlflow.log_metric('rmse', 1)\n", head="import mlflow\n"),
    "comments": fill("#\n"),
    "continued lines": fill("\\\n"),
    "form feeds": fill("\f"),
    "tabs": fill("\t"),
}
NOTEBOOK: Mapping[str, Text] = {
    "cells": _notebook(_code("x = 1"), 100),
    "cells of magic": _notebook(_code("!ls\n%time x\nx?"), 100),
    "Python 2 cells": _notebook(_code("print 'x'\nimport a"), 100),
    "unclosed cells": _notebook(_code("(" * 50), 140),
    "narrated cells": _notebook({"cell_type": "markdown", "source": "# T\n[a](b) *x* because 0.91 " * 20}, 600),
    "a cell of code": _one_cell("model.fit(x)\n"),
    "a cell of parentheses": _one_cell("("),
    "a cell of percent signs": _one_cell("%"),
    "an output": _one_output,
    "lines of one cell": lambda n: json.dumps({"cells": [_code(["x = 1\n"] * (n // 11))], "nbformat": 4}),
    "outputs": lambda n: json.dumps({"cells": [_code("x", [{"output_type": "stream", "text": "a"}] * (n // 44))]}),
    "nested lists": both("[", "]"),
    "nested objects": fill('{"a":'),
    "an old one": lambda n: json.dumps({"nbformat": 3, "worksheets": [{"cells": [_OLD_CELL] * (n // 60)}]}),
}
YAML: Mapping[str, Text] = {
    "a billion laughs": _laughs,
    "aliases of a list": fill("- *a\n", head="a: &a [" + "1, " * 50 + "1]\nx:\n"),
    "anchors": counted("k{i}: &a{i} v\n"),
    "merges": counted("k{i}: &k{i} {<<: *a}\n", head="a: &a {" + ", ".join(f"b{i}: 1" for i in range(20)) + "}\n"),
    "keys": counted("k{i}: 1\n"),
    "the same key": fill("on: push\n"),
    "documents": fill("---\na: 1\n"),
    "nested lists": fill("["),
    "nested sequences": fill("- "),
    "nested maps": stairs(" ", "a:"),
    "a block of text": fill("  x\n", head="a: |\n"),
    "an unclosed string": fill("x", head='a: "'),
    "colons": fill("a: "),
    "questions": fill("? "),
    "tags": fill("- !!python/object/apply:os.system [a]\n"),
}
WORKFLOW: Mapping[str, Text] = {
    **YAML,
    "steps": fill("    - run: pytest\n", head="on: push\njobs:\n  a:\n    steps:\n"),
    "jobs": counted("  j{j}: {needs: [j{i}], steps: [{run: make train}]}\n", head="on: push\njobs:\n"),
    "lines of a script": fill("        python train.py\n", head="on: push\njobs:\n  a:\n    steps:\n    - run: |\n"),
    "a script": fill("$(", head="on: push\njobs:\n  a:\n    steps:\n    - run: '", tail="'"),
    "expressions": fill("${{ ", head="on: push\njobs:\n  a:\n    steps:\n    - run: '", tail="'"),
}
REQUIREMENTS: Mapping[str, Text] = {
    "lines": counted("package{i}==1.0\n"),
    "the same line": fill("numpy\n"),
    "hashes": fill(" --hash=sha256:" + "a" * 64, head="a==1"),
    "continued lines": fill("\\\n"),
    "one specifier": fill("==1,", head="a"),
    "extras": fill("a,", head="a[", tail="]"),
    "markers": fill("(", head="a; "),
    "inclusions": fill("-r requirements.txt\n"),
    "addresses": fill("a @ https://x/", head=""),
    "one name": fill("a-"),
}
OTHERS: Mapping[str, Mapping[str, Text]] = {
    "pyproject.toml": {
        "nested arrays": both("[", "]", head="a = "),
        "nested tables": both("{a=", "}", head="a = ", middle="1"),
        "a dotted key": fill("a.", tail="a = 1"),
        "headers": counted("[a{i}.b]\n"),
        "arrays of tables": fill("[[a]]\n"),
        "dependencies": counted("'a{i}==1',\n", head="[project]\ndependencies = [\n"),
        "groups that include each other": counted("g{i} = [{include-group = 'g{j}'}]\n", head="[dependency-groups]\n"),
    },
    "Dockerfile": {
        "continued lines": fill("\\\n", head="FROM x\nRUN a"),
        "stages": counted("FROM a{i} AS a{j}\n"),
        "arguments of arguments": counted("ARG A{j}=$A{i}$A{i}\n"),
        "one argument of itself": fill("ARG A=$A$A\n", head="ARG A=aa\n"),
        "copies": fill("COPY a b\n", head="FROM x\n"),
        "commands": fill("RUN pip install a && python b.py\n", head="FROM x\n"),
        "here-documents": fill("RUN <<A\n", head="FROM x\n"),
    },
    "docker-compose.yml": {
        **YAML,
        "services": counted("  s{i}: {image: a, build: ., depends_on: [s{j}]}\n", head="services:\n"),
    },
    "Makefile": {
        "variables of variables": counted("A{j} = $(A{i})$(A{i})\n"),
        "a variable of itself": fill("A = $(A)$(A)\n", tail="all:\n\t$(A)\n"),
        "targets": counted("t{i}: t{j}\n\tpython a.py\n"),
        "prerequisites": counted("t{i} ", head="all: "),
        "recipes": fill("\tmake all\n", head="all:\n"),
        "references": fill("$(A)", head="all:\n\t"),
        "dollars": fill("$(", head="all:\n\t"),
    },
    "run.sh": {
        "substitutions": fill("$("),
        "quotes": fill("'"),
        "backquotes": fill("`"),
        "here-documents": fill("cat <<E\n"),
        "pipes": fill("a | "),
        "continued lines": fill("a \\\n"),
        "shells in shells": fill("bash -c "),
        "conditions": fill("if x; then\n"),
    },
    "environment.yml": {**YAML, "packages": counted("- p{i}=1\n", head="dependencies:\n")},
    "dvc.yaml": {
        **YAML,
        "stages": counted("  s{i}: {cmd: python a.py, deps: [o{i}], outs: [o{j}]}\n", head="stages:\n"),
    },
    "poetry.lock": {"packages": counted('[[package]]\nname = "p{i}"\nversion = "1"\n')},
    "Pipfile.lock": {"packages": counted('"p{i}": {}, ', head='{"default": {')},
    "setup.cfg": {"packages": counted("  p{i}\n", head="[options]\ninstall_requires =\n")},
    "setup.py": {"packages": counted("'p{i}', ", head="setup(install_requires=["), "calls": fill("setup(")},
    "README.rst": {
        "underlines": fill("=\n"),
        "titles": fill("a\n=\n\n"),
        "code blocks": fill("a::\n\n  b\n\n"),
        "links": fill("`a <b>`_ "),
        "grid table": fill("+-+\n|a|\n"),
        "backquotes": fill("`"),
    },
    "refs.bib": {"entries": counted("@article{a{i}, year={2020}}\n"), "braces": fill("@a{")},
    "analysis.R": {"calls": fill("library(a)\n"), "parentheses": fill("(")},
    "metrics.json": {"numbers": counted('"accuracy{i}": 0.9, ', head="{"), "nested lists": fill("[")},
    "results.csv": {"columns": fill("accuracy,"), "rows": fill("a,0.9\n", head="model,accuracy\n")},
    "Jenkinsfile": {
        "stages": fill("stage('a') { steps { sh 'make a' } }\n"),
        "comments": fill("/*"),
        "quotes": fill("'''"),
    },
    "main.tf": {"resources": counted('resource "aws_instance" "a{i}" {}\n'), "braces": fill("{")},
    ".gitignore": {"patterns": fill("**/a*\n"), "stars": fill("*")},
    ".gitattributes": {"patterns": fill("*.csv filter=lfs\n")},
    ".env": {"names": fill("A_KEY=b\n"), "a name": fill("A_")},
}
"""Costly texts by the file they stand in."""


def texts() -> dict[str, tuple[str, Text]]:
    """Every text by name, with the path of its file."""
    groups = {
        "README.md": README,
        "train.py": PYTHON,
        "analysis.ipynb": NOTEBOOK,
        ".github/workflows/ci.yml": WORKFLOW,
        "requirements.txt": REQUIREMENTS,
        **OTHERS,
    }
    return {f"{path}: {name}": (path, text) for path, group in groups.items() for name, text in group.items()}
