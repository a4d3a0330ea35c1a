"""A report that somebody else wrote is refused, or becomes every format: it never breaks one."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from prometheus_client.parser import text_string_to_metric_families

import canonical
from portfolio_audit.errors import ReportError
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.wire.reading import parse_report
from reporting.test_sarif import SCHEMA

KEPT = FORMATS["json"].render(canonical.portfolio_report())
WRITTEN = [name for name, form in FORMATS.items() if not form.live]
SARIF = Draft4Validator(SCHEMA)
NASTY = st.text(max_size=20) | st.sampled_from(
    [
        "</script><script>",
        "]]>",
        "\r\n::error::x",
        "=HYPERLINK(1)",
        '"} 1\nx 2',
        "\x00",
        "\u202e",
        "javascript:x",
        "@all #1",
    ]
)


def leaves(content: Any, within: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of every text in a report."""
    items = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in items:
        if isinstance(value, str):
            yield (*within, key)
        yield from leaves(value, (*within, key))


TEXTS = sorted(leaves(json.loads(KEPT)), key=str)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TEXTS), NASTY), min_size=1, max_size=6))
def test_whatever_texts_a_report_has_every_format_takes_them(changes: list[tuple[tuple[str | int, ...], str]]) -> None:
    content = json.loads(KEPT)
    for place, text in changes:
        inner = content
        for step in place[:-1]:
            inner = inner[step]
        inner[place[-1]] = text
    try:
        report = parse_report(json.dumps(content).encode())
    except ReportError as refused:
        assert "has not the form of a report" in str(refused) or "no JSON" in str(refused)
        return
    made = {name: FORMATS[name].convert(report) for name in WRITTEN}
    ET.fromstring(made["junit"])  # noqa: S314  # made by us
    ET.fromstring(made["badge-svg"])  # noqa: S314  # made by us
    assert SARIF.is_valid(json.loads(made["sarif"]))
    assert list(text_string_to_metric_families(made["prometheus"].decode()))
    assert all(line.startswith(b"::") for line in made["annotations"].split(b"\n")[:-1])
    assert made["annotations"].count(b"\r") == 0
