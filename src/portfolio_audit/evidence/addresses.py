"""Public addresses under which an application of this repository runs, wherever they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.location import Location

PROSE = ("*.md", "*.markdown", "*.rst")
OTHER_CODE = ("*.py", "*.js", "*.jsx", "*.ts", "*.tsx", "*.html", "*.sh", "*.R", "*.http")
WANTS = (*PROSE, *OTHER_CODE)
_URL = re.compile(r"https?://[\w.:@%~+#?&=/-]{4,300}")
_HOST = re.compile(r"https?://(?:[^/@]*@)?([\w.-]+)(?::\d+)?(/[^?#]*)?")
_NOT_THE_WORK = re.compile(
    r"readme-stats|streak-stats|activity-graph|profile-summary|trophy|typing-svg|komarev|skillicons|capsule-render"
    r"|shields|badge|docs\.|example|your[-_]|my-?app\.|<|\{|xxx|placeholder|fonts\.|cdn\.|/static/|api\.telegram|hooks\.",
    re.IGNORECASE,
)
_SIDE_SERVICE = re.compile(
    r"mlflow|tracking|grafana|airflow|prefect|jupyter|registry_uri|\bmage\b|prometheus|backend-store|ssh |scp |webhook",
    re.IGNORECASE,
)
_LONGEST = 2_000
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|css|js|woff2?|csv|zip)(?:$|\?)", re.IGNORECASE)


def addresses(documents: Documents) -> Iterator[tuple[str, Location]]:
    """Each address with the place it is written, the homepage of the repository first."""
    places = documents.once(Places)
    homepage = documents.snapshot.metadata.homepage
    if isinstance(homepage, str) and _is_application(places.hosts, homepage, ""):
        yield homepage, Location("", note=f"the repository's homepage is {homepage[:80]}")
    for path in documents.matching(*PROSE):
        if places.may_stand_in(documents.text(path) or ""):
            linked = _in_prose(documents, places, path)
            yield from ((url, Location(path, line, note=f"links {url[:80]}")) for url, line in linked
                        if _is_application(places.hosts, url, ""))  # fmt: skip
    for path in documents.matching(*OTHER_CODE):
        if places.may_stand_in(text := documents.text(path) or ""):
            called = _in_code(places, text)
            yield from ((url, Location(path, line, note=f"calls {url[:80]}")) for url, line in called)


def plain(url: str) -> str:
    """An address without what makes no difference: the case of its host, and a slash at its end."""
    scheme, slashes, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{slashes}{host.lower()}{slash}{path}".rstrip("/")


class Answers:
    """Which of the addresses that were asked answered."""

    def __init__(self, documents: Documents) -> None:
        alive = documents.snapshot.alive.items()
        self._answered = {plain(url): answered for url, answered in alive if isinstance(answered, bool)}

    def of(self, url: str) -> bool | None:
        """Whether an address answered; None when it was not asked, or nobody can tell."""
        return self._answered.get(plain(url))


def _in_code(places: Places, text: str) -> Iterator[tuple[str, int]]:
    """The addresses of a program that stand on lines which are no comments."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.lstrip().startswith(("#", "//")):
            found = (*_URL.findall(line[:_LONGEST]), *places.without_scheme(line, quoted=True))
            yield from ((url, number) for url in found if _is_application(places.hosts, url, line))


class Places:
    """The known places of hosting, as patterns."""

    def __init__(self, documents: Documents) -> None:
        urls = sorted({url for tool in documents.vocabulary.serving("hosting") for url in tool.urls})
        closed = sorted({url for tool in documents.vocabulary.serving("closed-hosting") for url in tool.urls})
        self.hosts = host_pattern(urls)
        self.closed = host_pattern(closed)
        self._marks = tuple(sorted({url.partition("/")[0].rpartition("*.")[2] for url in urls}))
        plain = "|".join(re.escape(url) for url in urls if "/" not in url and "*" not in url)
        host = rf"(?:[\w-]{{1,63}}\.){{1,4}}(?:{plain})(?![\w@-])(?:/[\w./-]{{0,200}})?"
        self._bare = re.compile(rf"(?<![\w@./:%-]){host}", re.IGNORECASE)
        self._quoted = re.compile(rf"(?<=[\"']){host}", re.IGNORECASE)

    def may_stand_in(self, text: str) -> bool:
        """Whether a text names any of the places at all."""
        return any(mark in text for mark in self._marks)

    def without_scheme(self, line: str, *, quoted: bool = False) -> Iterator[str]:
        """The addresses of a line that leave out ``https://``; in code they are whole strings."""
        if self.may_stand_in(line):
            yield from (f"https://{host}" for host in (self._quoted if quoted else self._bare).findall(line[:_LONGEST]))


def host_pattern(urls: Iterable[str]) -> re.Pattern[str]:
    """What a host, with or without the start of the path, looks like at any of the places; ``*`` is one name."""
    forms = (re.escape(url).replace(r"\*", r"[\w-]+") for url in urls)
    return re.compile(rf"^(?:[\w.-]+\.)?(?:{'|'.join(forms)})(?:/|$)", re.IGNORECASE)


def _in_prose(documents: Documents, places: Places, path: str) -> Iterator[tuple[str, int]]:
    document = documents.markdown(path)
    for section in document.sections if document else ():
        yield from ((link.url, link.line) for link in section.links if not _SIDE_SERVICE.search(link.text))
        code = (
            (line, code.line + offset) for code in section.code for offset, line in enumerate(code.text.split("\n"))
        )
        for line, number in (*code, *((prose.text, prose.line) for prose in section.prose)):
            if not _SIDE_SERVICE.search(line[:_LONGEST]):
                yield from ((url, number) for url in (*_URL.findall(line[:_LONGEST]), *places.without_scheme(line)))


def _is_application(hosts: re.Pattern[str], url: str, line: str) -> bool:
    """Whether an address is that of an application, not of a widget, a picture or a service beside it."""
    found = _HOST.match(url[:300])
    host, path = (found[1].lower(), found[2] or "") if found else ("", "")
    named = host.count(".") > 1 or path.strip("/").count("/") > 0
    if not named or not hosts.match(host + path):
        return False
    return not (_NOT_THE_WORK.search(url) or _PICTURE.search(url) or _SIDE_SERVICE.search(f"{url} {line[:400]}"))
