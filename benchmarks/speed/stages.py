"""Where the time of judging goes: by extractor and by rule."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from portfolio_audit import evidence
from portfolio_audit.engine.evaluate import evaluate
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.judging import collect
from portfolio_audit.model.fact import Evidence
from portfolio_audit.settings import Settings

Seconds = dict[str, float]


def measure_stages(targets: list[str], settings: Settings) -> tuple[Seconds, Seconds]:
    """Seconds over all targets, by extractor and by rule; an extractor pays for the files it is the first to parse."""
    extractors: Seconds = defaultdict(float)
    rules: Seconds = defaultdict(float)
    alone = {rule.id: replace(settings.ruleset, rules=(rule,)) for rule in settings.ruleset.rules}
    for target in targets:
        snapshot = collect(target, settings)
        documents = Documents(snapshot, settings.vocabulary)
        facts = []
        for extractor in evidence.EXTRACTORS:
            with _timed(extractors, getattr(extractor, "__name__", "").removeprefix("portfolio_audit.")):
                facts += list(extractor.extract(documents))
        seen = Evidence(tuple(facts))
        for rule, ruleset in alone.items():
            with _timed(rules, rule):
                evaluate(ruleset, seen, kind="ml-project", texts=snapshot.texts)
    return dict(extractors), dict(rules)


@contextmanager
def _timed(seconds: Seconds, name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[name] += time.perf_counter() - start
