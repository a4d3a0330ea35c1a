"""YAML keeps its lines and its bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlText, parse_yaml, repeated_keys, walk


def only(text: str) -> YamlMap:
    (document,) = parse_yaml(text)
    assert isinstance(document, YamlMap)
    return document


def test_keys_and_values_know_their_lines() -> None:
    document = only("name: ci\non:\n  push:\n    branches: [main]\n")
    assert document.key_lines == {"name": 1, "on": 2}
    assert document.get("on", "push", "branches") == YamlList((YamlText("main", 4),), 4)


@pytest.mark.parametrize("written", ["on", "no", "yes", "1.20", "012", "2024-01-01"])
def test_scalars_stay_as_written(written: str) -> None:
    assert only(f"key: {written}").text("key") == written


def test_null_is_empty_text_unless_quoted() -> None:
    document = only("a: ~\nb: 'null'\nc:\n")
    assert [document.text(k) for k in "abc"] == ["", "null", ""]


def test_missing_path_is_none_and_empty() -> None:
    document = only("a: {b: 1}")
    assert document.get("a", "x", "y") is None
    assert document.text("a", "b", "c") == ""


def test_anchors_and_merge_keys_are_followed() -> None:
    document = only("base: &base {image: x, tag: 1}\napp:\n  <<: *base\n  tag: 2\n")
    assert (document.text("app", "image"), document.text("app", "tag")) == ("x", "2")


def test_an_anchor_ends_with_its_document() -> None:
    with pytest.raises(ParseError, match="alias"):
        parse_yaml("a: &x 1\n---\nb: *x\n")


def test_billion_laughs_is_refused() -> None:
    levels = "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9))
    with pytest.raises(ParseError, match="nodes"):
        parse_yaml("a: &a [x, x, x]\n" + levels)


def test_a_key_written_twice_keeps_the_last_value_and_is_told() -> None:
    documents = parse_yaml("a: 1\nb: {c: 1, c: 2}\na: 3\n---\na: 1\n")
    assert [(key.value, key.line) for key in repeated_keys(documents)] == [("a", 3), ("c", 2)]
    assert [d.text("a") for d in documents if isinstance(d, YamlMap)] == ["3", "1"]


def test_a_merged_key_repeats_nothing() -> None:
    assert list(repeated_keys(parse_yaml("a: &a {x: 1}\nb: {<<: *a, x: 2}\n"))) == []


def test_merging_large_mappings_many_times_is_refused() -> None:
    keys = ", ".join(f"k{i}: 1" for i in range(2_000))
    with pytest.raises(ParseError, match="nodes"):
        parse_yaml(f"a: &a {{{keys}}}\nb: {{<<: [{', '.join(['*a'] * 2_000)}]}}\n")


@pytest.mark.parametrize("text", ["[" * 10_000, "- " * 10_000, '{"a":' * 10_000])
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="nested too deeply"):
        parse_yaml(text)


@pytest.mark.parametrize(("text", "line"), [("a: 1\nb: c: d", 2), ("a: *nowhere", 1), ("\x00", None)])
def test_broken_text_says_where(text: str, line: int | None) -> None:
    with pytest.raises(ParseError) as caught:
        parse_yaml(text)
    assert caught.value.line == line


def test_tags_are_never_acted_upon() -> None:
    assert only("a: !!python/object/apply:os.system [x]").get("a") == YamlList((YamlText("x", 1),), 1)


def test_walk_meets_every_node() -> None:
    texts = [n.value for n in walk(only("a: [1, {b: 2}]\nc: 3")) if isinstance(n, YamlText)]
    assert texts == ["1", "2", "3"]


@given(st.text(alphabet="ab:-[]{}&*<'\"|># \n~!%,?", max_size=80))
def test_nothing_but_parse_errors_on_any_text(text: str) -> None:
    try:
        documents = parse_yaml(text, max_nodes=200, max_depth=8)
    except ParseError as error:
        assert error.reason
    else:
        assert all(isinstance(d, YamlText | YamlList | YamlMap) for d in documents)


def test_merges_are_counted_as_they_come() -> None:
    merged = ", ".join(f"b{i}: 1" for i in range(200))
    text = f"a: &a {{{merged}}}\n" + "".join(f"k{i}: {{<<: *a}}\n" for i in range(10_000))
    with pytest.raises(ParseError, match="more than 50,000 nodes") as error:
        parse_yaml(text)
    assert error.value.line == 124
