"""The action run for real by act: the runner's steps on this machine; what it would download is played here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from github_server import GitHub
from installed import PACKAGES, tool

ROOT = Path(__file__).parent.parent.parent
NAME = "portfolio-audit/portfolio-audit@v1"
OUTPUTS = ("grade", "score", "delta", "new", "fixed")
SETUP_PYTHON = """\
name: setup-python
description: Plays actions/setup-python.
inputs:
  python-version: {{description: "-"}}
  update-environment: {{description: "-"}}
outputs:
  python-path: {{description: "-", value: "{python}"}}
  python-version: {{description: "-", value: "3.12"}}
runs: {{using: composite, steps: [{{run: "true", shell: bash}}]}}
"""
EMPTY_CACHE = """\
name: cache
description: Plays actions/cache with nothing in it yet.
inputs:
  path: {description: "-"}
  key: {description: "-"}
outputs:
  cache-hit: {description: "-", value: ""}
runs: {using: composite, steps: [{run: "true", shell: bash}]}
"""
PYTHON = f"""\
#!/usr/bin/env bash
# Plays a Python that installs nothing: tells what it was asked, and only the audit is done.
echo "$*" >> "${{0%/*}}/asked"
case "$*" in
  *" -m venv "*) mkdir -p "${{@: -1}}/bin" && cp "$0" "${{@: -1}}/bin/python" && touch "${{@: -1}}/bin/asked" ;;
  *" -c "*) echo "${{0%/*}}" ;;
  *portfolio_audit*) cp -r "${{0%/*}}" "$UPLOADED/installed" && exec "{sys.executable}" "$@" ;;
esac
"""
CACHE = f"""\
name: cache
description: Plays actions/cache, with a tool in it that was installed before.
inputs:
  path: {{description: "-"}}
  key: {{description: "-"}}
outputs:
  cache-hit: {{description: "-", value: "true"}}
runs:
  using: composite
  steps:
    - shell: bash
      env:
        TOOL: ${{{{ inputs.path }}}}
      run: |
        "{sys.executable}" -I -m venv --without-pip "$TOOL"
        cd "$TOOL"/lib/python3*/site-packages
        echo "{PACKAGES}" > installed.pth
"""
UPLOAD = """\
name: upload-artifact
description: Plays actions/upload-artifact.
inputs:
  name: {description: "-"}
  path: {description: "-"}
runs:
  using: composite
  steps:
    - shell: bash
      env: {NAME: "${{ inputs.name }}", FROM: "${{ inputs.path }}"}
      run: cp -r "$FROM" "$UPLOADED/$NAME"
"""
WORKFLOW = """\
name: audit
on: [push, pull_request, workflow_dispatch, workflow_run, schedule]
permissions: {{}}
jobs:
  audit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - id: audit
        uses: {name}
        with: {inputs}
      - if: always()
        env:
          OUTPUTS: ${{{{ toJSON(steps.audit.outputs) }}}}
        run: printf '%s' "$OUTPUTS" > "$TOLD"
"""


@dataclass(frozen=True, slots=True)
class Acted:
    """How a run of act ended."""

    code: int
    log: str
    outputs: dict[str, str]

    @property
    def said(self) -> str:
        """What the audit printed: act shows the commands to the runner with a sign of its own before each."""
        found = re.findall(
            r"^\[audit/audit\] +(?:\| |[^\w\s|]+ +(?=::(?:warning|error) ))(.*)$", self.log, re.MULTILINE
        )
        return "".join(f"{line}\n" for line in found)

    @property
    def summary(self) -> str:
        """What was written to the summary of the job, as act logs it."""
        found = re.search(r"Summary - (.*?)\n\n(?=\[)", self.log, re.DOTALL)
        return found[1] if found else ""

    def took(self, step: str) -> float:
        """Seconds that the script of a step of action.yml took, as act logs it."""
        script = {"audit": "-I -m portfolio_audit action"}[step]
        times = re.findall(rf"Success - Main [^\n]*{re.escape(script)} \[([\d.]+)(m?s)\]", self.log)
        return sum(float(number) / (1000 if unit == "ms" else 1) for number, unit in times)


def steps_used() -> Mapping[str, str]:
    """The actions that action.yml uses before the audit, with the commits they are pinned to."""
    lines = (ROOT / "action.yml").read_text("utf-8").splitlines()
    used = (line.split("uses: ")[1].split(" ")[0] for line in lines if "uses: " in line)
    return {name.partition("@")[0]: name for name in used}


def install(place: Path, *, cached: bool = True) -> list[str]:
    """Put the action, and what plays the actions it uses, where act finds them; gives the options that say so."""
    python = place / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)
    copy = place / "action"
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "web", "*.html"))
    for name in ("action.yml", "action-requirements.txt"):
        shutil.copy(ROOT / name, copy / name)
    played = {
        "actions/setup-python": SETUP_PYTHON.format(python=sys.executable if cached else python),
        "actions/cache": CACHE if cached else EMPTY_CACHE,
        "actions/upload-artifact": UPLOAD,
    }
    options = ["--local-repository", f"{NAME}={copy}"]
    for name, text in played.items():
        folder = place / name
        folder.mkdir(parents=True)
        (folder / "action.yml").write_text(text, encoding="utf-8")
        options += ["--local-repository", f"{steps_used()[name]}={folder}"]
    return options


def act(repository: Path, github: GitHub, event: tuple[str, object], options: list[str], **inputs: str) -> Acted:
    """Run the workflow of a repository for an event."""
    place = repository.parent
    workflow = repository / ".github" / "workflows" / "audit.yml"
    workflow.parent.mkdir(parents=True, exist_ok=True)
    workflow.write_text(WORKFLOW.format(name=NAME, inputs=json.dumps(inputs)), encoding="utf-8")
    (place / "event.json").write_text(json.dumps(event[1]), encoding="utf-8")
    told = place / "told.json"
    told.unlink(missing_ok=True)
    named = [
        f"{name}={value}" for name, value in {**github.environment, "TOLD": str(told), "UPLOADED": str(place)}.items()
    ]
    command = [tool("act"), event[0], "-P", "ubuntu-latest=-self-hosted", "--eventpath", str(place / "event.json")]
    done = subprocess.run(
        [*command, *options, "-s", "GITHUB_TOKEN", *(word for one in named for word in ("--env", one))],
        cwd=repository,
        env={**os.environ, "GITHUB_TOKEN": "ghs_workflow", "HOME": str(place), "XDG_CACHE_HOME": str(place / "cache")},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    found = json.loads(told.read_text("utf-8")) if told.exists() else {}
    return Acted(done.returncode, done.stdout + done.stderr, {**dict.fromkeys(OUTPUTS, ""), **found})
