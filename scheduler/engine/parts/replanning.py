"""A day planned anew, by all who can: everybody chooses among what is worked on it now."""

from __future__ import annotations

import numpy as np

from ..budget import Allowance
from ..program import Mask
from ..rounding import rounded
from ..subproblem import Values
from .daily import Daily
from .day_program import DayProgram
from .moves import BRANCHING_SECONDS, Surroundings

SMALLEST, LARGEST, FIRST = 30.0, 3000.0, 100.0
"""Choices of shifts that nobody works now: limits, and where the adaptation starts."""
LONG, MOST = 3 * BRANCHING_SECONDS, 0.4
"""Seconds from which on an attempt had too many, and the share of the time left that it may take;
where that is less, it ends without a result."""
PROMISING = 0.6
"""How often only promising ones are added."""


class Replanning(Daily):
    """Rounds the relaxation of a whole day, with all other days as they are.

    Everybody may choose what somebody with the same skills works then, and some shifts besides.
    """

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.size = FIRST
        """Choices that it adds to those of shifts that are worked."""

    def numbers(self, day: DayProgram, free: Mask) -> Values | None:
        """Round the day's relaxation."""
        budget = self.around.budget
        before, most = budget.left, MOST * budget.left
        soon = Allowance(budget, most)
        found = rounded(
            day.program, day.values, free, day.owner, BRANCHING_SECONDS, soon, known=True
        )
        factor = 0.5 if before - budget.left > min(LONG, most) else 1.2
        self.size = min(LARGEST, max(SMALLEST, factor * self.size))
        return found

    def free(self, day: DayProgram) -> Mask:
        """Free shifts that are worked, some others, and all that the team decides."""
        here = self.around
        head = here.rosters.head[day.choices]
        taken = np.isin(head, head[day.values[: len(head)] > 0])
        others, promising = ~taken, here.promising()
        if promising is not None and here.draw.random() < PROMISING:
            others &= promising[day.choices]
        heads, numbers = np.unique(head[others], return_counts=True)
        order = np.array(here.draw.sample(range(len(heads)), len(heads)), dtype=np.int64)
        enough = np.searchsorted(np.cumsum(numbers[order]), self.size)
        chosen = taken | (others & np.isin(head, heads[order[:enough]]))
        found: Mask = np.concatenate([chosen, np.ones(len(day.besides), dtype=bool)])
        return found
