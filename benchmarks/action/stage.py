"""The demo's largest repository with a push that mends one thing and breaks another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pygit2
from pygit2.enums import ResetMode

from github_server import Commit, Repository, Token, World

DEMO = Path(__file__).parent.parent.parent / "fixtures" / "portfolio" / "energy-demand-mlops"
NAME = "ada/energy-demand"


def staged(place: Path) -> tuple[Path, World, str, str]:
    """The repository, the GitHub it is on, and its two commits."""
    folder = place / "energy-demand"
    shutil.copytree(DEMO, folder)
    repository = pygit2.init_repository(str(folder), initial_head="main")
    repository.remotes.create("origin", f"https://github.com/{NAME}.git")
    licence = (folder / "LICENSE").read_bytes()
    (folder / "LICENSE").unlink()
    before = _commit(repository, "Forecast the load of tomorrow", 0)
    (folder / "LICENSE").write_bytes(licence)
    script = folder / "scripts" / "compare.py"
    script.write_text(f'{script.read_text("utf-8")}\nHISTORY = "/home/ada/energy/load.csv"\n', encoding="utf-8")
    after = _commit(repository, "Add the licence, compare with history", 1)
    repository.reset(pygit2.Oid(hex=after), ResetMode.HARD)
    token = Token("ghs_workflow", "github-actions[bot]", None)
    owner, _, name = NAME.partition("/")
    known = Repository(owner, name, {}, (Commit(oid=after), Commit(oid=before)))
    return folder, World((known,), tokens=(token,)), before, after


def pushed(before: str, after: str) -> tuple[str, object]:
    """The event."""
    return "push", {"ref": "refs/heads/main", "before": before, "after": after, "repository": {"full_name": NAME}}


def _commit(repository: pygit2.Repository, message: str, day: int) -> str:
    who = pygit2.Signature("Ada", "ada@example.org", 1_770_000_000 + 86_400 * day, 60)
    repository.index.add_all()
    tree = repository.index.write_tree()
    repository.index.write()
    parents = [] if repository.head_is_unborn else [repository.head.target]
    return str(repository.create_commit("HEAD", who, who, message, tree, parents))
