"""Requests and seconds against the number of repositories, as an SVG picture with two panels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from math import log10

from benchmarks.github.runs import Cost

WIDTH, HEIGHT = 920, 380
_PANEL, _TOP, _BOTTOM, _LEFT = 390, 60, 320, 60
_COLOURS = ("#ca1243", "#2e5cd6", "#8fb0ff", "#31823c", "#9bd1a2")
_LEAST = 0.5
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#383a42}.t{font-weight:600;font-size:15px}.a{fill:#6e6e76;font-size:12px}"
)


def draw(costs: Sequence[Cost]) -> str:
    """The picture; both axes are logarithmic, so that a straight line of slope one is linear growth."""
    ways = {way: tuple(found) for way, found in groupby(sorted(costs, key=_order), key=lambda cost: cost.way)}
    panels = (
        ("Requests that count", 0, lambda cost: float(cost.counted)),
        ("Seconds", 1, lambda cost: cost.wall),
    )
    lines = [line for title, place, value in panels for line in _panel(title, place, ways, value)]
    legend = _legend(list(ways))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
    return "\n".join(
        [
            f'{head} aria-label="Requests and seconds against the number of repositories">',
            f"<style>{_STYLE}</style>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fafafa"/>',
            *lines,
            *legend,
            "</svg>\n",
        ]
    )


def _order(cost: Cost) -> tuple[str, int]:
    return cost.way, cost.repositories


def _panel(title: str, place: int, ways: dict[str, tuple[Cost, ...]], value: Callable[[Cost], float]) -> Iterator[str]:
    left = _LEFT + place * 450
    every = [cost for costs in ways.values() for cost in costs]
    most_x = max(log10(max(cost.repositories, 2)) for cost in every)
    most_y = max(log10(max(value(cost), 10)) for cost in every)
    low = log10(_LEAST)

    def x(count: float) -> float:
        return left + (_PANEL - 40) * log10(max(count, 1)) / most_x

    def y(amount: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (log10(max(amount, _LEAST)) - low) / (most_y - low)

    yield f'<text class="t" x="{left}" y="34">{title}</text>'
    if any(value(cost) == 0 for cost in every):
        yield f'<text class="a" x="{left - 8}" y="{_BOTTOM + 4}" text-anchor="end">0</text>'
    for exponent in range(int(most_y) + 1):
        at = y(10**exponent)
        yield f'<path d="M{left} {at:.1f}H{left + _PANEL - 40}" stroke="#dddde2"/>'
        yield f'<text class="a" x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{10**exponent:,}</text>'
    for count in sorted({cost.repositories for cost in every}):
        yield f'<text class="a" x="{x(count):.1f}" y="{_BOTTOM + 20}" text-anchor="middle">{count}</text>'
    for colour, costs in zip(_COLOURS, ways.values(), strict=False):
        points = " ".join(f"{x(cost.repositories):.1f},{y(value(cost)):.1f}" for cost in costs)
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
        yield from (
            f'<circle cx="{x(c.repositories):.1f}" cy="{y(value(c)):.1f}" r="3.5" fill="{colour}"/>' for c in costs
        )


def _legend(ways: list[str]) -> Iterator[str]:
    for place, (colour, way) in enumerate(zip(_COLOURS, ways, strict=False)):
        left = _LEFT + place * 170
        yield f'<rect x="{left}" y="355" width="14" height="4" fill="{colour}"/>'
        yield f'<text class="a" x="{left + 20}" y="361">{way}</text>'
