"""Finding and reading the YAML files of rule folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portfolio_audit.engine.fields import Origin
from portfolio_audit.errors import ParseError, RuleError
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.yaml import YamlNode, parse_yaml, repeated_keys

_SUFFIXES = {".yaml", ".yml"}
RULESET = "ruleset.yaml"
CONFIDENCE = "confidence.yaml"
VOCABULARY = "vocabulary"


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One YAML file below a rules folder."""

    path: Path
    folder: Path

    @property
    def group(self) -> str:
        """The folder it stands in: the criterion of a rule, or ``vocabulary``; empty at the top."""
        return self.path.parent.relative_to(self.folder).as_posix().strip(".")

    def is_at_top(self, *names: str) -> bool:
        """Whether it stands at the top of the folder and has one of these names."""
        return not self.group and self.path.name in names

    @property
    def shown(self) -> str:
        """The path for messages: as short as the reader, who knows which folder was given, needs it."""
        return (Path(self.folder.name) / self.path.relative_to(self.folder)).as_posix()


def find_files(folder: Path) -> tuple[RuleFile, ...]:
    """Every YAML file below a folder, sorted."""
    if not folder.is_dir():
        raise RuleError("is not a folder of rules.", at=Location(str(folder)))
    paths = (path for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file())
    return tuple(RuleFile(path, folder) for path in sorted(paths))


def read_file(file: RuleFile) -> tuple[Origin, YamlNode]:
    """The one YAML document of a file."""
    return read_text(_text(file.path, file.shown), file.shown)


def read_text(text: str, shown: str) -> tuple[Origin, YamlNode]:
    """The one YAML document of a text; errors name it as ``shown``."""
    try:
        documents = parse_yaml(text)
    except ParseError as error:
        raise RuleError(f"{error.reason}.", at=Location(shown, error.line or 0)) from None
    if len(documents) != 1:
        raise RuleError(f"holds {len(documents)} YAML documents; one is needed.", at=Location(shown))
    if (key := next(repeated_keys(documents), None)) is not None:
        raise RuleError(f"says '{key.value}' twice.", at=Location(shown, key.line))
    return Origin(shown), documents[0]


def _text(path: Path, shown: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise RuleError(f"cannot be read: {reason}.", at=Location(shown)) from None
