"""action.yml as the runner runs it, step by step. Most of what events lead to is tested faster in test_scenarios.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygit2
import pytest

import repositories
from action.acting import act, install
from action.conftest import BOT, FIRST, NOBODY, TOKENS, WORSE
from github_server import Commit, GitHub, Pull, Repository, World
from installed import tool

pytestmark = [
    pytest.mark.skipif(not tool("act"), reason="act is not installed"),
    pytest.mark.xdist_group("act"),
]
NAMES = ("$(touch pwned)", "`touch pwned`", '";touch pwned;"', "@ada #1 <img src=x>", "a\nb::error::x")


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return install(tmp_path_factory.mktemp("actions"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "churn"
    repository = pygit2.init_repository(str(made), initial_head="main")
    repository.remotes.create("origin", "https://github.com/ada/churn.git")
    return made


def committed(folder: Path, *states: dict[str, bytes], message: str = "Work") -> list[str]:
    repository = pygit2.Repository(str(folder))
    made = [str(repositories.commit(repository, files, at=n, message=message)) for n, files in enumerate(states)]
    repository.reset(pygit2.Oid(hex=made[-1]), pygit2.enums.ResetMode.HARD)
    return made


def hub(github_server: Callable[..., GitHub], commits: list[str], *pulls: Pull) -> GitHub:
    known = Repository("ada", "churn", {}, tuple(Commit(oid=sha) for sha in reversed(commits)), pulls=pulls)
    return github_server(World((known,), tokens=TOKENS))


def pushed(before: str, after: str, ref: str = "refs/heads/main") -> tuple[str, object]:
    repository = {"full_name": "ada/churn", "default_branch": "main"}
    return "push", {"ref": ref, "before": before, "after": after, "repository": repository, "commits": []}


def test_a_push(folder: Path, github_server: Callable[..., GitHub], options: list[str]) -> None:
    before, after = committed(folder, dict(FIRST), dict(WORSE))
    github = hub(github_server, [before, after])
    acted = act(folder, github, pushed(before, after), options, artifact="reports")
    assert (acted.code, acted.outputs["new"], acted.outputs["fixed"]) == (0, "1", "0"), acted.log
    assert sorted(path.name for path in (folder.parent / "reports").iterdir()) == ["base.json", "report.json"]
    (comment,) = github.talk.comments.values()
    assert (comment.author, comment.target) == (BOT, after)
    assert "Paths that exist on one machine only" in comment.body
    assert f"https://github.com/ada/churn/blob/{after}/train.py#L3" in comment.body
    assert "ghs_workflow" not in acted.log


def test_a_pull_request_whose_step_fails_says_why_first(
    folder: Path, github_server: Callable[..., GitHub], options: list[str]
) -> None:
    base, head = committed(folder, dict(FIRST), dict(WORSE))
    github = hub(github_server, [base, head], Pull(7, "topic", head, base))
    inner = {"head": {"sha": head, "ref": "topic"}, "base": {"sha": base, "ref": "main"}, "number": 7}
    event = ("pull_request", {"number": 7, "pull_request": inner})
    acted = act(folder, github, event, options, **{"fail-on": "new-findings"})
    assert (acted.code, acted.outputs["new"]) == (1, "1"), acted.log
    assert "There are new findings: absolute-paths." in acted.log
    assert [comment.target for comment in github.talk.comments.values()] == ["7"]


def test_nothing_of_a_repository_reaches_a_shell(
    folder: Path, github_server: Callable[..., GitHub], options: list[str]
) -> None:
    hostile = {f"{name}/train.py": WORSE["train.py"] for name in ("$(touch pwned)", "`touch pwned`", ";touch pwned;")}
    files = {**FIRST, **hostile, "README.md": "\n".join(NAMES).encode(), "yaml.py": b"open('pwned', 'w')\n"}
    files |= {f"{module}.py": b"open('pwned', 'w')\n" for module in ("json", "venv", "pip", "site", "typer")}
    before, after = committed(folder, dict(FIRST), files, message="$(touch pwned) `touch pwned`")
    github = hub(github_server, [before, after])
    acted = act(folder, github, pushed(before, after, "refs/heads/$(touch${IFS}pwned)"), options)
    assert acted.code == 0, acted.log
    assert not [*folder.parent.rglob("pwned")]
    (comment,) = github.talk.comments.values()
    assert "`$(touch pwned)/train.py:3`" in comment.body


def test_the_first_commit_and_a_github_that_is_away(
    folder: Path, github_server: Callable[..., GitHub], options: list[str]
) -> None:
    (first,) = committed(folder, dict(FIRST))
    github = hub(github_server, [first])
    github.world = replace(github.world, tokens=())
    acted = act(folder, github, pushed(NOBODY, first), options, comment="always")
    assert (acted.code, acted.outputs["new"], github.talk.comments) == (0, "", {}), acted.log
    assert "GitHub refused the token" in acted.log


LOCKED = "-I -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes"
RELEASED = "-I -m pip install --quiet --disable-pip-version-check --only-binary :all: portfolio-audit==1.2.3"


@pytest.mark.parametrize("version", ["", "1.2.3"])
def test_without_a_cache_the_pinned_packages_are_installed(
    folder: Path, github_server: Callable[..., GitHub], tmp_path: Path, version: str
) -> None:
    (first,) = committed(folder, dict(FIRST))
    options = install(tmp_path / "empty", cached=False)
    acted = act(folder, hub(github_server, [first]), pushed(NOBODY, first), options, version=version)
    assert acted.code == 0, acted.log
    asked = (tmp_path / "installed" / "asked").read_text("utf-8").splitlines()
    assert asked[0] == f"{LOCKED} --requirement {tmp_path}/cache/{asked[0].partition('/cache/')[2]}"
    assert asked[0].endswith("/action-requirements.txt")
    source = '-I -c import sysconfig; print(sysconfig.get_path("purelib"))'
    assert asked[1:] == [RELEASED if version else source, "-I -m portfolio_audit action"]
    ours = [path.read_text("utf-8").rpartition("/")[2] for path in (tmp_path / "installed").glob("*.pth")]
    assert ours == ([] if version else ["src\n"])


def test_a_version_that_is_none_is_refused(
    folder: Path, github_server: Callable[..., GitHub], options: list[str]
) -> None:
    (first,) = committed(folder, dict(FIRST))
    acted = act(folder, hub(github_server, [first]), pushed(NOBODY, first), options, version="1; touch pwned")
    assert acted.code == 1
    assert "The input version is no version number." in acted.log
    assert not [*folder.parent.rglob("pwned")]


def test_a_checkout_elsewhere_with_formats_of_its_own(
    folder: Path, github_server: Callable[..., GitHub], options: list[str]
) -> None:
    inner = folder / "inner"
    pygit2.init_repository(str(inner), initial_head="main")
    before, after = committed(inner, dict(FIRST), dict(WORSE))
    committed(folder, {"README.md": b"# Around\n"})
    github = hub(github_server, [before, after])
    inputs = {"working-directory": "inner", "formats": "sarif, badge", "artifact": "reports", "fail-under": "A+"}
    acted = act(folder, github, pushed(before, after), options, **inputs)
    assert (acted.code, acted.outputs["new"]) == (1, "1"), acted.log
    written = sorted(path.name for path in (folder.parent / "reports").iterdir())
    assert written == ["base.json", "report.badge.json", "report.json", "report.sarif"]
    (comment,) = github.talk.comments.values()
    assert comment.body.startswith(f"<!-- portfolio-audit key=inner commit={after} ")
