"""Improving what is free of a model, by the means that suit the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .branching import branch
from .budget import Budget
from .cpsat import FEW_WORKERS
from .outcome import Limits
from .program import Mask, Program
from .subproblem import Values, solve_cut


def improved(
    program: Program,
    values: Values,
    free: Mask,
    limits: Limits,
    budget: Budget,
    seconds: float,
    strategies: Sequence[str] = FEW_WORKERS,
    *,
    branches: bool = True,
) -> tuple[Values | None, bool]:
    """Find better values for what is free, from a solution.

    Branch and bound finds the better ones where breaks and services around a moment are at stake,
    CP-SAT where people change places over several days, once it may simplify them first. Where the
    clock must not matter, it is always CP-SAT, whose work can be counted.

    Parameters
    ----------
    seconds
        Time for it, as far as there is any left.
    strategies
        Searches of CP-SAT.
    branches
        Whether to branch and bound, unless the clock must not matter.

    Returns
    -------
    Values of the whole model, or None where nothing was found in time; and whether there are none
    better.
    """
    seconds = min(seconds, budget.left)
    if seconds <= 0:
        return None, False
    if branches and not limits.deterministic:
        return branch(program, values, free, seconds, limits.seed)
    if not limits.deterministic:
        limits = replace(limits, workers=1)  # there are other threads
    found, run = solve_cut(
        program, values, free, limits, seconds, presolve=not branches, strategies=strategies
    )
    budget.spend(run.deterministic_time)
    return found, run.verdict[0] == "optimal"
