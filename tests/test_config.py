from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgement import rule, ruleset
from portfolio_audit.config import Config, apply, find_config, read_config
from portfolio_audit.config.toml import read_table
from portfolio_audit.errors import ConfigError, ParseError
from portfolio_audit.model.location import Location
from portfolio_audit.model.rule import Suppression
from portfolio_audit.model.snapshot import Limits
from portfolio_audit.parsing.yaml import YamlMap, YamlText

YAML = """\
rules: [my-rules]
disable: [no-tests]
points: {no-licence: 2.5}
weights:
  depth: 50
suppress:
  - rule: no-seed
    reason: The method has no randomness.
    repositories: [me/tides]
    paths: ["*.ipynb"]
kinds: {"me/notes-*": docs}
exclude: [sandbox]
fail_under: B
limits: {text_bytes: 2000000}
github:
  api_url: https://git.corp
"""
TOML = """\
[project]
name = "site"

[tool.portfolio-audit]
rules = ["my-rules"]
disable = ["no-tests"]
exclude = ["sandbox"]
fail_under = "B"
points = { no-licence = 2.5 }
limits.text_bytes = 2_000_000
github.api_url = "https://git.corp"

[tool.portfolio-audit.weights]
depth = 50

[[tool.portfolio-audit.suppress]]
rule = "no-seed"
reason = "The method has no randomness."
repositories = ["me/tides"]
paths = ["*.ipynb"]

[tool.portfolio-audit.kinds]
"me/notes-*" = "docs"
"""
RULES = ruleset(rules=(rule("no-tests"), rule("no-licence"), rule("no-seed", "reproducibility")))


def write(folder: Path, text: str, name: str = ".portfolio-audit.yaml") -> Path:
    (folder / name).write_text(text)
    return folder / name


@pytest.mark.parametrize(("name", "text"), [("x.yaml", YAML), ("pyproject.toml", TOML)])
def test_everything_is_read_from_yaml_and_toml(tmp_path: Path, name: str, text: str) -> None:
    assert read_config(write(tmp_path, text, name)) == Config(
        rules=(tmp_path / "my-rules",),
        disable=("no-tests",),
        points={"no-licence": 2.5},
        weights={"depth": 50},
        suppress=(Suppression("no-seed", "The method has no randomness.", ("me/tides",), ("*.ipynb",)),),
        kinds=(("me/notes-*", "docs"),),
        exclude=("sandbox",),
        fail_under="B",
        limits=Limits(text_bytes=2_000_000),
        github={"api_url": "https://git.corp"},
    )


@pytest.mark.parametrize(
    ("name", "text"), [("a.yaml", ""), ("a.yaml", "# nothing\n"), ("a.toml", ""), ("pyproject.toml", "[tool]\n")]
)
def test_an_empty_file_changes_nothing(tmp_path: Path, name: str, text: str) -> None:
    config = read_config(write(tmp_path, text, name))

    assert config == Config()
    assert apply(config, RULES) == RULES


def test_a_file_of_our_own_comes_before_pyproject(tmp_path: Path) -> None:
    assert find_config(tmp_path) is None
    plain = write(tmp_path, "[project]\n", "pyproject.toml")
    assert find_config(tmp_path) is None
    plain.write_text(TOML)
    assert find_config(tmp_path) == plain
    assert find_config(tmp_path) == write(tmp_path, TOML, "pyproject.toml")
    own = write(tmp_path, YAML)
    assert find_config(tmp_path) == own


def test_the_ruleset_becomes_what_the_user_wants(tmp_path: Path) -> None:
    changed = apply(read_config(write(tmp_path, YAML)), RULES)

    assert [(r.id, r.points) for r in changed.rules] == [("no-licence", 2.5), ("no-seed", 4)]
    assert changed.criterion("depth").weight == 50
    assert [s.rule for s in changed.suppressions] == ["no-seed"]


MISTAKES = {
    "rules:": ("rule:", "1: the configuration has no key 'rule'. Did you mean 'rules'?"),
    "reason: The method has no randomness.": ("reason: ''", "8: 'reason' is empty."),
    "    reason: The method has no randomness.\n": ("", "7: a suppression needs the key 'reason'."),
    "{no-licence: 2.5}": ("{no-licence: many}", "3: 'no-licence' must be a number, not 'many'."),
    "2000000": ("0", "14: 'text_bytes' must be 1 to 1.09951e+12, not 0."),
    "text_bytes": ("text_byte", "14: 'limits' has no key 'text_byte'. Did you mean 'text_bytes'?"),
    "api_url": ("api", "16: 'github' has no key 'api'. Did you mean 'api_url'?"),
    "https://git.corp": ("", "16: 'api_url' is empty."),
    "docs}": ("doc}", "11: the kind 'doc' is not known."),
    "[no-tests]": ("no-tests", "2: 'disable' must be a list, not 'no-tests'."),
    "rules: [": ("rules: [[", "is not valid YAML"),
    "exclude:": ("---\nexclude:", "holds 2 YAML documents"),
    "exclude": ("limits: {}\nexclude", "says 'limits' twice"),
}


