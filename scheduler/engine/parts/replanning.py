"""A part planned anew, by all who can: everybody chooses among what is worked in it now."""

from __future__ import annotations

import numpy as np

from ..budget import Allowance
from ..program import Mask
from ..rounding import rounded
from .incumbent import Incumbent, incumbent_of
from .moves import BRANCHING_SECONDS, SECONDS, Move, Surroundings
from .shapes import freed

SMALLEST, LARGEST, FIRST = 30.0, 3000.0, 100.0
"""Choices of shifts that nobody works now: limits, and where the adaptation starts."""
LONG, MOST = 3 * BRANCHING_SECONDS, 0.2
"""Seconds from which on an attempt had too many, and the share of the time left that it may take;
where that is less, it ends without a result."""
PROMISING = 0.6
"""How often only promising ones are added."""


class Replanning(Move):
    """Rounds the relaxation of a whole part, with all other parts as they are.

    Everybody may choose what somebody works there now, and some shifts besides.
    """

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around, SECONDS)
        self.size = FIRST
        """Choices that it adds to those of shifts that are worked."""

    def can_help(self, plan: Incumbent) -> bool:  # noqa: ARG002
        """Tell whether it may take as long as it takes."""
        return not self.around.limits.deterministic

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Plan a part anew."""
        here, layout, before = self.around, self.around.layout, self.around.budget.left
        parts = layout.short_parts(plan.values) or [*range(len(layout.parts))]
        mine = layout.part_of == here.draw.choice(parts)
        choices = mine & layout.is_choice & self._shifts(plan, mine)
        free = freed(layout, plan, choices) | (mine & (layout.owner < 0))
        if not plan.shortage:
            free[layout.lacking] = False
        owner = np.where(layout.is_choice, layout.owner, -1)
        most = MOST * before
        soon = Allowance(here.budget, most)
        values = rounded(
            layout.program, plan.values, free, owner, BRANCHING_SECONDS, soon, known=True
        )
        factor = 0.5 if before - here.budget.left > min(LONG, most) else 1.2
        self.size = min(LARGEST, max(SMALLEST, factor * self.size))
        return None if values is None else incumbent_of(layout, values, here.price)

    def _shifts(self, plan: Incumbent, mine: Mask) -> Mask:
        """Give the choices of shifts that are worked, and of some others of a part."""
        here, head = self.around, self.around.rosters.head
        choices = mine & here.layout.is_choice
        taken = choices & (plan.values[head] > 0)
        others, promising = choices & ~taken, here.promising()
        if promising is not None and here.draw.random() < PROMISING:
            others &= promising
        heads, numbers = np.unique(head[others], return_counts=True)
        order = np.array(here.draw.sample(range(len(heads)), len(heads)), dtype=np.int64)
        enough = np.searchsorted(np.cumsum(numbers[order]), self.size)
        drawn = np.zeros(len(head), dtype=bool)
        drawn[heads[order[:enough]]] = True
        found: Mask = taken | (others & drawn[head])
        return found
