"""A bug of ours costs the facts it concerns, where it strikes, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pytest

from portfolio_audit import evidence
from portfolio_audit.evidence import areas, boundary, kind, profile
from portfolio_audit.evidence.boundary import run
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.profile import breadth
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Problem
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Make = Callable[[Mapping[str, str | Unavailable]], Documents]


@dataclass
class Brittle:
    """Says that it saw each file, once all were read; fails if one of them, or the tree, holds the word."""

    word: str = "boom"
    reads: tuple[str, ...] = ("*",)
    runs: list[int] = field(default_factory=list)
    WANTS = ("*.txt",)
    __name__ = "evidence.brittle"

    @property
    def FACTS(self) -> tuple[FactSpec, ...]:  # noqa: N802
        return (FactSpec("x.seen", FactType.FLAG, "", reads=self.reads),)

    def extract(self, documents: Documents) -> Iterator[Fact]:
        self.runs.append(1)
        texts = {path: documents.text(path) for path in documents.matching(*self.WANTS)}
        for path, text in texts.items():
            if self.word in (text or "") or self.word in path:
                raise TypeError(text)
            if text is not None:
                yield Fact("x.seen", at=Location(path))


def seen(path: str) -> Fact:
    return Fact("x.seen", at=Location(path))


FAILED = "the extractor 'brittle' failed on it (TypeError)"


@pytest.mark.parametrize("bad", [["a"], ["d"], ["g"], ["a", "g"], ["b", "c", "f"]])
def test_the_files_an_extractor_fails_on_are_told_and_left_out(documents: Make, bad: list[str]) -> None:
    made = documents({f"{name}.txt": "boom" if name in bad else "fine" for name in "abcdefg"})
    facts = run(Brittle(), made)
    places = [f"{name}.txt" for name in bad]
    assert facts == [
        *(seen(f"{name}.txt") for name in "abcdefg" if name not in bad),
        *(Fact("x.seen", Unavailable(FAILED), Location(path)) for path in places),
    ]
    assert sorted(made.problems, key=lambda p: p.at) == [Problem(FAILED, Location(path)) for path in places]


def test_an_extractor_that_fails_on_too_many_files_gives_nothing(documents: Make) -> None:
    made = documents({f"{name}.txt": "boom" for name in "abcdefg"})
    assert run(Brittle(), made) == [Fact("x.seen", Unavailable("the extractor failed (TypeError)"))]
    assert made.problems == [Problem("the extractor 'brittle' failed (TypeError)")]


def test_an_extractor_that_fails_whatever_it_reads_gives_nothing(documents: Make) -> None:
    made = documents({"boom.txt": "fine", "b.txt": "fine"})
    assert run(Brittle(), made) == [Fact("x.seen", Unavailable("the extractor failed (TypeError)"))]
    assert made.problems == [Problem("the extractor 'brittle' failed (TypeError)")]


def test_an_extractor_that_wants_nothing_readable_is_not_run_again(documents: Make) -> None:
    brittle = Brittle()
    run(brittle, documents({"boom.txt": Unavailable("is binary")}))
    assert len(brittle.runs) == 1


def test_the_search_for_a_file_takes_few_runs(documents: Make) -> None:
    brittle = Brittle()
    run(brittle, documents({f"{n}.txt": "boom" if n == 700 else "fine" for n in range(1_000)}))
    assert len(brittle.runs) <= 12


def test_facts_the_file_could_not_show_stay_decided(documents: Make) -> None:
    facts = run(Brittle(reads=("b.txt",)), documents({"a.txt": "boom", "b.txt": "fine"}))
    assert facts == [seen("b.txt")]


def test_files_that_cannot_be_read_stay_undecided_beside_those_that_fail(documents: Make) -> None:
    facts = run(Brittle(), documents({"a.txt": "boom", "b.txt": Unavailable("is binary")}))
    assert [(fact.at.path, fact.value) for fact in facts] == [
        ("a.txt", Unavailable(FAILED)),
        ("b.txt", Unavailable("is binary")),
    ]


def test_the_other_extractors_go_on(documents: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "EXTRACTORS", (Brittle(), areas))
    found = evidence.look(documents({"a.txt": "boom", "train.py": "import torchvision\n"}))
    assert found.names("area.imports") == {"vision"}
    assert [problem.at.path for problem in found.problems] == ["a.txt"]


def broken(*_: object) -> Iterator[Fact]:
    raise KeyError("boom")


def test_a_kind_that_cannot_be_told_is_undecided(documents: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kind, "classify", broken)
    found = evidence.look(documents({"README.md": "# A\n"}))
    assert found.of("repository.kind") == (Fact("repository.kind", Unavailable("the extractor failed (KeyError)")),)


def test_a_profile_extractor_that_fails_leaves_its_facts_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breadth, "extract", broken)
    monkeypatch.setattr(profile, "EXTRACTORS", (breadth,))
    found = profile.extract(None)  # type: ignore[arg-type]  # nobody looks at it
    assert {fact.value for fact in found.facts} == {Unavailable("the extractor failed (KeyError)")}
    assert found.problems == (Problem("the extractor 'breadth' failed (KeyError)"),)


def test_large_repositories_are_not_searched(documents: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary, "MOST_SUSPECTS", 2)
    brittle = Brittle()
    run(brittle, documents(dict.fromkeys(("a.txt", "b.txt", "c.txt"), "boom")))
    assert len(brittle.runs) == 1


@pytest.mark.parametrize(("reads", "open_"), [(("*",), 2), ((), 0)])
def test_where_not_every_file_is_listed_the_rest_stays_open(
    documents: Make, reads: tuple[str, ...], open_: int
) -> None:
    made = documents({"a.txt": "fine"})
    gaps = (Location("data", note="cannot be opened"), Location("", note="is cut short"))
    facts = run(Brittle(reads=reads), Documents(replace(made.snapshot, gaps=gaps), made.vocabulary))
    unlisted = Unavailable("the tree is not listed whole")
    assert facts == [seen("a.txt"), *[Fact("x.seen", unlisted, gap) for gap in gaps[:open_]]]
