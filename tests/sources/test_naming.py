"""Names, owners and pages from folders and remotes."""

from __future__ import annotations

import pytest

from portfolio_audit.sources.naming import Naming, name_of, on_github, remote_reference

PAGE = "https://github.com/ada/churn"


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/ada/churn",
        "https://github.com/ada/churn.git",
        "https://www.github.com/ada/churn/",
        "https://ada:secret@github.com/ada/churn.git",
        "http://GitHub.com:443/ada/churn",
        "git@github.com:ada/churn.git",
        "ssh://git@github.com:22/ada/churn.git",
        "ssh://git@ssh.github.com:443/ada/churn.git",
        "git://github.com/ada/churn",
    ],
)
def test_addresses_on_github(address: str) -> None:
    assert on_github(address) == ("ada", "churn")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://gitlab.com/ada/churn",
        "https://github.com.evil.example/ada/churn",
        "https://evil.example/github.com/ada/churn",
        "https://github.com/ada",
        "https://github.com/ada/churn/tree/main",
        "/srv/github.com:ada/churn",
        "https://" + "a" * 100_000 + "@github.com/ada/churn",
    ],
)
def test_other_addresses(address: str) -> None:
    assert on_github(address) is None


@pytest.mark.parametrize(
    ("target", "remote", "naming"),
    [
        ("/srv/churn", "", Naming("churn")),
        ("/srv/churn.git", "", Naming("churn")),
        ("/srv/churn/.git", "", Naming("churn")),
        ("/srv/sub/../churn/", "", Naming("churn")),
        ("/srv/x", PAGE, Naming("churn", "ada", PAGE)),
        ("/srv/ada+churn", "", Naming("churn", "ada")),
        ("/srv/ada+churn/repo", "", Naming("churn", "ada")),
        ("/srv/ada+churn/repo/.git", PAGE, Naming("churn", "ada", PAGE)),
        ("/srv/ada+churn/other", "", Naming("other")),
        ("/", "", Naming("folder")),
    ],
)
def test_a_repository_is_named(target: str, remote: str, naming: Naming) -> None:
    assert name_of(target, remote) == naming


def test_what_means_a_repository_on_github() -> None:
    assert remote_reference("ada/churn") == remote_reference(PAGE) == ("ada", "churn")
    assert remote_reference("./ada/churn") is None
