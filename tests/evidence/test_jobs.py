"""What continuous integration really runs, followed into make targets and scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import Pipeline, commands, pipelines, purposes, runs_in, script_of, scripted
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.shell import parse_shell
from portfolio_audit.parsing.workflow import Step

Made = Callable[[Mapping[str, str | Unavailable]], Documents]
PATH = ".github/workflows/ci.yml"


def job(run: str) -> dict[str, str]:
    """A workflow whose only job runs a script, which starts on line 6."""
    script = run.replace("\n", "\n          ")
    return {PATH: f"on: push\njobs:\n  a:\n    steps:\n      - run: |\n          {script}\n"}


def ran(documents: Documents) -> list[tuple[str, int, str]]:
    """The commands of all pipelines, with lines and folders."""
    return [(r.command.text, r.at.line, r.folder) for p in pipelines(documents) for r in commands(documents, p)]


@pytest.mark.parametrize(
    ("run", "more", "found"),
    [
        ("ls\npwd", {}, [("ls", 6, ""), ("pwd", 7, "")]),
        ("cd app && ls\ncd ..\npwd", {}, [("ls", 6, "app"), ("pwd", 8, "")]),
        ("cd a/b; cd ../../..; ls", {}, [("ls", 6, "")]),
        ("cd $HOME\nls", {}, [("ls", 7, "")]),
        ("make t", {"Makefile": "t: u\n\tls\nu:\n\tpwd\n"}, [("make t", 6, ""), ("ls", 6, ""), ("pwd", 6, "")]),
        ("make", {"Makefile": "t:\n\tls\n"}, [("make", 6, ""), ("ls", 6, "")]),
        ("make X=1 -j", {"GNUmakefile": "t:\n\tls\n"}, [("make X=1 -j", 6, ""), ("ls", 6, "")]),
        ("make -C app t", {"app/Makefile": "t:\n\tls\n"}, [("make -C app t", 6, ""), ("ls", 6, "app")]),
        ("cd app\nmake", {"app/Makefile": "t:\n\tls\n", "Makefile": "u:\n"}, [("make", 7, "app"), ("ls", 7, "app")]),
        ("just t", {"justfile": "t:\n    ls\n"}, [("just t", 6, ""), ("ls", 6, "")]),
        ("make gone", {"Makefile": "t:\n\tls\n"}, [("make gone", 6, "")]),
        ("bash s/r.sh", {"s/r.sh": "# why\nls\n"}, [("bash s/r.sh", 6, ""), ("ls", 6, "")]),
        ("./r.sh", {"r.sh": "cd x\nls"}, [("./r.sh", 6, ""), ("ls", 6, "x")]),
        ("bash gone.sh", {}, [("bash gone.sh", 6, "")]),
        ("docker compose run --rm app pytest -q", {}, [("pytest -q", 6, "")]),
        ("docker exec app python -m pytest", {}, [("pytest", 6, "")]),
        ("docker run app", {}, [("docker run app", 6, "")]),
    ],
)  # fmt: skip
def test_what_a_job_runs(documents: Made, run: str, more: dict[str, str], found: list[tuple[str, int, str]]) -> None:
    assert ran(documents({**job(run), **more})) == found


def test_following_ends_at_the_fourth_call(documents: Made) -> None:
    scripts = {f"s{i}.sh": f"bash s{i + 1}.sh" for i in range(1, 9)}
    assert [text for text, _, _ in ran(documents({**job("bash s1.sh"), **scripts}))] == [
        f"bash s{i}.sh" for i in range(1, 6)
    ]


@pytest.mark.parametrize(
    ("files", "inert", "line"),
    [
        ({PATH: ""}, "is empty", 0),
        ({PATH: "# on: push\n"}, "is commented out", 0),
        ({PATH: "- a\n"}, "holds no pipeline", 0),
        ({PATH: "on: [\n"}, "is not valid YAML (did not find expected node content)", 2),
        ({PATH: "on: push\njobs: {a: {}}\n"}, "has no step", 0),
        ({PATH: "jobs: {a: {steps: [{run: ls}]}}\n"}, "has no trigger", 0),
        ({f"app/{PATH}": "on: push\n"}, "lies in app/.github/workflows, where it is never run", 0),
        ({PATH: "on:\n  push:\n    paths: [gone/**]\njobs: {a: {steps: [{run: ls}]}}\n"},
         "runs only for paths that are not in the tree (gone/**)", 3),
        ({PATH: "on:\n  push:\n    paths: ['**.yml']\njobs: {a: {steps: [{run: ls}]}}\n"}, "", 0),
        ({PATH: "on:\n  push:\n    paths: ['!docs/**']\njobs: {a: {steps: [{run: ls}]}}\n"}, "", 0),
        ({"ops/Jenkinsfile": "sh 'ls'"}, "", 0),
        ({"ops/.gitlab-ci.yml": "a: {script: ls}"}, "lies in ops, where it is never run", 0),
        ({".gitlab-ci.yml": "a: {script: ls}"}, "", 0),
    ],
)  # fmt: skip
def test_why_a_pipeline_never_does_anything(documents: Made, files: dict[str, str], inert: str, line: int) -> None:
    (pipeline,) = pipelines(documents(files))
    assert (pipeline.inert, pipeline.inert_line) == (inert, line)
    assert not inert or list(commands(documents(files), pipeline)) == []


def test_a_pipeline_that_cannot_be_read_is_a_problem_and_not_inert(documents: Made) -> None:
    made = documents({PATH: Unavailable("is over the limit")})
    assert list[Pipeline](pipelines(made)) == []
    assert [p.at for p in made.problems] == [Location(PATH)]


@pytest.mark.parametrize(
    ("folder", "place"),
    [("", ""), ("app", "app"), ("./app/", "app"), ("${{ env.X }}", ""), ("gone", None), ("..", None)],
)
def test_where_a_step_runs(documents: Made, folder: str, place: str | None) -> None:
    assert runs_in(documents({"app/x.py": ""}), Step(1, run="ls", folder=folder)) == place


@pytest.mark.parametrize(
    ("run", "script"),
    [
        ("python train.py --epochs 3", "train.py"),
        ("python -u src/flow.py", "src/flow.py"),
        ("python -m tides.train", "src/tides/train.py"),
        ("python -m tides", "src/tides/__main__.py"),
        ("python -m pytest train.py", None),
        ("python -c 'import x'", None),
        ("Rscript fit.R", "fit.R"),
        ("cd src && python flow.py", "src/flow.py"),
        ("cd src && python train.py", "train.py"),
        ("python ../train.py", None),
        ("python gone.py", None),
        ("./run.sh", "run.sh"),
        ("/usr/bin/run.sh", None),
        ("cat train.py", None),
    ],
)
def test_the_script_that_a_command_runs(documents: Made, run: str, script: str | None) -> None:
    tree = ("train.py", "fit.R", "run.sh", "src/flow.py", "src/tides/train.py", "src/tides/__main__.py")
    made = documents({**job(run), **dict.fromkeys(tree, "")})
    (pipeline,) = pipelines(made)
    assert [script_of(made, r) for r in commands(made, pipeline)] == [script]


def test_scripts_run_by_hand_have_their_own_lines(documents: Made) -> None:
    made = documents(
        {"ops/up.sh": "\nls\n", "Makefile": "a: b\n\tpwd\nb:\n\tid\n", "x.just": "c:\n  who\n", "n.txt": "ls"}
    )
    assert {(r.job, r.command.text, str(r.at), r.folder) for r in scripted(made)} == {
        ("up.sh", "ls", "ops/up.sh:2", "ops"),
        ("a", "pwd", "Makefile:2", ""),
        ("b", "id", "Makefile:4", ""),
        ("c", "who", "x.just:2", ""),
    }


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("pytest -q", {"test-runner"}),
        ("terraform apply", {"delivery", "infrastructure", "infrastructure-apply"}),
        ("docker buildx build --push .", {"image-build", "delivery", "image-push"}),
        ("curl -X POST https://example.org/deploy/hook", {"delivery"}),
        ("curl https://example.org", set()),
        ("git push origin main", set()),
        ("echo pytest", set()),
    ],
)
def test_what_a_command_is_for(vocabulary: Vocabulary, command: str, found: set[str]) -> None:
    (parsed,) = parse_shell(command)
    assert purposes(vocabulary, parsed) == found
