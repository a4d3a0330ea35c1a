"""The kinds of repository there are on a profile."""

from __future__ import annotations

from enum import StrEnum


class RepositoryKind(StrEnum):
    """What a repository is; the ruleset says which kinds count as portfolio pieces."""

    ML_PROJECT = "ml-project"
    ML_COLLECTION = "ml-collection"
    COURSEWORK = "coursework"
    TOOL = "tool"
    APPLICATION = "application"
    PROFILE = "profile"
    DOCS = "docs"
    TEMPLATE = "template"
    FORK = "fork"
    EMPTY = "empty"
