"""The shipped rules and vocabulary, joined with what a user adds."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from portfolio_audit import DOCUMENTATION, evidence
from portfolio_audit.engine.load import load_ruleset, load_vocabulary
from portfolio_audit.engine.locate import shipped
from portfolio_audit.evidence import profile
from portfolio_audit.model.fact import FactSpec
from portfolio_audit.model.rule import Ruleset
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.settings import Settings


@lru_cache(maxsize=1)
def all_facts() -> dict[str, FactSpec]:
    """Every fact that rules may name, of repositories and of profiles, by id."""
    return {**evidence.fact_specs(), **profile.fact_specs()}


def load_knowledge(extra: tuple[Path, ...] = ()) -> tuple[Ruleset, Vocabulary]:
    """The ruleset and vocabulary of the shipped rules and of more folders; RuleError says what is wrong in them."""
    folders = (shipped("rules"), *extra)
    vocabulary = load_vocabulary(folders)
    return load_ruleset(folders, facts=all_facts(), vocabulary=vocabulary, documentation=DOCUMENTATION), vocabulary


def default_settings() -> Settings:
    """Settings with the shipped knowledge alone."""
    ruleset, vocabulary = load_knowledge()
    return Settings(ruleset, vocabulary)
