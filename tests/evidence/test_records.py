"""Records of a model at work."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.codebase import Codebase, Source
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.records import shown, written
from portfolio_audit.model.snapshot import Unavailable

Made = Callable[[Mapping[str, str | Unavailable]], Documents]


def source(documents: Made, text: str) -> Source:
    return Codebase(documents({"a.py": text})).sources["a.py"]


MAPPED = "from sqlalchemy.orm import DeclarativeBase\nclass {name}(DeclarativeBase):\n    __tablename__ = '{table}'\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("db.execute('INSERT INTO feedback (vote) VALUES (1)')\n", 1),
        ("x = 1\ndb.execute('''create table if not exists public.predictions (a int)''')\n", 2),
        (MAPPED.format(name="UserFeedback", table="feedback"), 3),
        (MAPPED.format(name="PredictionRequest", table="prediction_request"), 0),
        (MAPPED.format(name="User", table="feedback"), 0),
        ("db.predictions.insert_one({})\n", 1),
        ("db = client.get_database('prediction_service')\nrows = db.get_collection('x')\ndb.insert_one({})\n", 3),
        ("db.users.insert_one({})\n", 0),
        ("db.execute('INSERT INTO air_quality VALUES (1)')\n", 0),
        ("# db.execute('INSERT INTO feedback VALUES (1)')\n", 0),
    ],
)
def test_where_records_are_kept(documents: Made, text: str, line: int) -> None:
    at = written(source(documents, text))
    assert (at.line if at else 0) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("read_sql('SELECT * FROM feedback', con)\n", 1),
        ("read_sql('select 1 from users')\n", 0),
        ("from drift import x", 0),
    ],
)
def test_where_records_are_read(documents: Made, text: str, line: int) -> None:
    at = shown(source(documents, text))
    assert (at.line if at else 0) == line
