"""Where an application can be reached, from what is written, recorded and asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType

import pytest

from conftest import snapshot_of
from portfolio_audit.evidence import hosting
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.reachable import to_ask
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.record import Deployment
from portfolio_audit.model.snapshot import Metadata, Snapshot, Unavailable

Seen = Callable[[ModuleType, Snapshot], Evidence]
DEMO = "https://tides.streamlit.app"
CLOSED = "https://tides.herokuapp.com"
DEPLOYED = Metadata(deployments=(Deployment("production", datetime(2026, 3, 1, tzinfo=UTC), "success", DEMO),))


@pytest.mark.parametrize(
    ("url", "answered", "rung", "note"),
    [
        (DEMO, None, Rung.EXERCISED, f"links {DEMO}"),
        (DEMO, True, Rung.OBSERVED, f"links {DEMO}, which answers"),
        (DEMO, False, Rung.WIRED, f"links {DEMO}, which is no longer there"),
        (DEMO, Unavailable("is asleep"), Rung.EXERCISED, f"links {DEMO}"),
        (CLOSED, None, Rung.WIRED, f"links {CLOSED}, a place that has closed"),
        (CLOSED, True, Rung.OBSERVED, f"links {CLOSED}, which answers"),
    ],
)
def test_an_address_counts_by_what_is_known_of_it(
    seen_of: Seen, url: str, answered: bool | Unavailable | None, rung: Rung, note: str
) -> None:
    alive = {} if answered is None else {f"{url}/": answered}
    seen = seen_of(hosting, snapshot_of({"README.md": f"# Tides\n\n[Try it]({url})\n"}, alive=alive))
    assert [(fact.rung, fact.at.note) for fact in seen.known("hosting.live")] == [(rung, note)]
    assert seen.has("hosting.address") is (rung > Rung.WIRED)


def test_a_deployment_on_record_is_observed(seen_of: Seen) -> None:
    seen = seen_of(hosting, snapshot_of({}, DEPLOYED))
    assert [(fact.id, fact.value, fact.rung) for fact in seen.facts] == [
        ("hosting.live", True, Rung.OBSERVED),
        ("hosting.address", DEMO, Rung.MENTIONED),
    ]


def test_a_deployment_whose_address_is_gone_is_not(seen_of: Seen) -> None:
    seen = seen_of(hosting, snapshot_of({}, DEPLOYED, alive={DEMO: False}))
    assert [(fact.id, fact.rung) for fact in seen.facts] == [("hosting.live", Rung.WIRED)]


@pytest.mark.parametrize(("pages", "observed"), [(True, True), (False, False), (Unavailable("unknown"), False)])
def test_pages_show_a_model_that_runs_in_the_browser(seen_of: Seen, pages: bool | Unavailable, observed: bool) -> None:
    files = {"web/app.js": "// forecasts\nimport * as ort from 'onnxruntime-web';\n"}
    seen = seen_of(hosting, snapshot_of(files, Metadata(pages=pages)))
    assert [(fact.at.path, fact.at.line) for fact in seen.known("hosting.live")] == [("web/app.js", 2)] * observed


def test_what_somebody_would_open_is_asked_once(documents: Callable[[Mapping[str, str]], Documents]) -> None:
    made = documents({"README.md": f"# Tides\n\n[Try it]({DEMO}/) or [this]({CLOSED})\n"})
    homepage = "https://tides.example"
    known = replace(made.snapshot, metadata=replace(DEPLOYED, homepage=homepage))
    assert [*to_ask(made)] == [f"{DEMO}/", CLOSED]
    assert [*to_ask(Documents(known, made.vocabulary))] == [homepage, DEMO, CLOSED]
