"""The file: one page, within its bounds, that lets nothing run but its own script."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.hostile import ATTACKS, hostile
from portfolio_audit.dashboard import page
from portfolio_audit.dashboard.compact import compact
from portfolio_audit.reporting.wire import Report

MEGABYTE = 1_000_000


def data_of(html: str) -> object:
    """What the page holds, as its own script reads it."""
    raw = orjson.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])
    return orjson.loads(gzip.decompress(base64.b64decode(raw["gzip"]))) if "gzip" in raw else raw


def test_the_page_holds_the_report(report: Report) -> None:
    assert data_of(page.render(report)) == orjson.loads(orjson.dumps(compact(report)))


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert page.render(report) == page.render(report)


def test_the_policy_names_the_script_and_the_style_by_their_hashes(report: Report) -> None:
    html = page.render(report)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    for name, text in (
        ("script-src", re.search(r'<script type="module">(.*?)</script>', html, re.DOTALL)[1]),
        ("style-src", re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_nothing_is_loaded_and_nothing_handled_inline(report: Report) -> None:
    html = page.render(report)
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    assert not re.search(r"\s(src|on\w+)=", markup)
    assert re.findall(r'href="([^"]*)"', markup) == ["#content"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_stays_text(report: Report, attack: str) -> None:
    html = page.render(replace(report, target=attack))
    assert html.count("<script") == 2
    assert html.count("</script") == 2


@given(st.text())
def test_embedded_data_cannot_end_its_element(text: str) -> None:
    made = page.embedded({"text": text.encode("utf-8", "replace").decode()})
    assert not set("<>&\u2028\u2029") & set(made)
    assert orjson.loads(made) == {"text": text.encode("utf-8", "replace").decode()}


def test_much_data_is_packed(report: Report) -> None:
    many = replace(report, repositories=report.repositories * 600)
    html = page.render(many)
    assert '{"gzip":' in html
    assert len(data_of(html)["repositories"]) == len(many.repositories)


def test_a_portfolio_of_random_megabytes_stays_under_one(report: Report) -> None:
    many = hostile(report)
    noisy = tuple(
        replace(repository, results=tuple(replace(r, message=_noise(n, r.rule)) for r in repository.results))
        for n in range(300)
        for repository in many.repositories[:1]
    )
    assert len(page.render(replace(many, repositories=noisy)).encode()) < MEGABYTE


def _noise(number: int, rule: str) -> str:
    return hashlib.sha512(f"{number}{rule}".encode()).hexdigest() * 3
