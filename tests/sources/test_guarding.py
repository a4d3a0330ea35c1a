"""No git directory makes us wait or read without end; every test here would hang or explode without the guard."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pygit2
import pytest

from portfolio_audit.errors import NoCommits, NotARepository
from portfolio_audit.sources import guarding
from repositories import commit, loose_object, read

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes among files")


def pipe(path: Path) -> Path:
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    return path


def refused(repository: pygit2.Repository) -> str:
    with pytest.raises(NotARepository) as error:
        read(repository.path)
    return error.value.reason


@pytest.mark.parametrize(
    "name",
    [
        "HEAD",
        "config",
        "packed-refs",
        "shallow",
        "refs/heads/main",
        "refs/tags/deep/er",
        "objects/info/alternates",
        "objects/pack/multi-pack-index",
    ],
)
def test_a_pipe_where_git_has_a_file_is_not_waited_for(repository: pygit2.Repository, name: str) -> None:
    commit(repository, {"a.py": b"x = 1\n"})
    pipe(Path(repository.path, name))
    if name in {"HEAD", "config"}:  # then it is no git directory any more by its look, but a work tree may name it
        with pytest.raises(NotARepository, match=name):
            guarding.refuse_endless(repository.path)
        return
    assert refused(repository) == f"its git directory holds '{name}', which is no ordinary file."


def test_a_pipe_in_the_place_of_an_object_is_damage(repository: pygit2.Repository) -> None:
    oid = commit(repository, {"a.py": b"x = 1\n"})
    pipe(loose_object(repository, repository[oid].peel(pygit2.Commit).tree_id))
    with pytest.raises(NoCommits, match="damaged"):
        read(repository.path)


def include(repository: pygit2.Repository, path: Path | str, *, times: int = 1, file: str = "config") -> None:
    with Path(repository.path, file).open("a", encoding="utf-8") as config:
        config.write(f"[include]\n\tpath = {path}\n" * times)


def test_a_configuration_that_includes_a_pipe_is_refused(repository: pygit2.Repository, tmp_path: Path) -> None:
    commit(repository, {"a.py": b"x = 1\n"})
    include(repository, "more")
    include(repository, pipe(tmp_path / "pipe"), file="more")
    assert refused(repository) == "its configuration includes what is no ordinary file."


def test_an_inclusion_in_one_line_is_seen(repository: pygit2.Repository, tmp_path: Path) -> None:
    commit(repository, {"a.py": b"x = 1\n"})
    with Path(repository.path, "config").open("a", encoding="utf-8") as config:
        config.write(f'[include] path = "{pipe(tmp_path / "pipe")}"\n')
    assert refused(repository) == "its configuration includes what is no ordinary file."


def test_a_configuration_that_multiplies_itself_is_refused(repository: pygit2.Repository) -> None:
    commit(repository, {"a.py": b"x = 1\n"})
    include(repository, "c0", times=10)
    for number in range(9):
        include(repository, f"c{number + 1}", times=10, file=f"c{number}")
    Path(repository.path, "c9").touch()
    assert refused(repository) == "its configuration is far too large."


def test_an_endless_configuration_is_refused(repository: pygit2.Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repository, {"a.py": b"x = 1\n"})
    monkeypatch.setattr(guarding, "MOST_CONFIGURATION", 10)
    assert refused(repository) == "its configuration is far too large."


def test_endless_references_are_refused(repository: pygit2.Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repository, {"a.py": b"x = 1\n"})
    Path(repository.path, "packed-refs").write_text("# nothing\n", encoding="utf-8")
    monkeypatch.setattr(guarding, "MOST_REFERENCES", 9)
    assert refused(repository) == "its 'HEAD' is far too large."


def test_usual_inclusions_are_followed(repository: pygit2.Repository) -> None:
    commit(repository, {"a.py": b"x = 1\n"})
    include(repository, "more")
    include(repository, "/there/is/none")
    Path(repository.path, "more").write_text(
        '[remote "origin"]\nurl = https://github.com/ada/tides\n', encoding="utf-8"
    )
    assert read(repository.path).full_name == "ada/tides"


def test_the_directory_of_a_linked_work_tree_is_checked(repository: pygit2.Repository, tmp_path: Path) -> None:
    commit(repository, {"a.py": b"x = 1\n"})
    repository.add_worktree("side", str(tmp_path / "side"))
    assert [entry.path for entry in read(tmp_path / "side").tree] == ["a.py"]
    pipe(Path(repository.path, "packed-refs"))
    with pytest.raises(NotARepository, match="packed-refs"):
        read(tmp_path / "side")
