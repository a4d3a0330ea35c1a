"""How data comes to the project: calls and commands that bring it, and links that say where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import Codebase, Source, below_any, imports_for
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import purposes, scripted
from portfolio_audit.model.location import Location
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.markdown import Section
from portfolio_audit.parsing.notebook import Cell
from portfolio_audit.parsing.python_source import Call
from portfolio_audit.parsing.shell import Command, parse_shell

_URL = re.compile(r"https?://[\w./?=&%#~+-]{5,300}")
_DATA_FILE = re.compile(
    r"\.(?:csv|tsv|parquet|json|jsonl|zip|gz|tgz|tar|xlsx?|data|arff|txt|npz|h5|feather|7z|rar)(?:[?#].*)?$",
    re.IGNORECASE,
)
_FETCHES = re.compile(
    r"(?:^|\.)(?:urlretrieve|read_(?:csv|parquet|excel|json|table|html)|get|download\w*|urlopen|load_dataset|fetch_\w+)$"
)
_MODEL_FILE = re.compile(
    r"\.(?:h5|pkl|bin|pt|pth|onnx|joblib|keras|tflite|sh|deb|whl|py|exe|AppImage)(?:[?#].*)?$|Miniconda|Anaconda3|nltk"
)
_PROGRAM = re.compile(
    r"(?:awscli|terraform|kubectl|helm-|chromedriver|geckodriver|ngrok|/releases/download/|apache\.org|get-pip|spark-|jdk"
    r"|dll|setup|install|linux[-_]?(?:amd64|x86_64|64|arm64)|win(?:32|64)|x64)[^ ]*\.(?:zip|gz|tgz|tar|7z|xz)",
    re.IGNORECASE,
)
"""The archive of a program."""
_ELSEWHERE = ("s3://", "gs://")
_NAME = re.compile(r"([\w.-]+\.\w{2,8})(?:[?#].*)?$")
_DATA_STORE = re.compile(
    r"(?:^|\.)(?:query|load_table|download_file|download_as_\w+|download_to_filename|download_blob"
    r"|fget_object|(?:dataset|competition)_download\w*)$"
)
_BRINGS_NOTHING = re.compile(
    r"(?:^|\.)(?:ImageFolder|DatasetFolder|VisionDataset|FakeData|load_files|load_svmlight_files?|authenticate|login"
    r"|model_(?:download|upload)|dataset_(?:upload|create)\w*)$|\.(?:stopwords|wordnet)(?:\.|$)"
)
"""Calls of the libraries that read what is there already, sign in, send, or give words and models rather than data."""
_FORMATS = frozenset({"csv", "json", "parquet", "text", "pandas", "arrow", "imagefolder", "audiofolder"})
"""What ``load_dataset`` is called with to read files that are there."""
_PRECISE = re.compile(r"[\w%.-]{3,}")
_TOP = frozenset({
    "data", "datasets", "dataset", "search", "learn", "code", "docs", "settings", "index.php", "index.html",
    "home", "about", "competitions", "discussions", "models", "notebooks", "kernels", "account", "users", "ml",
})  # fmt: skip
_HOMES = frozenset({"kaggle.com"})
"""Places where one name alone is a person's page: a data set takes two."""
_TOLD = re.compile(
    r"[\w.-]{1,80}\.(?:csv|tsv|parquet|feather|jsonl?|xlsx?|zip|gz|txt|arff|h5|npz?|db|sqlite)\b", re.IGNORECASE
)


class Brought:
    """What code and commands bring from elsewhere."""

    def __init__(self, documents: Documents, codebase: Codebase) -> None:
        self._documents = documents
        self._codebase = codebase
        self._libraries = imports_for(documents.vocabulary, "data-download")
        self.names: set[str] = set()
        """Names of files that downloads mention, lower case; filled by :meth:`places`."""

    def places(self) -> Iterator[Location]:
        """Where data is brought."""
        for source in self._codebase:
            if not TESTS.search(source.path):
                yield from self._calls(source)
        for path, line, cell, command in self._commands():
            if self._brings(command) and not _not_data(command.text[:400]):
                self.names |= {found[1].lower() for word in command.words if (found := _NAME.search(word))}
                yield Location(path, line, cell, f"runs {command.text[:80]}")

    def _brings(self, command: Command) -> bool:
        """Whether a command downloads data; curl does many other things, so it has to name a file of data."""
        if command.program == "curl":
            return any(_DATA_FILE.search(word[:300]) for word in command.words)
        sends = len(command.operands) > 1 and command.operands[-1].startswith(_ELSEWHERE)
        return not sends and "data-download" in purposes(self._documents.vocabulary, command)

    def _calls(self, source: Source) -> Iterator[Location]:
        for call in source.module.calls:
            if below_any(call.name, self._libraries):
                if _brings_data(call):
                    yield source.says(call)
            elif self._fetches(call):
                self.names |= {found[1].lower() for text in call.texts if (found := _NAME.search(text))}
                yield source.says(call)
        for text in source.module.texts:
            if text.value.startswith(("http://", "https://")) and _is_data_url(text.value):
                self.names |= {found[1].lower() for found in [_NAME.search(text.value)] if found}
                yield source.at(text.line, f"names {text.value[:80]}")

    @staticmethod
    def _fetches(call: Call) -> bool:
        if _DATA_STORE.search(call.name):
            of_models = any(_MODEL_FILE.search(text[:300]) for text in call.texts)
            return not of_models and (call.method != "query" or "bigquery" in call.name.lower())
        return bool(_FETCHES.search(call.name)) and any("://" in t and _is_data_url(t) for t in call.texts)

    def _commands(self) -> Iterator[tuple[str, int, int, Command]]:
        for ran in scripted(self._documents):
            yield ran.at.path, ran.at.line, 0, ran.command
        for path, notebook in self._documents.notebooks():
            for cell in notebook.code:
                for line in cell.source.split("\n")[:400]:
                    if line.lstrip().startswith(("!", "%sx")):
                        yield from ((path, cell.line, cell.number, c) for c in parse_shell(line.lstrip("!% ")[:1_000]))
        for path in self._documents.matching("*.md"):
            document = self._documents.markdown(path)
            for code in (c for s in document.sections for c in s.code) if document else ():
                yield from ((path, c.line, 0, c) for c in parse_shell(code.text[:5_000], code.line))


