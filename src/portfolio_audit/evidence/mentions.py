"""The files and make targets that a document names: in links, inline code, commands and drawn trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from portfolio_audit.parsing.prose import Code, Section
from portfolio_audit.parsing.shell import Command, parse_shell


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that must be in the tree for the words to be true; ``target`` for a make target."""

    name: str
    line: int
    how: str
    target: bool = False


MODULE = "runs the module"
_SOURCE = r"(?:py|ipynb|sh|r|rmd|qmd|sql|tf|ya?ml|toml|md|dockerfile|bat|ps1|scala|jl|js|ts)"
_PATH = re.compile(rf"(?:\./)?(?:[\w.@-]+/){{0,8}}[\w.@-]*\w\.{_SOURCE}", re.IGNORECASE)
_SCRIPT = re.compile(r"[\w./@-]+\.(?:py|sh|ipynb|r)", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"[<>{}$*\[\]|]|\.\.\.|…|path[/_-]to|\byour|\bmy[-_]|example\.|xxx|foo\b|^[~/]|^\.\./\.\.|:\\|@|^[_(]"
    r"|secret|credential|\bcoverage\.py",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"[A-Z][A-Za-z0-9]*\.js")
"""Node.js and its kin look like files."""
_URL = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)
_TREE = re.compile(r"(?:[│|]\s*)*(?:├|└|\|--|`--|\+--)[─\-\s]*([\w.@-]+)(?:\s|$)")
CREATED = re.compile(
    r"(?:>{1,2}|\btouch|\bnano|\bvim?|\btee(?: -a)?|\s-[oO]|--output|\bcode)\s+[\"']?([\w./-]+)|\bcp\s+\S+\s+([\w./-]+)"
)
_SHELLS = frozenset(
    {"", "bash", "sh", "shell", "console", "zsh", "terminal", "powershell", "cmd", "bat", "text", "shellscript"}
)
_WITH_FILE = {"pip": ("-r", "--requirement"), "pip3": ("-r",), "docker": ("-f", "--file"), "docker-compose": ("-f",),
              "conda": ("-f", "--file"), "kubectl": ("-f",), "mamba": ("-f",)}  # fmt: skip
_RUNNERS = frozenset(
    {"python", "python3", "python3.11", "py", "bash", "sh", "zsh", "source", ".", "Rscript", "papermill"}
)
_SECOND_WORD = {"streamlit": "run", "jupyter": "", "flet": "run", "chainlit": "run", "prefect": "", "quarto": "render"}
_SERVED = re.compile(r"([A-Za-z_][\w.]*):[A-Za-z_]\w*")
_SERVERS = frozenset({"uvicorn", "gunicorn", "hypercorn", "waitress-serve"})
COMMAND_IN_WORDS = re.compile(
    r"\b(?:python3?|bash|streamlit run|Rscript) [\w./-]{1,120}\.(?:py|sh|R)\b"
    r"|\bdocker[ -]compose (?:-f [\w./-]{1,80} )?up\b"
)
"""Commands that stand in a sentence without being marked as code."""
_MAKEFILE = re.compile(r"^[\w.-]{1,80}:(?!/)[^\n]{0,200}\n\t", re.MULTILINE)
_WINDOWS_PATH = re.compile(r"\\(?=[\w.])")
"""Windows' separators, which a shell would take for escapes."""
_MOST = 300


def mentions(section: Section) -> Iterator[Mention]:
    """Everything a section names that should be in the tree; what it tells to create is left out."""
    linked = [(x.url, x.line) for x in section.links] + [(x.url, x.line) for x in section.images]
    for url, line in linked:
        name = unquote(url.split("#")[0].split("?")[0]).strip()
        if not _URL.match(url) and name and not _PLACEHOLDER.search(name) and "\n" not in name:
            yield Mention(name, line, "links to")
    for paragraph in section.prose[:_MOST]:
        if not _TO_BE_MADE.search(paragraph.text):
            for match in COMMAND_IN_WORDS.finditer(paragraph.text[:5_000]):
                yield from _commands(match[0], paragraph.line)
    for code in section.code[:_MOST]:
        if code.inline:
            yield from _inline(section, code)
        else:
            yield from _block(code)


