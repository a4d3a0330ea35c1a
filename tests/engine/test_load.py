from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio_audit.engine.files import read_text
from portfolio_audit.engine.load import load_ruleset, load_vocabulary
from portfolio_audit.engine.locate import shipped
from portfolio_audit.engine.rules import RuleReader
from portfolio_audit.errors import RuleError
from portfolio_audit.model.location import Location
from portfolio_audit.model.rule import AnyOf, Effort, FactTest, Fix, Rule, Scope, Severity
from portfolio_audit.model.vocabulary import Vocabulary
from rule_folder import FACTS, RULE, TOOLS, folder, load, load_rule

SHOWN = "rules/reproducibility/unpinned-environment.yaml"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    return tmp_path / "rules"


def test_a_rule_is_read_whole(base: Path) -> None:
    assert load_rule(base) == Rule(
        id="unpinned-environment",
        criterion="reproducibility",
        title="The environment cannot be rebuilt exactly",
        points=6,
        severity=Severity.HIGH,
        message="Pinned: {environment.pinned_share}.",
        why="Unpinned work breaks next month.",
        fix=Fix("Pin it", Effort.MINUTES_15),
        full=AnyOf((FactTest("environment.lockfile"), FactTest("environment.pinned_share", at_least=0.95))),
        partial=FactTest("environment.dependencies"),
        defined=Location(SHOWN, 1),
    )


def test_applicability_places_and_sources_are_read(base: Path) -> None:
    rule = load_rule(
        base,
        RULE
        + "applies: {kind: [tool, ml-project], when: {fact: readme.exists}}\n"
        + "partial_share: 0.25\nat: [environment.lockfile]\nsources: ['https://example.org/why']\n",
    )

    assert (rule.kinds, rule.when) == (("tool", "ml-project"), FactTest("readme.exists"))
    assert (rule.partial_share, rule.at) == (0.25, ("environment.lockfile",))
    assert rule.sources == ("https://example.org/why",)


MISTAKES = {
    "title:": ("titel:", "2: a rule has no key 'titel'. Did you mean 'title'?"),
    "id: unpinned-environment": ("id: unpinned", "1: the id 'unpinned' must be the name of its file"),
    "id: unpinned-environment\n": ("", "1: a rule needs the key 'id'."),
    "points: 6": ("points: six", "3: 'points' must be a number, not 'six'."),
    "points: 6\n": ("points: 0\n", "3: 'points' must be 0.1 to 100, not 0."),
    "severity: high": ("severity: hgh", "4: 'severity' 'hgh' is not known. It is one of: info, low, medium, high."),
    "effort: 15m": ("effort: 15", "'effort' must be text, not '15'. Put it in quotes."),
    "effort: 15m}": ("effort: 15min}", "'effort' '15min' is not known."),
    "- fact: environment.lockfile": (
        "- fact: environment.lockfil",
        "7: the fact 'environment.lockfil' is not known. It is one of: ",
    ),
    "partial: {fact: environment.dependencies}": (
        "partial: {fact: environment.dependencies, at_least: 1.5}",
        "9: 'at_least' counts, so it must be a whole number.",
    ),
    "at_least: 0.95": ("at_least: 95", "8: 'at_least' must be 0 to 1, not 95."),
    ", at_least: 0.95": ("", "'environment.pinned_share' is a number: say at_least, at_most or equals."),
    "{environment.pinned_share}": ("{environment.pinned}", "10: the message quotes 'environment.pinned'"),
    'message: "Pinned: {environment.pinned_share}."': (
        "message: {a.b}",
        "must be text, not a mapping. Put it in quotes",
    ),
    "  any:": ("  any: []\n  all:", "a condition has exactly one of: any, all, not, fact, text"),
    "why: Unpinned work breaks next month.": ("why: ''", "11: 'why' is empty."),
    "title: The environment cannot be rebuilt exactly": ("title: true", "2: 'title' must be text, not 'true'."),
    "fix: {": ("part: api\nfix: {", "12: the criterion 'reproducibility' has no parts."),
    "points:": ("scope: profile\npoints:", "3: rules of 'reproducibility' have the scope 'repository'."),
    "partial:": ("at: [readme.wrds]\npartial:", "9: the fact 'readme.wrds' is not known."),
    "full:": ("applies: {kind: [ml-projct]}\nfull:", "5: 'kind' 'ml-projct' is not known."),
    "why:": ("sources: [example.org]\nwhy:", "11: 'example.org' in 'sources' is no web address."),
    "id:": ("id: [", "is not valid YAML"),
}


@pytest.mark.parametrize("right", MISTAKES)
def test_a_mistake_is_told_with_its_line(base: Path, right: str) -> None:
    wrong, message = MISTAKES[right]

    with pytest.raises(RuleError) as error:
        load(base, RULE.replace(right, wrong, 1))

    assert message in str(error.value)
    assert error.value.at.path == SHOWN


