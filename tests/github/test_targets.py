"""What people write for a repository or an account on GitHub."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.github.targets import Reference, login_of, reference_of

CHURN = Reference("ada", "churn")
SHA = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    "target",
    [
        "ada/churn",
        "ada/churn.git",
        "github.com/ada/churn",
        "https://github.com/ada/churn",
        "https://github.com/ada/churn/",
        "https://github.com/ada/churn.git",
        "https://www.github.com/ada/churn.git/",
        "HTTP://GitHub.com:443//ada/churn",
        "https://github.com/ada/churn?tab=readme-ov-file#install",
        "https://github.com/ada/churn/issues/4",
        "https://github.com/ada/churn/releases",
        "https://github.com/%61da/churn",
        "https://ada:secret@github.com/ada/churn",
        "git@github.com:ada/churn.git",
        "org-12@github.com:ada/churn",
        "ssh://git@github.com/ada/churn.git",
        "ssh://git@ssh.github.com:443/ada/churn.git",
        "git://github.com/ada/churn.git",
    ],
)
def test_a_repository(target: str) -> None:
    assert reference_of(target) == CHURN


@pytest.mark.parametrize(
    ("target", "ref"),
    [
        ("ada/churn@v1.2", "v1.2"),
        ("ada/churn@feature/new@home", "feature/new@home"),
        ("ada/churn.git@über-neu", "über-neu"),
        ("https://github.com/ada/churn/tree/main", "main"),
        ("https://github.com/ada/churn/tree/feature/drift/", "feature/drift"),
        ("https://github.com/ada/churn/tree/feature%2Fdrift", "feature/drift"),
        ("https://github.com/ada/churn/tree/main/notebooks", "main"),
        ("https://github.com/ada/churn/tree/HEAD/src", "HEAD"),
        (f"https://github.com/ada/churn/tree/{SHA}/src", SHA),
        (f"https://github.com/ada/churn/commit/{SHA}", SHA),
        ("https://github.com/ada/churn/commits/dev/README.md", "dev"),
        ("https://github.com/ada/churn/blob/v2/src/a.py#L3-L9", "v2"),
        ("https://github.com/ada/churn/blame/v2/src/a.py", "v2"),
        ("https://github.com/ada/churn/raw/v2/data.csv", "v2"),
        ("https://github.com/ada/churn/releases/tag/v1.0", "v1.0"),
        ("https://github.com/ada/churn/releases/tag/model/v1", "model/v1"),
    ],
)
def test_a_revision_of_it(target: str, ref: str) -> None:
    assert reference_of(target) == Reference("ada", "churn", ref)


def test_case_is_kept() -> None:
    assert reference_of("Ada/ChurN@V1") == Reference("Ada", "ChurN", "V1")
    assert CHURN.full_name == "ada/churn"


@pytest.mark.parametrize(
    "target",
    [
        "",
        ".",
        "./ada/churn",
        "/ada/churn",
        "ada",
        "ada/",
        "ada/..",
        "ada/.git",
        "ada/churn/src",
        "-ada/churn",
        "a" * 40 + "/churn",
        "ada/" + "c" * 101,
        "ada/churn@",
        "ada/churn@a..b",
        "ada/churn@a b",
        "ada/churn@a\nb",
        "ada/churn@\udcff",
        "ada/churn@-x",
        "ada/churn@x.lock",
        "ada/churn@HEAD~1",
        "ada/churn@" + "x" * 251,
        "https://github.com",
        "https://github.com/ada",
        "https://github.com/orgs/acme",
        "https://github.com/topics/mlops",
        "https://github.com/ada/churn/tree",
        "https://github.com/ada/churn/pull/7",
        "https://github.com/ada/churn/blob/%00/x",
        "https://github.com/ada/churn/blob/%FF/x",
        "https://github.com/ada/../churn/.",
        "https://gitlab.com/ada/churn",
        "https://github.com.evil.example/ada/churn",
        "https://evil.example/github.com/ada/churn",
        "https://evil.example?@github.com/ada/churn",
        "git@evil.example:ada/churn",
        "C:/ada/churn",
        "https://" + "a" * 100_000 + "@github.com/ada/churn",
    ],
)
def test_no_repository(target: str) -> None:
    assert reference_of(target) is None


@pytest.mark.parametrize("web", ["https://git.corp", "http://git.corp:8080"])
def test_on_another_github_its_own_addresses_count(web: str) -> None:
    assert reference_of("https://git.corp/ada/churn/tree/dev", web) == Reference("ada", "churn", "dev")
    assert reference_of("ssh://git@git.corp:122/ada/churn.git", web) == CHURN
    assert reference_of("git@git.corp:ada/churn.git", web) == CHURN
    assert reference_of("ada/churn", web) == CHURN
    assert reference_of("https://github.com/ada/churn", web) is None
    assert login_of("https://git.corp/ada", web) == "ada"
    assert login_of("https://github.com/ada", web) is None


def test_a_github_on_this_machine_stands_for_github_com() -> None:
    assert reference_of("https://github.com/ada/churn", "http://127.0.0.1:8080") == CHURN
    assert login_of("https://github.com/ada", "http://localhost:8080") == "ada"
    assert reference_of("https://git.corp/ada/churn", "http://127.0.0.1:8080") is None


def test_a_server_of_the_tests_has_a_web_too() -> None:
    assert reference_of("http://[::1]:8080/ada/churn", "http://[::1]:8080") == CHURN


@pytest.mark.parametrize(
    "target",
    [
        "ada",
        "@ada",
        "github.com/ada",
        "https://github.com/ada",
        "https://github.com/ada/",
        "https://www.github.com/ada?tab=repositories",
        "https://github.com/orgs/ada",
        "https://github.com/orgs/ada/repositories",
    ],
)
def test_an_account(target: str) -> None:
    assert login_of(target) == "ada"


@pytest.mark.parametrize("target", ["Ada-L", "ada_corp", "9", "a" * 39])
def test_names_of_accounts(target: str) -> None:
    assert login_of(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "@",
        "@@ada",
        "-ada",
        "ada b",
        "ada\n",
        "ada/churn",
        "a" * 40,
        "..",
        "https://github.com",
        "https://github.com/settings",
        "https://github.com/orgs/",
        "https://github.com/orgs/..",
        "https://github.com/ada/churn",
        "https://gitlab.com/ada",
        "@" * 100_000,
    ],
)
def test_no_account(target: str) -> None:
    assert login_of(target) is None


_pieces = st.sampled_from(
    ["https://", "git@", "github.com", "/", ":", "ada", "churn", ".git", "tree", "@", "..", "%2F", "#"]
)


@given(st.lists(_pieces | st.text(max_size=4), max_size=12).map("".join))
def test_what_is_found_is_found_again_by_its_short_form(text: str) -> None:
    found = reference_of(text)
    if found:
        again = found.full_name if found.ref is None else f"{found.full_name}@{found.ref}"
        assert reference_of(again) == found
        assert ".." not in again
    login = login_of(text)
    assert login is None or login_of(f"@{login}") == login
