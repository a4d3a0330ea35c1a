"""Own writing and the papers cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import ModuleType

import pytest

from portfolio_audit.evidence import references
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.snapshot import Unavailable

Files = Mapping[str, str | Unavailable]
See = Callable[[ModuleType, Files], Evidence]
Make = Callable[[Files], Documents]
POST = "https://medium.com/@ada/tides-1a2b"


def own(seen: See, text: str) -> frozenset[str]:
    return seen(references, {"README.md": text}).names("writing.links")


@pytest.mark.parametrize(
    "text",
    [
        f"Read [my article]({POST}) on it.",
        f"## Blog posts\n\n- [Tides]({POST})",
        f"I wrote about it: {POST}",
        f"[Our talk]({POST})",
    ],
)
def test_own_writing(seen: See, text: str) -> None:
    assert own(seen, text) == {POST}


@pytest.mark.parametrize(
    "text",
    [
        f"Inspired by [this article]({POST}).",
        f"## References\n\n- [An article]({POST})",
        f"[Tides]({POST})",
        "[my article](https://example.org/tides)",
        "I love articles on Medium.",
    ],
)
def test_what_others_wrote_and_words_without_a_link(seen: See, text: str) -> None:
    assert own(seen, text) == frozenset()


def test_an_address_with_the_owners_name_is_own(documents: Make) -> None:
    made = documents({"README.md": f"[Tides]({POST})"})
    facts = references.extract(Documents(replace(made.snapshot, owner="Ada"), made.vocabulary))
    assert [f.value for f in facts] == [POST]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://arxiv.org/abs/1706.03762", "arXiv:1706.03762 (2017)"),
        ("[paper](https://arxiv.org/pdf/2401.01234v2)", "arXiv:2401.01234 (2024)"),
        ("as in arXiv: 1706.03762", "arXiv:1706.03762 (2017)"),
        ("Prana et al., 2019, doi 10.1007/s10664-018-9660-3", "doi:10.1007/s10664-018-9660-3 (2019)"),
        ("```bibtex\n@article{prana19,\n  year = {2019}\n}\n```", "bibtex:prana19 (2019)"),
    ],
)
def test_papers(seen: See, text: str, name: str) -> None:
    assert seen(references, {"README.md": text}).names("research.citations") == {name}


def test_a_file_of_references(seen: See) -> None:
    text = "@book{a,\n year={1999}}\n\n@misc{b,\n title={x}}\n"
    facts = [(f.value, f.at.path, f.at.line) for f in seen(references, {"refs.bib": text}).facts]
    assert facts == [("bibtex:a (1999)", "refs.bib", 1), ("bibtex:b", "refs.bib", 4)]
