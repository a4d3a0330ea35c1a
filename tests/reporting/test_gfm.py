"""Nothing that comes from a repository is markup in GitHub's own renderer."""

from __future__ import annotations

import html
import re

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.gfm import JOINER, code, link, prose

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/p.png)",
    "[x](javascript:alert(1))",
    "@ada and @acme/team",
    "ada/churn#12, #12 and GH-12",
    "see www.evil.example or https://evil.example",
    "a | b | c",
    "`` ` ``",
    "</details><!-- -->",
    "a\n\n# Title\n- [ ] item",
    "$\\frac{1}{2}$ and :rocket: and ~~no~~ **b**",
    "&lt;b&gt; &#64;ada",
    "deadbeefcafe0123",
    "1. one",
    "> quote",
    "    code",
    "[^1]: note",
]
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(alphabet="@#:`|\\<>[]()!*_~-+.=&$^ \nwWgGhH1ax/'\"", max_size=40))


def rendered(text: str) -> str:
    extensions = ["table", "autolink", "tagfilter", "strikethrough", "tasklist"]
    made: str = cmarkgfm.markdown_to_html_with_extensions(text, Options.CMARK_OPT_UNSAFE, extensions)
    return made.strip()


def words(made: str) -> str:
    return html.unescape(re.sub(r"</?(?:p|code)>", "", made)).replace(JOINER, "").strip()


@given(TEXTS)
@example("-")
@example("a@")
def test_prose_is_a_paragraph_of_its_words(text: str) -> None:
    made = rendered(f"x {prose(text)} y")
    assert re.findall(r"<[^>]*>", made) == ["<p>", "</p>"]
    assert words(made) == f"x {clean(text)} y".strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_has_no_mention_issue_address_or_commit(text: str) -> None:
    plain = html.unescape(words_kept(rendered(prose(text))))
    assert not re.search(r"@\w|#\d|gh-\d|https?://|www\.|:\w+:|\b[0-9a-f]{7,40}\b", plain, re.IGNORECASE)


def words_kept(made: str) -> str:
    return re.sub(r"<[^>]*>", "", made)


@given(TEXTS)
def test_code_is_one_span_of_its_words(text: str) -> None:
    made = rendered(f"x {code(text)} y")
    assert re.findall(r"<[^>]*>", made) == ["<p>", "<code>", "</code>", "</p>"]
    assert words(made).split() == f"x {clean(text)} y".split()


@given(TEXTS)
def test_a_cell_stays_a_cell(text: str) -> None:
    made = rendered(f"| a | b |\n|---|---|\n| {code(text)} | {prose(text)} |")
    assert made.count("<td>") == 2
    assert not re.search(r"<(?!/?(?:table|thead|tbody|tr|th|td|code)>)", made)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.example/a(b)", "[`a`](<https://x.example/a(b)>)"),
        (None, "`a`"),
        ("javascript:alert(1)", "`a`"),
        ("https://x.example/a|b", "`a`"),
        ("https://x.example/a b", "`a`"),
        ("https://x.example/>", "`a`"),
        ("https://x.example/" + "a" * 600, "`a`"),
    ],
)
def test_links(address: str | None, expected: str) -> None:
    assert link("`a`", address) == expected


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("@octocat", f"@{JOINER}octocat"),
        ("fixes #12", f"fixes #{JOINER}12"),
        ("GH-12", f"GH{JOINER}-12"),
        ("https://evil.example", f"https:{JOINER}//evil.example"),
        ("![x](y)", "!&#91;x&#93;(y)"),
        ("<script>", "&#60;script&#62;"),
        ("a | b", "a &#124; b"),
        ("&amp;", "&#38;amp;"),
        ("snake_case stays", "snake_case stays"),
        ("__init__", "&#95;&#95;init&#95;&#95;"),
        ("12. one", "12&#46; one"),
        ("2 of 3: 66.7 %.", "2 of 3: 66.7 %."),
    ],
)
def test_words_stay_readable_in_the_source(text: str, markdown: str) -> None:
    assert prose(text) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("src/train_model.py:41", "`src/train_model.py:41`"),
        ("@octocat", "`@octocat`"),
        ("a|b", "<code>a&#124;b</code>"),
        ("a\\|b", "<code>a&#92;&#124;b</code>"),
        ("`", "<code>&#96;</code>"),
    ],
)
def test_code_stays_readable_in_the_source(text: str, markdown: str) -> None:
    assert code(text) == markdown


@given(TEXTS)
def test_prose_is_words_in_html_too(text: str) -> None:
    made = rendered(f"<details><summary>x {prose(text)} y</summary>\n\nz\n\n</details>")
    assert re.findall(r"<[^>]*>", made) == ["<details>", "<summary>", "</summary>", "<p>", "</p>", "</details>"]
