"""Where the time of judging goes: by extractor, and rules, scores and plan together."""

from __future__ import annotations

import time
from collections import defaultdict

from portfolio_audit import evidence
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.judging import collect, judge
from portfolio_audit.settings import Settings


def measure_stages(targets: list[str], settings: Settings) -> dict[str, float]:
    """Seconds by stage over all targets; an extractor pays for the files it is the first to parse."""
    seconds: dict[str, float] = defaultdict(float)
    for target in targets:
        snapshot = collect(target, settings)
        documents = Documents(snapshot, settings.vocabulary)
        whole = time.perf_counter()
        judge(snapshot, settings)
        whole = time.perf_counter() - whole
        extracting = 0.0
        for extractor in evidence.EXTRACTORS:
            start = time.perf_counter()
            list(extractor.extract(documents))
            spent = time.perf_counter() - start
            seconds[getattr(extractor, "__name__", str(extractor)).removeprefix("portfolio_audit.")] += spent
            extracting += spent
        seconds["rules, scores and plan"] += max(whole - extracting, 0.0)
    return dict(seconds)
