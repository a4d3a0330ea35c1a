"""One page an extractor with the facts it gives, and the list of all facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.docs.extractors import Extractor
from benchmarks.docs.knowledge import Knowledge
from benchmarks.docs.links import fact_link, rule_link, source_link, vocabulary_in_words
from benchmarks.docs.markdown import anchor, code, link, listed, page, prose, table, tree
from portfolio_audit.model.fact import FactSpec, FactType

_TYPES = {
    FactType.FLAG: "one observation a place where it was seen",
    FactType.NAMES: "one observation a name and place",
    FactType.NUMBER: "one value",
}
_ANY_FILE = ("*",)


def pages(knowledge: Knowledge) -> Mapping[str, Iterator[str]]:
    """The pages by their path."""
    each = {f"facts/{extractor.id}.md": _page(extractor, knowledge) for extractor in knowledge.extractors}
    return {"facts.md": _index(knowledge), **each}


def _index(knowledge: Knowledge) -> Iterator[str]:
    specs = sorted(spec.id for extractor in knowledge.extractors for spec in extractor.facts)
    yield from page("Facts")
    yield from (
        f"The {len(specs)} facts that rules can ask for, by the extractor that gives them. A *flag* has one",
        "observation a place, *names* one a name and place, a *number* one value. Facts on the",
        "[evidence ladder](criteria/depth.md#the-evidence-ladder) carry a rung. Every observation has its place.",
    )
    for extractor in knowledge.extractors:
        yield from (
            "",
            f"## {extractor.id}",
            "",
            f"{prose(extractor.title)} {link('Details', f'facts/{extractor.id}.md')}.",
            "",
        )
        yield from table(("fact", "type", "what an observation means"), (
            (link(code(spec.id), f"facts/{extractor.id}.md#{anchor(spec.id)}"), _type(spec), prose(spec.about))
            for spec in extractor.facts
        ))  # fmt: skip
    yield from tree(f"facts/{extractor.id}" for extractor in knowledge.extractors)


def _type(spec: FactSpec) -> str:
    unit = f", {spec.unit}" if spec.unit else ""
    return f"{spec.type.value}{unit}{', ladder' if spec.ladder else ''}"


def _page(extractor: Extractor, knowledge: Knowledge) -> Iterator[str]:
    yield from page(extractor.id)
    yield prose(extractor.title)
    for spec in extractor.facts:
        yield from _fact(spec, knowledge)
    yield from ("", "## How they are found", "", *_found(extractor, knowledge))


def _fact(spec: FactSpec, knowledge: Knowledge) -> Iterator[str]:
    ladder = link("evidence ladder", "../criteria/depth.md#the-evidence-ladder")
    yield from ("", f"## `{spec.id}`", "", prose(spec.about), "")
    yield f"- Type: {spec.type.value}, {_TYPES[spec.type]}{f'; unit: {spec.unit}' if spec.unit else ''}."
    if spec.ladder:
        yield f"- On the {ladder}: each observation carries a rung."
    readers = knowledge.readers.get(spec.id, ())
    if readers:
        yield f"- Read by {listed([rule_link(rule) for rule in readers])}."


def _undecided(facts: Sequence[FactSpec]) -> Iterator[str]:
    """Which unreadable files leave which facts undecided, told once for all facts that share them."""
    sharing: dict[tuple[str, ...], list[str]] = {}
    for spec in facts:
        if spec.reads not in {_ANY_FILE, ()}:
            sharing.setdefault(spec.reads, []).append(code(spec.id))
    if sharing:
        yield from ("", "A file that cannot be read leaves facts undecided that it could show:", "")
        yield from table(
            ("undecided", "where one of these cannot be read"),
            ((", ".join(ids), ", ".join(map(code, reads))) for reads, ids in sharing.items()),
        )


def _found(extractor: Extractor, knowledge: Knowledge) -> Iterator[str]:
    folder, _, name = extractor.id.rpartition("profile-")
    place = f"src/portfolio_audit/evidence/{'profile/' if extractor.inputs else ''}{name or folder}.py"
    yield f"By {source_link(place)}."
    if extractor.wants:
        yield from ("", f"Files it asks for: {', '.join(map(code, extractor.wants))}.")
    yield from _undecided(extractor.facts)
    if extractor.inputs:
        inputs = listed([fact_link(fact, knowledge) for fact in extractor.inputs])
        yield from ("", f"Facts it asks of every repository: {inputs}; besides, what the source knows of it.")
    if extractor.reads:
        yield from ("", f"Vocabulary it reads: {vocabulary_in_words(extractor.reads)}.")
