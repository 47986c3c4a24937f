"""Neighbourhoods cut out of the model: choices of a shape are free, everything else stays."""

from __future__ import annotations

from .incumbent import Incumbent
from .moves import BRANCHING_SECONDS, SECONDS, Move, Surroundings
from .shapes import (
    Shape,
    freed,
    moved_on_two_days,
    near_a_moment,
    slightly_moved,
    two_days,
    whole_weeks,
)

SMALLEST, LARGEST, FIRST = 40.0, 8000.0, 100.0
"""Free choices in a neighbourhood: limits, and where the adaptation starts."""
EASY = 0.2
"""Share of its time in which a neighbourhood was solved that was too small."""
PROMISING = 0.6
"""How often only promising choices are freed."""
WAYS = (
    (near_a_moment, True, SECONDS, 1.0),
    (slightly_moved, True, BRANCHING_SECONDS, 1.0),
    (slightly_moved, False, BRANCHING_SECONDS, 1.0),
    (moved_on_two_days, True, BRANCHING_SECONDS, 0.5),
    (moved_on_two_days, False, BRANCHING_SECONDS, 0.5),
    (two_days, False, BRANCHING_SECONDS, 0.25),
    (whole_weeks, False, BRANCHING_SECONDS, 0.25),
)
"""Shapes, whether to branch there, and what is expected of them; see docs/tried.md."""


class Cutting(Move):
    """Frees choices of a shape, and grows or shrinks with success.

    Parameters
    ----------
    around
        What every move needs.
    shape
        Which choices are free together.
    expected, promise
        See `Trial`.
    branches
        See `improved`.
    """

    def __init__(
        self,
        around: Surroundings,
        shape: Shape,
        expected: float = BRANCHING_SECONDS,
        promise: float = 1.0,
        *,
        branches: bool = True,
    ) -> None:
        super().__init__(around, expected, promise)
        self._shape, self._branches = shape, branches
        self.size = FIRST
        """Choices that it frees."""

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Give the best plan of the neighbourhood that was found in time."""
        here, before = self.around, self.around.budget.left
        among, promising = here.layout.is_choice, here.promising()
        if promising is not None and here.draw.random() < PROMISING:
            among = promising
        choices = self._shape(here.layout, among, plan, round(self.size), here.draw)
        free = freed(here.layout, plan, choices)
        found, is_optimal = here.improve(plan, free, branches=self._branches)
        saved = found is not None and found.rank < plan.rank
        seconds = before - here.budget.left
        self.size = adapted(self.size, seconds, is_optimal=is_optimal, saved=saved)
        return found


def adapted(size: float, seconds: float, *, is_optimal: bool, saved: bool) -> float:
    """Give the size of the next neighbourhood: twice this one's, where that was little work."""
    if is_optimal:
        factor = 2.0 if seconds < EASY * BRANCHING_SECONDS else 1.3
    else:
        factor = 1.1 if saved else 0.7
    return min(LARGEST, max(SMALLEST, factor * size))


def cuttings(around: Surroundings) -> list[Cutting]:
    """Give neighbourhoods of all shapes, solved in the ways that help there.

    The first is the least work.
    """
    return [
        Cutting(around, shape, seconds, promise, branches=branches)
        for shape, branches, seconds, promise in WAYS
    ]
