"""Two audits of the same repositories: what is fixed, new, moved and unchanged between them, and why.

The two should be made with the same rules; where they were not, nothing is put down to the repository that may come
from the rules.
"""

from __future__ import annotations

from portfolio_audit.comparing.delta import Delta, FindingChange, VerdictChange, compare
from portfolio_audit.comparing.sides import Cause, Change, Side, Verdict, side_of

__all__ = ["Cause", "Change", "Delta", "FindingChange", "Side", "Verdict", "VerdictChange", "compare", "side_of"]
