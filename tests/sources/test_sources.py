"""Recognising targets, and listing a folder of repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio_audit.errors import NotARepository, NotFound, SourceError
from portfolio_audit.sources import SOURCES, find_repositories
from repositories import FORMS, read

FILES = {"a.py": b"1"}


def test_every_source_is_registered() -> None:
    folder = Path(SOURCES["folder"].__file__ or "").parent  # type: ignore[attr-defined]  # sources are modules
    modules = {path.stem for path in folder.glob("*.py") if "\ndef accepts(" in path.read_text(encoding="utf-8")}
    assert set(SOURCES) == modules


@pytest.mark.parametrize(
    ("target", "error", "message"),
    [
        ("nowhere", NotFound, "nowhere: there is no such file or folder."),
        ("", NotFound, ": there is no such file or folder."),
        ("nul\0", NotFound, "nul\0: there is no such file or folder."),
        ("x" * 5_000, NotFound, "there is no such file or folder."),
        ("https://a:secret@gitlab.com/b/c", NotFound, "https://gitlab.com/b/c: there is no such file or folder."),
        (__file__, NotARepository, "this is a file. Name a folder, a git repository or a *.snapshot.json."),
    ],
)
def test_what_cannot_be_read_is_told(target: str, error: type[SourceError], message: str) -> None:
    with pytest.raises(error) as caught:
        read(target)
    assert str(caught.value).endswith(message)


@pytest.mark.parametrize("target", ["ada/churn", "https://ada:secret@github.com/ada/churn.git"])
def test_a_repository_on_github_has_to_be_cloned_first(target: str) -> None:
    with pytest.raises(NotFound) as caught:
        read(target)
    assert str(caught.value) == (
        "ada/churn: there is no such folder, and this is read from files only."
        " Clone it first: git clone https://github.com/ada/churn"
    )


def test_children_are_found_in_every_form(tmp_path: Path) -> None:
    for name, make in FORMS.items():
        make(tmp_path / name.replace(" ", "-"), FILES)
    (tmp_path / "ada+churn").mkdir()
    FORMS["git folder"](tmp_path / "ada+churn" / "repo", FILES)
    FORMS["work tree"](tmp_path / ".github", FILES)
    found = [str(Path(target).relative_to(tmp_path)) for target in find_repositories(str(tmp_path))]
    plain = ["bare", "folder", "git-folder", "recorded", "recorded.snapshot.json", "work-tree"]
    assert found == [".github", "ada+churn/repo", *plain]


def test_what_is_no_repository_is_left_out(tmp_path: Path) -> None:
    FORMS["work tree"](tmp_path / "in", FILES)
    for folder in ("in/.hidden", "in/b", "out"):
        (tmp_path / folder).mkdir()
    (tmp_path / "in" / "metadata.yaml").touch()
    (tmp_path / "in" / "link").symlink_to("../out")
    assert find_repositories(str(tmp_path / "in")) == (str(tmp_path / "in" / "b"),)


def test_a_portfolio_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotFound, match=r"there is no such folder\.$"):
        find_repositories(str(tmp_path / "gone"))
    with pytest.raises(NotARepository, match="this is a file, not a folder of repositories"):
        find_repositories(str(tmp_path / "file"))


def test_a_child_that_may_not_be_entered_is_still_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b+c"):
        (tmp_path / name).mkdir()

    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("os.scandir", refuse)
    assert len(find_repositories(str(tmp_path))) == 2
    with pytest.raises(NotFound, match=r"the folder cannot be opened \(Permission denied\)\.$"):
        read(tmp_path / "a")
