"""Figures of a result. Each function returns a plotly figure; plotly is loaded when first used.

Times are local wall-clock times, as a planner reads them.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .canvas import layout, show_days, wall_clock
from .course import course_of
from .coverage import Staffing
from .palette import BOUND, INK, NEED, looks
from .words import term

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from ..models.horizon import Horizon
    from ..models.instance import Instance
    from ..models.result import Result

MOST_SINGLE_TICKS = 8
"""Staff up to which every whole number has a tick."""


def staffing_figure(
    instance: Instance, service: str, rows: Sequence[Staffing], *, scheduled: bool = True
) -> go.Figure:
    """Draw effective staff against the need of one service over time.

    Parameters
    ----------
    instance
        What was planned.
    service
        Which service.
    rows
        Its staffing, interval by interval.
    scheduled
        Whether there is staff to draw beside the need.
    """
    import plotly.graph_objects as go

    figure = go.Figure(layout=layout(height=250))
    if scheduled:
        colour, _ = looks(s.id for s in instance.services)[service]
        figure.add_trace(_staff(instance.horizon, rows, colour))
    figure.add_trace(_need(instance.horizon, rows))
    if scheduled and any(row.missing for row in rows):
        figure.add_trace(_missing(instance.horizon, rows))
    figure.update_yaxes(title_text="effective staff", rangemode="tozero")
    if max(max(row.staff, row.needed or 0) for row in rows) <= MOST_SINGLE_TICKS:
        figure.update_yaxes(dtick=1)
    show_days(figure, instance.horizon)
    return figure


def _staff(horizon: Horizon, rows: Sequence[Staffing], colour: str) -> go.Scatter:
    import plotly.graph_objects as go

    return go.Scatter(
        x=[wall_clock(horizon, minute) for minute in (*(r.minute for r in rows), horizon.minutes)],
        y=_closed([row.staff for row in rows]),
        name="staff",
        mode="lines",
        line={"shape": "hv", "width": 1.5, "color": colour},
        fill="tozeroy",
        fillcolor=faded(colour),
        text=_closed([_hover(row) for row in rows]),
        hovertemplate="%{x|%a %d %b, %H:%M}<br>%{text}<extra></extra>",
    )


def _need(horizon: Horizon, rows: Sequence[Staffing]) -> go.Scatter:
    """Draw steps with a gap wherever no floor asks for a number."""
    import plotly.graph_objects as go

    x: list[datetime] = []
    y: list[float | None] = []
    for row in rows:
        if row.needed is not None:
            ends = (row.minute, row.minute + horizon.interval_minutes)
            x += [wall_clock(horizon, minute) for minute in ends]
            y += [row.needed, row.needed]
        elif y and y[-1] is not None:
            x.append(x[-1])
            y.append(None)
    look = {"width": 2, "color": NEED, "dash": "dot"}
    return go.Scatter(x=x, y=y, name="needed", mode="lines", line=look, hoverinfo="skip")


def _missing(horizon: Horizon, rows: Sequence[Staffing]) -> go.Scatter:
    import plotly.graph_objects as go

    short = [row for row in rows if row.missing]
    return go.Scatter(
        x=[wall_clock(horizon, row.minute) for row in short],
        y=[row.staff for row in short],
        name="missing",
        mode="markers",
        marker={"symbol": "x", "size": 8, "color": NEED},
        hoverinfo="skip",
    )


def _hover(row: Staffing) -> str:
    needed = "" if row.needed is None else f" of {row.needed:g} needed"
    heads = "person serves" if row.people == 1 else "people serve"
    return f"{row.staff:g}{needed}; {row.people} {heads}"


def _closed(values: list[Any]) -> list[Any]:
    """Repeat the last value at the horizon's end, so that the last step is drawn."""
    return [*values, values[-1]]


def faded(colour: str) -> str:
    """Give a colour for areas."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.25)"


def cost_figure(result: Result) -> go.Figure | None:
    """Draw the cost by term, or None where there is none."""
    import plotly.graph_objects as go

    if not result.cost:
        return None
    items = sorted(result.cost.items(), key=lambda item: item[1])
    figure = go.Figure(layout=layout(height=90 + 34 * len(items)))
    figure.add_bar(
        orientation="h",
        x=[float(amount) for _, amount in items],
        y=[html.escape(term(name)) for name, _ in items],
        text=[f"{amount:,.2f}" for _, amount in items],
        textposition="auto",
        marker_color=looks(["cost"])["cost"][0],
        hoverinfo="skip",
    )
    figure.update_layout(showlegend=False)
    figure.update_yaxes(ticksuffix="  ")
    return figure


def convergence_figure(result: Result) -> go.Figure | None:
    """Draw cost and bound over the time of the solve, or None without a trace."""
    import plotly.graph_objects as go

    points = course_of(result)
    if not points:
        return None
    figure = go.Figure(layout=layout(height=280))
    for name, values, look in (
        ("best cost", [point.cost for point in points], {"color": INK, "width": 2}),
        ("proved bound", [point.bound for point in points], {"color": BOUND, "dash": "dash"}),
    ):
        figure.add_scatter(
            x=[point.seconds for point in points],
            y=[None if value is None else float(value) for value in values],
            name=name,
            mode="lines",
            line={"shape": "hv", **look},
            hovertemplate=f"{name} %{{y:,.2f}} after %{{x:.1f}} s<extra></extra>",
        )
    figure.update_xaxes(title_text="seconds", rangemode="tozero")
    figure.update_yaxes(title_text="money", rangemode="tozero")
    return figure
