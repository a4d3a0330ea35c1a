"""A repository with commits, the runner's variables around it, and the tests' GitHub behind it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pygit2
import pytest
import typer

import repositories
from github_server import Commit, GitHub, Pull, Repository, Token, World
from github_server.talk import Comment
from portfolio_audit.cli import acting
from portfolio_audit.cli.acting import run_action
from portfolio_audit.defaults import load_knowledge
from portfolio_audit.settings import Settings

NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
NOBODY = "0" * 40
WORKFLOW, READER = "ghs_workflow", "ghs_reader"
BOT = "github-actions[bot]"
TOKENS = (Token(WORKFLOW, BOT, None), Token(READER, BOT, None, writes=frozenset()))
RULES = {"missing-licence", "absolute-paths", "unpinned-environment", "missing-tests"}
LINES = "import pandas as pd\n\nframe = pd.read_csv({!r})\n"
TRAIN = LINES.format("data/train.csv")
FIRST: Mapping[str, bytes] = {
    "README.md": b"# Churn\n\nWhich customers leave?\n",
    "train.py": TRAIN.encode(),
    "requirements.txt": b"pandas\n",
}
WORSE: Mapping[str, bytes] = {**FIRST, "train.py": LINES.format("/home/ada/train.csv").encode()}
BETTER: Mapping[str, bytes] = {**FIRST, "LICENSE": b"MIT License\n\nPermission is hereby granted\n"}

GOOD: Mapping[str, bytes] = {**BETTER, "requirements.txt": b"pandas==2.2.0\n"}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left behind."""

    code: int
    log: str
    summary: str
    outputs: dict[str, str]
    reports: tuple[str, ...]

    def said(self) -> list[str]:
        return [line.removeprefix("portfolio-audit: ") for line in self.log.splitlines()]


@dataclass
class Stage:
    """One repository on this machine and on the tests' GitHub."""

    folder: Path
    github: GitHub
    environment: dict[str, str]
    read: Callable[[], str]
    commits: list[str] = field(default_factory=list)
    runs: int = 0

    @property
    def repository(self) -> pygit2.Repository:
        return pygit2.Repository(str(self.folder))

    def commit(self, files: Mapping[str, bytes], message: str = "Work", branch: str = "main") -> str:
        """Commit files to a branch, which begins at the commit before if it is new."""
        repository = self.repository
        if repository.references.get(f"refs/heads/{branch}") is None and self.commits:
            repository.create_branch(branch, repository[self.commits[-1]].peel(pygit2.Commit))
        repository.set_head(f"refs/heads/{branch}")
        self.commits.append(str(repositories.commit(repository, files, at=len(self.commits), message=message)))
        self.publish()
        return self.commits[-1]

    def publish(self, *pulls: Pull) -> None:
        """Let GitHub know of everything that was committed."""
        before = self.github.world.repository("ada/churn")
        known = Repository(
            "ada",
            "churn",
            {},
            tuple(Commit(oid=sha) for sha in reversed(self.commits)),
            pulls=pulls or (before.pulls if before else ()),
        )
        self.github.world = World((known,), tokens=TOKENS)

    def run(self, event: str, payload: object, *, ref: str = "refs/heads/main", **inputs: str) -> Ran:
        """Run the action for an event; inputs are named as in Python."""
        self.runs += 1
        temporary = self.folder.parent / f"run{self.runs}"
        temporary.mkdir()
        (temporary / "event.json").write_text(json.dumps(payload), encoding="utf-8")
        named = {
            f"PORTFOLIO_AUDIT_INPUT_{name.upper()}": value for name, value in {"token": WORKFLOW, **inputs}.items()
        }
        environment = {
            **self.environment,
            **named,
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(temporary / "event.json"),
            "GITHUB_REF": ref,
            "GITHUB_RUN_ID": str(self.runs),
            "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
            "GITHUB_OUTPUT": str(temporary / "output"),
            "RUNNER_TEMP": str(temporary),
        }
        code = _code(environment)
        return _ran(code, self.read(), temporary)

    def push(self, before: str, after: str, *, ref: str = "refs/heads/main", **more: object) -> dict[str, object]:
        """The payload of a push."""
        return {"ref": ref, "before": before, "after": after, "deleted": False, "forced": False, "commits": [], **more}

    def pull(self, base: str, head: str, number: int = 7, owner: str = "ada") -> dict[str, object]:
        """The payload of a pull request."""
        repository = {"owner": {"login": owner}}
        inner = {"head": {"sha": head, "ref": "topic", "repo": repository}, "base": {"sha": base}}
        return {"number": number, "pull_request": inner}

    def comments(self) -> list[Comment]:
        return list(self.github.talk.comments.values())


def _code(environment: Mapping[str, str]) -> int:
    try:
        run_action(environment, NOW)
    except typer.Exit as ended:
        return ended.exit_code
    return 0


def _ran(code: int, log: str, temporary: Path) -> Ran:
    summary, output = temporary / "summary.md", temporary / "output"
    lines = output.read_text("utf-8").splitlines() if output.exists() else []
    reports = tuple(sorted(path.name for path in temporary.glob("portfolio-audit-reports/*")))
    outputs = {
        name: value.replace(str(temporary), "TEMP") for name, _, value in (line.partition("=") for line in lines)
    }
    return Ran(code, log, summary.read_text("utf-8") if summary.exists() else "", outputs, reports)


@pytest.fixture(scope="session")
def few_rules() -> Settings:
    """Four of the shipped rules, so that the pages are short."""
    ruleset, vocabulary = load_knowledge()
    return Settings(replace(ruleset, rules=tuple(r for r in ruleset.rules if r.id in RULES)), vocabulary, now=NOW)


@pytest.fixture
def stage(
    tmp_path: Path,
    github_server: Callable[..., GitHub],
    few_rules: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Stage:
    folder = tmp_path / "churn"
    pygit2.init_repository(str(folder), initial_head="main")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(acting, "settings_of", lambda *_: few_rules)
    github = github_server(World((), tokens=TOKENS))
    environment = {
        **github.environment,
        "PATH": os.environ.get("PATH", ""),
        "GITHUB_REPOSITORY": "ada/churn",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_WORKSPACE": str(folder),
        "GITHUB_RUN_ATTEMPT": "1",
    }
    return Stage(folder, github, environment, lambda: capsys.readouterr().out)
