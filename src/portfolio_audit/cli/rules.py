"""``portfolio-audit rules``: what is judged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Given
from portfolio_audit.cli.exits import ExitCode

app = typer.Typer(no_args_is_help=True, help="List, show and check the rules.", rich_markup_mode="rich")

CaseFolder = Annotated[
    list[Path], typer.Argument(metavar="FOLDER...", help="Folders of case files, laid out like the rules.")
]


@app.command("list")
def list_rules(config: options.ConfigFile = None, rules: options.RuleFolders = None) -> None:
    """List every rule in force: criterion, part, points, id and title.

    Examples:
      portfolio-audit rules list

      portfolio-audit rules list | grep depth
    """
    from portfolio_audit.cli.preparing import configuration, settings_of

    given = Given(config, tuple(rules or ()))
    for rule in settings_of(given, configuration(given)).ruleset.rules:
        group = f"{rule.criterion}/{rule.part}" if rule.part else rule.criterion
        sys.stdout.write(f"{group:<20} {rule.points:>4g}  {rule.id:<30} {rule.title}\n")


@app.command("show")
def show_rule(rule_id: options.RuleId, config: options.ConfigFile = None, rules: options.RuleFolders = None) -> None:
    """Print the file that defines a rule, to read or to copy into a folder of your own."""
    from portfolio_audit.cli.explaining import rule_named, source_of
    from portfolio_audit.cli.preparing import configuration, settings_of

    given = Given(config, tuple(rules or ()))
    chosen = configuration(given)
    rule = rule_named(rule_id, settings_of(given, chosen).ruleset)
    sys.stdout.write(source_of(rule, (*chosen.rules, *given.rules)).read_text(encoding="utf-8"))


@app.command("check")
def check(folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders of rules.")]) -> None:
    """Load folders of rules on top of the shipped ones, and say what is wrong in them, with file and line.

    Examples:
      portfolio-audit rules check my-rules/
    """
    from portfolio_audit.defaults import load_knowledge

    for folder in folders:
        if not folder.is_dir():
            raise typer.BadParameter(f"there is no folder {folder}.")
    before, _ = load_knowledge()
    after, _ = load_knowledge(tuple(folders))
    own = [rule for rule in after.rules if before.rule(rule.id) != rule]
    sys.stdout.write(f"Good: {len(own)} rules of your own, {len(after.rules)} in all.\n")


@app.command("cases")
def cases(folders: CaseFolder, rules: options.RuleFolders = None) -> None:
    """Run rule cases: what each rule must say of small made-up repositories.

    Examples:
      portfolio-audit rules cases my-cases/ --rules my-rules/
    """
    from portfolio_audit.cases import find_files, load_cases, run_case
    from portfolio_audit.defaults import load_knowledge

    ruleset, vocabulary = load_knowledge(tuple(rules or ()))
    outcomes = [
        run_case(case, ruleset, vocabulary)
        for folder in folders
        for file in find_files(folder)
        for case in load_cases(file)
    ]
    wrong = [outcome for outcome in outcomes if outcome.differences]
    for outcome in wrong:
        sys.stdout.write(f"{outcome.case.defined}: {outcome.case.id}: {'; '.join(outcome.differences)}\n")
    sys.stdout.write(f"{len(outcomes)} cases, {len(wrong)} of them wrong.\n")
    if wrong or not outcomes:
        raise typer.Exit(ExitCode.BELOW)
