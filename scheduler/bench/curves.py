"""How good a run was over its time: gaps to the best known cost, and what they sum up to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import TypeVar

from .runs import FAILED, Run, Trace

Number = TypeVar("Number", float, Decimal)
Step = tuple[float, float]
"""From so many seconds on, this gap."""


def gap_to(cost: Decimal, best: Decimal) -> float:
    """Give (cost − best) ÷ cost; negative where the cost is better than the best known."""
    if cost == best:
        return 0.0
    return float((cost - best) / max(abs(cost), abs(best)))


def primal_steps(run: Run, trace: Trace, best: Decimal) -> list[Step]:
    """Give the gap to the best known cost over time: 1 until there is a schedule.

    What an engine told of a schedule counts only if the checker accepted the last one.

    Notes
    -----
    p(t) = |cost(t) − best| ÷ max(|cost(t)|, |best|), at most 1; what is better than the best known
    has no gap. Source: T. Berthold, "Measuring the impact of primal heuristics", 2013.
    """
    steps: list[Step] = [(0.0, 1.0)]
    if run.cost is None:
        return steps
    for point in trace:
        if point.cost is not None and point.cost >= run.cost:
            gap = min(1.0, max(0.0, gap_to(point.cost, best)))
            if gap < steps[-1][1]:
                steps.append((point.seconds, gap))
    last = max(0.0, gap_to(run.cost, best))
    if last < steps[-1][1]:
        steps.append((run.seconds or run.time_limit, last))
    return steps


def bound_steps(run: Run, trace: Trace, best: Decimal) -> list[Step]:
    """Give the gap between the proved bound and the best known cost over time."""
    steps: list[Step] = [(0.0, 1.0)]
    points = [(point.seconds, point.bound) for point in trace]
    for seconds, bound in [*points, (run.seconds or run.time_limit, run.bound)]:
        if bound is not None:
            gap = min(1.0, max(0.0, gap_to(best, bound)))
            if gap < steps[-1][1]:
                steps.append((seconds, gap))
    return steps


def primal_integral(run: Run, trace: Trace, best: Decimal) -> float | None:
    """Sum the gap to the best known cost over the time limit, in seconds; None for failures.

    Less is better: half a minute until the first schedule, which is the best known one, is 30.
    """
    if run.status in FAILED:
        return None
    steps = [(s, gap) for s, gap in primal_steps(run, trace, best) if s < run.time_limit]
    ends = [*steps, (run.time_limit, 0.0)]
    return sum(gap * (until - since) for (since, gap), (until, _) in pairwise(ends))


def value_at(steps: Sequence[Step], seconds: float) -> float:
    """Give the value of a course at a moment."""
    return next(value for since, value in reversed(steps) if since <= seconds)


def first_within(steps: Sequence[Step], gap: float) -> float | None:
    """Give the seconds until a gap is reached; None if it never is."""
    return next((since for since, value in steps if value <= gap), None)


def worst_median(values: Sequence[Number | None], worst: Number) -> Number | None:
    """Give the median, in which what is unknown is the worst; None if the median is unknown."""
    found = median([worst if value is None else value for value in values])
    return None if abs(found) == abs(worst) else found
