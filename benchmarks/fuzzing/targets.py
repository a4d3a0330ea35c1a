"""What can be fuzzed: every parser, every extractor, and what reads files of our own forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib import import_module

from benchmarks.fuzzing.checks import Breach, check_facts, check_parsed, lines_in
from benchmarks.fuzzing.formats import Format, formats
from benchmarks.fuzzing.repository import Files, pack, snapshot_of, unpack
from benchmarks.fuzzing.whole import NAMES_OF_OURS, run_cases, run_config, run_profile, run_recorded, run_whole
from portfolio_audit import evidence
from portfolio_audit.defaults import default_settings
from portfolio_audit.errors import ParseError
from portfolio_audit.evidence import profile
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.html import read_html
from portfolio_audit.sources.decoding import decode


@dataclass(frozen=True)
class Target:
    """Something that must hold its promises whatever bytes it is given."""

    name: str
    kind: str
    run: Callable[[bytes], None]
    """Raises when a promise is broken."""
    formats: tuple[Format, ...]
    whole: bool = True
    """Whether its bytes are a repository (see ``repository``), not one file."""
    names: tuple[str, ...] = ()

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words that mutations use."""
        return tuple(dict.fromkeys(token for form in self.formats for token in form.tokens))

    def seeds(self) -> Iterator[bytes]:
        """Small inputs to start from."""
        if not self.whole:
            yield from (seed.encode() for form in self.formats for seed in form.seeds)
            return
        for form in self.formats:
            yield from (pack({form.names[0]: seed.encode()}) for seed in form.seeds)
        for turn in range(3):
            yield pack({form.names[turn % len(form.names)]: _turned(form, turn) for form in self.formats})


def _turned(form: Format, turn: int) -> bytes:
    return form.seeds[turn % len(form.seeds)].encode()


@cache
def targets() -> Mapping[str, Target]:
    """Every target by name; parsers come first."""
    found = (*_parsers(), *_extractors(), *_profiles(), *_others())
    return {target.name: target for target in found}


def _parsers() -> Iterator[Target]:
    for form in formats():
        for parser in form.parsers:
            module, _, function = parser.partition(".")
            parse: Callable[..., object] = getattr(import_module(f"portfolio_audit.parsing.{module}"), function)
            parse = partial(parse, line=1) if parse is read_html else parse
            yield Target(parser, "parser", partial(_parse, parse), (form,), whole=False)


def _parse(parse: Callable[[str], object], data: bytes) -> None:
    text = decode(data)
    if not isinstance(text, str):
        return
    try:
        parsed = parse(text)
    except ParseError as error:
        if not 0 <= (error.line or 0) <= lines_in(text):
            raise Breach(f"the error is told at line {error.line}") from error
        return
    if isinstance(parsed, Iterator):
        parsed = list(parsed)
    check_parsed(parsed, text)
    again = parse(text)
    if again != parsed and repr(again) != repr(parsed) and not isinstance(parsed, list):  # NaN is not itself
        raise Breach("parsing again gives something else")


def _extractors() -> Iterator[Target]:
    """Every extractor that reads files."""
    for extractor in (extractor for extractor in evidence.EXTRACTORS if extractor.WANTS):
        name = str(getattr(extractor, "__name__", extractor)).rpartition(".")[2]
        wanted = matcher(extractor.WANTS)
        fitting = tuple(form for form in formats() if any(map(wanted, form.names)))
        names = tuple(path for form in fitting for path in form.names)
        run = partial(_extract, extractor, names)
        yield Target(f"evidence.{name}", "extractor", run, fitting, names=names)


def _extract(extractor: evidence.Extractor, names: tuple[str, ...], data: bytes) -> None:
    files: Files = unpack(data, names)
    snapshot = snapshot_of(files)
    documents = Documents(snapshot, _vocabulary())
    facts = list(extractor.extract(documents))
    check_facts(facts, {spec.id: spec for spec in extractor.FACTS}, snapshot)
    if facts != list(extractor.extract(Documents(snapshot, _vocabulary()))):
        raise Breach("extracting again gives other facts")


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    return default_settings().vocabulary


def _profiles() -> Iterator[Target]:
    names = tuple(path for form in formats() for path in form.names)
    for extractor in profile.EXTRACTORS:
        name = str(getattr(extractor, "__name__", extractor)).rpartition(".")[2]
        yield Target(f"profile.{name}", "extractor", partial(run_profile, extractor, names), formats(), names=names)


def _others() -> Iterator[Target]:
    every = tuple(path for form in formats() for path in form.names)
    yield Target("judging", "whole", partial(run_whole, every), formats(), names=every)
    ours = {form.id: form for form in formats()}
    for name, run in (("config", run_config), ("recorded", run_recorded), ("cases", run_cases)):
        yield Target(name, "own form", run, (ours[NAMES_OF_OURS[name]],), whole=False)
