"""What an audit of an account will cost, and what it has cost, in a sentence."""

from __future__ import annotations

from portfolio_audit.github.limits import Allowance
from portfolio_audit.github.patience import clock
from portfolio_audit.github.session import Session
from portfolio_audit.sources.hosted import HostedPortfolio

_MIB = 1024 * 1024


def beforehand(portfolio: HostedPortfolio, session: Session) -> str:
    """What is going to be read, and for how much."""
    cost = session.estimate(portfolio.repositories)
    what = f"Reading {_count(portfolio.count, 'repository', 'repositories')} of {portfolio.name}"
    left_out = ", ".join(f"{count} {reason}" for reason, count in portfolio.left_out)
    about = (
        f"about {_count(cost, 'more request that counts', 'more requests that count')}" if cost else "nothing counts"
    )
    return f"{what}{f' (left out: {left_out})' if left_out else ''}: {about}{_left(session)}."


def afterwards(session: Session) -> str:
    """What was read, and for how much."""
    traffic = session.traffic
    counted = _count(traffic.counted, "request counted", "requests counted")
    return (
        f"{counted}, {traffic.free} did not, {traffic.received / _MIB:,.1f} MiB received"
        f"{_left(session)}.{'' if session.access.token else _MORE}"
    )


_MORE = " With a token (gh auth login) you also see pins, releases, checks and history."


def _left(session: Session) -> str:
    """What GitHub leaves of its limits until it resets them."""
    told = [_allowance(session.traffic.left[name]) for name in ("core", "graphql") if name in session.traffic.left]
    return f"; left of GitHub's limits: {', '.join(told)}" if told else ""


def _allowance(left: Allowance) -> str:
    name = "GraphQL" if left.resource == "graphql" else "REST"
    return f"{left.remaining:,} of {left.limit:,} ({name}, until {clock(left.resets_at)})"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
