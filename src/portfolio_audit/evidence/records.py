"""Records of a model at work: tables and collections of predictions, feedback and measures that a service fills."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.codebase import Source
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call

_OF_WORK = r"(?:prediction|feedback|conversation|monitor|drift|inference|dummy_metrics|model_metrics)"
_TABLE = re.compile(
    rf"(?:insert\s+into|create\s+table(?:\s+if\s+not\s+exists)?)\s+[\w.\"'`]{{0,80}}{_OF_WORK}", re.IGNORECASE
)
_READ = re.compile(rf"\bfrom\s+[\w.\"'`]{{0,80}}{_OF_WORK}", re.IGNORECASE)
_NAMED = re.compile(_OF_WORK, re.IGNORECASE)
_CLASS = re.compile(
    r"^(?:User|Chat|Model)?(?:Prediction|Feedback|Conversation|Inference|Drift)(?!Request|Response|Input)"
)
_MAPPERS = ("sqlalchemy", "sqlmodel", "peewee", "tortoise", "beanie", "mongoengine", "django.db.models", "pony.orm")
_INSERTS = frozenset({"insert_one", "insert_many", "insert_rows_json", "put_item"})


def written(source: Source) -> Location | None:
    """Where a file keeps records of a model's work: a statement, a mapped class, or a call that inserts."""
    text = next((t for t in source.module.texts if _TABLE.search(t.value)), None)
    if text is not None:
        return source.at(text.line, "a table of predictions, feedback or measures")
    if source.imports(_MAPPERS) is not None:
        table = next((t for t in source.module.texts if _is_table(source, t.value)), None)
        if table is not None:
            return source.at(table.line, f"a table called {table.value[:40]}")
    call = next(_inserts(source), None)
    return source.says(call) if call is not None else None


def shown(source: Source) -> Location | None:
    """Where a file reads such a table."""
    text = next((t for t in source.module.texts if _READ.search(t.value)), None)
    return source.at(text.line, "shows a table of predictions, feedback or measures") if text is not None else None


def _is_table(source: Source, text: str) -> bool:
    """Whether a text is the name of a mapped table: short, and a class is called alike."""
    return text.isidentifier() and _NAMED.search(text) is not None and any(map(_CLASS.match, source.module.classes))


def _inserts(source: Source) -> Iterator[Call]:
    """Insertions into a collection whose name, or the name of what it was taken from, says what it holds."""
    taken = {name: call for call in source.module.calls for name in call.assigned}
    for call in source.module.calls:
        if call.method in _INSERTS:
            origin = taken.get(call.name.partition(".")[0])
            said = (call.name, *call.texts, *(() if origin is None else (origin.name, *origin.texts)))
            if any(map(_NAMED.search, said)):
                yield call
