"""Tables that programs print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.parsing.printed_table import parse_printed
from portfolio_audit.parsing.prose import Table


def test_a_frame_with_numbered_rows() -> None:
    text = "        Model  R2 Score   RMSE\n0  Elastic Net     0.94  0.089\n1        Ridge     0.93  0.099\n"

    assert parse_printed(text) == (
        Table(
            ("", "Model", "R2 Score", "RMSE"),
            (("0", "Elastic Net", "0.94", "0.089"), ("1", "Ridge", "0.93", "0.099")),
            1,
        ),
    )


def test_a_frame_with_named_rows() -> None:
    assert parse_printed("               rmse    r2\nRandom Forest  12.3  0.91\n") == (
        Table(("", "rmse", "r2"), (("Random Forest", "12.3", "0.91"),), 1),
    )


def test_a_drawn_table() -> None:
    text = "Done.\n+-------+------+\n| model | auc  |\n+-------+------+\n| ridge | 90 % |\n+-------+------+\n"

    assert parse_printed(text) == (Table(("model", "auc"), (("ridge", "90 %"),), 3),)


def test_tables_one_below_the_other() -> None:
    text = "   mae\na  1.5\nb  2.5\n\nNow the second one\n\n   mse\na  3.5\n"

    assert [(t.line, t.rows) for t in parse_printed(text)] == [
        (1, (("a", "1.5"), ("b", "2.5"))),
        (7, (("a", "3.5"),)),
    ]


@pytest.mark.parametrize("text", ["", "0.97", "Epoch 1\nEpoch 2\n", "a  b\nc  d\n", "1  2\n3  4\n"])
def test_no_table(text: str) -> None:
    assert parse_printed(text) == ()


@given(st.text(alphabet="ab 01.|-\n\t\\", max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(row for table in parse_printed(text) for row in table.rows)
