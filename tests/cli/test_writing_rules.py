"""The five minutes of docs/writing-rules.md, walked as they are told."""

from __future__ import annotations

import re
from pathlib import Path

from cli.conftest import Run

PAGE = (Path(__file__).parents[2] / "docs" / "writing-rules.md").read_text(encoding="utf-8")
FILES = re.findall(r"^`(my-[^`]+)`:.*?```yaml\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = re.findall(r"^\$ portfolio-audit (.*)\n((?:[^$`].*\n)*)", PAGE, re.MULTILINE)


def test_every_command_works_and_prints_what_is_told(run: Run, tmp_path: Path) -> None:
    for path, text in [*FILES, ("README.md", "# Tides")]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")

    results = [run(*command.split()) for command, _ in COMMANDS]

    assert [path.partition("/")[0] for path, _ in FILES] == ["my-rules", "my-cases"]
    assert [result.exit_code for result in results] == [0, 0, 0, 0]
    printed = {_without_counts(line) for result in results for line in result.stdout.splitlines()}
    told = {_without_counts(line) for _, output in COMMANDS for line in output.splitlines() if line != "…"}
    assert told - printed == set()


def _without_counts(line: str) -> str:
    """How many rules there are changes; the rest does not."""
    return re.sub(r"\d+ in all", "n in all", line)
