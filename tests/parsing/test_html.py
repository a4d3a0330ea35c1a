"""HTML as it stands in write-ups, broken or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.parsing.html import HtmlPiece, read_html, without_comments
from portfolio_audit.parsing.prose import Image, Link


@pytest.mark.parametrize(
    ("html", "pieces"),
    [
        ("<p>one <b>two</b></p>three", [HtmlPiece("one two", 1), HtmlPiece("three", 1)]),
        ('<h2 align="center">Tide\n gauge</h2>', [HtmlPiece("Tide gauge", 1, 2)]),
        ("<h1>Title<p>text", [HtmlPiece("Title", 1, 1), HtmlPiece("text", 1)]),
        ("<li>a<li>b<br>c", [HtmlPiece("a", 1), HtmlPiece("b", 1), HtmlPiece("c", 1)]),
        ("a &lt; b &#8364; &nosuch;", [HtmlPiece("a < b € &nosuch;", 1)]),
        ('<img src="p.png" alt="A plot">', [Image("p.png", "A plot", 1)]),
        ("<h1><img src=logo.svg></h1>", [Image("logo.svg", "", 1)]),
        ("<img>", [Image("", "", 1)]),
        ('<a href="d.md">the <i>data</i></a>', [Link("d.md", "the data", 1), HtmlPiece("the data", 1)]),
        ("see <a href=d.md>data</a>", [Link("d.md", "data", 1), HtmlPiece("see data", 1)]),
        ("<a href=d.md>first<p>second</a>", [HtmlPiece("first", 1), Link("d.md", "second", 1), HtmlPiece("second", 1)]),
        ("<a href=x>never closed", [HtmlPiece("never closed", 1)]),
        ('<video src="run.mp4"></video><source>', [Link("run.mp4", "video", 1)]),
        ("<script>let a = 1</script>seen<style>b {}</style>", [HtmlPiece("seen", 1)]),
        ("</script></h1>seen", [HtmlPiece("seen", 1)]),
        ("<!-- hidden -->seen<!DOCTYPE html><?php x ?>", [HtmlPiece("seen", 1)]),
        ("<![endif]>a<![CDATA[b]]>c<![made-up[d]]>e", [HtmlPiece("ace", 1)]),
        ("", []),
    ],
)
def test_what_a_piece_of_html_shows(html: str, pieces: list[HtmlPiece | Image | Link]) -> None:
    assert list(read_html(html, 1)) == pieces


@pytest.mark.parametrize(
    ("html", "line"), [("<p>\n\n text", 12), ("<p> \n \n text</p>", 12), ("\n<p>\n<b> text</b>\nx", 12), ("text\n", 10)]
)
def test_text_has_the_line_of_its_first_letter(html: str, line: int) -> None:
    assert next(read_html(html, 10)) in {HtmlPiece("text", line), HtmlPiece("text x", line)}


def test_many_pieces_are_cut_off() -> None:
    assert len(list(read_html("<img>" * 6_000, 1))) == 5_000


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a<!-- b -->c", "ac"),
        ("a<!--\nb\n-->c\n", "a\n\nc\n"),
        ("<!-- a --><!-- b -->", ""),
        ("a<!-- never closed\nb", "a<!-- never closed\nb"),
        ("a --> b", "a --> b"),
        ("<!-->b-->c", "c"),
    ],
)
def test_comments_go_and_lines_stay(text: str, left: str) -> None:
    assert without_comments(text) == left


@given(st.text(alphabet="<>![]/-ahimgp1 =\"'\n&;#", max_size=120))
def test_any_html_gives_pieces_with_lines_inside_it(html: str) -> None:
    last = html.count("\n") + 1
    assert all(1 <= piece.line <= last for piece in read_html(html, 1))


@given(st.text(alphabet="<!->a\n", max_size=60))
def test_taking_comments_out_keeps_every_line(text: str) -> None:
    assert without_comments(text).count("\n") == text.count("\n")
