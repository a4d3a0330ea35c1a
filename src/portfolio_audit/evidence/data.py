"""Data: whether it is in the tree, brought by code, pointed to, or nowhere; and whether it is a tutorial's."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from portfolio_audit.evidence import jobs
from portfolio_audit.evidence.areas import READMES, front_texts
from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import CODE_FILES, Codebase
from portfolio_audit.evidence.data_sources import Brought, links
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import TreeEntry
from portfolio_audit.parsing.python_source import Call

WANTS = (*CODE_FILES, *READMES, "*.md", *jobs.SCRIPTS, "*.dvc", "Dockerfile", "*.R", "*.Rmd")
FACTS = (
    FactSpec("data.included", FactType.FLAG, "Data lies in the tree.", reads=()),
    FactSpec("data.scripted", FactType.FLAG, "Code or a command brings the data.", reads=(*CODE_FILES, "*.md")),
    FactSpec("data.pointer", FactType.FLAG, "A file or link says exactly which data.", reads=("*.md", "*.dvc")),
    FactSpec("data.linked", FactType.FLAG, "A link leads to where the data comes from.", reads=("*.md",)),
    FactSpec(
        "data.missing", FactType.NAMES, "Files that code reads and nothing gives, makes or brings.", reads=CODE_FILES
    ),
    FactSpec("data.stock", FactType.NAMES, "Data sets of countless tutorials.", reads=READMES),
)

_TABLES = re.compile(
    r"\.(?:csv|tsv|parquet|pq|feather|arff|xlsx?|sqlite3?|db|data|npz|npy|jsonl|ndjson|rds|rdata|dta|sav|h5ad|geojson|shp|bz2)"
    r"(?:\.gz|\.zip|\.bz2|\.xz)?$|\.(?:csv|tsv|json)\.(?:gz|zip)$",
    re.IGNORECASE,
)
_IN_DATA_FOLDER = re.compile(
    r"(?:^|/)(?:\w*data\w*|corpus|raw|inputs?)/(?:[^/]+/)*[^/]+\.(?:json|txt|zip|gz|xml|pdf|mat|wav)$", re.IGNORECASE
)
_NOT_DATA = re.compile(
    r"(?:^|/)(?:tests?|mlruns|outputs?|results?|reports?|logs?|predictions?|artifacts|dashboards?|config)/"
    r"|submission|predictions?\.|mlflow\.db|optuna|airflow\.db|requirements|metrics|package|sample_input|test_data",
    re.IGNORECASE,
)
_IMAGES = re.compile(r"\.(?:jpe?g|png|bmp|tiff?|webp|dcm|wav|mp3|flac|ogg)$", re.IGNORECASE)
_IMAGE_DATA = re.compile(r"(?:^|/)(?:\w*data\w*|train\w*|test\w*|val\w*|raw|samples?)/", re.IGNORECASE)
_READS = re.compile(
    r"(?:^|\.)(?:read_(?:csv|parquet|excel|json|table|feather|hdf|stata|pickle)|loadtxt|genfromtxt|scan_csv|scan_parquet)$"
)
_WRITES = re.compile(
    r"(?:^|\.)(?:to_\w+|dump|save\w*|write\w*|savetxt|urlretrieve|download\w*|copy\w*|extractall|retrieve|sink_\w+)$"
)
_FILE = re.compile(
    r"[\w ./\\-]{1,200}\.(?:csv|tsv|parquet|xlsx?|json|feather|txt|data|h5|dta)(?:\.gz|\.zip)?$", re.IGNORECASE
)
_LEAST_BYTES = 1_000
_LEAST_IMAGES = 20
_MOST = 40


def extract(documents: Documents) -> Iterator[Fact]:
    """Give where the data is, and what of it nobody else can get."""
    yield from _included(documents)
    codebase = documents.once(Codebase)
    brought = Brought(documents, codebase)
    for at in list(brought.places())[:_MOST]:
        yield Fact("data.scripted", at=at)
    for at, precise in list(links(documents))[:_MOST]:
        yield Fact("data.pointer" if precise else "data.linked", at=at)
    for path in documents.matching("*.dvc"):
        if posixpath.basename(path) != ".dvc":
            yield Fact("data.pointer", at=Location(path, note="a pointer of DVC"))
    yield from _missing(documents, codebase, brought)
    yield from _stock(documents)


def is_data(entry: TreeEntry) -> bool:
    """Whether a file of the tree is data, by its extension, folder and size."""
    if _NOT_DATA.search(entry.path) or 0 < entry.size < _LEAST_BYTES:
        return False
    return bool(_TABLES.search(entry.path) or _IN_DATA_FOLDER.search(entry.path))


def _included(documents: Documents) -> Iterator[Fact]:
    found = [entry for entry in documents.entries if is_data(entry)]
    for entry in found[:_MOST]:
        yield Fact("data.included", at=Location(entry.path, note=f"{entry.size:,} bytes of data"))
    pictures = [e.path for e in documents.entries if _IMAGES.search(e.path) and _IMAGE_DATA.search(e.path)]
    if len(pictures) >= _LEAST_IMAGES:
        yield Fact("data.included", at=Location(pictures[0], note=f"{len(pictures)} pictures or recordings"))


def _missing(documents: Documents, codebase: Codebase, brought: Brought) -> Iterator[Fact]:
    """Files read by a literal name that the tree has nowhere, no code writes, and no command or link brings."""
    known = {posixpath.basename(e.path).lower() for e in documents.entries}
    known |= {name.removesuffix(".dvc") for name in known} | brought.names
    for source in codebase:
        known |= {_name(t) for c in source.module.calls if _WRITES.search(c.name) for t in c.texts}
    told: set[str] = set()
    for source in codebase:
        for call in source.module.calls if not TESTS.search(source.path) else ():
            name = _read_by(call)
            if name and _name(name) not in known and name not in told and len(told) < _MOST:
                told.add(name)
                yield Fact("data.missing", name, source.at(call.line, f"reads {name[:80]}, which nothing gives"))


def _read_by(call: Call) -> str:
    """The file that a call reads by a literal name, or empty."""
    name = call.texts[0] if call.texts and _READS.search(call.name) else ""
    return name if _FILE.fullmatch(name) else ""


def _name(path: str) -> str:
    return re.split(r"[/\\]", path.rstrip("/\\"))[-1].lower()


def _stock(documents: Documents) -> Iterator[Fact]:
    for dataset in documents.vocabulary.datasets:
        for at, text in documents.once(front_texts):
            found = phrases(dataset.words).search(text)
            if found:
                yield Fact("data.stock", dataset.name, Location(at.path, at.line, note=f"says “{found[0].lower()}”"))
        if dataset.files:
            for path in [p for p in documents.matching(*dataset.files) if not TESTS.search(p)][:3]:
                yield Fact("data.stock", dataset.name, Location(path, note="its file"))
