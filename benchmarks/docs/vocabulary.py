"""The vocabulary: tools by purpose, headings, words, metrics, data sets, areas and distributions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.docs.knowledge import Knowledge
from benchmarks.docs.markdown import code, escaped, link, listed, page, prose, table, tree
from portfolio_audit.model.vocabulary import Tool, Vocabulary

_MARKS = ("imports", "distributions", "images", "files", "actions", "urls", "commands")
_SECTIONS = {
    "tools": "by purpose, with every way they show",
    "headings": "phrases that give a section its role, in seven languages",
    "words": "lists that sentences and calls are recognised by",
    "metrics": "with their direction",
    "datasets": "of countless tutorials",
    "areas": "fields of specialisation",
    "distributions": "where a module's name is not its package's",
}


def pages(knowledge: Knowledge) -> Mapping[str, Iterator[str]]:
    """The pages by their path."""
    vocabulary = knowledge.vocabulary
    return {
        "vocabulary.md": _index(vocabulary),
        "vocabulary/tools.md": _tools(vocabulary),
        "vocabulary/headings.md": _lists("Headings", _SECTIONS["headings"], vocabulary.headings),
        "vocabulary/words.md": _lists("Words", _SECTIONS["words"], vocabulary.words),
        "vocabulary/metrics.md": _metrics(vocabulary),
        "vocabulary/datasets.md": _datasets(vocabulary),
        "vocabulary/areas.md": _areas(vocabulary),
        "vocabulary/distributions.md": _distributions(vocabulary),
    }


def _index(vocabulary: Vocabulary) -> Iterator[str]:
    yield from page("Vocabulary")
    yield from (
        "Knowledge that rules and extractors share stands once, in `rules/vocabulary/*.yaml`. It is yours to extend:",
        "[how](extending-vocabulary.md).",
        "",
    )
    yield from table(("section", "what it holds", "entries"), (
        (link(section, f"vocabulary/{section}.md"), about, str(len(getattr(vocabulary, section))))
        for section, about in _SECTIONS.items()
    ))  # fmt: skip
    yield from tree(f"vocabulary/{section}" for section in _SECTIONS)


def _tools(vocabulary: Vocabulary) -> Iterator[str]:
    """A table a purpose; a tool with several stands in each."""
    yield from page("Tools")
    yield f"{len(vocabulary.tools)} tools by purpose. A tool shows by any of its marks."
    for purpose in sorted({purpose for tool in vocabulary.tools for purpose in tool.purposes}):
        yield from ("", f"## {purpose}", "")
        if known := vocabulary.purposes.get(purpose):
            yield from (f"{prose(known.means[:1].upper() + known.means[1:])}. Known by {listed(known.cues)}.", "")
        yield from table(("tool", "shows by"), (_tool(tool) for tool in vocabulary.serving(purpose)))


def _tool(tool: Tool) -> tuple[str, str]:
    marks = {mark: getattr(tool, mark) for mark in _MARKS}
    return link(escaped(tool.name), tool.source), "; ".join(
        f"{mark}: {listed([code(value) for value in values])}" for mark, values in marks.items() if values
    )


def _lists(title: str, about: str, lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield from page(title)
    yield f"{len(lists)} lists: {about}."
    for name, words in sorted(lists.items()):
        yield from ("", f"## {name}", "", f"{len(words)} entries: {', '.join(map(escaped, words))}.")


def _metrics(vocabulary: Vocabulary) -> Iterator[str]:
    yield from page("Metrics")
    yield from table(("metric", "also called", "better"), (
        (escaped(m.name), escaped(", ".join(m.aliases)), "higher" if m.higher_is_better else "lower")
        for m in vocabulary.metrics
    ))  # fmt: skip


def _datasets(vocabulary: Vocabulary) -> Iterator[str]:
    yield from page("Stock data sets")
    yield from ("Data of countless tutorials. Working on it is fine, and a portfolio needs something beyond it.", "")
    yield from table(("data set", "words", "files"), (
        (escaped(d.name), escaped(", ".join(d.words)), ", ".join(map(code, d.files))) for d in vocabulary.datasets
    ))  # fmt: skip


def _areas(vocabulary: Vocabulary) -> Iterator[str]:
    yield from page("Areas")
    yield from ("Fields of specialisation, by what is imported and by the words at the front of a repository.", "")
    yield from table(("area", "imports", "words"), (
        (escaped(a.title), ", ".join(map(code, a.imports)), escaped(", ".join(a.words))) for a in vocabulary.areas
    ))  # fmt: skip


def _distributions(vocabulary: Vocabulary) -> Iterator[str]:
    yield from page("Distributions")
    yield from ("The package that gives a module, where the two have different names.", "")
    yield from table(
        ("import", "distribution"), ((code(a), code(b)) for a, b in sorted(vocabulary.distributions.items()))
    )
