"""Inputs that broke a promise: one is kept for each place in our code that broke it."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Callable
from pathlib import Path

SLOW = 4.0
"""Process seconds above which an input of a few kilobytes is a finding."""
OURS = "portfolio_audit"


class Slow(AssertionError):
    """An input took far longer than its size explains."""


class Findings:
    """Runs a target, and keeps what breaks it instead of ending."""

    def __init__(self, run: Callable[[bytes], None], folder: Path) -> None:
        self.run = run
        self.folder = folder
        self.seen: set[str] = set()

    def __call__(self, data: bytes) -> None:
        """Try one input."""
        start = time.process_time()
        try:
            self.run(data)
            spent = time.process_time() - start
            if spent > SLOW:
                raise Slow(f"took {spent:.1f} s for {len(data):,} bytes")  # noqa: TRY301
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
            self._keep(data, error)

    def _keep(self, data: bytes, error: Exception) -> None:
        key = place_of(error)
        if key in self.seen:
            return
        self.seen.add(key)
        name = hashlib.sha256(key.encode()).hexdigest()[:12]
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.input").write_bytes(data)
        (self.folder / f"{name}.txt").write_text(f"{key}\n\n{''.join(traceback.format_exception(error))}")


def place_of(error: BaseException) -> str:
    """What happened and where in our code: two inputs that share it are one finding."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if OURS in frame.filename]
    last = frames[-1] if frames else None
    where = f"{Path(last.filename).name}:{last.lineno}" if last else "a promise"
    what = str(error) if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} at {where} {''.join(c for c in what if not c.isdigit())[:60]}".strip()
