"""The script that a user would write with PyGithub: ``python -m benchmarks.github.pygithub_way LOGIN``.

It lists the repositories, and asks of each for the README, the tree, and the files that say how to run it.
"""

from __future__ import annotations

import os
import sys

from github import Auth, Github, GithubException, UnknownObjectException

WANTED = ("requirements.txt", "pyproject.toml", "Dockerfile", ".github/workflows/ci.yml")


def main() -> None:
    """Read every repository of an account, one after the other, as the library's own guide shows it."""
    token = os.environ.get("GITHUB_TOKEN")
    client = Github(
        auth=Auth.Token(token) if token else None,
        base_url=os.environ["PORTFOLIO_AUDIT_API_URL"],
        per_page=100,
        seconds_between_requests=0,
    )
    found = 0
    for repository in client.get_user(sys.argv[1]).get_repos():
        try:
            found += len(repository.get_readme().decoded_content)
        except UnknownObjectException:
            continue
        try:
            tree = repository.get_git_tree(repository.default_branch, recursive=True).tree
        except GithubException:
            continue
        for entry in tree:
            if entry.path in WANTED or entry.path.endswith(".ipynb"):
                content = repository.get_contents(entry.path)
                found += 0 if isinstance(content, list) else content.size
        found += repository.get_releases().totalCount
    sys.stdout.write(f"{found} bytes\n")


if __name__ == "__main__":
    main()
