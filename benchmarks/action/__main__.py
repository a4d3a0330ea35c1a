"""``python -m benchmarks.action [FOLDER]``: run the action on the demo, say how long it took, and take its pictures.

With a folder, and Chromium there, the comment and the summary are written to it as pictures. The runner is act where
that is installed; what the runner would download is played, as in the tests.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tests"))

from action.acting import act, install
from benchmarks.action.pictures import draw
from benchmarks.action.stage import pushed, staged
from github_server import GitHub


def main(folder: Path | None) -> None:
    """Run twice, the first time to warm up."""
    with TemporaryDirectory() as place:
        repository, world, before, after = staged(Path(place))
        options = install(Path(place) / "actions")
        with GitHub(world) as github:
            for _ in range(2):
                started = time.perf_counter()
                acted = act(repository, github, pushed(before, after), options)
                took = time.perf_counter() - started
                if acted.code:
                    sys.exit(acted.log)
            print(f"{took:.1f} s from checkout to comment; the audit's step {acted.took('audit'):.1f} s of it")
            comment = next(iter(github.talk.comments.values())).body
        if folder:
            draw({"action-comment": comment.partition("\n")[2], "action-summary": acted.summary}, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
