"""The write-up: which parts of an analysis are really told, and how much of it there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.wording import phrases, sentences
from portfolio_audit.evidence.writeups import WANTS, Written, readme_of, writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.prose import Section

_TEXTS = ("*.md", "*.markdown", "*.rst", "README*", "*.qmd", "*.rmd", "*.ipynb")
FACTS = (
    FactSpec("readme.exists", FactType.FLAG, "A README where GitHub shows it.", reads=("/README*",)),
    FactSpec("readme.words", FactType.NUMBER, "Words of prose in that README.", "words", reads=("/README*",)),
    FactSpec("readme.links", FactType.NAMES, "Addresses that README links to.", reads=("/README*",)),
    FactSpec("writeup.words", FactType.NUMBER, "Words of prose in the longest write-up.", "words", reads=_TEXTS),
    FactSpec(
        "writeup.document", FactType.FLAG, "A substantial document: README, report or narrated notebook.", reads=_TEXTS
    ),
    FactSpec("writeup.sections", FactType.NAMES, "Parts of an analysis that are told, by role.", reads=_TEXTS),
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

_SUBSTANTIAL = 120
_TOLD = 15
_MOST_LINKS = 400
_COMMAND = re.compile(
    r"^\s*(?:\$\s*|>\s*|!|%)?(?:sudo\s+)?(?:pip3?|python3?|conda|mamba|poetry|pipenv|uv|docker(?:-compose)?|make|jupyter|streamlit|uvicorn|gunicorn|flask|prefect|"
    r"mlflow|dvc|bash|sh|\./|npm|terraform|kubectl|airflow|bentoml|git clone|Rscript|curl|dagster|mage|source|cd|virtualenv|aws|gcloud|az)\b",
    re.MULTILINE | re.IGNORECASE,
)
_SHELL = {
    "",
    "bash",
    "sh",
    "shell",
    "console",
    "zsh",
    "powershell",
    "cmd",
    "text",
    "terminal",
    "makefile",
    "bat",
    "ps1",
}
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
_TELLING = {
    "problem": re.compile(
        r"\b(?:goal|aim|aims|objective|purpose|problem|challenge|task|project|model|app(?:lication)?|service|tool|we|i)\b.{0,120}\b(?:predict|classif|detect|forecast|estimat|"
        r"recommend|cluster|segment|identif|recogni[sz]|analy[sz]|explor|answer|generat|optimi[sz]|understand|help)\w*",
        re.IGNORECASE,
    ),
    "data": re.compile(
        r"\b(?:data ?sets?|data|samples|images|records|rows|observations)\b.{0,120}\b(?:contain|consist|compris|come|from|collect|includ|downloaded|provided|scrap|has|have|with|of)\w*\b.{0,80}"
        r"(?:\d|kaggle|uci|hugging|api|website|columns|features|variables|hospital|survey|sensor|bank|public)",
        re.IGNORECASE,
    ),
    "approach": re.compile(
        r"\b(?:train|trained|fine-?tun\w+|fitted|tuned|cross-?validat\w+|feature engineering|hyper-?parameter|gradient boosting|random forest|xgboost|logistic|regression|neural|cnn|lstm|"
        r"transformer|embedding\w*|clustering|ensemble|pre-?process\w*|encod\w+|imput\w+|split)\b",
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
    for written in everything:
        if written.words >= _SUBSTANTIAL:
            yield Fact("writeup.document", at=Location(written.path, note=f"{written.words} words"))
        yield from _sections(documents, written)
        if written.notebook is None:
            yield from _shown(written)


def _readme(documents: Documents, everything: tuple[Written, ...]) -> Iterator[Fact]:
    path = readme_of(documents)
    if path is None:
        return
    root = next((w for w in everything if w.root), Written(path, (), root=True))
    yield Fact("readme.exists", at=Location(path))
    yield Fact("readme.words", root.words, Location(path, note=f"{root.words} words"))
    links = [link for section in root.sections for link in section.links]
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


def _sections(documents: Documents, written: Written) -> Iterator[Fact]:
    """Roles by heading where enough stands below it, and by what sentences say."""
    seen: set[str] = set()
    roles = {role: phrases(words) for role, words in documents.vocabulary.headings.items()}
    for section, words in zip(written.sections, _words_below(written.sections), strict=True):
        if not _is_told(section, words):
            continue
        for role, pattern in roles.items():
            if role not in seen and pattern.search(section.title[:200]):
                seen.add(role)
                yield Fact(
                    "writeup.sections", role, written.at(section.line, f"under the heading {section.title[:60]!r}")
                )
    for role, pattern in _TELLING.items():
        told = [] if role in seen else _telling(written, pattern)
        if told:
            yield Fact("writeup.sections", role, written.at(told[0], f"tells the {role}"))


def _telling(written: Written, pattern: re.Pattern[str]) -> list[int]:
    prose = (p for section in written.sections for p in section.prose)
    return [s.line for s in sentences(prose, least_words=8) if pattern.search(s.text)][:1]


def _is_told(section: Section, words: int) -> bool:
    return (
        words >= _TOLD
        or bool(section.tables)
        or any(not i.badge for i in section.images)
        or any(not c.inline for c in section.code)
    )


def _words_below(sections: tuple[Section, ...]) -> Iterator[int]:
    """For each section its words with those of the deeper sections that follow it."""
    for index, section in enumerate(sections):
        total = section.words
        for below in sections[index + 1 :]:
            if below.level <= section.level or total >= _TOLD:
                break
            total += below.words
        yield total


__all__ = ["FACTS", "WANTS", "extract"]
