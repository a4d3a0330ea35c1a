"""Targets beyond one parser or extractor: whole verdicts, profiles, and files of our own forms."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from benchmarks.fuzzing.checks import Breach, check_facts
from benchmarks.fuzzing.repository import Files, snapshot_of, unpack
from portfolio_audit import evidence
from portfolio_audit.audit import _portfolio_report, _report
from portfolio_audit.cases import load_cases
from portfolio_audit.config import read_config
from portfolio_audit.defaults import default_settings
from portfolio_audit.engine.files import RuleFile
from portfolio_audit.errors import ConfigError, NotARepository, RuleError
from portfolio_audit.evidence import profile
from portfolio_audit.evidence.profile.overview import Overview
from portfolio_audit.judging import Judged, judge
from portfolio_audit.model.profile import Profile
from portfolio_audit.reporting import FORMATS
from portfolio_audit.settings import Settings
from portfolio_audit.sources import recorded

NAMES_OF_OURS = {"config": "configuration", "recorded": "recorded", "cases": "cases"}
"""Which format feeds which of our own readers."""
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PERSON = Profile("ada")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The shipped settings at a fixed moment."""
    return replace(default_settings(), now=NOW)


def run_whole(names: Sequence[str], data: bytes) -> None:
    """Judge a repository and write the report in every format."""
    files: Files = unpack(data, names)
    snapshot = snapshot_of(files)
    seen = evidence.extract(snapshot, settings().vocabulary)
    for problem in seen.problems:
        if "the extractor failed" in problem.message:
            raise Breach(problem.message)
    check_facts(seen.facts, evidence.fact_specs(), snapshot)
    report = _report("ada/example", settings(), (judge(snapshot, settings()).report,))
    for form in FORMATS.values():
        form.render(report)
    json.loads(FORMATS["json"].render(report))


def run_profile(extractor: profile.ProfileExtractor, names: Sequence[str], data: bytes) -> None:
    """Show one profile extractor two repositories: the files, and those without the first."""
    judged = [_judged(files, name) for name, files in _two(unpack(data, names))]
    overview = Overview(PERSON, tuple(j.digest for j in judged), settings().vocabulary, NOW)
    facts = list(extractor.extract(overview))
    specs = {spec.id: spec for spec in extractor.FACTS}
    for fact in facts:
        if fact.id not in specs:
            raise Breach(f"{fact.id} is not declared")
    if facts != list(extractor.extract(overview)):
        raise Breach("extracting again gives other facts")
    _portfolio_report("portfolio", settings(), PERSON, judged, ())


def _two(files: Files) -> tuple[tuple[str, Files], tuple[str, Files]]:
    return ("ada", files), ("tides", dict(list(files.items())[1:]))


def _judged(files: Files, name: str) -> Judged:
    return judge(replace(snapshot_of(files), name=name), settings())


def run_config(data: bytes) -> None:
    """Read a configuration, as YAML and as TOML."""
    for name in (".portfolio-audit.yaml", "pyproject.toml"):
        with _written(name, data) as path, suppress(ConfigError):
            read_config(path)


def run_cases(data: bytes) -> None:
    """Read a file of rule cases."""
    with _written("no-seed.yaml", data) as path, suppress(RuleError):
        load_cases(RuleFile(path, path.parent))


def run_recorded(data: bytes) -> None:
    """Read a recorded snapshot, and judge what it holds."""
    try:
        snapshot = recorded.load(data)
    except NotARepository:
        return
    if recorded.load(recorded.dump(snapshot)) != snapshot:
        raise Breach("recording again gives something else")
    judge(snapshot, settings())


@contextmanager
def _written(name: str, data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="portfolio-audit-fuzzing-") as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        yield path
