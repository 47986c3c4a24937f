"""Whole numbers for a part: how many people of each kind work what, and where breaks go."""

from __future__ import annotations

import numpy as np

from ..budget import Budget, Until
from ..program import Floats, Indices, Mask, Program
from ..rounding import SLACK, Numbers, completed, dived
from ..subproblem import Values
from .part_program import Most, PartProgram


def whole_numbers(
    part: PartProgram, fractions: Floats, most: Most, seconds: float, budget: Budget
) -> Values | None:
    """Round the numbers of people in a solution of a part's linear program.

    Parameters
    ----------
    part
        The part.
    fractions
        The solution: what is 0 there is left out.
    most
        What people work at most.
    seconds
        Time for each of two searches by branch and bound.
    budget
        When to stop.

    Returns
    -------
    Values of the part's variables, or None where nothing was found in time.
    """
    program, taken = part.within(most), fractions[: len(part.kind)] > SLACK
    unfolded = part.unfolding.within(program.row_high)
    owner, free = _about(unfolded, part.kind, taken)
    nothing = np.zeros(len(owner), dtype=np.int64)
    numbers = dived(unfolded, nothing, free, owner, Until(budget))
    if numbers is None:
        return None
    owner, free = _about(program, part.kind, taken)
    values, low = np.zeros(len(owner), dtype=np.int64), program.low.copy()
    choices = slice(len(part.kind))  # come first in both
    values[choices], low[choices] = numbers.values[choices], numbers.kept[choices]
    return completed(program, Numbers(values, low), free, owner, seconds, budget)


def _about(program: Program, kind: Indices, taken: Mask) -> tuple[Indices, Mask]:
    """Give whose number each variable is, and what is free: numbers only where they are taken."""
    owner = np.full(len(program.low), -1, dtype=np.int64)
    owner[: len(kind)] = kind
    free = owner < 0
    free[: len(kind)] = taken
    return owner, free
