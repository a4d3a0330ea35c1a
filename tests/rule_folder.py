"""A small folder of rules that the tests of the engine change and break."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from portfolio_audit.engine.load import load_ruleset
from portfolio_audit.engine.locate import shipped
from portfolio_audit.model.fact import FactSpec, FactType
from portfolio_audit.model.rule import Rule, Ruleset

SPECS = (
    FactSpec("repository.files", FactType.NAMES, "The files."),
    FactSpec("code.imports", FactType.NAMES, "Imported modules."),
    FactSpec("environment.dependencies", FactType.NAMES, "Declared distributions."),
    FactSpec("environment.lockfile", FactType.FLAG, "A lock file."),
    FactSpec("environment.pinned_share", FactType.NUMBER, "Share of pinned dependencies.", "share"),
    FactSpec("readme.words", FactType.NUMBER, "Words of the README."),
    FactSpec("readme.exists", FactType.FLAG, "A README."),
    FactSpec("monitoring.drift", FactType.FLAG, "Drift is watched.", ladder=True),
)
FACTS: Mapping[str, FactSpec] = {spec.id: spec for spec in SPECS}

RULE = """\
id: unpinned-environment
title: The environment cannot be rebuilt exactly
points: 6
severity: high
full:
  any:
    - fact: environment.lockfile
    - {fact: environment.pinned_share, at_least: 0.95}
partial: {fact: environment.dependencies}
message: "Pinned: {environment.pinned_share}."
why: Unpinned work breaks next month.
fix: {title: Pin it, effort: 15m}
"""

TOOLS = """\
purposes:
  monitoring: {means: watches, cues: "imports, distributions"}
  hosting: {means: hosts, cues: [files, urls]}
tools:
  - {name: Drifter, purposes: [monitoring], source: "https://e.org", imports: [drifter], distributions: [Drift_Er]}
  - {name: Plain, purposes: [hosting], source: "https://e.org", files: [plain.toml]}
"""


def folder(base: Path, files: Mapping[str, str]) -> Path:
    """A folder of rules with the shipped frame, some vocabulary, and files."""
    frame = (shipped("rules") / "ruleset.yaml").read_text()
    for path, text in {"ruleset.yaml": frame, "vocabulary/tools.yaml": TOOLS, **files}.items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_text(text)
    return base


def load(base: Path, text: str, path: str = "reproducibility/unpinned-environment.yaml") -> Ruleset:
    """The ruleset of a folder with one rule."""
    return load_ruleset((folder(base, {path: text}),), facts=FACTS)


def load_rule(base: Path, text: str = RULE) -> Rule:
    """The one rule of such a folder."""
    return load(base, text).rules[0]
