"""``user``, ``org`` and ``repo`` on the GitHub of the tests: what is shown, what it costs, and how it ends."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from github_server import Account, GitHub, Repository, Settings, Token, World, misbehaviour
from hosted import SECRET
from portfolio_audit.github.credentials import NO_TOKEN

PROJECT = {
    "README.md": "# Churn\n\nWhich customers of a shop leave, and why.\n\n## Data\n\nOrders of 2025.\n",
    "requirements.txt": "scikit-learn==1.5.0\n",
    "train.py": "from sklearn.linear_model import LogisticRegression\n\nLogisticRegression().fit([[0], [1]], [0, 1])\n",
}
NARROW = "ghp_narrow"
Ask = Callable[..., Result]
Spawn = Callable[..., "subprocess.CompletedProcess[str]"]


def served(**settings: object) -> GitHub:
    """A GitHub with two projects of ada's, a fork, an old one, a secret one, and an organisation."""
    repositories = (
        Repository("ada", "churn", PROJECT, description="Who leaves", topics=("churn",)),
        Repository("ada", "sales", PROJECT),
        Repository("ada", "forked", PROJECT, parent="bob/tool"),
        Repository("ada", "old", PROJECT, archived=True),
        Repository("ada", "secret", PROJECT, private=True),
        Repository("lab", "vision", PROJECT),
    )
    accounts = (Account("ada", name="Ada", pinned=("churn",)), Account("lab", kind="Organization"), Account("empty"))
    world = World(repositories, accounts, (Token(SECRET, "ada"), Token(NARROW, "ada", scopes=())))
    return GitHub(world, Settings(**settings))  # type: ignore[arg-type]


@pytest.fixture
def github() -> Iterator[GitHub]:
    """That GitHub, running."""
    with served() as github:
        yield github


