"""Whole numbers for a part: how many people of each kind work what, and where breaks go."""

from __future__ import annotations

import numpy as np

from ..budget import Budget
from ..program import Floats
from ..rounding import SLACK, rounded
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
    owner = np.full(len(fractions), -1, dtype=np.int64)
    owner[: len(part.kind)] = part.kind
    free = (owner < 0) | (fractions > SLACK)
    nothing = np.zeros(len(fractions), dtype=np.int64)
    program = part.within(most)
    return rounded(program, nothing, free, owner, seconds, budget, known=False)
