"""Public addresses under which an application of this repository runs, wherever they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.location import Location
from portfolio_audit.model.vocabulary import Vocabulary

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
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|css|js|woff2?|csv|zip)(?:$|\?)", re.IGNORECASE)


def addresses(documents: Documents) -> Iterator[tuple[str, Location]]:
    """Each address with the place it is written, the homepage of the repository first."""
    hosts = host_pattern(documents.vocabulary)
    homepage = documents.snapshot.metadata.homepage
    if isinstance(homepage, str) and _is_application(hosts, homepage, ""):
        yield homepage, Location("", note=f"the repository's homepage is {homepage[:80]}")
    for path in documents.matching(*PROSE):
        yield from ((url, Location(path, line, note=f"links {url[:80]}")) for url, line in _in_prose(documents, path)
                    if _is_application(hosts, url, ""))  # fmt: skip
    for path in documents.matching(*OTHER_CODE):
        for number, line in enumerate((documents.text(path) or "").split("\n"), start=1):
            if "://" in line and not line.lstrip().startswith(("#", "//")):
                for url in _URL.findall(line[:2_000]):
                    if _is_application(hosts, url, line):
                        yield url, Location(path, number, note=f"calls {url[:80]}")


def host_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """What a host, with or without the start of the path, looks like at every known place of hosting."""
    urls = sorted({url for tool in vocabulary.serving("hosting") for url in tool.urls})
    forms = (re.escape(url).replace(r"\*", r"[\w-]+") for url in urls)
    return re.compile(rf"^(?:[\w.-]+\.)?(?:{'|'.join(forms)})(?:/|$)", re.IGNORECASE)


def _in_prose(documents: Documents, path: str) -> Iterator[tuple[str, int]]:
    document = documents.markdown(path)
    for section in document.sections if document else ():
        for link in section.links:
            if not _SIDE_SERVICE.search(link.text):
                yield link.url, link.line
        for code in section.code:
            for offset, line in enumerate(code.text.split("\n")):
                if not _SIDE_SERVICE.search(line):
                    yield from ((url, code.line + offset) for url in _URL.findall(line[:2_000]))


def _is_application(hosts: re.Pattern[str], url: str, line: str) -> bool:
    """Whether an address is that of an application, not of a widget, a picture or a service beside it."""
    found = _HOST.match(url[:300])
    host, path = (found[1].lower(), found[2] or "") if found else ("", "")
    named = host.count(".") > 1 or path.strip("/").count("/") > 0
    if not named or not hosts.match(host + path):
        return False
    return not (_NOT_THE_WORK.search(url) or _PICTURE.search(url) or _SIDE_SERVICE.search(f"{url} {line[:400]}"))
