"""The measures of a queue, read off the counts of a replication.

They are those of `scheduler.queueing.Performance`, and mean the same. Who is turned away when the
line closes has left unanswered, like one who gave up, and counts as having abandoned.
"""

from __future__ import annotations

from typing import Literal, get_args

from ..queueing import Measure
from .tally import Counts, Floats

Simulated = Literal[
    "service_level",
    "service_level_of_answered",
    "service_level_without_short_abandons",
    "mean_wait_seconds",
    "mean_wait_of_all_seconds",
    "abandonment",
    "occupancy",
]
SIMULATED: tuple[Simulated, ...] = get_args(Simulated)
"""Measures that a replay gives, in the order in which they are shown."""
WAITS = ("mean_wait_seconds", "mean_wait_of_all_seconds")


def is_share(measure: str) -> bool:
    """Tell whether the measure is a share of contacts, each of which is in it or not."""
    return measure not in (*WAITS, "occupancy")


def above_and_below(counts: Counts, measure: Measure, within: float) -> tuple[Floats, Floats]:
    """Give numerator and denominator of a measure, by slot.

    Parameters
    ----------
    within
        Seconds of a service level.
    """
    if measure.startswith("service_level"):
        below = {
            "service_level": counts["offered"],
            "service_level_of_answered": counts["answered"],
        }.get(measure, counts["offered"] - counts[f"short {within:g}"])
        return counts[f"in_time {within:g}"], below
    if measure == "abandonment":
        return counts["abandoned"] + counts["turned_away"], counts["offered"]
    if measure == "occupancy":
        return counts["busy"], counts["staffed"]
    if measure == "mean_wait_seconds":
        return counts["wait_answered"], counts["answered"]
    return counts["wait_all"], counts["offered"]
