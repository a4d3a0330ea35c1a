"""How exactly the declared environment is fixed, judged for each declaration and the locks that belong to it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterator
from dataclasses import replace

from portfolio_audit.evidence.declarations import Declarations, Declared, Locked
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Fact
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.dependency import Dependency, Pin

_NOT_COUNTED = frozenset(
    {"pip", "setuptools", "wheel", "python", "nodefaults", "pipenv", "poetry", "uv", "pip-tools", "virtualenv", "pdm"}
)
_CODE = ("*.py", "*.ipynb", "*.R", "*.Rmd", "*.qmd", "*.jl")
_NO_CODE = re.compile(r"(?:^|/)(?:__init__|setup|conftest|test_[^/]*|[^/]*_test)\.py$|(?:^|/)tests?/", re.IGNORECASE)
_FIXED = 0.95
_Key = tuple[str, str]


def pins(found: Declarations) -> Iterator[Fact]:
    """Give how many dependencies are declared and fixed, those that are not, and the locks."""
    counted = _counted(found)
    unpinned = [(d, path) for d, path in counted if d.pin is Pin.LOOSE]
    if counted:
        yield Fact("environment.declared_count", len(counted))
        yield Fact("environment.unpinned_count", len(unpinned))
        yield Fact("environment.pinned_share", round(sum(d.pin.value for d, _ in counted) / len(counted), 4))
    for dependency, path in unpinned:
        yield Fact("environment.unpinned", dependency.name, Location(path, dependency.line, note="has no version"))
    yield from _locks(found)


def served_share(documents: Documents, found: Declarations) -> Iterator[Fact]:
    """Give the share of the code, file by file, whose nearest declaration is fixed."""
    fixed = _fixed_folders(found)
    code = [p for p in documents.matching(*_CODE) if not _NO_CODE.search(p)]
    serving = [_nearest(path, fixed) for path in code] if code else list(fixed)
    if fixed:
        served = sum(fixed.get(folder, False) for folder in serving if folder is not None)
        note = f"files of code with exact versions: {served} of {len(serving)}" if code else "exact"
        fixing = [lock.path for lock in found.locks if fixed.get(lock.folder)]
        fixing += [file.path for file in found.files if file.declaration.dependencies and fixed.get(file.folder)]
        at = Location(next(iter(fixing), ""), note=note)
        yield Fact("environment.served_share", round(served / len(serving), 4), at)


def _fixed_folders(found: Declarations) -> dict[str, bool]:
    """Whether the environment of each folder that has one is fixed; what an image adds to it is left aside."""
    own = [f for f in found.files if not f.in_image]
    folders = {f.folder for f in own if f.declaration.dependencies}
    images = [f for f in found.files if f.in_image and f.folder not in folders]
    values: dict[str, list[float]] = {lock.folder: [] for lock in found.locks}
    for dependency, path, folder in _closest(replace(found, files=(*own, *images))):
        pinned = values.setdefault(folder, [])
        if not _pinned_elsewhere(found, (dependency, path)):
            pinned.append(dependency.pin.value)
    return {folder: sum(pins) >= len(pins) * _FIXED for folder, pins in values.items()}


def _nearest(path: str, folders: Container[str]) -> str | None:
    folder = path if path in folders else posixpath.dirname(path)
    while folder and folder not in folders:
        folder = posixpath.dirname(folder)
    return folder if folder in folders else None


def _counted(found: Declarations) -> list[tuple[Dependency, str]]:
    """Each declared dependency once for the code it serves, but not what an image repeats."""
    closest = ((dependency, path) for dependency, path, _ in _closest(found))
    return [one for one in closest if not _pinned_elsewhere(found, one)]


def _closest(found: Declarations) -> Iterator[tuple[Dependency, str, str]]:
    """Each dependency of each folder with the closest version that anything gives it there, its file and the folder."""
    best: dict[_Key, tuple[Dependency, str]] = {}
    declared: set[_Key] = set()
    for file in found.files:
        locks = tuple(lock for lock in found.locks if _belongs(lock, file))
        for dependency in file.declaration.dependencies:
            key = (file.folder, dependency.name)
            if not file.pins_only and dependency.name not in _NOT_COUNTED:
                declared.add(key)
            pin = Pin.EXACT if any(_fixes(lock, dependency.name) for lock in locks) else dependency.pin
            if key not in best or pin.value > best[key][0].pin.value:
                best[key] = Dependency(dependency.name, dependency.line, pin), file.path
    yield from ((*best[key], key[0]) for key in sorted(declared))


def _belongs(lock: Locked, file: Declared) -> bool:
    """Whether a lock is of the same folder, or of a workspace above whose member the declaration is."""
    if lock.folder == file.folder:
        return True
    above = not lock.folder or file.folder.startswith(f"{lock.folder}/")
    member = file.declaration.package
    return above and bool(member) and lock.names is not None and member in lock.names


def _fixes(lock: Locked, name: str) -> bool:
    return lock.names is None or name in lock.names


def _pinned_elsewhere(found: Declarations, declared: tuple[Dependency, str]) -> bool:
    """What an image installs by bare name, for code whose own declaration already pins it."""
    dependency, path = declared
    if dependency.pin is Pin.EXACT or not any(f.in_image and f.path == path for f in found.files):
        return False
    return any(
        d.name == dependency.name and d.pin is Pin.EXACT for f in found.files for d in f.declaration.dependencies
    )


def _locks(found: Declarations) -> Iterator[Fact]:
    for lock in found.locks:
        note = "lock file" if lock.names is None else f"distributions fixed: {len(lock.names)}"
        yield Fact("environment.lockfile", at=Location(lock.path, note=note))
    for file in found.files:
        if file.declaration.hashed:
            yield Fact("environment.lockfile", at=Location(file.path, note="requirements with hashes"))
