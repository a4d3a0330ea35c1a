"""What a workflow asks of the action, read from environment variables: no text of it ever passes a shell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portfolio_audit.errors import ConfigError

PREFIX = "PORTFOLIO_AUDIT_INPUT_"
"""Before the name of each input, in capitals and with underscores."""


class Comment(StrEnum):
    """When to comment on GitHub."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"
    ON_CHANGE = "on-change"


class FailOn(StrEnum):
    """What of a change makes the step fail."""

    NEW_FINDINGS = "new-findings"
    GRADE_DROP = "grade-drop"


class Scope(StrEnum):
    """What is audited: the repository that is checked out, or everything its owner has on GitHub."""

    REPOSITORY = "repository"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of the action; see action.yml for what each is for."""

    token: str = ""
    fail_under: str = ""
    fail_on: frozenset[FailOn] = frozenset()
    comment: Comment = Comment.AUTO
    formats: tuple[str, ...] = ("json",)
    config: str = ""
    rules: tuple[str, ...] = ()
    base_ref: str = ""
    scope: Scope = Scope.REPOSITORY
    report: str = ""


def read_inputs(environment: Mapping[str, str], formats: Sequence[str]) -> Inputs:
    """The inputs as the variables say; raises ConfigError for what none of the choices is."""

    def text(name: str, usual: str = "") -> str:
        return environment.get(f"{PREFIX}{name.upper().replace('-', '_')}", "").strip() or usual

    return Inputs(
        token=text("token"),
        fail_under=text("fail-under"),
        fail_on=frozenset(FailOn(_one(word, list(FailOn), "fail-on")) for word in _words(text("fail-on"))),
        comment=Comment(_one(text("comment", Comment.AUTO), list(Comment), "comment")),
        formats=tuple(dict.fromkeys(_one(word, formats, "formats") for word in _words(text("formats", "json")))),
        config=text("config"),
        rules=tuple(line.strip() for line in text("rules").splitlines() if line.strip()),
        base_ref=text("base-ref"),
        scope=Scope(_one(text("scope", Scope.REPOSITORY), list(Scope), "scope")),
        report=text("report"),
    )


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _one(word: str, choices: Sequence[str], name: str) -> str:
    if word not in choices:
        raise ConfigError(f"The input {name}: '{word[:60]}' is none of: {', '.join(choices)}.")
    return word
