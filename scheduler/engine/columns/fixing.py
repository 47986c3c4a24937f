"""Rosters that a dive has fixed, and how a step is taken back."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator

from .generation import Search
from .master import Mastered
from .staff import Column

WHOLE = 1 - 1e-6
ENOUGH = 4
"""Columns of a group, at least, so that one of them may be left out."""
CHANCE = 0.5
"""Share of itself by which a fraction may count less."""
Step = list[tuple[int, int, int]]
"""Group, number of the column, and by how many more people it is used."""


class Fixed:
    """Rosters that are fixed in a master, one for each of a group's employees.

    Parameters
    ----------
    search
        Columns of its own, which others do not use.
    draw
        Source of chance, if there is to be any.
    """

    def __init__(self, search: Search, draw: random.Random | None = None) -> None:
        self._search, self._draw = search, draw
        self._taken: list[Counter[int]] = [Counter() for _ in search.groups]
        self._left_out: list[tuple[int, int]] = []

    @property
    def left(self) -> dict[int, int]:
        """People who have no roster yet, by group."""
        missing = (
            group.count - taken.total()
            for group, taken in zip(self._search.groups, self._taken, strict=True)
        )
        return {g: people for g, people in enumerate(missing) if people}

    @property
    def rosters(self) -> list[list[Column]]:
        """The columns of each group's employees, as far as they are fixed."""
        columns = self._search.master.columns
        return [[columns[g][i] for i in sorted(t.elements())] for g, t in enumerate(self._taken)]

    def fix(self, solved: Mastered, some: int) -> Step:
        """Fix whole people, and so many with the largest fractions; tell which."""
        step = list(self._next(solved, self.left, some))
        self.change(step)
        return step

    def change(self, step: Step, sign: int = 1) -> None:
        """Fix what was fixed in a step, or take it back, if `sign` is -1."""
        master, before = self._search.master, self.left.keys()
        for g, number, times in step:
            self._taken[g][number] += sign * times
            master.add(g, master.columns[g][number])  # it may rest by now
            master.at_least(g, number, self._taken[g][number])
        self._search.active = set(self.left)
        for g in before - self._search.active:
            master.close(g, +self._taken[g])
        for g in self._search.active - before:
            master.open(g)
        self._leave_out()

    def take_back(self, step: Step) -> bool:
        """Take a step back, and leave out what it fixed for now; tell whether there are others."""
        if any(len(self._search.master.columns[g]) < ENOUGH for g, _, _ in step):
            return False
        self._left_out += [(g, number) for g, number, _ in step]
        self.change(step, -1)
        return True

    def _leave_out(self) -> None:
        """Let nobody use what is left out, besides those for whom it is fixed."""
        for g, number in self._left_out:
            self._search.master.at_most(g, number, self._taken[g][number])

    def readmit(self) -> None:
        """Let everybody use again what was left out."""
        for g, number in self._left_out:
            if g in self.left:
                self._search.master.at_most(g, number, math.inf)
        self._left_out.clear()

    def _next(
        self, solved: Mastered, left: dict[int, int], some: int
    ) -> Iterator[tuple[int, int, int]]:
        """Give (group, column, people) to fix: whole people, and the largest fractions."""
        open_weights = [
            (weight - self._taken[g][number], g, number)
            for g in left
            for number, weight in solved.weights[g].items()
        ]
        open_weights.sort(key=lambda item: (-self._rank(item[0]), item[1], item[2]))
        for weight, g, number in open_weights:
            times = int(weight + 1 - WHOLE)
            if not times and some > 0:
                some, times = some - 1, 1
            times = min(times, left[g])
            left[g] -= times
            if times:
                yield g, number, times

    def _rank(self, weight: float) -> float:
        """Give what a fraction counts where the largest comes first."""
        return weight if self._draw is None else weight * self._draw.uniform(1 - CHANCE, 1)
