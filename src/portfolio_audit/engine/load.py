"""Rule folders to the ruleset and vocabulary in force; the first folder is the shipped one, the user's come after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from portfolio_audit.engine.confidence import with_confidence
from portfolio_audit.engine.files import CONFIDENCE, RULESET, VOCABULARY, RuleFile, find_files, read_file
from portfolio_audit.engine.frame import read_frame
from portfolio_audit.engine.rules import RuleReader
from portfolio_audit.engine.vocabulary import VocabularyBuilder
from portfolio_audit.errors import RuleError
from portfolio_audit.model.fact import FactSpec
from portfolio_audit.model.location import Location
from portfolio_audit.model.rule import Rule, Ruleset
from portfolio_audit.model.vocabulary import Vocabulary


def load_vocabulary(folders: tuple[Path, ...]) -> Vocabulary:
    """Everything in the ``vocabulary`` folders; an entry of a later folder replaces the one of its name."""
    builder = VocabularyBuilder()
    for folder in folders:
        builder.next_folder()
        for file in find_files(folder):
            if file.group == VOCABULARY:
                builder.add(*read_file(file))
    return builder.build()


def load_ruleset(
    folders: tuple[Path, ...],
    *,
    facts: Mapping[str, FactSpec],
    vocabulary: Vocabulary | None = None,
    documentation: str = "",
) -> Ruleset:
    """The rules of all folders; a rule of a later folder replaces the one of its id.

    ``facts`` are those that rules may name. The first ``ruleset.yaml`` must be there; a later one replaces it.
    The rules of the first folder have their pages below the address ``documentation``, if it is given.

    Raises RuleError, with file and line, for the first thing that is wrong.
    """
    known = vocabulary or load_vocabulary(folders)
    found = [find_files(folder) for folder in folders]
    reader = RuleReader(_frame(found), facts, known)
    rules: dict[str, Rule] = {}
    for files in found:
        address = documentation if files is found[0] else ""
        rules |= {rule.id: replace(rule, page=_page(rule, address)) for rule in _rules(reader, files).values()}
    return replace(reader.frame, rules=tuple(sorted(rules.values(), key=_order(reader.frame))), facts=facts)


def _page(rule: Rule, documentation: str) -> str:
    return f"{documentation}/rules/{rule.id}.md" if documentation else ""


def _frame(found: Iterable[tuple[RuleFile, ...]]) -> Ruleset:
    frames = [file for files in found for file in files if file.is_at_top(RULESET)]
    if not frames:
        raise RuleError(f"there is no {RULESET} in any folder of rules.", at=Location(RULESET))
    return read_frame(*read_file(frames[-1]))


def _rules(reader: RuleReader, files: tuple[RuleFile, ...]) -> dict[str, Rule]:
    """The rules of one folder by id."""
    rules: dict[str, Rule] = {}
    for file in files:
        if file.group == VOCABULARY or file.is_at_top(RULESET, CONFIDENCE):
            continue
        origin, node = read_file(file)
        rule = reader.read(origin, node, criterion=file.group, stem=file.path.stem)
        if rule.id in rules:
            origin.fail(f"the rule '{rule.id}' is already defined at {rules[rule.id].defined}.", rule.defined.line)
        rules[rule.id] = rule
    for file in files:
        if file.is_at_top(CONFIDENCE):
            rules = with_confidence(rules, *read_file(file))
    return rules


def _order(frame: Ruleset) -> Callable[[Rule], tuple[int, int, str]]:
    """Rules are sorted by criterion and part as the ruleset lists them, then by id."""
    criteria = {criterion.id: place for place, criterion in enumerate(frame.criteria)}
    parts = {part: place for criterion in frame.criteria for place, part in enumerate(criterion.parts)}
    return lambda rule: (criteria[rule.criterion], parts.get(rule.part, 0), rule.id)
