"""The steps that a README gives: commands that install the project and commands that run it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from portfolio_audit.evidence.broken_steps import broken_steps
from portfolio_audit.evidence.command_kinds import TASK_FILES, CommandKinds
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.making import WANTS as MADE_BY
from portfolio_audit.evidence.making import Making
from portfolio_audit.evidence.mentions import COMMAND_IN_WORDS
from portfolio_audit.evidence.tree import MAKEFILES
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.markdown import Markdown
from portfolio_audit.parsing.prose import Code, Section
from portfolio_audit.parsing.shell import Command, parse_shell

_DOCUMENTS = ("README*.md", "*setup*.md", "*install*.md", "*usage*.md", "*run*.md", "*instructions*.md", "*deploy*.md")
_READMES = ("README*", "Makefile")
WANTS = (*_DOCUMENTS, "README*", *MAKEFILES, *TASK_FILES, *MADE_BY)
FACTS = (
    FactSpec("steps.installs", FactType.FLAG, "A command of the README that installs the project.", reads=_DOCUMENTS),
    FactSpec("steps.runs", FactType.FLAG, "A command of the README that runs the project.", reads=_DOCUMENTS),
    FactSpec(
        "steps.unmade",
        FactType.NAMES,
        "Files that fit a model where no step runs one, a notebook or a pipeline, or starts everything there is.",
        reads=_DOCUMENTS,
    ),
    FactSpec(
        "steps.misplaced",
        FactType.NAMES,
        "Scripts that a README's command runs from a folder where they do not lie.",
        reads=_DOCUMENTS,
    ),
    FactSpec(
        "steps.told",
        FactType.NAMES,
        "Scripts and notebooks that a README tells in words to run.",
        reads=_DOCUMENTS,
    ),
    FactSpec(
        "steps.broken",
        FactType.NAMES,
        "Steps of a README that cannot work: what they run is not there, or the clone's address was not filled in.",
        reads=_READMES,
    ),
    FactSpec(
        "steps.broken_share",
        FactType.NUMBER,
        "The share of the steps told that cannot work.",
        "share",
        reads=_READMES,
    ),
)

_PROMPT = re.compile(r"^\s*(?:\$|>|%|!|PS [^>]{0,60}>|\(\w{1,40}\)\s*\$?)\s*", re.MULTILINE)
_SHELL = frozenset(
    {"", "bash", "sh", "shell", "console", "zsh", "powershell", "cmd", "bat", "text", "terminal", "shell-session"}
)
_LONGEST = 80
_TELLS_TO_RUN = re.compile(
    r"(?:^|[.!?:;,)-]\s*|\b(?:can|then|and|to|please|now|first|just|should|must)\s)(?:run|re-?run|use|execute|open|launch)\b"
    r"|\bby (?:re-?)?(?:running|executing)\b",
    re.IGNORECASE,
)
_RUNNABLE = re.compile(r"(?:[\w-]+/){0,6}[\w-]+\.(?:py|ipynb|R|Rmd|sh)\b")
_EXECUTABLE = re.compile(r"\./[\w./-]{1,200}\.(?:sh|bash|py)")
_MOST_WORDS = 5_000
_MOST_UNMADE = 3


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every command that installs or runs, where it stands, and those that cannot work."""
    told: set[tuple[str, int]] = set()
    making, made = documents.once(Making), False
    for path in documents.matching(*_DOCUMENTS):
        here = _Here(documents, path)
        for section, command in _commands(documents, path):
            facts = tuple(_facts(here, section, command))
            told |= {(path, command.line) for _ in facts}
            made = made or (bool(facts) and making.done_by(command))
            yield from facts
        words = tuple(_in_words(here, documents.markdown(path)))
        made = made or any(making.done_in(str(fact.value)) for fact in words)
        yield from words
    yield from _broken(documents, len(told))
    if told and not made:
        yield from (
            Fact("steps.unmade", trainer, Location(trainer, note="fits a model, and no step runs it"))
            for trainer in making.trainers[:_MOST_UNMADE]
        )


def _facts(here: _Here, section: Section, command: Command) -> Iterator[Fact]:
    here.take(command)
    at = Location(here.path, command.line, note=f"says {command.text[:_LONGEST]}")
    if here.kinds.installs(command):
        yield Fact("steps.installs", at=at)
    if _runs(here, section, command):
        yield Fact("steps.runs", at=at)
    elif misplaced := here.misplaced(section, command):
        yield Fact("steps.misplaced", misplaced, replace(at, note=f"{misplaced} does not lie where it is run"))


def _in_words(here: _Here, markdown: Markdown | None) -> Iterator[Fact]:
    """Scripts and notebooks of the tree that a paragraph tells to run, by name or as inline code."""
    for section in markdown.sections if markdown else ():
        for line, name in _told_to_run(section):
            if _RUNNABLE.fullmatch(name) and here.has(section, name):
                yield Fact("steps.told", name, Location(here.path, line, note=f"tells to run {name}"))


