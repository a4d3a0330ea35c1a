"""Where the action speaks: the files of the runner, the log, and GitHub."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portfolio_audit.action.event import Event
from portfolio_audit.action.inputs import Comment, Inputs
from portfolio_audit.action.remarks import Remark
from portfolio_audit.action.story import Story
from portfolio_audit.action.telling import headline, summary
from portfolio_audit.cli.writing import write_file
from portfolio_audit.config import Config
from portfolio_audit.errors import PortfolioAuditError, ReportError
from portfolio_audit.github.addresses import addresses_of
from portfolio_audit.github.credentials import Token
from portfolio_audit.github.faults import Reader
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.annotations import command
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.gfm import prose

_LONGEST = 400


def say(sentence: str) -> None:
    """A line of the log; whatever it quotes, it is never taken for a command."""
    sys.stdout.write(f"portfolio-audit: {clean(sentence, _LONGEST)}\n")
    sys.stdout.flush()


def blame(sentence: str) -> None:
    """Why the step fails, in the log and on the page of the run."""
    sys.stdout.write(f"{command('error', clean(sentence, _LONGEST), {'title': 'portfolio-audit'})}\n")
    sys.stdout.flush()


def give_up(error: PortfolioAuditError, environment: Mapping[str, str]) -> None:
    """Say, also in the summary of the job, why there is no audit."""
    blame(str(error))
    path = environment.get("GITHUB_STEP_SUMMARY")
    if path:
        _append(Path(path), f"### portfolio-audit: not audited\n\n{prose(str(error), _LONGEST)}\n\n")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a run of the action has at hand."""

    event: Event
    inputs: Inputs
    config: Config
    environment: Mapping[str, str]

    @property
    def key(self) -> str:
        """What tells this audit from others in the same repository: the folder it is run in."""
        top = Path(self.environment.get("GITHUB_WORKSPACE", "."))
        here = Path.cwd()
        return here.relative_to(top.resolve()).as_posix().strip(".") if here.is_relative_to(top.resolve()) else ""

    @property
    def folder(self) -> Path:
        """Where the reports are written."""
        name = f"portfolio-audit-reports/{self.key.replace('/', '-')}"
        made = Path(self.environment.get("RUNNER_TEMP") or tempfile.gettempdir()) / name
        made.mkdir(parents=True, exist_ok=True)
        return made

    def command(self, line: str) -> None:
        """A command to the runner."""
        sys.stdout.write(f"{line}\n")

    def publish(self, story: Story, remarks: tuple[Remark, ...]) -> tuple[str, ...]:
        """Comment and make the check run; gives what to tell of it in the summary."""
        if self.inputs.comment is Comment.NEVER:
            return ()
        if not self.inputs.token:
            return _noted("No comment was written: there is no token.")
        try:
            return self._publish(story, remarks)
        except PortfolioAuditError as error:
            return _noted(f"No comment was written: {error}")

    def _publish(self, story: Story, remarks: tuple[Remark, ...]) -> tuple[str, ...]:
        from portfolio_audit.action.speaking import check_of, speak
        from portfolio_audit.publishing import State, open_writer

        reader = Reader(addresses_of(self.environment), Token(self.inputs.token, "the input token"))
        with open_writer(reader, self.event.repository) as writer:
            spoken = speak(writer, self.event, story, self.inputs.comment, self.key)
            say(str(spoken))
            if spoken.state is not State.FAILED:  # else GitHub is away, or has had enough
                say(str(writer.check(self.event.head, check_of(story, remarks))))
        return (f"{spoken}",) if not spoken.is_there else ()

    def summarise(self, story: Story, notes: tuple[str, ...]) -> None:
        """Append to the summary of the job, and say the grade in the log."""
        say(headline(story))
        path = self.environment.get("GITHUB_STEP_SUMMARY")
        if path:
            told = "".join(f"\n> {prose(note, _LONGEST)}\n" for note in notes)
            _append(Path(path), f"{summary(story)}{told}\n")

    def set_outputs(self, outputs: Mapping[str, str]) -> None:
        """Hand values to the next steps; a value is one line."""
        path = self.environment.get("GITHUB_OUTPUT")
        if path:
            _append(Path(path), "".join(f"{name}={clean(value, _LONGEST)}\n" for name, value in outputs.items()))


def outputs_of(story: Story) -> dict[str, str]:
    """The outputs that tell of the grade and of what changed."""
    return {
        "grade": story.head.grade,
        "score": f"{story.head.score:.1f}",
        "delta": "" if story.gained is None else f"{story.gained:.1f}",
        "new": str(sum(len(item.changes) for item in story.new)) if story.delta else "",
        "fixed": str(sum(len(item.changes) for item in story.fixed)) if story.delta else "",
    }


def write_reports(desk: Desk, head: Report, base: Report | None) -> dict[str, str]:
    """Write the report in each format, and the one before as JSON; gives the outputs that say where."""
    folder, found = desk.folder, {}
    for name in dict.fromkeys(("json", *desk.inputs.formats)):
        path = folder / f"report{FORMATS[name].suffixes[0] if FORMATS[name].suffixes else f'.{name}'}"
        write_file(path, FORMATS[name].render(head))
        found[name] = str(path)
    kept = folder / "base.json"
    if base:
        write_file(kept, FORMATS["json"].render(base))
    else:
        kept.unlink(missing_ok=True)
    return {"reports": str(folder), "report": found["json"], "sarif": found.get("sarif", "")}


def _noted(sentence: str) -> tuple[str, ...]:
    say(sentence)
    return (clean(sentence, _LONGEST),)


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError as error:
        raise ReportError(f"{os.fspath(path)}: cannot be written ({error.strerror}).") from error
