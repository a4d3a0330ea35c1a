"""Path patterns with the meaning they have in a ``.gitignore``, without regard to case.

``requirements*.txt`` matches in any folder, ``/Dockerfile`` only at the root, ``.github/workflows/*.yml`` where it
says, ``tests/`` everything below any folder of that name.
Source: https://git-scm.com/docs/gitignore#_pattern_format
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pathspec.patterns.gitignore.base import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

_ENDING = re.compile(r"\*\.\w+")
"""A pattern that only asks how a name ends, the commonest kind: told without a regular expression."""


@lru_cache(maxsize=2048)
def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """A test whether a POSIX path matches any of the patterns; no pattern, or one that is none, matches nothing."""
    matches = lowered_matcher(patterns)
    return lambda path: matches(path.lower())


@lru_cache(maxsize=2048)
def lowered_matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """The same for paths that are in lower case already: large trees are lowered once."""
    lowered = [pattern.lower() for pattern in patterns]
    endings = tuple(pattern[1:] for pattern in lowered if _ENDING.fullmatch(pattern))
    sources = [_source(pattern) for pattern in lowered if not _ENDING.fullmatch(pattern)]
    joined = "|".join(f"(?:{source})" for source in sources if source)
    if not joined:
        return lambda path: path.endswith(endings)
    found = re.compile(joined).search
    return lambda path: path.endswith(endings) or found(path) is not None


def _source(pattern: str) -> str:
    """A pattern as a regular expression without named groups, so that many can be joined; empty if it is none."""
    try:
        source = GitIgnoreSpecPattern.pattern_to_regex(pattern)[0]
    except GitIgnorePatternError:
        return ""
    return re.sub(r"\(\?P<\w+>", "(?:", source) if isinstance(source, str) else ""
