"""All that the pages are made from, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.docs.extractors import Extractor, extractors
from portfolio_audit.cases import Case, find_files, load_cases
from portfolio_audit.defaults import load_knowledge
from portfolio_audit.engine.conditions import fact_tests
from portfolio_audit.engine.messages import quoted_facts
from portfolio_audit.model.rule import Criterion, Rule, Ruleset
from portfolio_audit.model.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Knowledge:
    """The rules with their cases, the vocabulary, and the extractors that read it."""

    ruleset: Ruleset
    vocabulary: Vocabulary
    cases: Mapping[str, tuple[Case, ...]]
    extractors: tuple[Extractor, ...]

    @cached_property
    def extractor_of(self) -> Mapping[str, Extractor]:
        """The extractor that gives each fact."""
        return {spec.id: extractor for extractor in self.extractors for spec in extractor.facts}

    @cached_property
    def readers(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules whose conditions, places or message name each fact."""
        found: dict[str, tuple[Rule, ...]] = {}
        for rule in self.ruleset.rules:
            for fact in facts_of(rule):
                found[fact] = (*found.get(fact, ()), rule)
        return found

    def rules_of(self, criterion: Criterion) -> tuple[Rule, ...]:
        """The rules of a criterion, in their order."""
        return tuple(rule for rule in self.ruleset.rules if rule.criterion == criterion.id)

    def share(self, rule: Rule) -> float:
        """The most that a rule can make of a score of 100: a repository's, or that of the profile as a whole."""
        criterion = self.ruleset.criterion(rule.criterion)
        beside = sum(r.points for r in self.rules_of(criterion) if r.part == rule.part)
        part = criterion.parts[rule.part] / sum(criterion.parts.values()) if rule.part else 1
        scope = sum(c.weight for c in self.ruleset.criteria if c.scope is criterion.scope)
        return 100 * criterion.weight / scope * part * rule.points / beside


def facts_of(rule: Rule) -> tuple[str, ...]:
    """The facts that a rule names, in the order a reader meets them."""
    return tuple(dict.fromkeys((*asked_of(rule), *rule.at, *quoted_facts(rule.message))))


def asked_of(rule: Rule) -> tuple[str, ...]:
    """The facts that the conditions of a rule test."""
    conditions = (c for c in (rule.when, rule.full, rule.partial) if c)
    return tuple(dict.fromkeys(test.fact for condition in conditions for test in fact_tests(condition)))


def load() -> Knowledge:
    """The shipped knowledge and the cases of its rules."""
    ruleset, vocabulary = load_knowledge()
    cases = {file.path.stem: load_cases(file) for file in find_files(ROOT / "tests" / "rules")}
    return Knowledge(ruleset, vocabulary, cases, extractors(vocabulary))
