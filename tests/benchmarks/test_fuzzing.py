"""The fuzz targets hold their promises on their seeds and on whatever once broke one; atheris is not needed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import yaml
from benchmarks.fuzzing.checks import Breach, check_facts, check_parsed
from benchmarks.fuzzing.findings import Findings
from benchmarks.fuzzing.mutation import Mutator
from benchmarks.fuzzing.repository import pack, snapshot_of, unpack
from benchmarks.fuzzing.targets import targets

from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_module import Import

REGRESSIONS = [
    pytest.param(case, id=f"{path.stem}-{case['name']}")
    for path in sorted((Path(__file__).parent.parent / "regressions").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
REPOSITORIES = [target for target in targets().values() if target.whole]


@pytest.mark.parametrize("name", targets())
def test_seeds_break_no_promise(name: str) -> None:
    target = targets()[name]
    for seed in list(target.seeds())[-3 if target.whole else 0 :]:
        target.run(seed)


@pytest.mark.parametrize("name", targets())
def test_mutations_of_seeds_break_no_promise(name: str) -> None:
    target, random = targets()[name], Random(name)  # noqa: S311
    seeds = list(target.seeds())
    mutator = Mutator([token.encode() for token in target.tokens], seeds, target.whole)
    for _ in range(4 if target.whole else 20):
        target.run(mutator.mutate(random.choice(seeds), random))


@pytest.mark.parametrize("case", REGRESSIONS)
def test_what_once_broke_a_promise_does_not_again(case: dict[str, object]) -> None:
    if "parser" in case:
        targets()[str(case["parser"])].run(str(case["text"]).encode())
        return
    files = case["files"]
    assert isinstance(files, dict)
    data = pack({path: str(text).encode() for path, text in files.items()})
    for target in REPOSITORIES:
        target.run(data)


def test_a_repository_survives_packing() -> None:
    files = {"a.py": b"x = 1\n", "b/c d.md": b"# B\n\n\xff"}
    assert unpack(pack(files), ()) == files


def test_a_name_of_one_byte_is_one_of_the_targets() -> None:
    assert unpack(b"\x03\nx", ("a", "b", "c")) == {"a": b"x"}


def test_mutations_are_the_same_for_the_same_seed() -> None:
    mutator = Mutator([b"x", b"y"], [b"a\nb", b"c"], whole=True)
    first, again = (mutator.mutate(b"one\ntwo", Random(3)) for _ in range(2))  # noqa: S311
    assert first == again


def test_one_finding_is_kept_for_each_place(tmp_path: Path) -> None:
    def run(data: bytes) -> None:
        raise ValueError(data)

    findings = Findings(run, tmp_path)
    findings(b"one")
    findings(b"two")
    assert [path.read_bytes() for path in tmp_path.glob("*.input")] == [b"one"]


def test_a_line_beyond_the_text_is_a_breach() -> None:
    with pytest.raises(Breach, match=r"Import.line is 3 in a text of 2 lines"):
        check_parsed((Import("a", 3),), "a\nb")


SPECS = {
    "x.flag": FactSpec("x.flag", FactType.FLAG, ""),
    "x.share": FactSpec("x.share", FactType.NUMBER, "", "share"),
    "x.name": FactSpec("x.name", FactType.NAMES, ""),
}


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ([Fact("x.other")], "x.other is not declared"),
        ([Fact("x.flag", at=Location("gone.py"))], "'gone.py', which does not exist"),
        ([Fact("x.flag", at=Location("a/b.py", 4))], "line 4 of 'a/b.py', which has 2"),
        ([Fact("x.flag", value=1)], "which is no flag"),
        ([Fact("x.name", value="")], "which is no names"),
        ([Fact("x.share", value=1.5)], "which is no share"),
        ([Fact("x.share", value=0.5)] * 2, "given twice"),
        ([Fact("x.flag", rung=Rung.WIRED)], "has a rung and no ladder"),
        ([Fact("x.flag", at=Location("a", note="n" * 2_000))], "a note of 2000 characters"),
    ],
)
def test_breaches_of_facts_are_told(facts: list[Fact], told: str) -> None:
    with pytest.raises(Breach, match=told):
        check_facts(facts, SPECS, snapshot_of({"a/b.py": b"x\n"}))


def test_facts_in_their_place_are_no_breach() -> None:
    facts = [Fact("x.flag", at=Location("a")), Fact("x.name", "n", Location("a/b.py", 2)), Fact("x.share", 1)]
    check_facts(facts, SPECS, snapshot_of({"a/b.py": b"x\n"}))
