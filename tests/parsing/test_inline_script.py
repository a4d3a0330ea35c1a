"""What a single script declares in its comments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import Broken, Declaration, Dependency, Pin, Stated
from portfolio_audit.parsing.inline_script import parse_inline_script

SCRIPT = """\
#!/usr/bin/env -S uv run

# /// script
# requires-python = ">=3.12"
# dependencies = [
#   "pandas==2.2",
#   "not valid!",
# ]
# ///
import pandas
"""


def test_a_script_that_declares_for_itself() -> None:
    assert parse_inline_script(SCRIPT) == Declaration(
        dependencies=(Dependency("pandas", 6, Pin.EXACT),),
        broken=(Broken("not valid!", 7, "is not a valid requirement"),),
        python=Stated(">=3.12", 4),
    )


@pytest.mark.parametrize("text", ["", "import pandas\n", "# /// pyproject\n# a = 1\n# ///\n", "# /// script\n# ///\n"])
def test_scripts_that_declare_nothing(text: str) -> None:
    assert parse_inline_script(text) == Declaration()


def test_a_block_that_is_no_toml() -> None:
    with pytest.raises(ParseError, match="is not valid TOML"):
        parse_inline_script("# /// script\n# dependencies = [\n# ///\n")


@given(st.text(alphabet="# /script=[]'\n", max_size=200))
def test_any_text_gives_a_declaration_or_a_parse_error(text: str) -> None:
    try:
        parse_inline_script(f"# /// script\n{text}")
    except ParseError as error:
        assert error.reason
