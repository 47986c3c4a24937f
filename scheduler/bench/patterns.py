"""Which days a planted schedule lets a person work: where people are missing, within the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

from .staff import Draw
from .team import WEEK, TeamPlan

LONGEST_RUN = 6
"""Days in a row that may be worked."""
MOST_WEEKENDS = 2
"""Weekends of four that may be worked, with the rules."""
JITTER = 0.5
"""People by which the choice of days may stray from the need."""

Days = tuple[int, ...]


def worked_days(plan: TeamPlan, counts: Sequence[int], need: Sequence[float], draw: Draw) -> Days:
    """Choose the days that one person works.

    Parameters
    ----------
    counts
        How many of each week.
    need
        People still missing on each day.
    """
    if plan.days == 1:
        return (0,) if counts[0] else ()
    wish = [missing + JITTER * draw.share() for missing in need]
    found = next(_completed(plan, counts, wish, ()), None)
    if found is None:
        raise AssertionError(f"{plan.name}: no days within the rules for weeks of {counts}")
    return found


def _completed(
    plan: TeamPlan, counts: Sequence[int], wish: Sequence[float], before: Days
) -> Iterator[Days]:
    """Go through the weeks, best days first; steps back where the rules leave nothing."""
    if not counts:
        yield before
        return
    week = plan.weeks - len(counts)
    choices = [
        tuple(day + week * WEEK for day in days) for days in combinations(range(WEEK), counts[0])
    ]
    choices.sort(key=lambda days: -sum(wish[day] for day in days))
    for days in choices:
        worked = before + days
        if is_allowed(plan, worked, (week + 1) * WEEK):
            yield from _completed(plan, counts[1:], wish, worked)


def is_allowed(plan: TeamPlan, worked: Days, until: int) -> bool:
    """Tell whether days worked before day `until` keep the variant's rules on days."""
    is_on = [day in worked for day in range(until)]
    runs = [(on, len(list(group))) for on, group in groupby(is_on)]
    if any(on and length > LONGEST_RUN for on, length in runs):
        return False
    if plan.variant != "rules":
        return True
    if any(not on and length == 1 for on, length in runs[1:-1]):
        return False
    weekends = [is_on[day : day + 2] for day in range(WEEK - 2, until, WEEK)]
    if any(saturday != sunday for saturday, sunday in weekends):
        return False
    most = max(1, plan.weeks * MOST_WEEKENDS // 4)
    return sum(saturday for saturday, _ in weekends) <= most
