"""The form of a history file, step by step; the comments are kept in the file, where ``.schema`` shows them."""

from __future__ import annotations

import sqlite3

from portfolio_audit.errors import HistoryError

APPLICATION = 0x70614869
"""What marks a SQLite file as a history of ours ("paHi")."""

_FIRST = (
    """\
CREATE TABLE runs (           -- one audit
  id        INTEGER PRIMARY KEY,
  subject   TEXT NOT NULL,    -- what was audited: an account, a folder, or a repository as owner/name
  moment    TEXT NOT NULL,    -- what it is about, UTC, ISO 8601: of the audit, or of the commit
  way       TEXT NOT NULL,    -- 'audit', or 'backfill' for a commit of the past
  portfolio INTEGER NOT NULL, -- 1 for a portfolio, 0 for a single repository
  tool      TEXT NOT NULL,    -- version of portfolio-audit
  ruleset   TEXT NOT NULL,    -- version of the rules
  standard  TEXT NOT NULL,    -- changes with anything that can move a score, also in the user's configuration
  grade     TEXT NOT NULL,    -- the letter, '?' when nothing could be judged
  score     REAL NOT NULL,    -- 0 to 100
  UNIQUE (subject, moment, way)
)""",
    """\
CREATE TABLE states (         -- a repository as one or more runs saw it; the profile as a whole has no name
  id         INTEGER PRIMARY KEY,
  digest     BLOB NOT NULL UNIQUE, -- of all that is kept of it: the same state is kept once
  repository TEXT NOT NULL,   -- owner/name, '' for the profile as a whole
  commit_id  TEXT,            -- the commit that was audited, NULL if there is none
  kind       TEXT NOT NULL,   -- ml-project, coursework, ...; '' for the profile
  counted    INTEGER NOT NULL,-- 1 if it counts as a piece of the portfolio
  grade      TEXT NOT NULL,
  score      REAL NOT NULL    -- 0 to 100
)""",
    """\
CREATE TABLE run_states (     -- which states a run saw
  run   INTEGER NOT NULL REFERENCES runs (id),
  state INTEGER NOT NULL REFERENCES states (id),
  PRIMARY KEY (run, state)
) WITHOUT ROWID""",
    """\
CREATE TABLE scores (         -- what a state scores by criterion
  state     INTEGER NOT NULL REFERENCES states (id),
  project   TEXT NOT NULL,    -- folder of a project in the repository, '' for the repository as a whole
  criterion TEXT NOT NULL,    -- writeup, depth, ...
  part      TEXT NOT NULL,    -- hosting, api, ...; '' for the criterion as a whole
  score     REAL,             -- 0 to 1, NULL when nothing could be judged
  points    REAL NOT NULL,
  possible  REAL NOT NULL,
  weight    REAL NOT NULL,
  PRIMARY KEY (state, project, criterion, part)
) WITHOUT ROWID""",
    """\
CREATE TABLE verdicts (       -- what the rules said of a state; those that do not apply are left out
  state    INTEGER NOT NULL REFERENCES states (id),
  project  TEXT NOT NULL,
  rule     TEXT NOT NULL,
  outcome  TEXT NOT NULL,     -- pass, partial, fail or unknown
  points   REAL NOT NULL,
  possible REAL NOT NULL,
  message  TEXT NOT NULL,     -- what is missing, or why it is unknown
  PRIMARY KEY (state, project, rule)
) WITHOUT ROWID""",
    """\
CREATE TABLE findings (       -- where it shows that a rule is not met, as far as it is not silenced
  state       INTEGER NOT NULL REFERENCES states (id),
  project     TEXT NOT NULL,
  rule        TEXT NOT NULL,
  fingerprint TEXT NOT NULL,  -- stays the same when the finding moves
  path        TEXT NOT NULL,
  line        INTEGER,
  cell        INTEGER,        -- of a notebook
  note        TEXT NOT NULL
)""",
    "CREATE INDEX findings_by_state ON findings (state)",
    """\
CREATE TABLE rules (          -- every rule that was ever asked, as it was last
  rule      TEXT PRIMARY KEY,
  title     TEXT NOT NULL,    -- the defect
  criterion TEXT NOT NULL,
  part      TEXT,             -- of depth
  severity  TEXT NOT NULL,
  fix       TEXT NOT NULL,    -- what to do
  effort    TEXT NOT NULL     -- 15m, 1h, 4h, 1d or 3d
) WITHOUT ROWID""",
    """\
CREATE VIEW repositories AS   -- every repository in every run
SELECT r.id AS run, r.subject, r.moment, r.way, s.repository, s.commit_id, s.kind, s.counted, s.grade, s.score
FROM runs r JOIN run_states rs ON rs.run = r.id JOIN states s ON s.id = rs.state WHERE s.repository <> ''""",
    """\
CREATE VIEW criteria AS       -- every criterion and part of every repository in every run
SELECT r.id AS run, r.subject, r.moment, r.way, s.repository, c.project, c.criterion, c.part,
  c.score, c.points, c.possible
FROM runs r JOIN run_states rs ON rs.run = r.id JOIN states s ON s.id = rs.state JOIN scores c ON c.state = s.id""",
    """\
CREATE VIEW unmet AS          -- the rules that the newest run of every subject found not met
SELECT r.subject, r.moment, s.repository, v.project, v.rule, t.title, t.criterion, v.outcome,
  v.possible - v.points AS lost, v.message, t.fix, t.effort
FROM runs r JOIN run_states rs ON rs.run = r.id JOIN states s ON s.id = rs.state
JOIN verdicts v ON v.state = s.id AND v.outcome IN ('fail', 'partial') LEFT JOIN rules t ON t.rule = v.rule
WHERE r.id = (SELECT n.id FROM runs n WHERE n.subject = r.subject ORDER BY n.moment DESC, n.id DESC LIMIT 1)""",
)
MIGRATIONS = (_FIRST,)
"""The statements that bring an empty file to version 1, those that bring that to version 2, and so on."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the newest version in one transaction; raises HistoryError for one that is not ours, or newer."""
    if version_of(connection) == len(MIGRATIONS):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for step in MIGRATIONS[version_of(connection) :]:  # another process may have been here
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.execute("COMMIT")


def version_of(connection: sqlite3.Connection) -> int:
    """The version of a file, 0 for an empty one; raises HistoryError for one that is not ours, or newer."""
    application, version, tables = (
        connection.execute(query).fetchone()[0]
        for query in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
    )
    if application != APPLICATION and (application or version or tables):
        raise HistoryError("is a SQLite file of another program.")
    if version > len(MIGRATIONS):
        raise HistoryError(
            f"was written by a newer portfolio-audit: it has form {version}, and this one knows {len(MIGRATIONS)}."
            " Upgrade portfolio-audit."
        )
    return int(version)
