"""Figures of a result. Each function returns a plotly figure; plotly is loaded when first used.

Times are local wall-clock times, as a planner reads them.
"""

from __future__ import annotations

import html
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .coverage import Staffing, staffing_of
from .palette import BOUND, INK, NEED, PALE, looks
from .words import term

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from ..models.horizon import Horizon
    from ..models.instance import Instance
    from ..models.result import Result
    from ..models.schedule import Schedule

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif"


def staffing_figure(instance: Instance, schedule: Schedule, service: str) -> go.Figure:
    """Draw effective staff against the need of one service over time."""
    import plotly.graph_objects as go

    rows = [row for row in staffing_of(instance, schedule) if row.service == service]
    times = [wall_clock(instance.horizon, row.minute) for row in rows]
    times.append(wall_clock(instance.horizon, instance.horizon.minutes))
    colour, _ = looks(s.id for s in instance.services)[service]
    figure = go.Figure(layout=layout(height=260))
    staff = go.Scatter(
        x=times,
        y=_closed([row.staff for row in rows]),
        name="staff",
        line={"shape": "hv", "width": 1.5, "color": colour},
        fill="tozeroy",
        fillcolor=_faded(colour),
        text=_closed([_hover(row) for row in rows]),
        hovertemplate="%{x|%a %d %b, %H:%M}<br>%{text}<extra></extra>",
    )
    need = go.Scatter(
        x=times,
        y=_closed([row.needed for row in rows]),
        name="needed",
        line={"shape": "hv", "width": 2, "color": NEED, "dash": "dot"},
        hoverinfo="skip",
    )
    missing = go.Scatter(
        x=[wall_clock(instance.horizon, row.minute) for row in rows if row.missing > 0],
        y=[row.staff for row in rows if row.missing > 0],
        name="missing",
        mode="markers",
        marker={"symbol": "x", "size": 8, "color": NEED},
        hoverinfo="skip",
    )
    figure.add_traces([staff, need] + ([missing] if missing.x else []))
    figure.update_yaxes(title_text="effective staff", rangemode="tozero")
    show_days(figure, instance.horizon)
    return figure


def _hover(row: Staffing) -> str:
    needed = "" if row.needed is None else f" of {row.needed:g} needed"
    heads = "person serves" if row.people == 1 else "people serve"
    return f"{row.staff:g}{needed}; {row.people} {heads}"


def _closed(values: list[Any]) -> list[Any]:
    """Repeat the last value at the horizon's end, so that the last step is drawn."""
    return [*values, values[-1]]


def _faded(colour: str) -> str:
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

    if not result.trace:
        return None
    times = [point.seconds for point in result.trace]
    figure = go.Figure(layout=layout(height=280))
    for name, values, look in (
        ("best cost", [p.cost for p in result.trace], {"color": INK, "width": 2}),
        ("proved bound", [p.bound for p in result.trace], {"color": BOUND, "dash": "dash"}),
    ):
        figure.add_scatter(
            x=[*times, max(result.seconds or 0, times[-1])],
            y=[None if value is None else float(value) for value in _closed(values)],
            name=name,
            line={"shape": "hv", **look},
            hovertemplate=f"{name} %{{y:,.2f}} after %{{x:.1f}} s<extra></extra>",
        )
    figure.update_xaxes(title_text="seconds", rangemode="tozero")
    figure.update_yaxes(title_text="money", rangemode="tozero")
    return figure


def layout(height: int) -> dict[str, Any]:
    """Give the common look of all figures."""
    axis = {"gridcolor": "#edf0f3", "linecolor": PALE, "zerolinecolor": PALE}
    return {
        "height": height,
        "margin": {"l": 60, "r": 16, "t": 34, "b": 40},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom"},
        "xaxis": {**axis, "automargin": True},
        "yaxis": {**axis, "automargin": True},
        "hoverlabel": {"font": {"family": FONT}},
    }


def show_days(figure: go.Figure, horizon: Horizon) -> None:
    """Let the time axis span the horizon, with a line at each midnight."""
    days = [wall_clock(horizon, minute) for minute in horizon.midnights]
    figure.update_xaxes(
        type="date",
        range=[days[0], days[-1]],
        tickformatstops=[
            {"dtickrange": [None, 43_200_000], "value": "%H:%M\n%a %d %b"},
            {"dtickrange": [43_200_000, None], "value": "%a %d %b"},
        ],
    )
    for midnight in days[1:-1]:
        figure.add_vline(midnight, line={"color": PALE, "width": 1}, layer="below")


def wall_clock(horizon: Horizon, minute: int) -> datetime:
    """Local time without its zone: figures know no zones."""
    return horizon.local(minute).replace(tzinfo=None)
