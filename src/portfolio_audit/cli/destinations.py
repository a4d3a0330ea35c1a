"""Which format goes where: what --format and --output, each as often as wanted, mean together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from portfolio_audit.reporting import FORMATS, guess_format

STANDARD_OUTPUT = Path("-")
_TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Destination:
    """A format and the file it goes to; no file is standard output."""

    format: str
    path: Path | None = None


def destinations(formats: Sequence[str], outputs: Sequence[Path]) -> tuple[Destination, ...]:
    """Each format with its output, in the order given.

    Without formats the endings of the outputs decide; a single format without output goes to standard output, and
    ``-`` is that. Raises BadParameter for what does not go together, before any work is done.
    """
    for name in formats:
        _check_format(name)
    if not outputs:
        if len(formats) > 1:
            raise typer.BadParameter("several formats need a place each: repeat --output in the same order.")
        return (Destination(formats[0] if formats else _TERMINAL),)
    if formats and len(formats) != len(outputs):
        raise typer.BadParameter(
            f"--format is there {_times(len(formats))}, --output {_times(len(outputs))}: name a format for each, "
            "in the same order, or none and let the endings of the files decide."
        )
    _check_outputs(outputs)
    names = formats or [_named_by(output) for output in outputs]
    return tuple(
        Destination(name, None if output == STANDARD_OUTPUT else output)
        for name, output in zip(names, outputs, strict=True)
    )


def _check_format(name: str) -> None:
    if name not in FORMATS:
        from portfolio_audit.engine.fields import nearest

        near = nearest(name, list(FORMATS))
        hint = f" Did you mean '{near}'?" if near else ""
        raise typer.BadParameter(f"'{name}' is no format.{hint} Choose from: {', '.join(FORMATS)}.")
    if FORMATS[name].missing:
        raise typer.BadParameter(FORMATS[name].missing)


def _check_outputs(outputs: Sequence[Path]) -> None:
    twice = next((output for place, output in enumerate(outputs) if output in outputs[:place]), None)
    if twice is not None:
        raise typer.BadParameter(f"'{twice}' is there twice, and takes one format.")


def _named_by(output: Path) -> str:
    """The format that the ending of a file names."""
    name = _TERMINAL if output == STANDARD_OUTPUT else guess_format(output.name)
    if name is None:
        endings = ", ".join(suffix for form in FORMATS.values() for suffix in form.suffixes)
        raise typer.BadParameter(f"the ending of '{output}' names no format: add --format, or use one of {endings}.")
    _check_format(name)
    return name


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
