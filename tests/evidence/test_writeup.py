"""READMEs: how long, what they show, and what was left from a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import writeup
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

See = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


def test_a_short_readme(seen: See) -> None:
    text = "# Tides\n\nA study of [tides](https://tides.org).\n"
    assert seen(writeup, {"README.md": text}).facts == (
        Fact("readme.exists", at=Location("README.md")),
        Fact("readme.words", 4, Location("README.md", note="4 words")),
        Fact("readme.links", "https://tides.org", Location("README.md", 3)),
        Fact("writeup.words", 4, Location("README.md", note="4 words")),
    )


def test_an_empty_readme_exists(seen: See) -> None:
    evidence = seen(writeup, {"README.md": "\n"})
    assert evidence.has("readme.exists")
    assert evidence.number("readme.words") == 0


def test_a_substantial_document_may_lie_anywhere(seen: See) -> None:
    files = {"README.md": "# T", "study/report.md": "word " * 130}
    assert [f.at.path for f in seen(writeup, files).known("writeup.document")] == ["study/report.md"]


def test_badges_are_no_pictures(seen: See) -> None:
    text = "![plot](a.png) ![ci](https://img.shields.io/x)\n"
    assert [f.at for f in seen(writeup, {"README.md": text}).known("writeup.pictures")] == [Location("README.md", 1)]


@pytest.mark.parametrize(
    ("block", "commands"),
    [
        ("```bash\npip install -r requirements.txt\n```", True),
        ("```\n$ docker compose up\n```", True),
        ("    make run", True),
        ("```python\npip = 1\n```", False),
        ("```\nsrc/\n  train.py\n```", False),
        ("Run `make`.", False),
    ],
)
def test_blocks_of_commands(seen: See, block: str, *, commands: bool) -> None:
    assert seen(writeup, {"README.md": f"text\n\n{block}\n"}).has("writeup.run_commands") is commands


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Project Title\n", "untouched template title"),
        ("Lorem ipsum dolor sit amet\n", "placeholder text"),
        ("```\ngit clone https://github.com/your-username/your-repo\n```\n", "placeholder account"),
        ("Modify this based on what you used.\n", "a note to whoever adapts it"),
    ],
)
def test_left_over_template_text(seen: See, text: str, name: str) -> None:
    assert seen(writeup, {"README.md": text}).names("writeup.template_text") == {name}


def test_a_project_may_have_a_title_of_its_own(seen: See) -> None:
    text = "# Project Title Search\n\n`git clone https://github.com/ada/repo`\n"
    assert seen(writeup, {"README.md": text}).names("writeup.template_text") == frozenset()