SENSELESS = {
    "{fact: environment.lockfile, any_of: [a]}": "it has no names",
    "{fact: environment.lockfile, at_least: 0}": "'at_least: 0' always holds",
    "{fact: environment.lockfile, rung: wired}": "not on the evidence ladder",
    "{fact: monitoring.drift, rung: wird}": "Did you mean 'wired'?",
    "{fact: code.imports, any_of: []}": "'any_of' is an empty list",
    "{fact: readme.words, equals: 1, at_most: 2}": "'equals' cannot stand beside",
    "{fact: readme.words, at_least: 3, at_most: 2}": "'at_least' is more than 'at_most'",
    "{fact: readme.words, at_least: 1e999}": "must be a number",
    "{not: {fact: readme.exists}, rung: wired}": "'rung' cannot stand beside 'not'",
    "{imports: []}": "'imports' is an empty list",
    "{imports: {purpose: montoring}}": "Did you mean 'monitoring'?",
    "{files: {purpose: monitoring}}": "no tool for 'monitoring' says anything about files",
    "{imports: [a], any_of: [b]}": "'any_of' cannot stand beside 'imports'",
    "{uses: [actions/checkout]}": "needs the fact 'workflows.actions', which does not exist",
    "{text: {pattern: '(', files: ['*']}}": "the pattern cannot be used: ",
    "{text: {pattern: 'a', files: []}}": "at least one glob",
    "[1]": "a condition must be a mapping, not a list",
}


@pytest.mark.parametrize("condition", SENSELESS)
def test_a_condition_that_makes_no_sense_is_refused(base: Path, condition: str) -> None:
    with pytest.raises(RuleError) as error:
        load(base, RULE.replace("{fact: environment.dependencies}", condition))

    assert SENSELESS[condition] in str(error.value)
    assert error.value.at.line == 9


SUGAR = {
    "{files: ['*.lock']}": FactTest("repository.files", globs=("*.lock",)),
    "{imports: [mlflow]}": FactTest("code.imports", names=("mlflow",), globs=("mlflow.*",)),
    "{imports: {purpose: monitoring}}": FactTest("code.imports", names=("drifter",), globs=("drifter.*",)),
    "{dependencies: [Scikit_Learn], at_least: 1}": FactTest(
        "environment.dependencies", names=("scikit-learn",), at_least=1
    ),
    "{dependencies: {purpose: monitoring}}": FactTest("environment.dependencies", names=("drift-er",)),
}


@pytest.mark.parametrize("condition", SUGAR)
def test_short_forms_test_names_of_a_fact(base: Path, condition: str) -> None:
    rule = load_rule(base, RULE.replace("{fact: environment.dependencies}", condition))

    assert rule.partial == SUGAR[condition]


def test_rules_with_parts_need_one(base: Path) -> None:
    path = "depth/unpinned-environment.yaml"
    with pytest.raises(RuleError, match="needs the key 'part'"):
        load(base, RULE, path)

    assert load(base, f"{RULE}part: api\n", path).rules[0].part == "api"


def test_rules_of_a_profile_criterion_are_of_the_profile(base: Path) -> None:
    assert load(base, RULE, "focus/unpinned-environment.yaml").rules[0].scope is Scope.PROFILE


def test_a_rule_outside_a_criterion_is_refused(base: Path) -> None:
    with pytest.raises(RuleError, match=r"'reproduce' is none. Did you mean 'reproducibility'\?"):
        load(base, RULE, "reproduce/unpinned-environment.yaml")


def test_a_later_folder_replaces_rules_and_brings_new_ones(tmp_path: Path) -> None:
    first = folder(tmp_path / "a", {"reproducibility/unpinned-environment.yaml": RULE})
    second = tmp_path / "b"
    for rule_id in ("unpinned-environment", "mine"):
        changed = RULE.replace("id: unpinned-environment", f"id: {rule_id}").replace("points: 6", "points: 2")
        (second / "value").mkdir(parents=True, exist_ok=True)
        (second / "value" / f"{rule_id}.yaml").write_text(changed)

    ruleset = load_ruleset((first, second), facts=FACTS)

    assert [(r.criterion, r.id, r.points) for r in ruleset.rules] == [
        ("value", "mine", 2),
        ("value", "unpinned-environment", 2),
    ]


def test_an_id_may_be_there_once_a_folder(base: Path) -> None:
    folder(base, {"reproducibility/unpinned-environment.yaml": RULE, "value/unpinned-environment.yaml": RULE})

    with pytest.raises(RuleError, match="already defined at rules/reproducibility"):
        load_ruleset((base,), facts=FACTS)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="is not a folder of rules"):
        load_vocabulary((tmp_path / "gone",))


def test_a_frame_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"no ruleset.yaml"):
        load_ruleset((tmp_path,), facts=FACTS)


def test_a_file_that_is_not_text_is_told(base: Path) -> None:
    (base / "vocabulary").mkdir()
    (base / "vocabulary" / "x.yaml").write_bytes(b"\xff\xfe\xff")

    with pytest.raises(RuleError, match="it is not UTF-8"):
        load_vocabulary((base,))


def test_the_shipped_data_is_found() -> None:
    assert (shipped("rules") / "ruleset.yaml").is_file()
    assert (shipped("demo") / "metadata.yaml").is_file()


_lines = st.sampled_from(
    [*RULE.splitlines(), *TOOLS.splitlines(), "full: {not: {any: [{fact: x}]}}", "- 1", "? {a: b}"]
)
_texts = st.lists(_lines | st.text(max_size=30), max_size=16).map("\n".join)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> RuleReader:
    frame = load(tmp_path_factory.mktemp("frame"), RULE)
    return RuleReader(frame, FACTS, Vocabulary())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_texts)
def test_no_text_makes_the_loader_raise_anything_but_its_own_error(reader: RuleReader, text: str) -> None:
    try:
        origin, node = read_text(text, "x.yaml")
        rule = reader.read(origin, node, criterion="reproducibility", stem="unpinned-environment")
    except RuleError as error:
        assert error.at.path == "x.yaml"
    else:
        assert rule.id == "unpinned-environment"
