"""One page a command, from the help texts themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, cast

import typer.main

from benchmarks.docs.knowledge import Knowledge
from benchmarks.docs.markdown import code, fence, link, page, prose, table, tree
from portfolio_audit.cli.app import app

PROGRAM = "portfolio-audit"
_EXAMPLES = "Examples:"
_REMARK = re.compile(r" {2,}\((.*)\)$")


class _Parameter(Protocol):
    """What typer tells of an argument or option, whichever click it stands on."""

    opts: Sequence[str]
    metavar: str | None
    help: str | None
    required: bool
    hidden: bool
    param_type_name: str


class _Command(Protocol):
    """What typer tells of a command; a group has more below it."""

    help: str | None
    params: Sequence[_Parameter]


def pages(knowledge: Knowledge) -> Mapping[str, Iterator[str]]:
    """The pages by their path."""
    del knowledge
    commands = dict(_commands(cast("_Command", typer.main.get_command(app))))
    each = {f"cli/{name.replace(' ', '-')}.md": _page(name, command) for name, command in commands.items()}
    return {"cli.md": _index(commands), **each}


def _commands(group: _Command, within: str = "") -> Iterator[tuple[str, _Command]]:
    """Every command by the words that call it."""
    for name, command in getattr(group, "commands", {}).items():
        called = f"{within}{name}"
        if hasattr(command, "commands"):
            yield from _commands(command, f"{called} ")
        else:
            yield called, command


def _index(commands: Mapping[str, _Command]) -> Iterator[str]:
    yield from page("Commands")
    yield "Each command tells the same with `--help`. [Exit codes](exit-codes.md) are the same for all."
    yield ""
    yield from table(("command", "what it does"), (
        (link(code(f"{PROGRAM} {name}"), f"cli/{name.replace(' ', '-')}.md"), prose(_about(command).split("\n\n")[0]))
        for name, command in commands.items()
    ))  # fmt: skip
    yield from tree(f"cli/{name.replace(' ', '-')}" for name in commands)


def _about(command: _Command) -> str:
    return inspect.cleandoc(command.help or "")


def _page(name: str, command: _Command) -> Iterator[str]:
    about, _, examples = _about(command).partition(_EXAMPLES)
    shown = [parameter for parameter in command.params if not getattr(parameter, "hidden", False)]
    arguments = [p for p in shown if p.param_type_name == "argument"]
    options = [p for p in shown if p.param_type_name == "option"]
    yield from page(name)
    usage = [PROGRAM, name, *(p.metavar or "" for p in arguments), *(["[OPTIONS]"] if options else [])]
    yield from fence(" ".join(usage))
    for paragraph in about.strip().split("\n\n"):
        yield from ("", prose(paragraph))
    if examples:
        told = [_REMARK.sub(r"    # \1", line.strip()) for line in examples.splitlines() if line.strip()]
        yield from ("", "## Examples", "", *fence("\n".join(f"$ {line}" for line in told), "console"))
    for heading, parameters in (("Arguments", arguments), ("Options", options)):
        if parameters:
            yield from ("", f"## {heading}", "", *table(("", "meaning"), map(_parameter, parameters)))


def _parameter(parameter: _Parameter) -> tuple[str, str]:
    if parameter.param_type_name == "argument":
        return code(parameter.metavar or ""), prose(parameter.help or "")
    spelled = ", ".join(parameter.opts)
    return code(f"{spelled} {parameter.metavar}" if parameter.metavar else spelled), prose(parameter.help or "")