def _brings_data(call: Call) -> bool:
    """Whether a call of a library that brings data does so."""
    if _BRINGS_NOTHING.search(call.name):
        return False
    if call.method == "hf_hub_download":
        return "dataset" in call.texts
    of_files = call.method == "load_dataset" and not _FORMATS.isdisjoint(call.texts[:1])
    return not of_files or any("://" in text for text in call.texts)


def links(documents: Documents) -> Iterator[tuple[Location, bool]]:
    """Links in prose to places that publish data, and whether each names one data set."""
    hosts = hosts_of(documents.vocabulary)
    for path in documents.matching("*.md"):
        document = documents.markdown(path)
        for link in (k for s in document.sections for k in s.links) if document else ():
            where = _without_scheme(link.url)
            host = _host_of(where, hosts)
            if host is not None or (link.url.startswith("http") and _is_data_url(link.url)):
                at = Location(path, link.line, note=f"links {link.url[:80]}")
                yield at, host is None or _names_one(where, host)
    for path, notebook in documents.notebooks():
        for cell in notebook.cells:
            if cell.markdown:
                yield from _in_cell(path, cell, hosts)


def told_names(documents: Documents) -> set[str]:
    """Names of files that a section tells beside a link to one data set: whoever follows it gets them."""
    precise = {(at.path, at.line) for at, one in links(documents) if one}
    names: set[str] = set()
    for path in sorted({path for path, _ in precise if path.lower().endswith(".md")}):
        document = documents.markdown(path)
        telling = (s for s in document.sections if any((path, k.line) in precise for k in s.links)) if document else ()
        names.update(name for section in telling for name in _names_in(section))
    return names


def _names_in(section: Section) -> Iterator[str]:
    texts = [*(prose.text for prose in section.prose), *(code.text for code in section.code)]
    yield from (name.lower() for text in texts for name in _TOLD.findall(text[:5_000]))


def _in_cell(path: str, cell: Cell, hosts: tuple[str, ...]) -> Iterator[tuple[Location, bool]]:
    for url in _URL.findall(cell.source[:20_000]):
        where = _without_scheme(url)
        host = next((h for h in hosts if where.startswith(h + "/")), None)
        if host is not None:
            yield Location(path, cell.line, cell.number, f"links {url[:80]}"), _names_one(where, host)


def _host_of(where: str, hosts: tuple[str, ...]) -> str | None:
    return next((h for h in hosts if where == h or where.startswith((h + "/", h + "?"))), None)


def hosts_of(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The places that publish data, the longest address first."""
    return tuple(sorted({u for tool in vocabulary.serving("data-host") for u in tool.urls}, key=lambda u: (-len(u), u)))


def _without_scheme(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.")


def _names_one(where: str, host: str) -> bool:
    """Whether an address names one data set of a place, rather than the place or somebody's page there."""
    words = re.split(r"[/?=&#]", where.removeprefix(host))
    parts = [p for p in words if _PRECISE.fullmatch(p) and p.lower() not in _TOP]
    return len(parts) > (host in _HOMES) and not (host in _HOMES and words[1:2] != parts[:1])


def _is_data_url(url: str) -> bool:
    return bool(_DATA_FILE.search(url[:300])) and not _not_data(url[:300]) and "localhost" not in url


def _not_data(text: str) -> bool:
    """Whether an address or command is about a model, a program or a picture that moves."""
    return bool(_MODEL_FILE.search(text) or _PROGRAM.search(text)) or "lottie" in text
