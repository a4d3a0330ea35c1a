"""What was asked of GitHub and what is left, counted at the one place where requests leave."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio_audit.github.limits import Allowance


@dataclass(slots=True)
class Traffic:
    """The requests of one audit: ``counted`` ones use up the hourly limit, ``free`` ones do not.

    ``unchanged`` are the replies 304, ``received`` the bytes of all replies; ``left`` is what GitHub last said of
    each limit. ``refused`` are the requests over the budget of the user, which were not sent.
    """

    counted: int = 0
    free: int = 0
    unchanged: int = 0
    received: int = 0
    refused: int = 0
    left: dict[str, Allowance] = field(default_factory=dict)
