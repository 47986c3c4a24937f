"""The measures of a queue at fractional staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import ArrayLike

from .arrays import floats
from .performance import Performance, performance


def performance_between(
    arrivals_per_hour: ArrayLike,
    staff: ArrayLike,
    handle_times_seconds: float | Sequence[float],
    *,
    patience_seconds: float | None = None,
    within_seconds: float = 0.0,
) -> Performance:
    """Give every measure on a straight line between whole numbers of staff.

    Parameters
    ----------
    staff
        People, as a fraction where some count for less than one.
    arrivals_per_hour, handle_times_seconds, patience_seconds, within_seconds
        As for `performance`.

    Notes
    -----
    A queue that is endless at the whole number below is endless up to the next one: see
    `interpolated`.
    """
    people = floats(staff, "staff")
    below = np.floor(people)
    low, high = (
        performance(
            arrivals_per_hour,
            whole,
            handle_times_seconds,
            patience_seconds=patience_seconds,
            within_seconds=within_seconds,
        )
        for whole in (below, below + 1)
    )
    found = {}
    for field in fields(Performance):
        start, end = getattr(low, field.name), getattr(high, field.name)
        endless = np.isinf(start)
        rise = np.where(endless, 0.0, end) - np.where(endless, 0.0, start)
        found[field.name] = start + (people - below) * rise
    return Performance(**found)
