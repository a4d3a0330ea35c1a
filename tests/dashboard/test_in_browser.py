"""The page in a real browser, as people use it. Whatever the console is told, or asks of a network, fails the test."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import portfolio_audit.dashboard
from dashboard.conftest import HISTORY, Open
from dashboard.hostile import hostile
from portfolio_audit.dashboard.compact import Past
from portfolio_audit.reporting.wire import Report

AXE = Path(portfolio_audit.dashboard.__file__).parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ".matrix tbody th a"
PAGES = ("", "#/repository/ada%2Fchurn-service")
WIDTHS = (360, 390, 768, 820, 1280)


def names(page: Any) -> list[str]:
    return page.locator(NAMES).all_inner_texts()


def open_repository(report: Report) -> str:
    return f"#/repository/{report.repositories[0].full_name.replace('/', '%2F')}"


def test_it_opens_on_the_grade(opened: Open, report: Report) -> None:
    page = opened().page
    assert page.locator("header .verdict b").inner_text() == report.grade
    assert page.title() == f"{report.portfolio.name} · {report.grade} · Portfolio audit"
    assert page.locator(NAMES).count() == len(report.repositories)


def test_the_curve_is_drawn_and_told_in_numbers(opened: Open) -> None:
    page = opened().page
    assert page.get_by_role("img", name="Score over time: from 45.0").count() == 1
    page.get_by_text("The curve in numbers").click()
    assert page.locator(".numbers tbody tr").first.inner_text().split("\t") == ["Jan 1, 2026", "45.0", "C", "run 1"]


def test_without_a_history_there_is_no_curve(opened: Open) -> None:
    assert opened(past=Past()).page.get_by_text("Over time").count() == 0


def test_a_repository_has_a_curve_of_its_own(opened: Open, report: Report) -> None:
    past = Past(repositories={report.repositories[0].full_name: HISTORY[:3]})
    page = opened(at=open_repository(report), past=past).page
    assert page.get_by_role("img", name="Score over time: from 45.0 on Jan 1, 2026 to 55.0 on Mar 1, 2026").count() == 1


def test_the_search_filters_and_is_kept_in_the_address(opened: Open, report: Report) -> None:
    view = opened()
    wanted = report.repositories[0].name
    view.page.get_by_label("Search").fill(wanted)
    assert names(view.page) == [wanted]
    assert view.page.get_by_role("status").inner_text() == f"1 of {len(report.repositories)} repositories"
    assert view.page.evaluate("location.hash") == f"#/?q={wanted}"


def test_a_link_to_a_filtered_view_opens_it(opened: Open, report: Report) -> None:
    page = opened(at=f"#/?kind={report.repositories[0].kind}&sort=name").page
    shown = [r.name for r in report.repositories if r.kind == report.repositories[0].kind]
    assert page.locator(NAMES).count() == len(shown)
    assert names(page) == sorted(names(page), key=str.lower)


def test_what_a_rule_finds_can_be_asked_for(opened: Open, report: Report) -> None:
    page = opened().page
    rule = next(r.rule for r in report.repositories[0].results if r.outcome == "fail")
    page.get_by_label("Lacks").select_option(rule)
    lacking = {
        r.name
        for r in report.repositories
        if any(x.rule == rule and x.outcome in {"fail", "partial"} for x in r.results)
    }
    assert set(names(page)) <= lacking
    assert report.repositories[0].name in names(page)


def test_a_column_sorts_and_says_so(opened: Open) -> None:
    page = opened().page
    page.get_by_role("button", name="Repository").click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert names(page) == sorted(names(page), key=str.lower)
    page.get_by_role("button", name="Repository").click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"


def test_evidence_leads_to_the_line_at_the_commit(opened: Open, report: Report) -> None:
    repository = replace(report.repositories[0], web_url="https://github.com/ada/churn", commit="0123abc" * 5)
    result = next(r for r in repository.results if any(f.line for f in r.findings))
    at = next(f for f in result.findings if f.line)
    page = opened(replace(report, repositories=(repository,)), at=open_repository(report)).page
    links = page.locator(f"article[data-rule='{result.rule}'] a.place")
    expected = rf"https://github\.com/ada/churn/blob/(0123abc){{5}}/{re.escape(at.path)}(\?plain=1)?#L{at.line}"
    assert any(re.fullmatch(expected, link.get_attribute("href")) for link in links.all())
    assert links.first.get_attribute("rel") == "noopener noreferrer"


def test_a_link_to_a_result_shows_it_even_when_it_is_folded_away(opened: Open, report: Report) -> None:
    passed = next(r.rule for r in report.repositories[0].results if r.outcome == "pass")
    page = opened(at=f"{open_repository(report)}/{passed}").page
    assert page.locator(f"article[data-rule='{passed}']").is_visible()
    assert page.evaluate("document.activeElement.dataset.rule") == passed


def test_a_fix_of_a_project_leads_to_what_was_found_in_that_project(opened: Open, report: Report) -> None:
    step = next(s for s in report.portfolio.plan if s.repository)
    whole = next(r for r in report.repositories if r.full_name == step.repository)
    project = replace(whole, name="churn", folder="projects/churn", projects=())
    plan = (replace(step, project="projects/churn"),)
    portfolio = replace(report.portfolio, plan=plan)
    page = opened(replace(report, portfolio=portfolio, repositories=(replace(whole, projects=(project,)),))).page
    page.locator(".steps a").click()
    page.wait_for_selector("article.named")
    assert page.locator("article.named").get_attribute("data-project") == "projects/churn"
    assert page.locator(f"article.named[data-rule='{step.rule}']").is_visible()


def test_a_link_to_a_repository_that_is_gone_says_so(opened: Open) -> None:
    page = opened(at="#/repository/ada%2Fgone").page
    assert page.get_by_role("alert").inner_text() == "This report has no repository ada/gone."
    assert page.locator(NAMES).count()
    page.keyboard.press("h")
    page.wait_for_function("!document.querySelector('[role=alert]')")


def test_a_filter_that_nothing_meets_can_be_taken_back(opened: Open, report: Report) -> None:
    page = opened(at="#/?q=nothing-is-called-so").page
    assert page.locator(".matrix .nothing").is_visible()
    page.get_by_role("button", name="Show all").click()
    assert page.locator(NAMES).count() == len(report.repositories)
    assert page.get_by_label("Search").input_value() == ""
    assert page.evaluate("location.hash") == "#/"


def test_a_report_of_one_repository_is_that_repository(opened: Open, report: Report) -> None:
    alone = replace(report, portfolio=None, repositories=report.repositories[:1])
    page = opened(alone).page
    assert page.locator("h1").inner_text() == alone.repositories[0].full_name
    assert page.get_by_role("heading", name="Results").is_visible()
    assert page.get_by_role("img", name="Score over time").count() == 1
    assert page.locator(".matrix, .crumbs a").count() == 0


def test_the_fix_unfolds(opened: Open, report: Report) -> None:
    page = opened(at=open_repository(report)).page
    fix = page.locator("details.fix").first
    fix.locator("summary").click()
    assert fix.locator("ol li").first.is_visible()


def test_what_a_fix_says_to_type_is_set_as_code(opened: Open, report: Report) -> None:
    rules = {
        name: replace(rule, fix=replace(rule.fix, steps=("Run `pip freeze` <b>`", "Done."), links=()))
        for name, rule in report.rules.items()
    }
    page = opened(replace(report, rules=rules), at=open_repository(report)).page
    page.locator("details.fix summary").first.click()
    step = page.locator("details.fix li").first
    assert step.locator("code").all_inner_texts() == ["pip freeze"]
    assert step.inner_text() == "Run pip freeze <b>`"


def test_the_keyboard_goes_everywhere(opened: Open, report: Report) -> None:
    page = opened().page
    first, second = (page.locator(NAMES).nth(n).inner_text() for n in (0, 1))
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == second
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector("a[data-step]")
    assert page.locator("h1").inner_text().endswith(first)
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.keyboard.press("h")
    page.wait_for_selector(".matrix")
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement.id === 'search'")
    page.keyboard.type("/?jt")
    assert page.get_by_label("Search").input_value() == "/?jt"


def test_the_keys_are_told(opened: Open) -> None:
    page = opened().page
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.get_by_role("button", name="Close").click()
    assert not page.get_by_role("dialog").is_visible()


def test_the_theme_follows_the_system_and_can_be_chosen(opened: Open) -> None:
    def paper(page: Any) -> str:
        return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    dark, light = opened(scheme="dark").page, opened().page
    assert paper(dark) != paper(light)
    light.get_by_role("button", name="Theme: auto").click()
    light.get_by_role("button", name="Theme: light").click()
    assert paper(light) == paper(dark)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_whatever_the_theme(opened: Open, scheme: str) -> None:
    page = opened(scheme=scheme).page
    for theme in ("auto", "light", "dark"):
        page.get_by_role("button", name=f"Theme: {theme}").wait_for()
        page.emulate_media(media="print", color_scheme=scheme)
        paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert paper == "rgb(255, 255, 255)", theme
        page.emulate_media(media="screen", color_scheme=scheme)
        page.keyboard.press("t")


def test_paper_gets_every_fix_and_no_controls(opened: Open, report: Report) -> None:
    page = opened(at=open_repository(report)).page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.fix:not([open])").count() == 0
    assert not page.locator(".switches").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.fix[open]").count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_every_width_fits(opened: Open, report: Report, width: int) -> None:
    for at in ("", open_repository(report)):
        page = opened(at=at, width=width).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_heat_map_fits_a_tablet(opened: Open) -> None:
    page = opened(width=820).page
    assert page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.scrolls'))")


def test_a_chart_is_drawn_as_wide_as_it_is_shown(opened: Open) -> None:
    for width in (390, 820, 1400):
        page = opened(width=width).page
        for chart in page.locator("svg.chart").all():
            drawn, shown = chart.evaluate("e => [e.viewBox.baseVal.width, e.getBoundingClientRect().width]")
            assert abs(drawn - shown) / shown < 0.12, (width, drawn, shown)


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280), ("light", 1280)])
def test_axe_finds_nothing(opened: Open, report: Report, scheme: str, width: int) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make dashboard")
    for at in ("", open_repository(report)):
        page = opened(at=at, width=width, scheme=scheme).page
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })"
        )
        assert [(v["id"], v["nodes"][0]["html"], v["nodes"][0]["failureSummary"]) for v in found["violations"]] == []


def test_nothing_of_a_hostile_portfolio_runs_or_breaks_the_page(opened: Open, report: Report) -> None:
    bad = hostile(report)
    page = opened(bad, width=360).page
    assert "owned" not in page.title().split(" · ")[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for link in page.locator(NAMES).all()[:4]:
        link.click()
        page.wait_for_selector("a[data-step]")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate("document.querySelectorAll('main script, main img, main iframe').length") == 0
        assert {a.split(":")[0] for a in page.evaluate("[...document.links].map((a) => a.href)")} <= {"file", "https"}
        page.keyboard.press("h")
        page.wait_for_selector(".matrix")
    assert page.title() != "owned"


def test_a_script_that_is_not_ours_does_not_run(opened: Open) -> None:
    view = opened()
    view.page.evaluate(
        "const s = document.createElement('script'); s.append('window.owned = 1'); document.body.append(s)"
    )
    assert view.page.evaluate("window.owned === undefined")
    assert any("Content Security Policy" in said or "TrustedScript" in said for said in view.said)
    view.said.clear()


def test_three_hundred_repositories_are_all_there(opened: Open, report: Report) -> None:
    some = report.repositories[0]
    many = tuple(replace(some, name=f"r{n}", full_name=f"ada/r{n}", score=n / 3) for n in range(300))
    page = opened(replace(report, repositories=many)).page
    page.wait_for_function("document.querySelectorAll('.matrix tbody tr').length === 300")
    page.get_by_label("Search").fill("r29")
    assert names(page)[0] == "r299"
    assert page.locator(NAMES).count() == 11
