"""Between whole agents, and back from a promise to the staff that it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import FloatArray, floats
from .performance import performance

Measure = Literal[
    "delay_probability",
    "service_level",
    "service_level_of_answered",
    "service_level_without_short_abandons",
    "mean_wait_seconds",
    "mean_wait_of_all_seconds",
    "abandonment",
    "occupancy",
]
"""A field of `Performance`; service levels are held from below, all others from above."""

_ROUNDING = 1e-9
"""Hundredths by which a promise may be missed, which is less than the arithmetic can tell."""


def interpolated(values: ArrayLike, staff: ArrayLike) -> FloatArray:
    """Give a measure at fractional staff: on a straight line between whole numbers.

    Parameters
    ----------
    values
        The measure at 0, 1, … N agents, along the last axis.
    staff
        Numbers from 0 to N, one or more for each of the leading axes of `values`.

    Notes
    -----
    Where the lower end is infinite, so is everything up to the next whole number: an endless queue
    is not made shorter by half an agent.

    Raises
    ------
    ValueError
        If staff is negative or above N.
    """
    table, people = np.asarray(values, dtype=np.float64), floats(staff, "staff")
    most = table.shape[-1] - 1
    if (people > most).any():
        raise ValueError(f"staff: expected at most {most}, as far as the values go, found {people}")
    shape = np.broadcast_shapes(table.shape[:-1], people.shape)
    table = np.broadcast_to(table, (*shape, most + 1))
    below = np.broadcast_to(np.floor(people), shape).astype(np.intp)
    low = np.take_along_axis(table, below[..., None], -1)[..., 0]
    high = np.take_along_axis(table, np.minimum(below + 1, most)[..., None], -1)[..., 0]
    rise = np.where(np.isinf(low), 0.0, high) - np.where(np.isinf(low), 0.0, low)
    found: FloatArray = low + (people - below) * rise
    return found


def required_hundredths(
    measure: Measure,
    target: float,
    arrivals_per_hour: ArrayLike,
    handle_times_seconds: float | Sequence[float],
    *,
    patience_seconds: float | None = None,
    within_seconds: float = 0.0,
) -> NDArray[np.int64]:
    """Give the least staff, in hundredths of a person, that keeps a promise.

    Parameters
    ----------
    measure, target
        What is promised: a service level of at least `target`, or at most `target` of any other
        measure, interpolated between whole numbers of staff.
    arrivals_per_hour, handle_times_seconds, patience_seconds, within_seconds
        As for `performance`.

    Raises
    ------
    ValueError
        If no number of people is enough: the target of a service level is 1 or more, or another
        target is 0 or less.
    """
    at_least = measure.startswith("service_level")
    if not (target < 1 if at_least else target > 0):
        bound = f"at least {target:g}" if at_least else f"at most {target:g}"
        raise ValueError(f"{measure}: no number of people reaches {bound}")
    arrivals = floats(arrivals_per_hour, "arrivals_per_hour")

    def shortfall(staff: NDArray[np.int64]) -> FloatArray:
        found = performance(
            arrivals,
            staff,
            handle_times_seconds,
            patience_seconds=patience_seconds,
            within_seconds=within_seconds,
        )
        value: FloatArray = getattr(found, measure)
        return target - value if at_least else value - target

    enough = _least(shortfall, arrivals.shape)
    below = np.maximum(enough - 1, 0)
    missing, spare = shortfall(below), -shortfall(enough)
    endless = np.isinf(missing)
    gap = np.where(endless | (enough == 0), 1.0, missing + spare)
    share = np.where(endless, 1.0, missing / gap)
    parts = np.ceil(share * 100 - _ROUNDING).astype(np.int64)
    return np.where(enough == 0, 0, below * 100 + parts)


def _least(
    shortfall: Callable[[NDArray[np.int64]], FloatArray], shape: tuple[int, ...]
) -> NDArray[np.int64]:
    """Find the least whole staff without a shortfall: by doubling, then by halving."""
    high = np.zeros(shape, dtype=np.int64)
    while (short := shortfall(high) > 0).any():
        high = np.where(short, np.maximum(2 * high, 1), high)
    low = high // 2
    while (low < high).any():
        middle = (low + high) // 2
        short = shortfall(middle) > 0
        low, high = np.where(short, middle + 1, low), np.where(short, high, middle)
    return high
