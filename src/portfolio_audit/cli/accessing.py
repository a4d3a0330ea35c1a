"""Options and configuration to a way into GitHub; its libraries are imported only when it is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from portfolio_audit.cli.choices import Asked
from portfolio_audit.config import Config
from portfolio_audit.errors import ConfigError
from portfolio_audit.github.addresses import addresses_of
from portfolio_audit.github.cache_folder import cache_folder
from portfolio_audit.github.connecting import Terms
from portfolio_audit.github.credentials import find_token
from portfolio_audit.github.session import Access
from portfolio_audit.judging import may_want
from portfolio_audit.settings import Settings
from portfolio_audit.sources.github import GitHubSource

_LONGEST_TOKEN = 4096


def access_of(asked: Asked, config: Config, tell: Callable[[str], None]) -> Access:
    """Where, as whom and on which terms GitHub is asked; raises ConfigError."""
    lines = {key: at for (section, key), at in config.lines.items() if section == "github"}
    addresses = addresses_of(os.environ, api_url=asked.api_url or "", configured=config.github, lines=lines)
    given = _given() if asked.token_stdin else None
    if asked.token_stdin and asked.no_token:
        raise ConfigError("--token-stdin gives a token, and --no-token refuses one: say only one of them.")
    return Access(
        addresses,
        None if asked.no_token else find_token(os.environ, addresses, given=given),
        Terms(asked.max_requests, asked.max_wait),
        None if asked.no_cache else cache_folder(os.environ),
        tell,
        refresh=asked.refresh,
    )


def _given() -> str:
    """The first line of what is piped in; what is no text is no token either."""
    if sys.stdin is None or sys.stdin.isatty():
        raise ConfigError("--token-stdin reads what is piped in: pass show github | portfolio-audit … --token-stdin")
    return sys.stdin.buffer.readline(_LONGEST_TOKEN).decode("utf-8", "replace")


def github_source(asked: Asked, config: Config, settings: Settings, tell: Callable[[str], None]) -> GitHubSource:
    """The source of single repositories on GitHub."""
    return GitHubSource(access_of(asked, config, tell), may_want(settings))
