"""How fast repositories are read: our git source (pygit2) against git's own batch commands.

``python -m benchmarks.sources FOLDER`` reads every git repository in a folder with both, checks that they see the
same, and prints a table. Run it twice to measure with a warm file cache.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

from portfolio_audit.errors import SourceError
from portfolio_audit.model.names import readable
from portfolio_audit.model.snapshot import Limits, Snapshot, TreeEntry, Unavailable
from portfolio_audit.sources import find_repositories, git
from portfolio_audit.sources.decoding import decode

LIMITS = Limits()
WANTED = (".py", ".md", ".ipynb", ".txt", ".yml", ".yaml", ".toml", ".cfg", ".json", "dockerfile", "makefile")
Texts = dict[str, str | Unavailable]


def wanted(tree: tuple[TreeEntry, ...]) -> Iterable[str]:
    """About the files that extractors ask for."""
    return [entry.path for entry in tree if entry.path.lower().endswith(WANTED)]


def with_pygit2(target: str) -> Snapshot:
    """Read a repository as the audit does."""
    return git.collect(target, ref=None, select=wanted, limits=LIMITS)


def with_git(target: str) -> Texts:
    """Read the same with four processes of git: files with sizes, texts, history, tags."""
    listing = _git(target, "ls-tree", "-r", "-z", "-l", "HEAD")
    entries = [row.split(b"\t", 1) for row in listing.split(b"\0") if row]
    files = {readable(path): facts.split()[2:4] for facts, path in entries if facts.split()[0] != b"120000"}
    paths = [p for p, (_, size) in files.items() if p.lower().endswith(WANTED) and 0 <= _size(size) <= LIMITS.of(p)]
    blobs = _git(target, "cat-file", "--batch", "--buffer", feed=b"\n".join(files[p][0] for p in paths))
    _git(target, "log", "-z", "-n", str(LIMITS.commits), "--format=%H%x00%ct%x00%an%x00%s", "HEAD")
    _git(target, "for-each-ref", "--format=%(refname)", "refs/tags")
    return _texts(paths, blobs)


def _git(target: str, *arguments: str, feed: bytes = b"") -> bytes:
    command = ["git", "-c", "safe.directory=*", "-C", target, *arguments]
    return subprocess.run(command, input=feed, capture_output=True, check=True).stdout  # noqa: S603


def _size(text: bytes) -> int:
    return int(text) if text.isdigit() else -1


def _texts(paths: list[str], blobs: bytes) -> Texts:
    texts: Texts = {}
    position = 0
    for path in paths:
        end = blobs.index(b"\n", position)
        size = int(blobs[position:end].split()[2])
        texts[path] = decode(blobs[end + 1 : end + 1 + size])
        position = end + size + 2
    return texts


def _seconds(read: Callable[[str], object], target: str, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        read(target)
        times.append(time.perf_counter() - start)
    return min(times)


def _peak_mib() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**2


def _agrees(snapshot: Snapshot, texts: Texts) -> bool:
    read = {path: text for path, text in snapshot.texts.items() if isinstance(text, str)}
    return all(texts.get(path) == text for path, text in read.items())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    targets = [target for target in find_repositories(options.folder) if git.accepts(target) and _can_be_read(target)]
    peak = _peak_mib()  # before git's answers are held here
    print(f"{'repository':44} {'files':>6} {'texts':>6} {'commits':>7} {'pygit2 ms':>10} {'git ms':>8}  same")
    rows = [_row(target, options.rounds) for target in targets]
    ours, theirs = sum(row[0] for row in rows), sum(row[1] for row in rows)
    print(f"\n{len(rows)} repositories: pygit2 {ours:.2f} s ({len(rows) / ours:.0f}/s, peak {peak:.0f} MiB), ", end="")
    print(f"git {theirs:.2f} s ({len(rows) / theirs:.0f}/s); the same was read: {all(row[2] for row in rows)}")


def _can_be_read(target: str) -> bool:
    try:
        with_pygit2(target)
    except SourceError as error:
        print(error)
        return False
    return True


def _row(target: str, rounds: int) -> tuple[float, float, bool]:
    snapshot = with_pygit2(target)
    same = _agrees(snapshot, with_git(target))
    ours, theirs = _seconds(with_pygit2, target, rounds), _seconds(with_git, target, rounds)
    history = snapshot.metadata.history
    commits = 0 if isinstance(history, Unavailable) else len(history.commits)
    counts = f"{len(snapshot.tree):6} {len(snapshot.texts):6} {commits:7}"
    print(f"{snapshot.full_name[:44]:44} {counts} {ours * 1000:10.1f} {theirs * 1000:8.1f}  {'yes' if same else 'NO'}")
    return ours, theirs, same


if __name__ == "__main__":
    main()
