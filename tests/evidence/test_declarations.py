"""Which files declare and lock an environment, for which folder, and what commands install."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.declarations import Declared, Locked, gather
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.installing import installed
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.dependency import Broken, Declaration, Dependency, Pin
from portfolio_audit.parsing.shell import parse_shell

Made = Callable[[Mapping[str, str | Unavailable]], Documents]


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("pip install pandas numpy", ["pandas", "numpy"]),
        ("python -m pip install -U 'scikit-learn[all]>=1'", ["scikit-learn"]),
        ("sudo pip3 install pandas==2 --no-cache-dir", ["pandas"]),
        ("uv pip install --system pandas", ["pandas"]),
        ("uv add pandas --group dev", ["pandas"]),
        ("conda install -y -c conda-forge pandas", ["pandas"]),
        ("conda install python=3.9 --file packages.txt", []),
        ("pip install -r requirements.txt -c constraints.txt", []),
        ("pip install torch --find-links https://example.org/torch_stable.html", ["torch"]),
        ("pip install --trusted-host example.org --progress-bar off pandas", ["pandas"]),
        ("pip install pandas>=2 numpy", ["pandas", "numpy"]),
        ("pip install pandas > log.txt 2>&1", ["pandas"]),
        ("pip install --upgrade pip", []),
        ("pip install -e . ./wheel.whl /tmp/x $NAME", []),
        ("pip install <package>", []),
        ("pip install git+https://example.org/team/tides.git@v1", ["tides"]),
        ("pip freeze", []),
        ("echo pip install pandas", []),
    ],
)
def test_what_a_command_installs(command: str, names: list[str]) -> None:
    assert [d.name for c in parse_shell(command) for d in installed(c)] == names


@pytest.mark.parametrize(
    ("command", "dependency"),
    [
        ("conda install pandas=2.1", Dependency("pandas", 4, Pin.EXACT)),
        ("pip install pandas==2.1", Dependency("pandas", 4, Pin.EXACT)),
        ("pip install 'pandas>=2,<3'", Dependency("pandas", 4, Pin.BOUNDED)),
    ],
)
def test_an_installed_version_is_kept(command: str, dependency: Dependency) -> None:
    (parsed,) = parse_shell(command, 4)
    assert installed(parsed) == (dependency,)


@pytest.mark.parametrize(
    ("path", "code", "folder"),
    [
        ("requirements.txt", "app.py", ""),
        ("api/requirements.txt", "api/app.py", "api"),
        ("api/requirements.txt", "api/src/deep/app.py", "api"),
        ("api/requirements.txt", "web/app.py", ""),
        ("api/requirements/requirements.txt", "api/app.py", "api"),
        ("env/requirements.txt", "env/app.py", ""),
        ("api/requirements.txt", "api/setup.py", ""),
    ],
)
def test_which_folder_a_declaration_speaks_for(documents: Made, path: str, code: str, folder: str) -> None:
    found = gather(documents({path: "pandas\n", code: ""}))
    declared = Declaration((Dependency("pandas", 1),))
    assert [f for f in found.files if f.path == path] == [Declared(path, folder, declared)]


def test_constraints_and_misspelled_names_are_told_apart(documents: Made) -> None:
    found = gather(documents({"constraints.txt": "pandas==2\n", "requirments.txt": "pandas\n"}))
    assert found.files == (
        Declared("constraints.txt", "", Declaration((Dependency("pandas", 1, Pin.EXACT),)), pins_only=True),
        Declared("requirments.txt", "", Declaration((Dependency("pandas", 1),)), misnamed=True),
    )


def test_images_install_too(documents: Made) -> None:
    text = "FROM python:3.11\nRUN apt-get update && \\\n    pip install pandas==2\n"
    declared = Declaration((Dependency("pandas", 2, Pin.EXACT),))
    assert gather(documents({"Dockerfile": text})).files == (Declared("Dockerfile", "", declared, in_image=True),)


@pytest.mark.parametrize(
    ("path", "text", "locks"),
    [
        ("uv.lock", '[[package]]\nname = "pandas"\n', (Locked("uv.lock", "", frozenset({"pandas"})),)),
        ("poetry.lock", Unavailable("is over the limit"), (Locked("poetry.lock", "", None),)),
        ("poetry.lock", "", ()),
        ("conda-lock.md", "- name: pandas\n", ()),
    ],
)
def test_locks(documents: Made, path: str, text: str | Unavailable, locks: tuple[Locked, ...]) -> None:
    found = gather(documents({path: text}))
    assert (found.locks, found.faults) == (locks, ())


@pytest.mark.parametrize(
    ("path", "text", "line", "reason"),
    [
        ("Pipfile.lock", "<<<<<<< HEAD\n", 0, "is not valid JSON"),
        ("setup.py", "print 'x'\n", 0, "is not valid Python"),
        ("environment.yml", "a: [\n", 2, "is not valid YAML (did not find expected node content)"),
    ],
)
def test_what_no_tool_could_read_is_a_fault(documents: Made, path: str, text: str, line: int, reason: str) -> None:
    found = gather(documents({path: text}))
    assert [(where, fault.line, fault.reason) for where, fault in found.faults] == [(path, line, reason)]


def test_a_faulty_lock_is_named_by_its_path(documents: Made) -> None:
    found = gather(documents({"api/Pipfile.lock": "{", "api/app.py": ""}))
    assert found.faults == (("api/Pipfile.lock", Broken("api/Pipfile.lock", 0, "is not valid JSON")),)


@pytest.mark.parametrize("path", ["mlruns/1/artifacts/model/requirements.txt", "model/conda.yaml"])
def test_what_tracking_tools_write_declares_nothing(documents: Made, path: str) -> None:
    assert gather(documents({path: "pandas\n", "model/MLmodel": ""})).files == ()


@pytest.mark.parametrize(
    ("path", "text", "folder"),
    [
        ("tides.yml", "name: tides\nchannels: [defaults]\ndependencies: [pandas]\n", ""),
        ("train/run.py", "# /// script\n# dependencies = ['pandas']\n# ///\n", "train/run.py"),
        ("packages-env.txt", "# $ conda create --name <env> --file <this file>\npandas=2.2\n", ""),
        ("requirements.lock", "pandas==2.2\n", ""),
    ],
)
def test_files_that_declare_by_what_they_say(documents: Made, path: str, text: str, folder: str) -> None:
    found = gather(documents({path: text}))
    assert [(f.path, f.folder, [d.name for d in f.declaration.dependencies]) for f in found.files] == [
        (path, folder, ["pandas"])
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("chart.yaml", "name: tides\ndependencies: [redis]\n"),
        ("notes.txt", "pandas\n"),
        ("a.py", "x = '# /// script'\n"),
        (".github/workflows/ci.yml", "channels: x\ndependencies: [pandas]\n"),
    ],
)
def test_files_that_say_something_else(documents: Made, path: str, text: str) -> None:
    assert [f for f in gather(documents({path: text})).files if f.declaration.dependencies] == []


def test_an_explicit_list_is_a_lock_under_any_name(documents: Made) -> None:
    text = "@EXPLICIT\nhttps://conda.example.org/linux-64/numpy-1.21.2-py39_0.conda\n"
    assert gather(documents({"spec-file.txt": text})).locks == (Locked("spec-file.txt", "", frozenset({"numpy"})),)


@pytest.mark.parametrize(("beside", "own"), [("python_env.yaml", 0), ("MLmodel", 0), ("MLproject", 1), ("a.py", 1)])
def test_what_is_written_beside_a_model(documents: Made, beside: str, own: int) -> None:
    found = gather(documents({"model/requirements.txt": "pandas\n", f"model/{beside}": ""}))
    assert len([f for f in found.files if f.declaration.dependencies]) == own