@pytest.fixture
def ask(run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run a command against a GitHub, with a token unless it is empty, and a cache of this test."""

    def go(github: GitHub, *words: str, token: str = SECRET) -> Result:
        told = {**github.environment, "PORTFOLIO_AUDIT_CACHE_DIR": str(tmp_path / "cache"), "GITHUB_TOKEN": token}
        for name in ("GH_TOKEN", "GITHUB_API_URL"):
            monkeypatch.delenv(name, raising=False)
        if not token:
            told[NO_TOKEN] = "1"
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        return run(*words)

    return go


def report(result: Result) -> dict[str, object]:
    """The JSON report that was printed."""
    value: dict[str, object] = json.loads(result.stdout)
    return value


def names(result: Result) -> list[str]:
    """The repositories in a JSON report."""
    repositories = report(result)["repositories"]
    assert isinstance(repositories, list)
    return sorted(repository["name"] for repository in repositories)


@pytest.mark.parametrize("token", [SECRET, ""])
def test_a_profile_is_audited_and_its_cost_is_told(ask: Ask, github: GitHub, token: str) -> None:
    result = ask(github, "user", "ada", "--jobs", "1", token=token)
    assert result.exit_code == 0
    assert "Portfolio of ada" in result.stdout
    assert "Left out: 1 forked (--forks), 1 archived (--archived)" in result.stdout
    before, after = result.stderr.splitlines()
    assert before.startswith("Reading 2 repositories of ada (left out: 1 forked (--forks), 1 archived (--archived)")
    assert "left of GitHub's limits" in before
    assert "3 requests counted, 2 did not" in after
    assert ("With a token" in after) == (not token)


def test_the_tokens_own_account_is_the_default(ask: Ask, github: GitHub) -> None:
    assert names(ask(github, "user", "--format", "json", "--jobs", "1")) == ["churn", "sales"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--forks"], ["churn", "forked", "sales"]),
        (["--archived"], ["churn", "old", "sales"]),
        (["--private"], ["churn", "sales", "secret"]),
        (["--pinned-only"], ["churn"]),
        (["--include", "s*"], ["sales"]),
        (["--include", "ada/c*", "--include", "sales"], ["churn", "sales"]),
        (["--exclude", "churn"], ["sales"]),
        (["--max-repos", "1"], ["churn"]),
    ],
)
def test_what_is_audited_can_be_chosen(ask: Ask, github: GitHub, options: list[str], expected: list[str]) -> None:
    assert names(ask(github, "user", "ada", "--format", "json", "--jobs", "1", *options)) == expected


@pytest.mark.parametrize("login", ["@ada", "{base}/ada"])
def test_an_account_can_be_named_as_people_write_it(ask: Ask, github: GitHub, login: str) -> None:
    result = ask(github, "user", login.format(base=github.base), "--format", "json", "--jobs", "1")
    assert names(result) == ["churn", "sales"]


def test_an_organisation_is_audited(ask: Ask, github: GitHub) -> None:
    assert names(ask(github, "org", "lab", "--format", "json", "--jobs", "1")) == ["vision"]


@pytest.mark.parametrize("target", ["ada/churn", "ada/churn@main", "{base}/ada/churn"])
def test_a_repository_is_audited(ask: Ask, github: GitHub, target: str) -> None:
    assert names(ask(github, "repo", target.format(base=github.base), "--format", "json")) == ["churn"]


def test_a_snapshot_and_an_explanation_come_from_github_too(ask: Ask, github: GitHub, tmp_path: Path) -> None:
    assert ask(github, "snapshot", "ada/churn").exit_code == 0
    assert names(ask(github, "repo", str(tmp_path / "churn.snapshot.json"), "--format", "json")) == ["churn"]
    assert "In ada/churn:" in ask(github, "explain", "unpinned-environment", "ada/churn").stdout


@pytest.mark.parametrize(
    ("words", "token", "code", "message"),
    [
        (("user", "nobody"), SECRET, 3, "nobody: there is no such account on GitHub, or it is hidden or suspended."),
        (("user", "empty"), SECRET, 3, "empty: there are no public repositories."),
        (("user", "ada", "--include", "x"), SECRET, 3, "ada: no repository is left to audit: 4 not among --include."),
        (("user",), "", 3, "there is no token that tells whose it is. Log in with `gh auth login`"),
        (("user", "ada", "--private"), "", 3, "private repositories are shown only to a token that may see them."),
        (("user", "ada", "--pinned-only"), "", 3, "what is pinned is not known"),
        (("user", "ada"), "ghp_wrong", 3, "GitHub refused the token from GITHUB_TOKEN (Bad credentials)"),
        (("org", "ada"), SECRET, 3, "there is no such organisation. For a person: portfolio-audit user ada"),
        (("user", "../x"), SECRET, 2, "'../x' is no account"),
        (("user", "ada/churn"), SECRET, 2, "portfolio-audit repo ada/churn"),
        (("repo", "ada/nope"), SECRET, 3, "there is no such repository, or the token from GITHUB_TOKEN may not see it"),
        (("repo", "ada/churn@nope"), "", 3, "there is no branch, tag or commit 'nope'"),
    ],
)
def test_what_cannot_be_audited_is_told(
    ask: Ask, github: GitHub, words: tuple[str, ...], token: str, code: int, message: str
) -> None:
    result = ask(github, *words, token=token)
    assert result.exit_code == code or isinstance(result.exception, Exception)
    told = result.stderr or str(result.exception)
    assert message in " ".join(f"{told} {result.exception}".replace("│", " ").split())


def test_a_missing_scope_is_named(ask: Ask, github: GitHub) -> None:
    result = ask(github, "user", "--private", "--jobs", "1", token=NARROW)
    assert "The token lacks the scope 'repo'" in result.stderr


def test_a_second_audit_costs_nothing(ask: Ask, github: GitHub) -> None:
    first = ask(github, "user", "ada", "--jobs", "1")
    again = ask(github, "user", "ada", "--jobs", "1")
    assert again.stdout == first.stdout
    assert ": nothing counts" in again.stderr
    assert "0 requests counted, 1 did not" in again.stderr


def test_no_cache_asks_again_and_keeps_nothing(ask: Ask, github: GitHub, tmp_path: Path) -> None:
    for _ in range(2):
        assert "3 requests counted" in ask(github, "user", "ada", "--no-cache", "--jobs", "1").stderr
    assert not (tmp_path / "cache").exists()


def test_refresh_asks_again_for_what_is_recorded(ask: Ask, github: GitHub) -> None:
    ask(github, "user", "ada", "--jobs", "1")
    assert "2 requests counted, 1 did not" in ask(github, "user", "ada", "--refresh", "--jobs", "1").stderr


def test_a_limit_ends_the_audit_with_a_code_of_its_own_and_a_report(ask: Ask) -> None:
    with served(core_limit=2) as github:
        result = ask(github, "user", "ada", "--private", "--format", "json", "--jobs", "1", "--max-wait", "0")
    assert result.exit_code == 4
    assert names(result) == ["churn", "sales"]
    unread = report(result)["unread"]
    assert isinstance(unread, list)
    assert [(one["name"], one["limited"]) for one in unread] == [("ada/secret", True)]
    assert "GitHub's hourly limit of requests is reached; it resets at" in unread[0]["reason"]


def test_a_limit_that_leaves_nothing_to_report_has_the_same_code(spawn: Spawn, tmp_path: Path) -> None:
    with served(core_limit=0) as limited:
        told = {**limited.environment, "GITHUB_TOKEN": SECRET, "PORTFOLIO_AUDIT_CACHE_DIR": str(tmp_path / "cache")}
        done = spawn("user", "ada", **told)
    assert done.returncode == 4
    assert "it resets at" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_budget_of_the_user_is_kept(ask: Ask, github: GitHub) -> None:
    result = ask(github, "user", "ada", "--max-requests", "2", "--jobs", "1")
    assert github.log.counted("core") + len(github.log.requests("graphql")) == 2
    assert "allowed by --max-requests are used up" in result.stdout


def test_an_account_is_audited_for_its_page(ask: Ask, github: GitHub, tmp_path: Path) -> None:
    result = ask(github, "dashboard", "--user", "ada", "-o", "site", "--jobs", "1")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert '"full":"ada/churn"' in page
    assert '"full":"ada/secret"' not in page


def test_an_account_is_kept_but_not_an_audit_that_a_limit_ended(ask: Ask, github: GitHub) -> None:
    assert "Kept as run #1" in ask(github, "user", "ada", "--record", "--jobs", "1").stderr
    with served(core_limit=2) as short:
        words = ("--private", "--jobs", "1", "--max-wait", "0", "--no-cache")
        limited = ask(short, "user", "ada", "--record", *words)
    assert (limited.exit_code, "Kept as" in limited.stderr) == (4, False)


def results(result: Result) -> dict[str, tuple[str, str]]:
    """Outcome and reason of every rule about the profile."""
    portfolio = report(result)["portfolio"]
    assert isinstance(portfolio, dict)
    return {one["rule"]: (one["outcome"], one["reason"]) for one in portfolio["results"]}


def test_what_was_not_read_is_not_missing_from_the_profile(ask: Ask, github: GitHub) -> None:
    """A profile README, or a fourth piece, may be in what could not be read."""
    home = Repository("ada", "ada", {"README.md": "# Ada\n" + "I solve problems of shops. " * 30})
    github.world = github.world.adding(home)
    github.faults.add(misbehaviour.status(451, "Repository access blocked"), "archive", "*/ada/ada/*", times=None)
    found = ask(github, "user", "ada", "--format", "json", "--jobs", "1")
    assert found.exit_code == 0, found.output
    reason = "ada/ada could not be read: GitHub has blocked access to it, for legal reasons or its terms of service."
    assert results(found)["missing-profile-readme"] == ("unknown", reason)
    assert results(found)["few-pieces"] == ("unknown", reason)


def test_what_was_left_out_is_not_missing_from_the_profile(ask: Ask, github: GitHub) -> None:
    github.world = github.world.adding(Repository("ada", "ada", {"README.md": "# Ada\n"}))
    found = ask(github, "user", "ada", "--include", "churn", "--format", "json", "--jobs", "1")
    assert results(found)["missing-profile-readme"] == ("unknown", "ada/ada was left out of the audit")
    assert results(found)["few-pieces"][0] == "fail"


@pytest.mark.parametrize("token", [SECRET, ""])
def test_an_account_of_which_nothing_could_be_read_has_no_grade(ask: Ask, github: GitHub, token: str) -> None:
    for host, path in (("archive", "*"), ("api", "/repos/*")):
        github.faults.add(misbehaviour.status(403, "Resource not accessible"), host, path, times=None)
    found = ask(github, "user", "ada", "--format", "json", "--jobs", "1", token=token)
    assert found.exit_code == 3
    assert report(found)["grade"] == "?"
    assert len(report(found)["unread"]) == 2  # type: ignore[arg-type]


def test_a_limit_that_only_keeps_back_what_is_recorded_has_the_same_code(ask: Ask, github: GitHub) -> None:
    github.faults.add(misbehaviour.rate_limited(), "graphql", times=None)
    found = ask(github, "user", "ada", "--format", "json", "--jobs", "1", "--max-wait", "0")
    assert found.exit_code == 4
    told = [one["message"] for one in report(found)["problems"]]  # type: ignore[index, union-attr]
    assert told[0].startswith("the page of ada is not known: GitHub's hourly limit of requests is reached")
    assert told[1].startswith("what GitHub records of 2 repositories is not known: GitHub's hourly limit")
