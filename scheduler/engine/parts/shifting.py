"""Shifts of a day a little sooner or later, longer or shorter, whoever takes them."""

from __future__ import annotations

import numpy as np

from ..branching import branch
from ..program import Indices, Mask
from ..subproblem import Values
from .cutting import adapted
from .daily import Daily
from .day_program import DayProgram
from .moves import BRANCHING_SECONDS, Surroundings
from .shapes import AT_SHORTAGES, drawn_reach, meanwhile

FIRST = 50.0
"""Choices, besides those that are taken, where the adaptation starts."""


class Shifting(Daily):
    """Moves the shifts of people who can take each other's place, by branch and bound.

    Not only where something is short: what another day does without is time that this may need.
    """

    at_shortages = AT_SHORTAGES

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.size = FIRST
        """Choices that it frees, besides those that are taken."""

    def numbers(self, day: DayProgram, free: Mask) -> Values | None:
        """Give the best numbers that are found in time."""
        here, before = self.around, self.around.budget.left
        seconds, seed = min(BRANCHING_SECONDS, before), here.draw.randrange(1 << 30)
        found, is_optimal = branch(day.program, day.values, free, seconds, seed)
        saved = found is not None and bool(day.program.cost @ (day.values - found) > 0)
        seconds = before - here.budget.left
        self.size = adapted(self.size, seconds, is_optimal=is_optimal, saved=saved)
        return found

    def free(self, day: DayProgram) -> Mask:
        """Free what is near to shifts that are taken, and the team about their time."""
        layout, draw = self.around.layout, self.around.draw
        taken = day.values[: len(day.kind)] > 0
        near = self._distance(day, taken) <= 2 * drawn_reach(layout, draw)
        others = np.flatnonzero(near & ~taken).tolist()
        chosen = np.zeros(len(taken), dtype=bool)
        chosen[draw.sample(others, min(round(self.size), len(others)))] = True
        chosen |= taken & np.isin(day.kind, day.kind[chosen])
        shifts = np.zeros(len(layout.owner), dtype=bool)
        shifts[day.choices[chosen]] = True
        profiles = np.unique(layout.profile[day.choices[chosen]])
        team = meanwhile(layout, shifts)
        team &= ~layout.is_presence | np.isin(layout.profile, profiles)
        free: Mask = np.concatenate([chosen, (team | (layout.owner >= 0))[day.besides]])
        return free

    def _distance(self, day: DayProgram, taken: Mask) -> Indices:
        """Give the minutes by which choices are away from the nearest that people alike take.

        Those of start and end are added.
        """
        layout = self.around.layout
        start, end = layout.start[day.choices], layout.end[day.choices]
        found = np.full(len(day.choices), np.iinfo(np.int64).max)
        for place in np.flatnonzero(taken):
            alike = np.flatnonzero(day.kind == day.kind[place])
            away = np.abs(start[alike] - start[place]) + np.abs(end[alike] - end[place])
            found[alike] = np.minimum(found[alike], away)
        return found
