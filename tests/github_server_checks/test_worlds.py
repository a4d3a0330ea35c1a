"""Worlds made from folders and by number."""

from __future__ import annotations

from pathlib import Path

from github_server import Check, Deployment, Release, Repository, World, from_folders, generated
from github_server.objects import Executable, Symlink

DEMO = Path(__file__).parent.parent.parent / "fixtures" / "portfolio"


def named(world: World, name: str) -> Repository:
    return next(r for r in world.repositories if r.name == name)


def test_the_demo_is_a_world() -> None:
    world = from_folders(DEMO)
    person = world.accounts[0]
    assert (person.login, person.kind, bool(person.bio), person.pull_requests[0].repository) == (
        "mira-holt",
        "User",
        True,
        "sktime/sktime",
    )
    assert [r.name for r in world.repositories] == sorted(p.name for p in DEMO.iterdir() if p.is_dir())
    assert named(world, "awesome-forecasting").is_fork


def test_a_repository_of_the_demo_has_its_history_and_what_happened() -> None:
    found = named(from_folders(DEMO), "energy-demand-mlops")
    assert found.head is not None
    assert (found.head.oid[:7], found.head.at, len(found.history)) == ("9d4be10", "2026-09-14T12:00:00Z", 7)
    assert found.releases[0] == Release("v1.3.0", "Alerts", at="2026-05-05T12:00:00Z")
    assert [type(one) for one in (found.deployments[0], found.checks[0])] == [Deployment, Check]
    assert found.deployments[0].statuses[0].environment_url == "https://energy-demand-demo.fly.dev"


def test_links_and_executables_stay_what_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "run.sh").write_text("echo\n")
    (folder / "run.sh").chmod(0o755)
    (folder / "link").symlink_to("run.sh")
    assert from_folders(tmp_path).repositories[0].files == {"link": Symlink("run.sh"), "run.sh": Executable(b"echo\n")}


def test_generated_worlds_are_always_the_same_and_all_different() -> None:
    one, other = generated(30), generated(30)
    assert one == other
    assert len({r.objects.root for r in one.repositories}) == 30
    assert one.repositories[:5] == generated(5).repositories
    assert {bool(r.deployments) for r in one.repositories} == {True, False}


def test_a_world_changes_by_pieces() -> None:
    world = World((Repository("a", "b"), Repository("a", "c")))
    changed = world.adding(Repository("A", "B", {"x": ""}))
    assert [(r.name, len(r.files)) for r in changed.repositories] == [("c", 0), ("B", 1)]