def created(section: Section) -> set[str]:
    """Names of the files that the commands of a section would write."""
    found = (m for code in section.code for m in CREATED.finditer(code.text[:20_000]))
    converted = (m[1] for code in section.code for m in re.finditer(r"nbconvert .{0,80}?([\w-]+)\.ipynb", code.text))
    names = {(m[1] or m[2]).rpartition("/")[2] for m in found}
    return names | {f"{name}.py" for name in converted}


_TO_BE_MADE = re.compile(
    r"\b(?:creat|generat|sav|writ|renam|export|add|make a|new file|will be|produc|output|download|copy|convert|stor"
    r"|called|named)\w*",
    re.IGNORECASE,
)


def _inline(section: Section, code: Code) -> Iterator[Mention]:
    text = code.text.strip()
    near = max((p for p in section.prose if p.line <= code.line), key=lambda p: p.line, default=None)
    if near is not None and _TO_BE_MADE.search(near.text):
        return
    if _PATH.fullmatch(text):
        if not _PLACEHOLDER.search(text) and not _PRODUCT.fullmatch(text):
            yield Mention(text, code.line, "names")
    elif " " in text and len(text) <= 200:  # noqa: PLR2004  # a command, not a listing
        yield from _commands(text, code.line)


def _block(code: Code) -> Iterator[Mention]:
    if code.language not in _SHELLS or _MAKEFILE.search(code.text[:5_000]):
        return
    drawn = [(n, m[1]) for n, line in enumerate(code.text.split("\n")[:_MOST]) if (m := _TREE.match(line.strip()))]
    for number, name in drawn:
        if _PATH.fullmatch(name) and not _PLACEHOLDER.search(name):
            yield Mention(name, code.line + number, "draws")
    if not drawn:
        plain = re.sub(r"^\s*[$>%!] ?", "", code.text, flags=re.MULTILINE)
        yield from _commands(_WINDOWS_PATH.sub("/", plain), code.line)


def _commands(text: str, line: int) -> Iterator[Mention]:
    foreign = False
    for command in parse_shell(text, line):
        foreign = foreign or command.starts("git clone")
        for name in files_of(command):
            if not _PLACEHOLDER.search(name) and not _URL.match(name):
                yield Mention(name, command.line, "runs")
        yield from _module_of(command)
        yield from _targets_of(command)


def _module_of(command: Command) -> Iterator[Mention]:
    """The module that is run, if it lies in a package; an ellipsis stands for any."""
    name = command.words[0]
    if command.module and "." in name and ".." not in name:
        yield Mention(f"{name.replace('.', '/')}.py", command.line, MODULE)


def _targets_of(command: Command) -> Iterator[Mention]:
    """The targets that are made, if with the Makefile at hand."""
    if command.program == "make" and not {"-f", "-C"} & set(command.words):
        targets = [w for w in command.operands if re.fullmatch(r"[a-z][\w.-]*", w)]
        yield from (Mention(target, command.line, "makes", target=True) for target in targets[:3])


def files_of(command: Command) -> Iterator[str]:
    """The operands of a command that must be files of the repository."""
    operands = command.operands
    if command.words[0].startswith("./") and _SCRIPT.fullmatch(command.words[0]):
        yield command.words[0]
    else:
        yield from _run_by(command)
    following = list(zip(command.words, command.words[1:], strict=False))
    for flag in _WITH_FILE.get(command.program, ()):
        yield from (value for word, value in following if word == flag and "." in value)
    if command.program == "cp" and operands and _PATH.fullmatch(operands[0] + ".md"):
        yield operands[0]


def _run_by(command: Command) -> Iterator[str]:
    """The script or module that an interpreter or server is told to run."""
    operands = command.operands
    if command.program in _RUNNERS or command.program in _SECOND_WORD:
        wanted = _SECOND_WORD.get(command.program, "")
        if not wanted or operands[:1] == (wanted,):
            yield from [w for w in operands[:3] if _SCRIPT.fullmatch(w)][:1]
    elif command.program == "pytest":
        yield from [
            w.partition("::")[0] for w in operands[:3] if w.endswith("/") or w.partition("::")[0].endswith(".py")
        ]
    elif command.program in _SERVERS:
        served = (_SERVED.fullmatch(word) for word in operands)
        yield from [found[1].replace(".", "/") + ".py" for found in served if found][:1]
