"""Labels beside verdicts: every labelled repository that is there, audited."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from benchmarks.accuracy.labels import Labelled
from benchmarks.accuracy.mapping import Column
from portfolio_audit import evidence
from portfolio_audit.engine.evaluate import evaluate
from portfolio_audit.errors import SourceError
from portfolio_audit.judging import collect, judge_evidence
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.model.rule import Ruleset
from portfolio_audit.parallel import judges
from portfolio_audit.settings import Settings

_MOST_PLACES = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """One repository as labelled and as we judge it; ``failure`` says why it could not be audited, empty if it was.

    ``verdicts`` are by column (None: undecided), ``said`` is what they rest on. ``outcomes`` are by rule, every rule
    asked whatever the repository's kind, since the readers' labels are given so. ``at_commit`` is whether the labelled
    commit was there; if not, the newest one was audited.
    """

    labelled: Labelled
    seconds: float
    failure: str = ""
    kind: str = ""
    score: float = 0.0
    at_commit: bool = True
    verdicts: Mapping[str, int | None] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """Whose it is: repositories of one owner are alike."""
        return self.labelled.owner


def find_repository(corpus: Path, name: str) -> Path | None:
    """The git directory of ``owner/name`` below a folder: ``OWNER+NAME/repo`` or ``OWNER+NAME/repo/.git``."""
    folder = corpus / name.replace("/", "+")
    candidates = (folder / "repo" / ".git", folder / "repo", folder / ".git", folder)
    return next((c for c in candidates if (c / "objects").is_dir()), None)


def compare(
    labels: Sequence[Labelled], corpus: Path, settings: Settings, columns: Sequence[Column]
) -> Iterator[Compared]:
    """Audit every labelled repository that is there, at its commit if that is there, else at HEAD."""
    there = [(one, path) for one in labels if (path := find_repository(corpus, one.repository))]
    with judges(settings, len(there)) as each:
        for _, compared in each(partial(_audit, columns), there):
            yield compared


def _audit(columns: Sequence[Column], item: tuple[Labelled, Path], settings: Settings) -> Compared:
    labelled, path = item
    start = time.perf_counter()
    for ref in dict.fromkeys((labelled.commit or None, None)):
        try:
            found = _judged(labelled, path, settings.at(ref), columns)
        except SourceError as error:
            failure = str(error)
            continue
        except Exception as error:  # noqa: BLE001  # a benchmark counts its crashes
            return Compared(labelled, time.perf_counter() - start, f"{type(error).__name__}: {error}"[:500])
        return replace(found, seconds=time.perf_counter() - start, at_commit=ref == labelled.commit)
    return Compared(labelled, time.perf_counter() - start, failure)


def _judged(labelled: Labelled, path: Path, settings: Settings, columns: Sequence[Column]) -> Compared:
    snapshot = collect(str(path), settings)
    seen = evidence.extract(snapshot, settings.vocabulary)
    report = judge_evidence(snapshot, seen, settings).report
    results = evaluate(_asked_of_all(settings.ruleset), seen, kind="", texts=snapshot.texts)
    return Compared(
        labelled,
        seconds=0.0,
        kind=report.kind.id,
        score=report.score.value,
        verdicts={column.name: column.verdict(results) for column in columns},
        said={column.name: _said(column, results) for column in columns},
        outcomes={result.rule.id: result.outcome for result in results},
    )


def _asked_of_all(ruleset: Ruleset) -> Ruleset:
    return replace(ruleset, rules=tuple(replace(rule, kinds=()) for rule in ruleset.rules))


def _said(column: Column, results: Sequence[Result]) -> str:
    own = [result for result in results if result.rule.id in {*column.rules, *column.full_rules}]
    return "; ".join(
        " ".join((result.rule.id, result.outcome.value, *map(str, result.evidence[:_MOST_PLACES]))) for result in own
    )
