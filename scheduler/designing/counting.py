"""From shifts in use to people: whole numbers for every day, at the least cost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from ortools.math_opt.python import mathopt

from ..models.base import format_clock
from ..models.design import DesignedShift, DesignProblem
from .model import CoverModel


def counts_of(
    problem: DesignProblem, used: Collection[int], seconds: float
) -> tuple[DesignedShift, ...] | None:
    """Count who starts each shift on each day; None if that takes too long or cannot be.

    Parameters
    ----------
    problem
        What to cover.
    used
        Positions of the candidates in use.
    seconds
        Time there is.

    Returns
    -------
    The shifts that anybody works, by start and length.
    """
    cover = CoverModel(problem, used, whole_people=True)
    for use in cover.uses.values():
        use.lower_bound = 1
    limit = mathopt.SolveParameters(time_limit=timedelta(seconds=max(seconds, 0.01)))
    result = mathopt.solve(cover.model, mathopt.SolverType.GSCIP, params=limit)
    if not result.has_primal_feasible_solution():
        return None
    values = result.variable_values()
    people = {key: round(values[x]) for key, x in cover.people.items()}
    return tuple(
        _designed(problem, k, [people.get((k, day), 0) for day in range(problem.days)])
        for k in sorted(used)
        if any(people.get((k, day), 0) for day in range(problem.days))
    )


def _designed(problem: DesignProblem, k: int, people: list[int]) -> DesignedShift:
    shift = problem.candidates[k]
    clock = format_clock(shift.start).replace(":", "")
    return DesignedShift(
        id=f"{shift.template[:80]}-{clock}-{shift.minutes}",
        template=shift.template,
        start=shift.start,
        minutes=shift.minutes,
        people=tuple(people),
    )
