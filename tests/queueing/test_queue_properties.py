"""Laws that hold for every queue: more staff is never worse, nobody is lost, Little's law."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.queueing import (
    Measure,
    interpolated,
    performance,
    performance_between,
    required_hundredths,
)

loads = st.floats(0.01, 500)
patiences = st.none() | st.floats(0.02, 50)
"""In handle times."""
withins = st.floats(0, 3)
chats = st.sampled_from([(1.0,), (1.0, 1.0), (1.0, 1.3), (1.0, 1.25, 1.7), (1.0, 2.0)])
UNIT = 150.0


def _queue(
    load: float, factors: tuple[float, ...], patience: float | None, within: float
) -> dict[str, object]:
    """Arguments of `performance` for a load in people."""
    return {
        "arrivals_per_hour": load * 3600 / (UNIT * factors[-1] / len(factors)),
        "handle_times_seconds": [UNIT * factor for factor in factors],
        "patience_seconds": None if patience is None else patience * UNIT,
        "within_seconds": within * UNIT,
    }


@given(loads, chats, patiences, withins, st.integers(0, 600))
@settings(max_examples=80, deadline=None)
def test_more_staff_is_never_worse(
    load: float, factors: tuple[float, ...], patience: float | None, within: float, first: int
) -> None:
    """The tables that floors are made of fall, or rise, with every further person."""
    staff = first + np.arange(12)
    found = performance(staff=staff, **_queue(load, factors, patience, within))  # type: ignore[arg-type]
    rising = tuple(name for name in asdict(found) if name.startswith("service_level"))
    for measure in rising:
        values = getattr(found, measure)
        assert (np.diff(values) >= -1e-10).all(), measure
    for measure in ("delay_probability", "mean_wait_of_all_seconds", "abandonment", "occupancy"):
        values = getattr(found, measure)
        values = values[np.isfinite(values)]
        assert (np.diff(values) <= 1e-9 * (1 + values[:-1])).all(), measure
    waits = found.mean_wait_seconds[np.isfinite(found.mean_wait_seconds)]
    assert (np.diff(waits) <= 1e-7 * (1 + waits[:-1])).all()


@given(loads, patiences, withins, st.integers(1, 600))
@settings(max_examples=80, deadline=None)
def test_nobody_appears_or_vanishes(
    load: float, patience: float | None, within: float, staff: int
) -> None:
    """Answered = offered − abandoned, and the answered are what keeps the agents busy."""
    assume(patience is not None or staff > load * 1.001)
    found = performance(staff=staff, **_queue(load, (1.0,), patience, within))  # type: ignore[arg-type]
    answered = 1 - float(found.abandonment)
    assert load * answered == pytest.approx(staff * float(found.occupancy), rel=1e-9)
    in_time = float(found.service_level)
    if answered > 1e-9:
        assert float(found.service_level_of_answered) == pytest.approx(in_time / answered, rel=1e-9)
    # Who gives up in time is left out: the level is of more than the answered, and of no more
    # than all.
    rest = float(found.service_level_without_short_abandons)
    assert in_time - 1e-12 <= rest <= float(found.service_level_of_answered) + 1e-9


@given(loads, patiences, st.integers(1, 600))
@settings(max_examples=80, deadline=None)
def test_littles_law(load: float, patience: float | None, staff: int) -> None:
    """Hang-ups are the people in line over their patience; waits of all are of both ends."""
    assume(patience is not None or staff > load * 1.001)
    found = performance(staff=staff, **_queue(load, (1.0,), patience, 0))  # type: ignore[arg-type]
    wait = float(found.mean_wait_of_all_seconds) / UNIT
    if patience is not None:
        assert float(found.abandonment) == pytest.approx(wait / patience, rel=1e-9, abs=1e-15)
        in_line = load * wait
        assert load - staff * float(found.occupancy) == pytest.approx(
            in_line / patience, rel=1e-7, abs=1e-7
        )
    else:
        assert float(found.mean_wait_seconds) == pytest.approx(wait * UNIT, rel=1e-9)


@given(loads, chats, patiences, withins, st.floats(0, 400))
@settings(max_examples=40, deadline=None)
def test_part_of_a_person_counts_as_part(
    load: float, factors: tuple[float, ...], patience: float | None, within: float, staff: float
) -> None:
    """Between whole numbers of staff every measure lies on the straight line."""
    queue = _queue(load, factors, patience, within)
    below, share = int(staff), staff - int(staff)
    low, high = (performance(staff=n, **queue) for n in (below, below + 1))  # type: ignore[arg-type]
    found = performance_between(staff=staff, **queue)  # type: ignore[arg-type]
    for measure in ("service_level", "abandonment", "occupancy", "mean_wait_of_all_seconds"):
        start, end = float(getattr(low, measure)), float(getattr(high, measure))
        # A line without end is not made shorter by a part of a person.
        expected = start if np.isinf(start) else start * (1 - share) + end * share
        assert float(getattr(found, measure)) == pytest.approx(expected, rel=1e-9, abs=1e-12)
        if np.isfinite(start):
            assert float(interpolated([start, end], share)) == pytest.approx(expected, rel=1e-9)


PROMISES: list[tuple[Measure, float]] = [
    ("service_level", 0.8),
    ("service_level_of_answered", 0.9),
    ("service_level_without_short_abandons", 0.6),
    ("mean_wait_seconds", 12.0),
    ("mean_wait_of_all_seconds", 40.0),
    ("abandonment", 0.03),
    ("occupancy", 0.85),
    ("delay_probability", 0.2),
]


@pytest.mark.parametrize(("measure", "target"), PROMISES)
@given(loads, chats, st.floats(0.02, 50), withins)
@settings(max_examples=8, deadline=None)
def test_required_staff_is_the_least(
    measure: Measure,
    target: float,
    load: float,
    factors: tuple[float, ...],
    patience: float,
    within: float,
) -> None:
    """The sizing keeps the promise, and a hundredth of a person less does not."""
    queue = _queue(load, factors, patience, within)
    arrivals = queue.pop("arrivals_per_hour")
    [need] = required_hundredths(measure, target, [arrivals], **queue)  # type: ignore[arg-type, list-item]
    sign = 1 if measure.startswith("service_level") else -1
    kept, broken = (
        sign * (float(getattr(found, measure)) - target)
        for found in (
            performance_between(arrivals, n / 100, **queue)  # type: ignore[arg-type]
            for n in (need, max(need - 1, 0))
        )
    )
    assert kept >= -1e-7
    assert need == 0 or broken < 1e-7
