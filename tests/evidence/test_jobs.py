"""What continuous integration really runs, followed into make targets and scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import commands, lacks, purposes, script_of, scripted
from portfolio_audit.evidence.pipelines import pipelines
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.shell import parse_shell

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
        ("bash -lc 'pytest -q'", {}, [("bash -lc pytest -q", 6, ""), ("pytest -q", 6, "")]),
        ("docker build -t x gone\nls", {}, [("docker build -t x gone", 6, "")]),
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
        ("terraform apply", {"delivery"}),
        ("docker buildx build --push .", {"image-build", "delivery", "image-push"}),
        ("curl -X POST https://example.org/deploy/hook", {"delivery"}),
        ("curl https://example.org", set()),
        ("git push origin main", set()),
        ("echo pytest", set()),
        ("kubectl apply -f x --dry-run=client", set()),
        ("terraform apply --help", set()),
        ("ssh -i key me@host 'cd app && docker compose up -d'", {"delivery"}),
        ("ssh me@host uptime", set()),
        ("curl $RENDER_DEPLOY_HOOK_URL", {"delivery"}),
    ],
)
def test_what_a_command_is_for(vocabulary: Vocabulary, command: str, found: set[str]) -> None:
    (parsed,) = parse_shell(command)
    assert purposes(vocabulary, parsed) == found


@pytest.mark.parametrize(
    ("run", "missing"),
    [
        ("docker build -t x gone", "gone"),
        ("docker buildx build --push ./gone", "./gone"),
        ("docker build -t x .", ""),
        ("docker build -t x app", ""),
        ("docker build -t x $DIR", ""),
        ("docker build . -t me/app", ""),
        ("docker build", ""),
        ("cd app && docker build -t x ..", ""),
    ],
)
def test_an_image_built_from_a_folder_that_is_not_there(documents: Made, run: str, missing: str) -> None:
    made = documents({**job(run), "app/x.py": ""})
    assert [lacks(made, r) for r in commands(made, pipelines(made)[0])] == [missing]
