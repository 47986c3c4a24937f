"""How good a run was over its time: gaps to the best known cost, and what they sum up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import TypeVar

from ..models.result import relative_gap
from .runs import FAILED, Run, Trace

Number = TypeVar("Number", float, Decimal)
Step = tuple[float, float]
"""From so many seconds on, this gap."""


def gap_to(cost: Decimal, best: Decimal) -> float:
    """Give (cost − best) ÷ cost; negative where the cost is better than the best known."""
    if cost == best:
        return 0.0
    return float((cost - best) / max(abs(cost), abs(best)))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a run had at a moment."""

    cost: Decimal | None
    bound: Decimal | None

    @property
    def gap(self) -> float | None:
        """(cost − bound) ÷ cost."""
        return relative_gap(self.cost, self.bound)


def standing(run: Run, trace: Trace, seconds: float) -> Standing:
    """Give what a run had after so many seconds.

    From its end or its limit on that is what its row says; before, what `course` gives.
    """
    if seconds >= min(run.time_limit, run.ended):
        return Standing(run.cost, run.bound)
    found = Standing(None, None)
    for since, stands in course(run, trace):
        if since > seconds:
            break
        found = stands
    return found


def course(run: Run, trace: Trace) -> Iterator[tuple[float, Standing]]:
    """Give what a run had at every moment of which the engine told.

    It counts as far as the row bears it out: no cost below the checked one, or of a run without
    one, and no bound above the last one.
    """
    cost, bound = None, None
    for point in trace:
        if point.cost is not None and run.cost is not None and point.cost >= run.cost:
            cost = point.cost if cost is None else min(cost, point.cost)
        if point.bound is not None and run.bound is not None and point.bound <= run.bound:
            bound = point.bound if bound is None else max(bound, point.bound)
        yield point.seconds, Standing(cost, bound)


def primal_steps(run: Run, trace: Trace, best: Decimal) -> list[Step]:
    """Give the gap to the best known cost over time: 1 until there is a schedule.

    Notes
    -----
    p(t) = |cost(t) − best| ÷ max(|cost(t)|, |best|), at most 1; what is better than the best known
    has no gap. Source: T. Berthold, "Measuring the impact of primal heuristics", 2013.
    """
    costs = [(seconds, stands.cost) for seconds, stands in _whole_course(run, trace)]
    return _falling((s, gap_to(cost, best)) for s, cost in costs if cost is not None)


def bound_steps(run: Run, trace: Trace, best: Decimal) -> list[Step]:
    """Give the gap between the proved bound and the best known cost over time."""
    bounds = [(seconds, stands.bound) for seconds, stands in _whole_course(run, trace)]
    return _falling((s, gap_to(best, bound)) for s, bound in bounds if bound is not None)


def _whole_course(run: Run, trace: Trace) -> Iterator[tuple[float, Standing]]:
    """Give the course, and the end."""
    yield from course(run, trace)
    yield run.ended, Standing(run.cost, run.bound)


def _falling(gaps: Iterable[Step]) -> list[Step]:
    """Give the steps at which a gap falls, from 1 down to none."""
    steps: list[Step] = [(0.0, 1.0)]
    for seconds, gap in gaps:
        inside = min(1.0, max(0.0, gap))
        if inside < steps[-1][1]:
            steps.append((seconds, inside))
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