def _told_to_run(section: Section) -> Iterator[tuple[int, str]]:
    """What paragraphs that tell to run something name, and inline code in them."""
    for paragraph, following in pairwise((*section.prose, None)):
        if paragraph and _TELLS_TO_RUN.search(paragraph.text[:_MOST_WORDS]):
            end = following.line if following else None
            coded = (c.text for c in section.code if c.inline and paragraph.line <= c.line < (end or c.line + 1))
            yield from ((paragraph.line, name) for name in _RUNNABLE.findall(paragraph.text[:_MOST_WORDS]))
            yield from ((paragraph.line, name) for name in coded)


def _broken(documents: Documents, told: int) -> Iterator[Fact]:
    """The steps that cannot work, and their share of all that are told."""
    if documents.snapshot.gaps:
        reason = Unavailable("the tree is not listed whole")
        yield from (Fact(name, reason, documents.snapshot.gaps[0]) for name in ("steps.broken", "steps.broken_share"))
        return
    broken = tuple(broken_steps(documents))
    yield from (Fact("steps.broken", name, at) for name, at in broken)
    if broken:
        at = replace(broken[0][1], note=f"{len(broken)} of {told + len(broken)} steps")
        yield Fact("steps.broken_share", len(broken) / (told + len(broken)), at)


def _commands(documents: Documents, path: str) -> Iterator[tuple[Section, Command]]:
    markdown = documents.markdown(path)
    for section in markdown.sections if markdown else ():
        for code in section.code:
            if code.inline or code.language.lower() in _SHELL:
                yield from ((section, command) for command in _parsed(code))
        for paragraph in section.prose:
            for match in COMMAND_IN_WORDS.finditer(paragraph.text[:_MOST_WORDS]):
                yield from ((section, command) for command in parse_shell(match[0], paragraph.line))


def _parsed(code: Code) -> tuple[Command, ...]:
    """Prompts are cut, and Windows' separators turned, which a shell would take for escapes."""
    return parse_shell(re.sub(r"\\(?=[\w.])", "/", _PROMPT.sub("", code.text)), code.line)


def _runs(here: _Here, section: Section, command: Command) -> bool:
    """Whether a command runs something of the project; a script or notebook that it names must be there."""
    if _names_script(command):
        return any(here.has(section, word) for word in command.words)
    if command.module and not here.kinds.runs(command):
        module = command.words[0].replace(".", "/")
        return any(here.has(section, f"{module}{end}") for end in (".py", "/__main__.py"))
    return here.kinds.runs(command)


def _names_script(command: Command) -> bool:
    return command.program in {"python", "bash", "sh"} or _EXECUTABLE.fullmatch(command.words[0]) is not None


class _Here:
    """The folders that a reader of one document can be in: its own, the root, and those it goes to or speaks of."""

    def __init__(self, documents: Documents, path: str) -> None:
        self.documents = documents
        self.path = path
        self.kinds = documents.once(CommandKinds)
        self._home = posixpath.dirname(path)
        self._current = self._home
        self._folders = {"", self._home}
        self._elsewhere = False

    def take(self, command: Command) -> None:
        """Follow ``cd``; where it leads out of the tree, any folder may be meant."""
        if command.program != "cd" or not command.operands:
            return
        target = command.operands[0].rstrip("/")
        for base in (self._current, self._home, ""):
            place = posixpath.normpath(posixpath.join(base, target)) if target != "-" else ""
            place = "" if place == "." else place
            if not place.startswith("..") and (not place or self.documents.exists(place)):
                self._current = place
                self._folders.add(place)
                return
        if target.rpartition("/")[2].lower() == self.documents.snapshot.name.lower():
            self._current = ""
        else:
            self._elsewhere = True

    def has(self, section: Section, word: str) -> bool:
        """Whether a word names a file in one of those folders."""
        name = _file_name(word)
        if not name:
            return False
        if any(self.documents.exists(posixpath.normpath(posixpath.join(f, name))) for f in self._folders):
            return True
        return any(self._elsewhere or _is_told(section, p.removesuffix(name)) for p in self._ending(name))

    def misplaced(self, section: Section, command: Command) -> str:
        """The script that a command runs from a folder where it does not lie, though it lies in another."""
        words = command.words if _names_script(command) else ()
        wrong = (w for w in words if (n := _file_name(w)) and self._ending(n) and not self.has(section, w))
        return next(wrong, "")

    def _ending(self, name: str) -> list[str]:
        return [p for p in self.documents.files if p.endswith(f"/{name}")]


def _file_name(word: str) -> str:
    name = word.removeprefix("./")
    return name if re.search(r"\.\w{1,5}$", name) and "://" not in name else ""


def _is_told(section: Section, folder: str) -> bool:
    """Whether the section names the folder, as text or as code."""
    last = posixpath.basename(folder.rstrip("/"))
    texts = (section.title, *(p.text for p in section.prose), *(c.text for c in section.code))
    return bool(last) and any(last.lower() in text[:_MOST_WORDS].lower() for text in texts)
