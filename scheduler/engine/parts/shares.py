"""Shares: how much of what people can work in the whole horizon is for each part.

Parts that know nothing of each other would all call for the same people. Each may use what all
parts up to it should have used together, less what those before it did use. Whole numbers leave a
little of everybody's time over: whole shifts do not add up to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..program import Floats
from .part_program import Most, PartProgram

NAMED = 0.96
"""Share of everybody's time that whole numbers of shifts may use: with all of it, one shift in
thirty had no name (docs/tried.md)."""


class Shares:
    """What the people of each kind may work in a part.

    Parameters
    ----------
    shifts, minutes
        Most shifts and minutes of each person in the whole horizon.
    wanted
        Minutes that each part calls for, in any unit.
    """

    def __init__(self, shifts: Floats, minutes: Floats, wanted: Floats) -> None:
        self._most = shifts, minutes
        self._used = np.zeros_like(shifts), np.zeros_like(minutes)
        self._shares: Floats = wanted / wanted.sum() if wanted.any() else wanted
        self._planned: set[int] = set()
        self._begun: set[int] = set()
        self._granted: dict[int, tuple[Floats, Floats]] = {}
        """What each person may use in parts whose whole numbers are being looked for."""

    def of(self, number: int, part: PartProgram) -> Most:
        """Give what people may work in a part that is planned next."""
        due = [i for i in range(number + 1) if i not in self._begun]
        share = float(self._shares[[*due, *self._planned]].sum())
        self._begun.add(number)
        longest = np.zeros(len(part.people))
        np.maximum.at(longest, part.kind, part.minutes)
        shifts, minutes = (
            self._of_kinds(part, most, used, share, beyond)
            for most, used, beyond in zip(
                self._most, self._used, (np.ones_like(longest), longest), strict=True
            )
        )
        return Most(np.floor(shifts), minutes)

    def granted(self, number: int, part: PartProgram, due: Most) -> Most:
        """Give what whole numbers may use of what is due: what others use or may use is theirs."""
        others = [amounts for of, amounts in self._granted.items() if of != number]
        found = []
        for of_kinds, most, *taken in zip(
            (due.shifts, due.minutes), self._most, self._used, *others, strict=True
        ):
            left = _sums(part.people, NAMED * most - sum(taken))
            found.append(np.maximum(0.0, np.minimum(of_kinds, left)))
        shifts, minutes = np.floor(found[0]), found[1]
        people = len(self._most[0])
        self._granted[number] = part.divided(shifts, people), part.divided(minutes, people)
        return Most(shifts, minutes)

    def _of_kinds(
        self, part: PartProgram, most: Floats, used: Floats, share: float, beyond: Floats
    ) -> Floats:
        """Give what is due, and one shift beyond that; never more than there is."""
        left = _sums(part.people, most - used)
        due = _sums(part.people, share * most - used)
        return np.maximum(0.0, np.minimum(left, due + beyond))

    def note(self, number: int, part: PartProgram, numbers: Floats) -> None:
        """Learn how many people of each kind work what in a part."""
        self._planned.add(number)
        self._granted.pop(number, None)
        for used, each in zip(self._used, (np.ones_like(part.minutes), part.minutes), strict=True):
            used += part.of_each(numbers * each, len(used))


def _sums(kinds: Sequence[Sequence[int]], of_people: Floats) -> Floats:
    return np.array([of_people[people].sum() for people in kinds])
