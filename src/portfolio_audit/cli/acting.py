"""The action from the event to the last word: read, audit both sides, write, tell, exit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import typer

from portfolio_audit.action.bases import Base, choose_base
from portfolio_audit.action.event import Event, read_event
from portfolio_audit.action.inputs import FailOn, Inputs, Scope, read_inputs
from portfolio_audit.action.kept import check_subject, read_story
from portfolio_audit.action.remarks import Remark, remarks
from portfolio_audit.action.story import Story
from portfolio_audit.audit import audit_snapshot
from portfolio_audit.cli.choices import Asked, Given
from portfolio_audit.cli.exits import ExitCode, code_of
from portfolio_audit.cli.preparing import configuration, settings_of
from portfolio_audit.cli.reaching import Desk, blame, give_up, outputs_of, say, write_reports
from portfolio_audit.config import Config
from portfolio_audit.errors import ConfigError, NoCommits, NotARepository, PortfolioAuditError
from portfolio_audit.judging import collect
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.wire import export
from portfolio_audit.settings import Settings
from portfolio_audit.sources import git
from portfolio_audit.sources.ancestry import Ancestry, open_ancestry
from portfolio_audit.sources.fetching import fetch_commits

_FILES = tuple(name for name in FORMATS if name != "terminal")


@dataclass(frozen=True, slots=True)
class _Told:
    """What was audited: the reports of this commit and of the one before, and what to say of them."""

    story: Story
    head: Report
    base: Report | None = None
    remarks: tuple[Remark, ...] = ()


def run_action(environment: Mapping[str, str], now: datetime | None = None) -> None:
    """Do what the event and the inputs ask for; raises Exit with 1 when the grade is not what is asked for.

    Why there is no audit, if there is none, is told where people look; then the code is that of the error.
    """
    try:
        _run(environment, now)
    except PortfolioAuditError as error:
        give_up(error, environment)
        raise typer.Exit(code_of(error)) from error


def _run(environment: Mapping[str, str], now: datetime | None) -> None:
    event, inputs = read_event(environment), read_inputs(environment, _FILES)
    if event.is_deletion:
        say("The branch was deleted: there is nothing to audit.")
        return
    given = Given(Path(inputs.config) if inputs.config else None, tuple(map(Path, inputs.rules)), now=now)
    config = configuration(given)
    settings = settings_of(given, config)
    least = _least(inputs, config, settings)
    desk = Desk(event, inputs, config, environment)
    if inputs.report:
        _finish(desk, _kept(desk), least)
        return
    told = _profile(desk, given) if inputs.scope is Scope.PROFILE else _repository(desk, settings)
    _tell(desk, told)
    _finish(desk, told.story, least)


def _kept(desk: Desk) -> Story:
    """Tell what another run has found about the commit of this event."""
    event = desk.event
    story = check_subject(read_story(Path(desk.inputs.report)), event.repository, event.head, event.web)
    desk.summarise(story, desk.publish(story, ()))
    desk.set_outputs(outputs_of(story))
    return story


def _least(inputs: Inputs, config: Config, settings: Settings) -> str:
    """The letter below which the step fails, empty for none."""
    least, letters = (inputs.fail_under or config.fail_under).upper(), settings.ruleset.grades.letters
    if least and least not in letters:
        raise ConfigError(f"The input fail-under: '{least[:60]}' is no grade. Choose from: {', '.join(letters)}.")
    return least


def _repository(desk: Desk, settings: Settings) -> _Told:
    """Audit the commit that is checked out, and the one it is compared with, by the same rules."""
    folder = _checkout(desk)
    _complete(desk, folder, settings)
    with open_ancestry(folder) as commits:
        head = desk.event.head if commits.has(desk.event.head) else commits.head
        if not head:
            raise NoCommits(desk.event.repository, "nothing is checked out.", advice="Use actions/checkout before.")
        base = choose_base(desk.event, head, commits, desk.inputs.base_ref)
        if base.commit == head:
            base = Base("", "It is the commit that the branch began at: there is nothing to compare with.")
        after = _audited(desk.event, folder, settings.at(head))
        before = _audited(desk.event, folder, settings.at(base.commit)) if base.commit else None
        story = Story(export(after), export(before) if before else None, base.why)
        return _Told(story, after, before, remarks(story, _changed(commits, base, head)))


def _checkout(desk: Desk) -> str:
    """Where we are, which must be where a repository is checked out; raises NotARepository."""
    here = Path.cwd()
    if git.accepts(str(here)):
        return str(here)
    around = next((str(folder) for folder in here.parents if git.accepts(str(folder))), "")
    if around:
        raise ConfigError(
            f"The input working-directory: '{desk.key or here.name}' is a folder inside a repository, not where one is "
            "checked out. A repository is audited as a whole, and each project in it judged by itself: leave it out."
        )
    raise NotARepository(desk.event.repository, "it is not checked out here.", advice="Use actions/checkout before.")


def _changed(commits: Ancestry, base: Base, head: str) -> Mapping[str, frozenset[int]]:
    return commits.changed_lines(base.commit, head) if base.commit else {}


def _complete(desk: Desk, folder: str, settings: Settings) -> None:
    """Fetch what a shallow checkout lacks: the history counts, and the base is in it."""
    with open_ancestry(folder) as commits:
        event = desk.event
        wanted = [commit for commit in (event.head, event.before, event.base) if commit]
        if not commits.is_shallow and all(map(commits.has, wanted)):
            return
        depth = settings.limits.commits if commits.is_shallow else None
    for asked in (wanted, wanted[:1]):  # a commit that was pushed away may be gone, and must not cost the others
        why = fetch_commits(folder, asked, depth=depth, secret=desk.inputs.token, web=event.web)
        if not why:
            return
    say(f"Older commits could not be fetched: {why}. With fetch-depth: 0 the checkout has them.")


def _audited(event: Event, folder: str, settings: Settings) -> Report:
    """The audit of one commit, under the name that the repository has on GitHub."""
    owner, _, name = event.repository.partition("/")
    snapshot = replace(collect(folder, settings), owner=owner, name=name, web_url=f"{event.web}/{event.repository}")
    return audit_snapshot(snapshot, event.repository, settings)


def _profile(desk: Desk, given: Given) -> _Told:
    """Audit everything that the owner of the repository has on GitHub."""
    from portfolio_audit.cli.hosted import audited_account

    if desk.inputs.token:
        os.environ["GITHUB_TOKEN"] = desk.inputs.token
    owner = desk.event.repository.partition("/")[0]
    report = audited_account(owner, given, Asked())
    return _Told(Story(export(report), unmatched=f"The profile of {owner}."), report)


def _tell(desk: Desk, told: _Told) -> None:
    """Write the reports, remarks, summary, comment and outputs, in this order: what is sure first."""
    written = write_reports(desk, told.head, told.base)
    for remark in told.remarks:
        desk.command(remark.command())
    published = desk.publish(told.story, told.remarks) if desk.inputs.scope is Scope.REPOSITORY else ()
    desk.summarise(told.story, published)
    desk.set_outputs({**outputs_of(told.story), **written})


def _finish(desk: Desk, story: Story, least: str) -> None:
    """Exit with 1 when what the inputs forbid has happened."""
    broken = []
    if least and story.is_below(least):
        broken.append(f"The grade {story.head.grade} is below {least}.")
    if FailOn.GRADE_DROP in desk.inputs.fail_on and story.is_worse_grade:
        broken.append("The grade dropped.")
    if FailOn.NEW_FINDINGS in desk.inputs.fail_on and story.new:
        broken.append(f"There are new findings: {', '.join(item.verdict.result.rule for item in story.new[:5])}.")
    for sentence in broken:
        blame(sentence)
    if broken:
        raise typer.Exit(ExitCode.BELOW)
