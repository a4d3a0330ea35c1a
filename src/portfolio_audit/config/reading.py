"""Finding and reading the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePath

from portfolio_audit.config.toml import read_table
from portfolio_audit.engine.fields import Fields, Origin
from portfolio_audit.errors import ConfigError, ParseError
from portfolio_audit.model.kinds import RepositoryKind
from portfolio_audit.model.location import Location
from portfolio_audit.model.rule import Suppression
from portfolio_audit.model.snapshot import Limits
from portfolio_audit.parsing.yaml import YamlNode, parse_yaml, repeated_keys

FILE_NAMES = (".portfolio-audit.yaml", ".portfolio-audit.yml")
PYPROJECT = "pyproject.toml"
TABLE = ("tool", "portfolio-audit")
KEYS = (
    "rules",
    "disable",
    "points",
    "weights",
    "suppress",
    "kinds",
    "exclude",
    "fail_under",
    "limits",
    "github",
    "history",
)
_SUPPRESSION_KEYS = ("rule", "reason", "repositories", "paths")
_HISTORY_KEYS = ("record", "file")
_GITHUB_KEYS = ("api_url", "graphql_url", "raw_url", "archive_url")
_MOST_BYTES = 1 << 20
_MOST_LIMIT = 1 << 40


@dataclass(frozen=True, slots=True)
class Config:
    """What a user wants different from the shipped ruleset; everything is optional.

    ``rules`` are folders of more rules. ``kinds`` overrules the detected kind by globs over the repository's full
    name, ``exclude`` leaves repositories out. ``github`` are the addresses of another GitHub, as written.
    ``record`` keeps every audit, in the file ``history`` or the usual one.
    ``lines`` tells where each name stands: (key, name) to location.
    """

    rules: tuple[Path, ...] = ()
    disable: tuple[str, ...] = ()
    points: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    suppress: tuple[Suppression, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    exclude: tuple[str, ...] = ()
    fail_under: str = ""
    limits: Limits = field(default_factory=Limits)
    github: Mapping[str, str] = field(default_factory=dict)
    record: bool = False
    history: Path | None = None
    lines: Mapping[tuple[str, str], Location] = field(default_factory=dict, compare=False)


def find_config(folder: Path) -> Path | None:
    """The configuration of a folder: a file of our own, else the table in its pyproject.toml."""
    for name in FILE_NAMES:
        if (folder / name).is_file():
            return folder / name
    pyproject = folder / PYPROJECT
    return pyproject if pyproject.is_file() and f"[{'.'.join(TABLE)}" in _text(pyproject) else None


def read_config(path: Path) -> Config:
    """The configuration in a YAML or TOML file, the defaults if there is none in it.

    Raises ConfigError for the first thing that is wrong.
    """
    origin = Origin(path.name, _error)
    node = _node(path)
    if node is None:
        return Config()
    given = origin.mapping(node, "the configuration", KEYS)
    kept = given.inner("history", _HISTORY_KEYS)
    return Config(
        rules=tuple(path.parent / folder for folder in given.texts("rules")),
        disable=given.texts("disable"),
        points=given.numbers("points"),
        weights=given.numbers("weights"),
        suppress=_suppressions(given),
        kinds=_kinds(given),
        exclude=given.texts("exclude"),
        fail_under=given.text("fail_under", ""),
        limits=_limits(given),
        github=_github(given),
        record=bool(kept and "record" in kept and kept.flag("record")),
        history=_history_file(kept, path.parent) if kept and "file" in kept else None,
        lines=_lines(given),
    )


def _error(message: str, *, at: Location, suggestion: str | None = None) -> ConfigError:
    return ConfigError(f"{message} Did you mean '{suggestion}'?" if suggestion else message, at=at)


def _node(path: Path) -> YamlNode | None:
    text = _text(path)
    try:
        if path.suffix == ".toml":
            return read_table(text, *(TABLE if path.name == PYPROJECT else ()))
        documents = parse_yaml(text)
    except ParseError as error:
        raise ConfigError(f"{error.reason}.", at=Location(path.name, error.line or 0)) from None
    if len(documents) > 1:
        raise ConfigError(f"holds {len(documents)} YAML documents; one is needed.", at=Location(path.name))
    if (key := next(repeated_keys(documents), None)) is not None:
        raise ConfigError(f"says '{key.value}' twice.", at=Location(path.name, key.line))
    return next(iter(documents), None)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise ConfigError("is larger than a configuration can be.", at=Location(path.name))
        return data.decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(f"cannot be read: {reason}.", at=Location(str(path))) from None


def _suppressions(given: Fields) -> tuple[Suppression, ...]:
    return tuple(
        Suppression(e.text("rule"), e.text("reason"), e.texts("repositories") or ("*",), e.texts("paths"))
        for e in _suppression_entries(given)
    )


def _suppression_entries(given: Fields) -> list[Fields]:
    nodes = given.read("suppress", lambda node: given.origin.list(node, "'suppress'")) or ()
    return [given.origin.mapping(node, "a suppression", _SUPPRESSION_KEYS) for node in nodes]


def _kinds(given: Fields) -> tuple[tuple[str, str], ...]:
    known = [kind.value for kind in RepositoryKind]
    inner = given.inner("kinds")
    return tuple((glob, given.origin.name(node, "the kind", known)) for glob, node in inner.nodes()) if inner else ()


def _limits(given: Fields) -> Limits:
    inner = given.inner("limits", [f.name for f in fields(Limits)])
    return (
        Limits(**{key: int(inner.number(key, least=1, most=_MOST_LIMIT)) for key, _ in inner.nodes()})
        if inner
        else Limits()
    )


def _history_file(kept: Fields, folder: Path) -> Path:
    """A file below the folder of the configuration, which may be somebody else's: it has no say over other places."""
    file = PurePath(kept.text("file"))
    if file.is_absolute() or file.drive or ".." in file.parts:
        kept.fail("'file' must lie below the folder of the configuration; --history can name any.", "file")
    return folder / file


def _github(given: Fields) -> dict[str, str]:
    inner = given.inner("github", _GITHUB_KEYS)
    return {key: inner.text(key) for key, _ in inner.nodes()} if inner else {}


def _lines(given: Fields) -> dict[tuple[str, str], Location]:
    """Where every rule and criterion is named; whether they exist is known only when the rules are."""
    path = given.origin.path
    lines = {(key, ""): Location(path, given.line(key)) for key, _ in given.nodes()}
    for key in ("points", "weights", "github"):
        inner = given.inner(key)
        lines |= {(key, name): Location(path, inner.line(name)) for name, _ in inner.nodes()} if inner else {}
    for key, node in _named_rules(given):
        lines[key, given.origin.text(node, "the rule")] = Location(path, node.line)
    return lines


def _named_rules(given: Fields) -> Iterator[tuple[str, YamlNode]]:
    for node in given.read("disable", lambda node: given.origin.list(node, "'disable'")) or ():
        yield "disable", node
    for entry in _suppression_entries(given):
        yield "suppress", entry.required("rule")
