"""What is shipped: rules, vocabulary and demo, and the settings they make."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portfolio_audit import evidence
from portfolio_audit.defaults import all_facts, default_settings, load_knowledge
from portfolio_audit.engine.locate import shipped
from portfolio_audit.errors import RuleError
from portfolio_audit.evidence import profile
from portfolio_audit.model.kinds import RepositoryKind
from portfolio_audit.model.rule import Suppression
from portfolio_audit.model.snapshot import Limits
from rule_folder import RULE

OWN_RULE = RULE.replace("unpinned-environment", "own-rule")


def own(folder: Path, text: str) -> Path:
    """A folder of a user's rules with one rule."""
    path = folder / "reproducibility" / "own-rule.yaml"
    path.parent.mkdir()
    path.write_text(text)
    return folder


def test_facts_of_repositories_and_of_profiles_do_not_collide() -> None:
    specs = (*evidence.fact_specs().values(), *profile.fact_specs().values())
    assert all_facts() == {spec.id: spec for spec in specs}
    assert len(all_facts()) == len(specs)


def test_every_kind_has_a_meaning() -> None:
    ruleset, _ = load_knowledge()
    kinds = {kind.value for kind in RepositoryKind}
    assert (set(ruleset.kinds), set(ruleset.counted_kinds) - kinds) == (kinds, set())


def test_rules_of_a_user_join_the_shipped_ones(tmp_path: Path) -> None:
    alone, joined = load_knowledge()[0], load_knowledge((own(tmp_path, OWN_RULE),))[0]
    assert {r.id for r in joined.rules} - {r.id for r in alone.rules} == {"own-rule"}
    assert joined.criteria == alone.criteria


def test_a_rule_about_a_fact_that_is_not_there_is_refused_with_its_place(tmp_path: Path) -> None:
    wrong = OWN_RULE.replace("fact: environment.lockfile", "fact: environment.lockfil")
    with pytest.raises(RuleError) as refused:
        load_knowledge((own(tmp_path, wrong),))
    assert (Path(refused.value.at.path).name, refused.value.suggestion) == ("own-rule.yaml", "environment.lockfile")


@pytest.mark.parametrize(("name", "holds"), [("rules", "ruleset.yaml"), ("demo", "")])
def test_what_is_shipped_is_found(name: str, holds: str) -> None:
    assert (shipped(name) / holds).exists()


def test_settings_change_their_revision_alone() -> None:
    settings = default_settings()
    assert settings.at("v1") == replace(settings, ref="v1")
    assert (settings.ref, settings.jobs, settings.limits, settings.kinds) == (None, 1, Limits(), ())


def test_what_can_move_a_score_moves_the_standard() -> None:
    before = default_settings()
    first, *others = before.ruleset.rules
    changed = [
        replace(before, ruleset=replace(before.ruleset, rules=(replace(first, points=first.points + 1), *others))),
        replace(before, ruleset=replace(before.ruleset, rules=tuple(others))),
        replace(before, ruleset=replace(before.ruleset, profile_weight=0.1)),
        replace(before, vocabulary=replace(before.vocabulary, tools=before.vocabulary.tools[1:])),
        replace(before, kinds=(("*", "ml-project"),)),
    ]
    assert len({before.standard, *(settings.standard for settings in changed)}) == 1 + len(changed)


def test_words_and_wishes_do_not_move_the_standard() -> None:
    before = default_settings()
    rules = tuple(replace(rule, title="Another", why="Because", page="") for rule in before.ruleset.rules)
    silenced = replace(before.ruleset, rules=rules, suppressions=(Suppression("unpinned-environment", "later"),))
    assert replace(before, ruleset=silenced, jobs=7).standard == default_settings().standard
