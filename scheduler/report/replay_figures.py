"""Figures of a replay; plotly is loaded when first used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ..simulation.measures import WAITS
from .canvas import layout, show_days, wall_clock
from .figures import faded
from .palette import BOUND, NEED, looks
from .replay_words import amount, between

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from ..models.instance import Instance
    from ..simulation.measures import Simulated
    from ..simulation.replay import Course, Replay

Number = float | None


def measure_figure(
    replay: Replay, service: str, measure: Simulated, promised: float | None
) -> go.Figure:
    """Draw a measure of a service by interval: simulated with its interval, and predicted.

    Parameters
    ----------
    promised
        What a floor promises of it, as a line; None draws none.
    """
    import plotly.graph_objects as go

    courses = [c for c in replay.of(service, "interval") if c.offered > 0]
    times, gaps = _times(replay.instance, courses)
    colour, _ = looks(s.id for s in replay.instance.services)[service]

    def line(of: Callable[[Course], Number]) -> list[Number]:
        values = [of(course) for course in courses]
        return [None if i is None else _finite(values[i]) for i in gaps]

    def told(course: Course) -> str:
        found = course.simulated[measure]
        text = f"{amount(measure, found.value)} ({between(measure, found)})"
        return f"{text}; formula {amount(measure, course.predicted[measure])}"

    figure = go.Figure(layout=layout(height=250))
    edge = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    for of, fill in ((_low(measure), None), (_high(measure), "tonexty")):
        # An area has no gaps: where nothing is known, both its edges lie on the axis.
        y = [value or 0.0 for value in line(of)]
        figure.add_scatter(
            x=times, y=y, fill=fill, fillcolor=faded(colour), showlegend=False, **edge
        )
    figure.add_scatter(
        x=times,
        y=line(lambda c: c.simulated[measure].value),
        name="simulated",
        mode="lines",
        line={"width": 1.5, "color": colour, "shape": "hv"},
        text=[None if i is None else told(courses[i]) for i in gaps],
        hovertemplate="%{x|%a %d %b, %H:%M}<br>%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=times,
        y=line(lambda c: c.predicted[measure]),
        name="formula",
        mode="lines",
        line={"width": 1.5, "color": BOUND, "dash": "dot", "shape": "hv"},
        hoverinfo="skip",
    )
    if promised is not None:
        figure.add_hline(promised, line={"color": NEED, "width": 1.5, "dash": "dash"})
    if measure in WAITS:
        figure.update_yaxes(title_text="seconds", rangemode="tozero")
    elif measure == "abandonment":
        figure.update_yaxes(rangemode="tozero", tickformat=".0%")
    else:
        figure.update_yaxes(range=[0, 1.02], tickformat=".0%")
    show_days(figure, replay.instance.horizon)
    return figure


def _low(measure: Simulated) -> Callable[[Course], Number]:
    return lambda course: course.simulated[measure].low


def _high(measure: Simulated) -> Callable[[Course], Number]:
    return lambda course: course.simulated[measure].high


def _finite(value: Number) -> Number:
    return None if value in (None, float("inf")) else value


def _times(
    instance: Instance, courses: Sequence[Course]
) -> tuple[list[datetime], list[int | None]]:
    """Give the times of steps, and which interval each shows: None where nothing is known."""
    horizon = instance.horizon
    step = horizon.interval_minutes
    times: list[datetime] = []
    shown: list[int | None] = []
    for i, course in enumerate(courses):
        start = course.slot * step
        times.append(wall_clock(horizon, start))
        shown.append(i)
        if i + 1 == len(courses) or courses[i + 1].slot != course.slot + 1:
            times += [wall_clock(horizon, start + step)] * 2
            shown += [i, None]
            if i + 1 < len(courses):
                times.append(wall_clock(horizon, courses[i + 1].slot * step))
                shown.append(None)
    return times, shown
