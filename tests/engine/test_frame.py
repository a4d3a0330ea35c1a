import pytest

from portfolio_audit.engine.files import read_text
from portfolio_audit.engine.frame import read_frame
from portfolio_audit.engine.locate import shipped
from portfolio_audit.errors import RuleError
from portfolio_audit.model.rule import Ruleset, Scope

SHIPPED = (shipped("rules") / "ruleset.yaml").read_text()


def frame(text: str = SHIPPED) -> Ruleset:
    return read_frame(*read_text(text, "ruleset.yaml"))


def test_what_is_shipped_is_the_mission() -> None:
    ruleset = frame()

    assert {c.id: c.weight for c in ruleset.criteria if c.scope is Scope.REPOSITORY} == {
        "writeup": 20,
        "reproducibility": 35,
        "value": 15,
        "depth": 30,
    }
    assert list(ruleset.criterion("depth").parts) == [
        "hosting",
        "api",
        "monitoring",
        "retraining",
        "versioning",
        "delivery",
    ]
    assert (ruleset.grades.grade(90), ruleset.grades.grade(19.9)) == ("A+", "F")
    assert ruleset.counted_kinds == ("ml-project", "ml-collection", "application", "tool")
    assert ruleset.ungraded_kinds == ("empty", "profile")
    assert ruleset.own_shares == {"coursework": 0.7, "template": 0.7, "fork": 0.7}


MISTAKES = {
    "  F: 0": ("  F: 1", "the last of the grades must start at 0"),
    "  A: 82": ("  A: 92", "the grades must stand in order"),
    "0.80, 0.90": ("0.90, 0.80", "the piece shares must rise"),
    "profile_weight: 0.25": ("profile_weight: 2", "'profile_weight' must be 0 to 1, not 2."),
    "  fork: A copy": ("  forc: A copy", "'kinds' has no key 'forc'. Did you mean 'fork'?"),
    "[ml-project, ml": ("[ml-projects, ml", "Did you mean 'ml-project'?"),
    "- id: value": ("- id: writeup", "the criterion 'writeup' is there twice"),
    "scope: profile": ("scope: person", "'scope' 'person' is not known. It is one of: repository, profile."),
    "    weight: 35": ("    weight: heavy", "'weight' must be a number, not 'heavy'."),
}


@pytest.mark.parametrize("right", MISTAKES)
def test_a_mistake_is_told(right: str) -> None:
    wrong, message = MISTAKES[right]

    with pytest.raises(RuleError) as error:
        frame(SHIPPED.replace(right, wrong, 1))

    assert message in str(error.value)
