"""A rule case as an example: the small repository it makes up, and what the rule says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

from benchmarks.docs.knowledge import Knowledge
from benchmarks.docs.markdown import code, escaped, fence, listed
from benchmarks.docs.notebooks import notebook_in_words
from portfolio_audit.cases import Case, CaseRepository, run_case
from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.model.rule import Rule
from portfolio_audit.model.snapshot import Metadata, Snapshot, Unavailable

MOST_LINES = 24
MOST_FILES = 6
MOST_TREE = 14
MOST_PLACES = 4
WIDEST = 110
_LANGUAGES = {
    ".py": "python", ".md": "markdown", ".yaml": "yaml", ".yml": "yaml", ".toml": "toml", ".json": "json",
    ".sh": "bash", ".cfg": "ini", ".ini": "ini", ".r": "r", ".tf": "hcl", ".sql": "sql", ".js": "javascript",
}  # fmt: skip
_NAMED = {"dockerfile": "docker", "makefile": "make"}


def chosen(cases: Iterable[Case], outcomes: Collection[Outcome]) -> Case | None:
    """The case that shows one of the outcomes best: one that is marked as an example, else the first."""
    fitting = [case for outcome in outcomes for case in cases if case.expect.outcome is outcome]
    return next((case for case in fitting if case.example), fitting[0] if fitting else None)


def example(case: Case, rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    """The case with its files, and what the rule says."""
    yield from (f"*{escaped(_sentence(case.name))}*", "")
    if case.profile and (told := list(_profile(case.profile))):
        yield from (f"The profile: {'; '.join(told)}.", "")
    for repository in case.repositories:
        yield from _repository(repository, named=case.profile is not None)
    yield from _verdict(run_case(case, knowledge.ruleset, knowledge.vocabulary).result, rule)


def _repository(repository: CaseRepository, *, named: bool) -> Iterator[str]:
    snapshot = repository.snapshot
    yield from _named(repository) if named else ()
    if told := list(_metadata(snapshot.metadata)):
        yield from (f"On GitHub: {'; '.join(told)}.", "")
    if asked := list(_answers(snapshot)):
        yield from (f"Addresses that were asked: {'; '.join(asked)}.", "")
    texts = {path: text for path, text in snapshot.texts.items() if isinstance(text, str) and text.strip()}
    if not snapshot.tree:
        yield from ("No files.", "")
    elif len(snapshot.tree) > 1 or not texts:
        yield from (*fence("\n".join(_tree(snapshot))), "")
    for path, text in list(texts.items())[:MOST_FILES]:
        yield from (code(path), "", *_file(path, text), "")
    if len(texts) > MOST_FILES:
        yield from (f"… and {len(texts) - MOST_FILES} more files.", "")


def _named(repository: CaseRepository) -> Iterator[str]:
    kind = f", {escaped(repository.kind)}" if repository.kind else ""
    yield from (f"**{escaped(repository.snapshot.name)}**{kind}", "")


def _metadata(metadata: Metadata) -> Iterator[str]:
    if isinstance(metadata.description, str):
        yield f"description “{escaped(metadata.description)}”" if metadata.description else "no description"
    if isinstance(metadata.homepage, str):
        yield f"homepage {code(metadata.homepage)}" if metadata.homepage else "no homepage"
    if not isinstance(metadata.topics, Unavailable):
        yield f"topics {listed([code(topic) for topic in metadata.topics])}" if metadata.topics else "no topics"
    yield from _record(metadata)
    yield from _marks(metadata)


def _record(metadata: Metadata) -> Iterator[str]:
    """What GitHub recorded of releases, deployments and runs."""
    for release in () if isinstance(metadata.releases, Unavailable) else metadata.releases:
        yield f"release {code(release.tag)}"
    for one in () if isinstance(metadata.deployments, Unavailable) else metadata.deployments:
        yield f"deployment to {code(one.environment)}: {one.state}"
    if isinstance(metadata.checks, str):
        yield f"checks of the newest commit: {metadata.checks}" if metadata.checks else "no checks"
    for run in () if isinstance(metadata.runs, Unavailable) else metadata.runs:
        yield f"run of {code(run.name)} on {run.event}: {run.conclusion}"


def _answers(snapshot: Snapshot) -> Iterator[str]:
    for url, answered in snapshot.alive.items():
        said = answered.reason if isinstance(answered, Unavailable) else "answers" if answered else "is gone"
        yield f"{code(url)} {said}"


def _profile(profile: Profile) -> Iterator[str]:
    """What a case says of the person."""
    if isinstance(profile.bio, str):
        yield f"bio “{escaped(profile.bio)}”" if profile.bio else "no bio"
    if isinstance(profile.blog, str) and profile.blog:
        yield f"blog {code(profile.blog)}"
    if isinstance(profile.links, tuple) and profile.links:
        yield f"links {listed([code(url) for url in profile.links])}"
    if isinstance(profile.contributions_elsewhere, tuple):
        merged = listed([code(name) for name in profile.contributions_elsewhere])
        yield f"work merged by {merged}" if merged else "no work merged by others"


def _marks(metadata: Metadata) -> Iterator[str]:
    marks = {"a fork": metadata.fork, "archived": metadata.archived, "pinned": metadata.pinned}
    return (name for name, value in marks.items() if value is True)


def _tree(snapshot: Snapshot) -> Iterator[str]:
    """The files below their folders."""
    shown: list[str] = []
    for entry in sorted(snapshot.tree, key=lambda entry: (entry.path.count("/") > 0, entry.path)):
        folders = PurePosixPath(entry.path).parts[:-1]
        for depth, folder in enumerate(folders):
            line = f"{'  ' * depth}{folder}/"
            parents = "/".join(folders[: depth + 1])
            if not any(other == parents for other in shown):
                shown.append(parents)
                yield line
        yield f"{'  ' * len(folders)}{PurePosixPath(entry.path).name}{_size(snapshot, entry.path, entry.size)}"


def _size(snapshot: Snapshot, path: str, size: int) -> str:
    """What stands beside the name of a file whose text is not shown."""
    text = snapshot.texts.get(path)
    if isinstance(text, Unavailable):
        return f"  ({text.reason})"
    return "" if text else f"  ({size:,} bytes)" if size else "  (empty)"


def _file(path: str, text: str) -> Iterator[str]:
    suffix, name = PurePosixPath(path).suffix.lower(), PurePosixPath(path).name.lower()
    if suffix == ".ipynb":
        return fence("\n".join(_bounded(notebook_in_words(text))))
    language = _NAMED.get(name) or _LANGUAGES.get(suffix, "text")
    return fence("\n".join(_bounded(text.rstrip("\n").split("\n"))), language)


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    """The first lines, none of them too wide."""
    given = list(lines)
    kept = given if len(given) <= MOST_LINES + 1 else given[:MOST_LINES]
    yield from (line if len(line) <= WIDEST else f"{line[:WIDEST]} …" for line in kept)
    if len(kept) < len(given):
        yield f"… {len(given) - len(kept)} more lines"


def _verdict(result: Result, rule: Rule) -> Iterator[str]:
    share = f"{result.points:g} of {rule.points:g} points"
    yield from (f"**{result.outcome.value.capitalize()}**, {share}{_seen_at(result)}", "")
    if result.message:
        yield from (f"> {escaped(result.message)}", "")


def _seen_at(result: Result) -> str:
    places: list[Location] = [*result.evidence] or [finding.at for finding in result.findings]
    named = list(dict.fromkeys(str(at) for at in places if at.path))
    shown = [code(place) for place in named[:MOST_PLACES]]
    more = f" and {len(named) - MOST_PLACES} more" if len(named) > MOST_PLACES else ""
    word = "seen at" if result.outcome is Outcome.PASS else "shown at"
    return f"; {word} {', '.join(shown) if more else listed(shown)}{more}." if shown else "."


def _sentence(name: str) -> str:
    """The name of a case as a sentence; the name of a file at its beginning keeps its case."""
    first = name.partition(" ")[0]
    return f"{name[:1].upper()}{name[1:]}." if first.isalpha() else f"{name}."
