"""Finished text to GitHub: comments that are kept up to date, and check runs, written through PyGithub.

It takes 0.2 s to import, so import it only where something is written.
"""

from __future__ import annotations

from portfolio_audit.publishing.check import Annotation, Check
from portfolio_audit.publishing.marker import Marker, Run
from portfolio_audit.publishing.outcome import Published, State
from portfolio_audit.publishing.writer import Writer, open_writer

__all__ = ["Annotation", "Check", "Marker", "Published", "Run", "State", "Writer", "open_writer"]
