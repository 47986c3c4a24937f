"""The Gantt chart: people, their shifts, breaks and services."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from .canvas import layout, show_days, wall_clock
from .palette import INK, PALE, looks
from .words import calendar_day

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from ..models.instance import Instance
    from ..models.schedule import PlannedBreak, Schedule, Shift, WorkSegment

ROW_HEIGHT = 26
FREE, BREAK = "on duty, free", "break"


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of one person's time."""

    lane: str
    """What it is drawn as: a service, a break, the shift behind them, or a template."""
    employee: str
    start: datetime
    end: datetime
    text: str


def gantt_figure(instance: Instance, schedule: Schedule) -> go.Figure:
    """Draw every person's shifts, with the breaks and the services inside them."""
    import plotly.graph_objects as go

    names = [employee.id for employee in instance.employees]
    figure = go.Figure(layout=layout(height=110 + ROW_HEIGHT * len(names)))
    found = sorted(_bars(instance, schedule), key=lambda bar: bar.lane)
    lanes = {lane: list(group) for lane, group in groupby(found, key=lambda bar: bar.lane)}
    for lane, look in _looks(instance).items():
        if lane in lanes:
            figure.add_trace(_trace(lane, lanes[lane], look))
    figure.update_layout(barmode="overlay", bargap=0.25)
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=[html.escape(name) for name in names],
        range=[len(names) - 0.5, -0.5],
        tickmode="array",
        tickvals=[html.escape(name) for name in names],
        ticksuffix=" ",
    )
    show_days(figure, instance.horizon)
    return figure


def _looks(instance: Instance) -> dict[str, dict[str, Any]]:
    """Give the looks of all lanes, the hindmost first."""
    shift = {"color": PALE, "line": {"color": "#9aa5b1", "width": 1}}
    pause = {"color": "#ffffff", "line": {"color": INK, "width": 1}}
    served = {
        f"s:{service}": {
            "color": colour,
            "pattern": {"shape": hatching, "fgcolor": "#ffffff"},
            "line": {"width": 0},
        }
        for service, (colour, hatching) in looks(s.id for s in instance.services).items()
    }
    return {FREE: shift, **served, **_template_looks(instance), BREAK: pause}


def _template_looks(instance: Instance) -> dict[str, dict[str, Any]]:
    """Tell templates apart by colour where there are no services to be told apart."""
    if instance.services:
        return {}
    return {
        f"t:{template}": {
            "color": colour,
            "pattern": {"shape": hatching, "fgcolor": "#ffffff"},
            "line": {"color": "#ffffff", "width": 1},
        }
        for template, (colour, hatching) in looks(t.id for t in instance.templates).items()
    }


def _trace(lane: str, bars: list[Bar], look: dict[str, Any]) -> go.Bar:
    import plotly.graph_objects as go

    return go.Bar(
        orientation="h",
        name=html.escape(lane.removeprefix("s:").removeprefix("t:")),
        y=[html.escape(bar.employee) for bar in bars],
        base=[bar.start for bar in bars],
        x=[(bar.end - bar.start).total_seconds() * 1000 for bar in bars],
        marker=look,
        customdata=[html.escape(bar.text) for bar in bars],
        hovertemplate="<b>%{y}</b><br>%{customdata}<extra></extra>",
    )


def _bars(instance: Instance, schedule: Schedule) -> list[Bar]:
    known = {employee.id for employee in instance.employees}
    bars = []
    for shift in schedule.shifts:
        if shift.employee in known:
            lane = FREE if instance.services else f"t:{shift.template}"
            skill = "" if shift.skill is None else f" as {shift.skill}"
            bars.append(_bar(instance, shift, shift, lane, f"shift {shift.template}{skill}"))
            for part in shift.work:
                bars.append(_bar(instance, shift, part, f"s:{part.service}", part.service))
            for pause in shift.breaks:
                paid = "paid" if pause.paid else "unpaid"
                bars.append(_bar(instance, shift, pause, BREAK, f"{pause.id} ({paid})"))
    return bars


def _bar(
    instance: Instance,
    shift: Shift,
    part: Shift | PlannedBreak | WorkSegment,
    lane: str,
    what: str,
) -> Bar:
    start, end = (
        wall_clock(instance.horizon, instance.horizon.minute_of(moment))
        for moment in (part.start, part.end)
    )
    text = f"{calendar_day(start)}, {start:%H:%M}–{end:%H:%M}: {what}"
    return Bar(lane, shift.employee, start, end, text)
