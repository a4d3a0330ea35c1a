"""References: the author's own articles and talks, and the papers that the work builds on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.writeups import WANTS as WRITTEN
from portfolio_audit.evidence.writeups import Written, writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Link, Section

WANTS = (*WRITTEN, "*.bib", "CITATION.cff")
FACTS = (
    FactSpec("writing.links", FactType.NAMES, "Articles, posts and talks of the author, linked from a write-up."),
    FactSpec(
        "research.citations", FactType.NAMES, "Papers cited: an arXiv id, DOI or BibTeX key, with its year if known."
    ),
)

_OWN = re.compile(
    r"\b(?:my|i|we|our|articles?|blog|posts?|write-?up|writing|talks?|presentation|video|publications?|walkthrough)\b",
    re.IGNORECASE,
)
_BORROWED = re.compile(
    r"\b(?:references?|resources?|credits?|acknowledg\w*|further reading|inspired|source|tutorial|course|thanks"
    r"|documentation|learn more|based on|following|according to|adapted from)\b",
    re.IGNORECASE,
)
_ARXIV = re.compile(r"arxiv(?:\.org/(?:abs|pdf|html)/|:\s?)(\d{2})(\d{2})\.(\d{4,5})", re.IGNORECASE)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"'<>()\]},;]{3,100})")
_BIBTEX = re.compile(
    r"@(?:article|inproceedings|misc|book|techreport|phdthesis|conference)\s*\{\s*([^,\s]{1,80}),", re.IGNORECASE
)
_BIBTEX_YEAR = re.compile(r"\byear\s*=\s*[{\"']?\s*(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_MOST_TEXT = 200_000


def extract(documents: Documents) -> Iterator[Fact]:
    """Give own writing and cited papers."""
    published = publishing(documents.vocabulary)
    for written in writeups(documents):
        for section in written.sections:
            for link in section.links:
                if not link.badge and published.search(link.url[:500]) and _is_own(documents, link, section):
                    yield Fact("writing.links", link.url, written.at(link.line, link.text[:60]))
            yield from _cited_in(section, written)
    for path in documents.matching("*.bib")[:20]:
        text = (documents.text(path) or "")[:_MOST_TEXT]
        yield from (Fact("research.citations", name, Location(path, line)) for name, line in _bibtex(text))


def publishing(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Make the pattern for addresses of the places where people publish."""
    places = [url for tool in vocabulary.serving("writing") for url in tool.urls]
    return re.compile(rf"://(?:[\w-]+\.)*(?:{'|'.join(map(re.escape, places)) or '(?!)'})", re.IGNORECASE)


def _is_own(documents: Documents, link: Link, section: Section) -> bool:
    """Whether the words around a link, or its address, say that the author wrote it."""
    owner = documents.snapshot.owner.lower()
    if owner and owner in link.url.lower():
        return True
    near = [p.text for p in section.prose if p.line == link.line]
    around = " ".join((section.title, link.text, *near))[:1_000]
    return bool(_OWN.search(around)) and not _BORROWED.search(around)


def _cited_in(section: Section, written: Written) -> Iterator[Fact]:
    texts = [(link.url, link.line) for link in section.links]
    texts += [(p.text, p.line) for p in section.prose] + [(c.text, c.line) for c in section.code if not c.inline]
    for text, line in texts:
        for name in _papers(text[:20_000]):
            yield Fact("research.citations", name, written.at(line))
        yield from (Fact("research.citations", name, written.at(line)) for name, _ in _bibtex(text[:20_000]))


def _papers(text: str) -> Iterator[str]:
    for found in _ARXIV.finditer(text):
        yield f"arXiv:{found[1]}{found[2]}.{found[3]} (20{found[1]})"
    for found in _DOI.finditer(text):
        year = _YEAR.search(text)
        yield f"doi:{found[1].rstrip('.').lower()}" + (f" ({year[1]})" if year else "")


def _bibtex(text: str) -> Iterator[tuple[str, int]]:
    entries = list(_BIBTEX.finditer(text))[:500]
    for entry, following in zip(entries, [*entries[1:], None], strict=False):
        year = _BIBTEX_YEAR.search(
            text, entry.end(), following.start() if following else min(len(text), entry.end() + 5_000)
        )
        yield f"bibtex:{entry[1]}" + (f" ({year[1]})" if year else ""), text.count("\n", 0, entry.start()) + 1
