"""The hosts that serve files: archives and raw."""

from __future__ import annotations

import io
import tarfile

import pytest

from github_server import GitHub
from github_server_checks.conftest import CLASSIC, Ask


def unpacked(content: bytes) -> tarfile.TarFile:
    return tarfile.open(fileobj=io.BytesIO(content), mode="r:gz")


@pytest.mark.parametrize(
    ("ref", "top"), [("HEAD", "sales-HEAD"), ("refs/heads/main", "sales-main"), ("main", "sales-main")]
)
def test_an_archive_holds_the_files_below_one_folder(get: Ask, github: GitHub, ref: str, top: str) -> None:
    with unpacked(get(f"/archive/ada/sales/tar.gz/{ref}").content) as tar:
        assert tar.getnames() == [top] + [
            f"{top}/{p}" for p in ("README.md", "data", "data/x.bin", "src", "src/train.py")
        ]
        head = github.world.repositories[0].head
        assert head is not None
        assert tar.pax_headers == {"comment": head.oid}


@pytest.mark.parametrize("path", ["ada/secret/tar.gz/main", "ada/sales/tar.gz/none", "ada/empty/tar.gz/HEAD", "x/y"])
def test_no_archive_of_what_is_private_or_missing(get: Ask, path: str) -> None:
    assert get(f"/archive/{path}", CLASSIC).status_code == 404


def test_raw_files_need_no_token_unless_they_are_private(get: Ask, github: GitHub) -> None:
    assert get("/raw/ada/sales/main/src/train.py").text == "print(1)\n"
    assert get("/raw/ada/secret/main/README.md").status_code == 404
    assert github.log.counted() == 0


def test_a_token_that_went_astray_is_noticed(get: Ask, github: GitHub) -> None:
    get("/raw/ada/sales/main/README.md", CLASSIC)
    assert [leak.target for leak in github.log.leaks()] == ["GET /raw/ada/sales/main/README.md"]
