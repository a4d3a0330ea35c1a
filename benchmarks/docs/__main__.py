"""Remake the documentation that can drift: ``python -m benchmarks.docs`` (or ``make docs``); a test checks it."""

from __future__ import annotations

import sys

from benchmarks.docs import DOCS, documents, stale


def main() -> int:
    """Write every generated document, and remove what is no longer made."""
    made = documents()
    for name, text in made.items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    gone = list(stale(made))
    for path in gone:
        path.unlink()
    sys.stdout.write(f"Wrote {len(made)} documents below docs/, removed {len(gone)}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
