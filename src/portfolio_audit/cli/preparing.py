"""Options to settings: configuration, rules and limits put together."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from portfolio_audit.cli.choices import Asked, Given
from portfolio_audit.config import Config, apply, find_config, read_config
from portfolio_audit.defaults import load_knowledge
from portfolio_audit.settings import Settings
from portfolio_audit.sources.base import Source


def configuration(given: Given) -> Config:
    """The configuration the user named, else the one of the current folder, else the defaults."""
    path = given.config or find_config(Path.cwd())
    return read_config(path) if path else Config()


def settings_of(given: Given, config: Config) -> Settings:
    """Everything an audit depends on; raises ConfigError and RuleError."""
    ruleset, vocabulary = load_knowledge((*config.rules, *given.rules))
    settings = Settings(
        apply(config, ruleset),
        vocabulary,
        limits=config.limits,
        ref=given.ref,
        jobs=given.jobs or os.cpu_count() or 1,
        kinds=config.kinds,
        exclude=config.exclude,
        check_links=given.check_links,
    )
    return replace(settings, now=given.now.replace(tzinfo=given.now.tzinfo or UTC)) if given.now else settings


def hosted_source(
    target: str, asked: Asked, config: Config, settings: Settings, tell: Callable[[str], None]
) -> Source | None:
    """The source of what is on GitHub, or None where the target is here, so that nothing is imported in vain."""
    if Path(target).exists():
        return None
    from portfolio_audit.cli.accessing import github_source

    return github_source(asked, config, settings, tell)
