"""Where the cache is, and how big it may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_cache_path

from portfolio_audit.errors import ConfigError
from portfolio_audit.github.cache_folder import cache_folder, cache_limit


def test_the_folder_is_the_users() -> None:
    assert cache_folder({}) == user_cache_path("portfolio-audit", appauthor=False)
    assert cache_folder({"PORTFOLIO_AUDIT_CACHE_DIR": ""}) == cache_folder({})


def test_the_folder_can_be_named() -> None:
    assert cache_folder({"PORTFOLIO_AUDIT_CACHE_DIR": "/elsewhere"}) == Path("/elsewhere")
    assert cache_folder({"PORTFOLIO_AUDIT_CACHE_DIR": "~/kept"}) == Path.home() / "kept"


@pytest.mark.parametrize(("given", "mib"), [({}, 1024), ({"PORTFOLIO_AUDIT_CACHE_MB": "20"}, 20)])
def test_the_size_is_in_megabytes(given: dict[str, str], mib: int) -> None:
    assert cache_limit(given) == mib * 1024 * 1024


@pytest.mark.parametrize("given", ["-1", "much", "1.5", "\u0665", "9" * 10])
def test_a_size_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(ConfigError, match="PORTFOLIO_AUDIT_CACHE_MB should be a number"):
        cache_limit({"PORTFOLIO_AUDIT_CACHE_MB": given})
