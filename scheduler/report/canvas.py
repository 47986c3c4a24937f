"""What all figures share: their look, and axes that show wall-clock time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from .palette import INK, PALE

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from ..models.horizon import Horizon
    from ..models.instance import Instance

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif"
DAY = 24 * 60


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
    edges = [wall_clock(horizon, minute) for minute in horizon.midnights]
    figure.update_xaxes(
        type="date",
        range=[edges[0], edges[-1]],
        tickformatstops=[
            {"dtickrange": [None, 43_200_000], "value": "%H:%M\n%a %e %b"},
            {"dtickrange": [43_200_000, None], "value": "%a %e %b"},
        ],
    )
    for midnight in edges[1:-1]:
        figure.add_vline(midnight, line={"color": PALE, "width": 1}, layer="below")


def views(instance: Instance) -> list[tuple[datetime, datetime]]:
    """Give the stretch of each day that is worth showing: from the first work to the last."""
    first, last = _busy_hours(instance)
    starts = [
        datetime.combine(instance.horizon.date_of(day), datetime.min.time())
        for day in range(instance.horizon.days)
    ]
    return [(s + timedelta(minutes=first), s + timedelta(minutes=last)) for s in starts]


def _busy_hours(instance: Instance) -> tuple[int, int]:
    """Find the clock at which work begins and ends on all days, with some air, in minutes."""
    first, last = DAY, 0
    for template in instance.templates:
        first = min(first, template.start.earliest)
        last = max(last, template.start.latest + template.length.max_minutes)
    for slot in instance.horizon.slots:
        if any(service.is_open(slot) for service in instance.services):
            first = min(first, slot.clock)
            last = max(last, slot.clock + instance.horizon.interval_minutes)
    return (0, DAY) if last > DAY else (max(0, first - 30), min(DAY, last + 30))


def wall_clock(horizon: Horizon, minute: int) -> datetime:
    """Local time without its zone: figures know no zones."""
    return horizon.local(minute).replace(tzinfo=None)
