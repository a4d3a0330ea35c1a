"""--format and --output, each as often as wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from cli.conftest import Run
from portfolio_audit import reporting
from portfolio_audit.cli.destinations import Destination, destinations

JSON, SARIF = Destination("json", Path("a.json")), Destination("sarif", Path("b.sarif"))


@pytest.mark.parametrize(
    ("formats", "outputs", "wanted"),
    [
        ([], [], [Destination("terminal")]),
        (["json"], [], [Destination("json")]),
        ([], ["a.json"], [JSON]),
        ([], ["a.json", "b.sarif", "-"], [JSON, SARIF, Destination("terminal")]),
        (["sarif", "json"], ["b.sarif", "a.json"], [SARIF, JSON]),
        (["json", "markdown"], ["a.json", "-"], [JSON, Destination("markdown")]),
        (["json"], ["a.txt"], [Destination("json", Path("a.txt"))]),
    ],
)
def test_what_goes_where(formats: list[str], outputs: list[str], wanted: list[Destination]) -> None:
    assert destinations(formats, [Path(output) for output in outputs]) == tuple(wanted)


@pytest.mark.parametrize(
    ("formats", "outputs", "told"),
    [
        (["jsn"], [], "'jsn' is no format. Did you mean 'json'? Choose from: terminal, json"),
        (["json", "csv"], [], "several formats need a place each"),
        (["json", "csv"], ["a"], "--format is there 2 times, --output once: name a format for each"),
        (["json"], ["a", "b"], "--format is there once, --output 2 times"),
        ([], ["a.docx"], "the ending of 'a.docx' names no format: add --format, or use one of .txt, .json"),
        ([], ["-", "-"], "'-' is there twice"),
        (["json", "csv"], ["a", "a"], "'a' is there twice"),
    ],
)
def test_what_does_not_go_together_is_refused(formats: list[str], outputs: list[str], told: str) -> None:
    with pytest.raises(typer.BadParameter) as refused:
        destinations(formats, [Path(output) for output in outputs])
    assert told in str(refused.value)


@pytest.mark.parametrize(("formats", "outputs"), [(["parquet"], []), ([], [Path("a.parquet")])])
def test_a_format_without_its_library_says_how_to_get_it(
    formats: list[str], outputs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "find_spec", lambda _: None)
    with pytest.raises(typer.BadParameter, match=r"needs pyarrow: pip install 'portfolio-audit\[parquet\]'"):
        destinations(formats, outputs)


def test_one_audit_makes_many_files(audited: Run, tmp_path: Path) -> None:
    result = audited("portfolio", ".", "-o", "a.json", "-o", "b.sarif", "-f", "json", "-f", "sarif")
    assert (result.stdout, result.stderr) == ("", "Wrote a.json\nWrote b.sarif\n")
    assert (tmp_path / "a.json").read_bytes().startswith(b'{\n  "schema_version": 1')
    assert b'"version": "2.1.0"' in (tmp_path / "b.sarif").read_bytes()


def test_files_and_the_terminal_from_one_audit(audited: Run, tmp_path: Path) -> None:
    result = audited("portfolio", ".", "-o", "a.badge.json", "-o", "-", "--quiet")
    assert (result.stdout, result.stderr) == ("ada: B (65 of 100)\n", "")
    assert (tmp_path / "a.badge.json").is_file()


def test_one_place_that_cannot_be_written_leaves_all_as_it_was(audited: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old")
    result = audited("portfolio", ".", "-o", "a.json", "-o", "missing/b.md")
    assert "missing/b.md: cannot be written" in str(result.exception)
    assert (tmp_path / "a.json").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json"]
