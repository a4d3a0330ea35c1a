"""Past audits in a SQLite file of the user's own: written by ``--record`` and ``history backfill``, read by anybody.

Its form is documented (``schema``), so that DuckDB, Datasette and Grafana can read it too. Unlike a cache it cannot be
made again: a file that is damaged, foreign or newer is explained and left as it is.
"""

from __future__ import annotations

from portfolio_audit.history.file import HistoryFile
from portfolio_audit.history.reading import Run

__all__ = ["HistoryFile", "Run"]
