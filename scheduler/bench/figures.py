"""Figures of runs: profiles over all instances, and gaps over time; plotly is loaded when used."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..report.canvas import layout
from ..report.palette import SERVICES
from .curves import Step, value_at

if TYPE_CHECKING:
    import plotly.graph_objects as go

DASHES = ("solid", "dash", "dot", "dashdot")
COLUMNS = 3
EARLIEST = 0.1
"""Seconds at which time axes begin."""
SMALLEST = 1e-4
"""Gap that logarithmic axes show for none."""


def look(position: int) -> dict[str, Any]:
    """Give the line of one way to solve: a colour, and a dash once the colours are used up."""
    return {
        "color": SERVICES[position % len(SERVICES)],
        "dash": DASHES[position // len(SERVICES) % len(DASHES)],
        "width": 2,
    }


def profile_figure(
    values: Mapping[str, Sequence[float | None]], title: str, *, smallest: float, tick_format: str
) -> go.Figure:
    """Draw the share of runs with at most a value: further up and left is better.

    Parameters
    ----------
    values
        For each way to solve, a value a run; None for a run without one, which never counts.
    smallest
        Where the logarithmic axis begins; all that is less is drawn there.
    tick_format
        How its numbers are written.
    """
    import plotly.graph_objects as go

    figure = go.Figure(layout=layout(height=330))
    known = [v for found in values.values() for v in found if v is not None]
    last = max([*known, smallest * 10]) * 1.05
    for position, (name, found) in enumerate(values.items()):
        steps = sorted(max(v, smallest) for v in found if v is not None)
        x = [smallest, *steps, last]
        y = [sum(v <= at for v in steps) / max(1, len(found)) for at in x]
        figure.add_scatter(
            x=x,
            y=y,
            name=name,
            mode="lines",
            line={"shape": "hv", **look(position)},
            hovertemplate=f"{name}: %{{y:.0%}} within %{{x:.4g}}<extra></extra>",
        )
    shown = {"title_text": title, "tickformat": tick_format, "range": _decades(smallest, last)}
    figure.update_xaxes(type="log", dtick=1, **shown)
    figure.update_yaxes(title_text="share of runs", tickformat=".0%", range=[0, 1.03])
    return figure


def _decades(first: float, last: float) -> list[float]:
    return [math.log10(first), math.log10(last)]


def mean_course_figure(courses: Mapping[str, Sequence[Sequence[Step]]], limit: float) -> go.Figure:
    """Draw the mean gap to the best known cost over time; a run without a schedule counts as 1."""
    import plotly.graph_objects as go

    figure = go.Figure(layout=layout(height=330))
    times = _times(limit)
    for position, (name, found) in enumerate(courses.items()):
        figure.add_scatter(
            x=times,
            y=[sum(value_at(steps, t) for steps in found) / len(found) for t in times],
            name=name,
            mode="lines",
            line={"shape": "hv", **look(position)},
            hovertemplate=f"{name}: %{{y:.2%}} after %{{x:.1f}} s<extra></extra>",
        )
    seconds = {"title_text": "seconds", "tickformat": "~g", "range": _decades(EARLIEST, limit)}
    figure.update_xaxes(type="log", dtick=1, **seconds)
    figure.update_yaxes(title_text="mean gap", tickformat=".0%", rangemode="tozero")
    return figure


def _times(limit: float) -> list[float]:
    count = 120
    return [EARLIEST * (limit / EARLIEST) ** (i / count) for i in range(count + 1)]


def courses_figure(
    courses: Mapping[str, Mapping[str, tuple[Sequence[Step], Sequence[Step]]]],
    limit: float,
) -> go.Figure:
    """Draw for each instance both gaps over time: of the cost as a line, of the bound as dots.

    Parameters
    ----------
    courses
        By instance and way to solve: the course of the cost, and that of the bound.
    """
    from plotly.subplots import make_subplots

    rows = -(-len(courses) // COLUMNS)
    figure = make_subplots(
        rows=rows,
        cols=COLUMNS,
        subplot_titles=[name.replace("<", "&lt;") for name in courses],
        vertical_spacing=0.35 / max(1, rows),
        horizontal_spacing=0.06,
    )
    shown: set[str] = set()
    ways = list(dict.fromkeys(way for found in courses.values() for way in found))
    for i, found in enumerate(courses.values()):
        place = {"row": i // COLUMNS + 1, "col": i % COLUMNS + 1}
        for way, sides in found.items():
            line = look(ways.index(way))
            for steps, dash in zip(sides, ("solid", "dot"), strict=True):
                x, y = _drawn(steps, limit)
                figure.add_scatter(
                    x=x,
                    y=y,
                    name=way,
                    legendgroup=way,
                    showlegend=dash == "solid" and way not in shown,
                    mode="lines",
                    line={**line, "shape": "hv", "dash": dash, "width": 1.5},
                    hovertemplate=f"{way}: %{{y:.2%}} after %{{x:.1f}} s<extra></extra>",
                    **place,
                )
            shown.add(way)
    style = layout(height=90 + 210 * rows)
    axes = style.pop("xaxis")
    style.pop("yaxis")
    figure.update_layout(**style)
    figure.update_layout(legend={"y": 1 + 40 / (90 + 210 * rows)}, margin={"t": 70})
    figure.update_annotations(font_size=12)
    figure.update_xaxes(type="log", range=_decades(EARLIEST, limit), dtick=1, **axes)
    figure.update_yaxes(tickformat=".1%", rangemode="tozero", **axes)
    return figure


def _drawn(steps: Sequence[Step], limit: float) -> tuple[list[float], list[float | None]]:
    """Leave out what is not known yet, and go on to the limit, but not beyond."""
    x = [min(max(since, EARLIEST), limit) for since, _ in steps] + [limit]
    y = [value if value < 1 else None for _, value in steps]
    return x, [*y, y[-1]]
