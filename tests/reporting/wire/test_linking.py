"""Links lead to the line at the commit, and only to pages of the web."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import canonical
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.reporting.json_v1 import render
from portfolio_audit.reporting.wire.linking import Linked, web_url
from portfolio_audit.reporting.wire.making import export
from portfolio_audit.reporting.wire.reading import parse_report

CHURN = canonical.churn()
PAGE = f"https://github.com/ada/churn-service/blob/{CHURN.commit}"


@pytest.mark.parametrize(
    ("path", "line", "address"),
    [
        ("train.py", 41, f"{PAGE}/train.py#L41"),
        ("train.py", 0, f"{PAGE}/train.py"),
        ("README.md", 3, f"{PAGE}/README.md?plain=1#L3"),
        ("README.md", 0, f"{PAGE}/README.md"),
        ("a b/#1?.py", 2, f"{PAGE}/a%20b/%231%3F.py#L2"),
        ("caf\udce9.py", 1, f"{PAGE}/caf%3F.py#L1"),
        ("", 0, None),
    ],
)
def test_a_line_at_its_commit(path: str, line: int, address: str | None) -> None:
    assert Linked.to(CHURN).address(path, line) == address


@pytest.mark.parametrize(
    "changes",
    [
        {"web_url": ""},
        {"web_url": "javascript:alert(1)"},
        {"commit": Unavailable("a plain folder has no commit")},
        {"commit": "main/../.."},
    ],
)
def test_no_link_where_page_or_commit_are_not_known(changes: dict[str, str]) -> None:
    assert Linked.to(replace(CHURN, **changes)).address("train.py", 41) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("ada/churn-service/train.py", f"{PAGE}/train.py#L7"),
        ("ada/other/train.py", None),
        ("ada/churn-service", None),
        ("", None),
    ],
)
def test_locations_of_a_profile_begin_with_the_repository(path: str, address: str | None) -> None:
    linked = Linked(within={"ada/churn-service": Linked.to(CHURN)})
    assert linked.location(Location(path, 7)).url == address


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://github.com/ada/x", "https://github.com/ada/x"),
        ('https://x/"onload=<script>', "https://x/%22onload=%3Cscript%3E"),
        ("https://x/a b\n", "https://x/a%20b%0A"),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_are_given(address: str, safe: str) -> None:
    assert web_url(address) == safe


@settings(deadline=None)
@given(st.text(), st.text(min_size=1))
def test_whatever_a_repository_is_called_its_report_can_be_read_again(address: str, path: str) -> None:
    hostile = replace(CHURN, web_url=f"https://{address}", name=path)
    kind = replace(hostile.kind, evidence=(Location(path, 3, note=address),))
    report = replace(canonical.repository_report(), repositories=(replace(hostile, kind=kind),))
    exported = export(report)
    assert parse_report(render(exported)) == exported
