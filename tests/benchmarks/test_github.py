"""The benchmark of reading GitHub counts what was asked, and draws it."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from benchmarks.github.__main__ import growth, main
from benchmarks.github.drawing import draw
from benchmarks.github.runs import Cost, measure

ASKED = ("way", "repositories", "counted", "points", "free")


@pytest.fixture(scope="module")
def costs() -> list[Cost]:
    return measure(3, 0.0, compare=True)


def test_every_way_is_counted(costs: list[Cost]) -> None:
    assert [tuple(cost.as_json()[key] for key in ASKED) for cost in costs] == [
        ("with a token, cold", 3, 3, 2, 3),
        ("with a token, warm", 3, 0, 0, 1),
        ("without, cold", 3, 3, 0, 3),
        ("without, warm", 3, 0, 0, 0),
        ("PyGithub, plainly", 3, 19, 0, 0),
    ]


def test_time_and_memory_are_those_of_the_command(costs: list[Cost]) -> None:
    assert all(cost.wall > 0 and cost.processor > 0 and cost.memory > 10 for cost in costs)


def test_a_command_that_fails_fails_the_benchmark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.github.runs.AUDIT", ("-c", "raise SystemExit('no luck')"))
    with pytest.raises(RuntimeError, match="with a token, cold, 1: no luck"):
        measure(1, 0.0, compare=False)


def test_growth_is_the_exponent_of_a_power_law() -> None:
    assert growth([(1, 2.0), (10, 20.0), (100, 200.0)]) == pytest.approx(1)
    assert growth([(1, 3.0), (10, 3.0)]) == pytest.approx(0)
    assert growth([(2, 4.0), (4, 16.0)]) == pytest.approx(2)


def test_the_picture_has_a_line_for_each_way_in_both_panels() -> None:
    costs = [Cost(way, count, count - 1, 0, 0, 1.0, 1.0, 50) for way in "ab" for count in (1, 10)]
    picture = ET.fromstring(draw(costs))  # noqa: S314  # ours
    lines = picture.findall("{*}polyline")
    texts = [text.text for text in picture.findall("{*}text")]
    assert len(lines) == 4
    assert texts.count("0") == 1
    assert {"Requests that count", "Seconds", "a", "b"} <= set(texts)


def test_figures_are_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    costs = [Cost("way", count, 3, 2, 1, 1.5, 1.0, 50) for count in (10, 100)]
    monkeypatch.setattr("benchmarks.github.__main__.measure", lambda *_, **__: costs)
    monkeypatch.setattr("sys.argv", ["github", "--counts", "1"])
    assert main() == 0
    said = capsys.readouterr().out
    assert "| way | 10 | 3 | 2 | 1 | 1.5 | 1.0 | 50 |" in said
    assert "| way | 0.00 |" in said
    monkeypatch.setattr("sys.argv", ["github", "--counts", "1", "--format", "json"])
    assert main() == 0
    assert json.loads(capsys.readouterr().out)[0]["counted"] == 3
