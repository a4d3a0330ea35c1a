"""Path patterns with the meaning they have in a ``.gitignore``, without regard to case.

``requirements*.txt`` matches in any folder, ``/Dockerfile`` only at the root, ``.github/workflows/*.yml`` where it
says, ``tests/`` everything below any folder of that name.
Source: https://git-scm.com/docs/gitignore#_pattern_format
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern


@lru_cache(maxsize=2048)
def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """A test whether a POSIX path matches any of the patterns; no pattern matches nothing."""
    sources = [GitIgnoreSpecPattern.pattern_to_regex(p.lower())[0] for p in patterns]
    joined = "|".join(f"(?:{_unnamed(s)})" for s in sources if s)
    if not joined:
        return _nothing
    found = re.compile(joined).search
    return lambda path: found(path.lower()) is not None


def _nothing(_path: str) -> bool:
    return False


def _unnamed(source: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", source)
