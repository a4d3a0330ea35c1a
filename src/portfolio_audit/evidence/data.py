"""Data: whether it is in the tree, brought by code, pointed to, or nowhere; and whether it is a tutorial's."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from portfolio_audit.evidence import jobs
from portfolio_audit.evidence.areas import READMES, front_texts
from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import CODE_FILES, Codebase
from portfolio_audit.evidence.data_sources import Brought, links, told_names
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import TreeEntry
from portfolio_audit.parsing.python_source import Call

WANTS = (*CODE_FILES, *READMES, "*.md", *jobs.SCRIPTS, "*.dvc", ".gitattributes", "Dockerfile", "*.R", "*.Rmd")
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
    r"|submission|predictions?\.|mlflow\.db|optuna|airflow\.db|mage-ai\.db|prefect\.db|grafana\.db|chroma\.sqlite3|(?:^|/)db\.sqlite3|requirements|metrics|package|sample_input|test_data",
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
_EMPTY_BLOBS = frozenset({
    "", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
})  # fmt: skip
"""The ids git gives to an empty file, by SHA-1 and SHA-256; a plain folder knows no ids, but every size."""
_ATTRIBUTES = (".gitattributes",)
_TRACKED = re.compile(r"^[ \t]*([^#\s]\S{0,200})[ \t][^\n]*\bfilter=lfs\b", re.MULTILINE)
_LFS_SIZES = range(120, 141)
"""Bytes of a pointer: version, SHA-256 and a size of up to a dozen digits."""
_DVC_SIZE = re.compile(r"^[ \t-]*size:[ \t]*(\d{1,15})[ \t]*$", re.MULTILINE)
_DVC_HASH = re.compile(r"^[ \t-]*(md5|etag|checksum):[ \t]*([\w.-]{8,64})[ \t]*$", re.MULTILINE)
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
            yield Fact("data.pointer", at=Location(path, note=_pointed(documents.text(path) or "")))
    yield from _kept_by_lfs(documents)
    yield from _missing(documents, codebase, brought)
    yield from _stock(documents)


def is_data(entry: TreeEntry) -> bool:
    """Whether a file of the tree is data, by its extension, folder and size."""
    if _NOT_DATA.search(entry.path) or 0 < entry.size < _LEAST_BYTES or is_empty(entry):
        return False
    return bool(_TABLES.search(entry.path) or _IN_DATA_FOLDER.search(entry.path))


def is_empty(entry: TreeEntry) -> bool:
    """Whether a file has nothing in it; one that this copy of the repository lacks has no size either, but a blob."""
    return entry.size == 0 and entry.blob_id in _EMPTY_BLOBS


def _included(documents: Documents) -> Iterator[Fact]:
    found = [entry for entry in documents.entries if is_data(entry)]
    for entry in found[:_MOST]:
        yield Fact("data.included", at=Location(entry.path, note=_amount(entry)))
    pictures = [e.path for e in documents.entries if _IMAGES.search(e.path) and _IMAGE_DATA.search(e.path)]
    if len(pictures) >= _LEAST_IMAGES:
        yield Fact("data.included", at=Location(pictures[0], note=f"{len(pictures)} pictures or recordings"))


def _pointed(text: str) -> str:
    """What a pointer of DVC points to: how much, and by which hash."""
    size, hashed = _DVC_SIZE.search(text), _DVC_HASH.search(text)
    amount = f" to {int(size[1]):,} bytes" if size else ""
    return f"a pointer of DVC{amount}" + (f", {hashed[1]} {hashed[2][:12]}" if hashed else "")


def _kept_by_lfs(documents: Documents) -> Iterator[Fact]:
    """Data of which the tree holds only the pointers of git LFS: three short lines each."""
    patterns = [p for path in documents.matching(*_ATTRIBUTES) for p in _TRACKED.findall(documents.text(path) or "")]
    kept = matcher(tuple(patterns[:_MOST]))
    found = [e for e in documents.entries if patterns and e.size in _LFS_SIZES and _TABLES.search(e.path)]
    for entry in [e for e in found if kept(e.path)][:_MOST]:
        yield Fact("data.pointer", at=Location(entry.path, note="a pointer of git LFS"))


def _amount(entry: TreeEntry) -> str:
    return f"{entry.size:,} bytes of data" if entry.size else "data of unknown size, which this copy lacks"


def _missing(documents: Documents, codebase: Codebase, brought: Brought) -> Iterator[Fact]:
    """Files read by a literal name that the tree has nowhere, no code writes, and no command or link brings."""
    known = _known(documents, codebase) | brought.names | told_names(documents)
    told: set[str] = set()
    for source in codebase:
        for call in source.module.calls if not TESTS.search(source.path) else ():
            name = _read_by(call)
            if name and _name(name) not in known and name not in told and len(told) < _MOST:
                told.add(name)
                yield Fact("data.missing", name, source.at(call.line, f"reads {name[:80]}, which nothing gives"))


def _known(documents: Documents, codebase: Codebase) -> set[str]:
    """The names of files that are in the tree, pointed to or written by code, lower case."""
    known = {posixpath.basename(e.path).lower() for e in documents.entries}
    known |= {name.removesuffix(".dvc") for name in known}
    written = (c for source in codebase for c in source.module.calls if _WRITES.search(c.name))
    return known | {_name(text) for call in written for text in call.texts}


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
