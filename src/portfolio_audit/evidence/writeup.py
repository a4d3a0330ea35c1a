"""The write-up: which parts of an analysis are really told, and how much of it there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.writeups import DOCUMENTS, WANTS, Written, readme_of, writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location

FACTS = (
    FactSpec("readme.exists", FactType.FLAG, "A README where GitHub shows it.", reads=("/README*",)),
    FactSpec("readme.words", FactType.NUMBER, "Words of prose in that README.", "words", reads=("/README*",)),
    FactSpec("readme.links", FactType.NAMES, "Addresses that README links to.", reads=("/README*",)),
    FactSpec("writeup.words", FactType.NUMBER, "Words of prose in the longest write-up.", "words", reads=DOCUMENTS),
    FactSpec(
        "writeup.document",
        FactType.FLAG,
        "A substantial document: README, report or narrated notebook.",
        reads=DOCUMENTS,
    ),
    FactSpec("writeup.report", FactType.NAMES, "Reports whose text is not read: PDF, slides, pages of notebooks."),
    FactSpec(
        "writeup.pictures",
        FactType.FLAG,
        "A picture that is no badge, in a README or report.",
        reads=("*.md", "README*"),
    ),
    FactSpec("writeup.tables", FactType.FLAG, "A table in a README or report.", reads=("*.md", "README*")),
    FactSpec(
        "writeup.run_commands",
        FactType.FLAG,
        "A block of commands that install or run the project.",
        reads=("*.md", "README*"),
    ),
    FactSpec(
        "writeup.template_text", FactType.NAMES, "Text of a template that was never adapted.", reads=("/README*",)
    ),
)

_MOST_LINKS = 400
_REPORTS = tuple(
    f"{place}.{end}"
    for place in ("*report*", "*summary*", "*thesis*", "*presentation*", "*slides*", "/reports/*", "/report/*")
    for end in ("pdf", "docx", "pptx")
)
_BY_OTHERS = ("data/", "papers/", "literature/", "references/", "certificates/")
_COMMAND = re.compile(
    r"^\s*(?:\$\s*|>\s*|!|%)?(?:sudo\s+)?(?:pip3?|python3?|conda|mamba|poetry|pipenv|uv|docker(?:-compose)?|make|jupyter"
    r"|streamlit|uvicorn|gunicorn|flask|prefect|mlflow|dvc|bash|sh|\./|npm|terraform|kubectl|airflow|bentoml|git clone"
    r"|Rscript|curl|dagster|mage|source|cd|virtualenv|aws|gcloud|az)\b",
    re.MULTILINE | re.IGNORECASE,
)
_SHELL = frozenset({"", "bash", "sh", "shell", "console", "zsh", "powershell", "cmd", "text", "terminal", "bat", "ps1"})
_TEMPLATES = {
    "placeholder account": re.compile(
        r"\b(?:your[-_ ]?(?:user)?name|username|your[-_]github)/(?:your[-_ ]?)?(?:repo|repository|project)",
        re.IGNORECASE,
    ),
    "placeholder text": re.compile(
        r"\b(?:lorem ipsum|insert (?:your|project) \w+ here|project title here|add your \w+ here)", re.IGNORECASE
    ),
    "untouched template title": re.compile(
        r"\A(?:project title|project name|best-readme-template|<project>)\Z", re.IGNORECASE
    ),
    "a note to whoever adapts it": re.compile(
        r"\b(?:modify|adapt|replace|change) (?:this|it) (?:based on|according to|with) (?:what you|your)\b",
        re.IGNORECASE,
    ),
}


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what is written and which parts of an analysis it tells."""
    everything = writeups(documents)
    yield from _readme(documents, everything)
    if everything:
        longest = max(everything, key=lambda w: w.words)
        yield Fact("writeup.words", longest.words, Location(longest.path, note=f"{longest.words} words"))
    yield from (Fact("writeup.report", path.rpartition("/")[2], Location(path)) for path in _reports(documents))
    for written in everything:
        if written.substantial:
            yield Fact("writeup.document", at=Location(written.path, note=f"{written.words} words"))
        if written.notebook is None:
            yield from _shown(written)


def _reports(documents: Documents) -> Iterator[str]:
    """Files that are a report by their name or folder, and pages made of a notebook that is there as well."""
    others = set(documents.matching(*_BY_OTHERS))
    yield from (path for path in documents.matching(*_REPORTS) if path not in others)
    for path in documents.matching("*.html"):
        stem = path.rpartition(".")[0]
        if any(documents.exists(f"{stem}.{end}") for end in ("ipynb", "Rmd", "qmd")):
            yield path


def _readme(documents: Documents, everything: tuple[Written, ...]) -> Iterator[Fact]:
    path = readme_of(documents)
    if path is None:
        return
    root = next((w for w in everything if w.root), Written(path, (), root=True))
    yield Fact("readme.exists", at=Location(path))
    yield Fact("readme.words", root.words, Location(path, note=f"{root.words} words"))
    links = [link for section in root.sections for link in section.links if link.url]
    yield from (Fact("readme.links", link.url, Location(path, link.line)) for link in links[:_MOST_LINKS])
    yield from _template_text(root)


def _template_text(root: Written) -> Iterator[Fact]:
    for section in root.sections:
        texts = [
            (section.title, section.line),
            *((p.text, p.line) for p in section.prose),
            *((c.text, c.line) for c in section.code),
        ]
        for text, line in texts:
            for name, pattern in _TEMPLATES.items():
                if pattern.search(text[:2_000]):
                    yield Fact("writeup.template_text", name, root.at(line, name))


def _shown(written: Written) -> Iterator[Fact]:
    for section in written.sections:
        yield from (Fact("writeup.pictures", at=written.at(i.line)) for i in section.images if not i.badge and i.url)
        yield from (Fact("writeup.tables", at=written.at(t.line)) for t in section.tables if t.rows)
        for code in section.code:
            if not code.inline and code.language in _SHELL and _COMMAND.search(code.text):
                yield Fact("writeup.run_commands", at=written.at(code.line, "commands"))


__all__ = ["FACTS", "WANTS", "extract"]
