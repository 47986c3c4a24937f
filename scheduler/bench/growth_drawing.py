"""Growth as a picture: an SVG file that needs nothing else, one panel for each size that grows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..report.canvas import FONT
from ..report.markup import Markup, join, tag
from ..report.palette import BOUND, INK, PALE, SERVICES
from .growth import AXES, Curve, fit
from .growth_rows import share_of

WIDTH, HEIGHT = 340, 300
"""Of a panel, in pixels."""
LEFT, RIGHT, TOP, BOTTOM = 54, 14, 34, 46
ENTRY = 36
"""Height of a curve in the legend: two lines."""
ROOM = 1.25
"""Factor by which axes go beyond what they show."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A logarithmic axis: from amounts to pixels."""

    low: float
    high: float
    first: float
    last: float

    def at(self, amount: float) -> float:
        """Give the pixel of an amount."""
        share = math.log(amount / self.low) / math.log(self.high / self.low)
        return self.first + share * (self.last - self.first)


def growth_svg(curves: Sequence[Curve], gap: float) -> str:
    """Draw seconds to the gap over each size that grows, both logarithmic.

    Dots are medians, dashes fits; a triangle at the top is an instance whose median run did not
    prove the gap within its limit.
    """
    panels = [[c for c in curves if c.axis == axis] for axis in range(len(AXES))]
    panels = [panel for panel in panels if panel]
    entries = max((len(panel) for panel in panels), default=0)
    width, height = WIDTH * max(2, len(panels)), HEIGHT + entries * ENTRY + 22
    low, high = _seconds(curves)
    drawn = [
        tag("g", *_panel(panel, low, high), transform=f"translate({WIDTH * position} 0)")
        for position, panel in enumerate(panels)
    ]
    words = f"Median seconds until a gap of {share_of(gap)} is proved"
    key = f"{words}; dashes are fits, triangles stand for: not within the limit."
    svg = tag(
        "svg",
        tag("title", words),
        tag("rect", width=str(width), height=str(height), fill="#fff"),
        *drawn,
        _text(LEFT - 4, height - 8, key, font_size="11"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=str(width),
        height=str(height),
        font_family=FONT,
        font_size="12",
        fill=INK,
    )
    return f"{svg}\n"


def _seconds(curves: Sequence[Curve]) -> tuple[float, float]:
    """Give the range of the seconds: from the fastest, or the lowest fit, to the longest limit."""
    times = [seconds for curve in curves for _, seconds in curve.times() if seconds > 0]
    times += [seconds for curve in curves for _, seconds in _fitted(curve)]
    limits = [float(curve.way[-1]) for curve in curves]
    high = max([*times, *limits], default=1.0) * ROOM
    return min([*times, high / 10]) / ROOM, high


def _panel(curves: Sequence[Curve], low: float, high: float) -> Iterator[Markup]:
    axis = curves[0].axis
    sizes = sorted({point.size[axis] for curve in curves for point in curve.points})
    across = Scale(sizes[0] / ROOM, sizes[-1] * ROOM, LEFT, WIDTH - RIGHT)
    up = Scale(low, high, HEIGHT - BOTTOM, TOP)
    yield _text(LEFT, 18, f"seconds over {AXES[axis]}", font_weight="600")
    for seconds in _ticks(low, high):
        yield _line((LEFT, up.at(seconds)), (WIDTH - RIGHT, up.at(seconds)), stroke=PALE)
        yield _text(LEFT - 6, up.at(seconds) + 4, f"{seconds:g}", text_anchor="end")
    last = -math.inf
    for size in sizes:
        place = across.at(size)
        yield _line((place, HEIGHT - BOTTOM), (place, HEIGHT - BOTTOM + 4), stroke=INK)
        if place - last > 26:  # labels that would touch are left out
            yield _text(place, HEIGHT - BOTTOM + 18, f"{size:g}", text_anchor="middle")
            last = place
    for position, curve in enumerate(curves):
        yield from _curve(curve, across, up, SERVICES[position % len(SERVICES)], position)


def _curve(curve: Curve, across: Scale, up: Scale, color: str, position: int) -> Iterator[Markup]:
    """Draw the dots, the fit, what never reached the gap, and a line of the legend."""
    for size, seconds in curve.times():
        x, y = across.at(size), up.at(max(seconds, up.low))
        yield tag("circle", cx=_px(x), cy=_px(y), r="4", fill=color)
    for point in curve.points:
        if point.seconds is None:
            x, y = across.at(point.size[curve.axis]), up.at(float(curve.way[-1]))
            shape = f"M{_px(x - 5)} {_px(y + 4)} l5 -9 l5 9 z"
            yield tag("path", tag("title", point.instance), d=shape, fill="none", stroke=color)
    ends = [(across.at(size), up.at(seconds)) for size, seconds in _fitted(curve)]
    if ends:
        yield _line(ends[0], ends[-1], stroke=color, stroke_dasharray="5 4")
    found = fit(curve.times())
    y = HEIGHT + ENTRY * position
    file, _, engine, limit = curve.way
    power = "no fit" if found is None else f"exponent {found.exponent:z.2f}"
    yield tag("circle", cx=str(LEFT), cy=_px(y - 4), r="4", fill=color)
    yield _text(LEFT + 10, y, f"{file}, {engine}, {limit} s: {power}", font_size="11")
    yield _text(LEFT + 10, y + 15, curve.name, font_size="11", fill=BOUND)


def _fitted(curve: Curve) -> list[tuple[float, float]]:
    """Give size and seconds at both ends of the fit; nothing, if there is none."""
    found, sizes = fit(curve.times()), [size for size, _ in curve.times()]
    return [] if found is None else [(s, found.at(s)) for s in (min(sizes), max(sizes))]


def _ticks(low: float, high: float) -> list[float]:
    """Give round numbers within a range: 1, 2, 5 and so on, or powers of ten of a long one."""
    steps = (1,) if high / low > 1000 else (1, 2, 5)
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = [step * 10.0**decade for decade in decades for step in steps]
    return [tick for tick in found if low <= tick <= high]


def _line(start: tuple[float, float], end: tuple[float, float], **style: str) -> Markup:
    (x1, y1), (x2, y2) = start, end
    return tag("line", x1=_px(x1), y1=_px(y1), x2=_px(x2), y2=_px(y2), **style)


def _text(x: float, y: float, words: str, **style: str) -> Markup:
    return tag("text", join([words]), x=_px(x), y=_px(y), **style)


def _px(value: float) -> str:
    return f"{value:.1f}"