@pytest.mark.parametrize("right", MISTAKES)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, right: str) -> None:
    wrong, message = MISTAKES[right]

    with pytest.raises(ConfigError) as error:
        read_config(write(tmp_path, YAML.replace(right, wrong, 1)))

    assert message in str(error.value)
    assert str(error.value).startswith(".portfolio-audit.yaml:")


def test_where_an_address_stands_is_known(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, YAML))

    assert config.lines["github", "api_url"] == Location(".portfolio-audit.yaml", 16)


UNKNOWN = {
    "disable: [no-test]": "1: 'disable' names 'no-test', which is not known. Did you mean 'no-tests'?",
    "points: {no-licences: 1}": "Did you mean 'no-licence'?",
    "points: {no-licence: 0}": "1: give 'no-licence' points, or disable it.",
    "weights:\n  dept: 1": "2: 'weights' names 'dept', which is not known. Did you mean 'depth'?",
    "suppress:\n- {rule: no-sed, reason: a}": "2: 'suppress' names 'no-sed'",
    "fail_under: E": "1: 'fail_under' names 'E'",
}


@pytest.mark.parametrize("text", UNKNOWN)
def test_rules_and_criteria_that_are_not_there_are_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError) as error:
        apply(read_config(write(tmp_path, text)), RULES)

    assert UNKNOWN[text] in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TOML.replace("50", "much"), "is not valid TOML"),
        (TOML.replace("depth = 50", 'depth = "50"'), "pyproject.toml:14: 'depth' must be a number"),
        (TOML.replace('reason = "The method has no randomness."', ""), "pyproject.toml:16: a suppression needs"),
        (TOML.replace('"docs"', '"doc"'), "pyproject.toml:23: the kind 'doc'"),
    ],
)
def test_toml_has_lines_too(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        read_config(write(tmp_path, text, "pyproject.toml"))

    assert message in str(error.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        read_config(tmp_path / "gone.yaml")
    (tmp_path / "x.yaml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="it is not UTF-8"):
        read_config(tmp_path / "x.yaml")
    with pytest.raises(ConfigError, match="larger than a configuration can be"):
        read_config(write(tmp_path, "#" * (1 << 20) + "\n"))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without end")
def test_a_configuration_without_end_is_read_no_further_than_it_may(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to("/dev/zero")
    with pytest.raises(ConfigError, match="larger than a configuration can be"):
        read_config(tmp_path / "x.yaml")


@pytest.mark.parametrize("limit", ["0", "1e30", "99999999999999999999999"])
def test_limits_have_limits(tmp_path: Path, limit: str) -> None:
    with pytest.raises(ConfigError, match=r"'text_bytes' must be 1 to 1.09951e[+]12, not"):
        read_config(write(tmp_path, f"limits: {{text_bytes: {limit}}}"))


def test_each_table_of_an_array_knows_its_line() -> None:
    table = read_table("[a]\nx = 1\n[[a.b]]\nn = 1\n[[a.b]]\nn = true\n", "a")

    assert table is not None
    first, second = (item for item in getattr(table.items["b"], "items", ()) if isinstance(item, YamlMap))
    assert first.items["n"] == YamlText("1", 4)
    assert second.items["n"] == YamlText("true", 6)


_lines = st.sampled_from(TOML.splitlines())


@given(st.lists(_lines | st.text(max_size=20), max_size=12).map("\n".join))
def test_toml_raises_nothing_but_its_own_error(text: str) -> None:
    try:
        read_table(text, "tool", "portfolio-audit")
    except ParseError as error:
        assert error.reason.startswith("is not valid TOML")


@pytest.mark.parametrize(
    ("text", "record", "file"),
    [
        ("history: {record: true}", True, None),
        ("history: {record: false, file: kept/audits.sqlite}", False, "kept/audits.sqlite"),
        ("exclude: [x]", False, None),
    ],
)
def test_the_history_is_kept_where_and_if_the_configuration_says(
    tmp_path: Path, text: str, record: bool, file: str | None
) -> None:
    path = tmp_path / ".portfolio-audit.yaml"
    path.write_text(text, encoding="utf-8")
    config = read_config(path)
    assert (config.record, config.history) == (record, tmp_path / file if file else None)


@pytest.mark.parametrize("file", ["/etc/history", "../outside", "a/../../b"])
def test_a_configuration_has_no_say_over_other_places(tmp_path: Path, file: str) -> None:
    path = tmp_path / ".portfolio-audit.yaml"
    path.write_text(f"history: {{file: {file}}}", encoding="utf-8")
    with pytest.raises(ConfigError, match="'file' must lie below the folder of the configuration"):
        read_config(path)
