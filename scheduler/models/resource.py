"""The third face of a rule: what it keeps in mind from day to day.

A rule that can be judged along the days, with a small memory, may say so. Dynamic programmes then
follow the memories of all of an employee's rules together, and find the cheapest roster without
search. `post` and `check` stay what they are; the twin test compares all three.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from .roster import Duty

Integers = NDArray[np.int64]

Stepped = tuple[Integers, Integers | int]
"""States, and the cents that it cost to get there."""

FORBIDDEN = -1
"""State, or cost at the end, of what a hard rule forbids."""


class Resource(ABC):
    """An automaton over the days of the horizon: states are integers from 0.

    On every day at most one shift starts. What its variables cost by themselves (pay, a wish for a
    day) is no concern of a resource. Resources are values: two are the same if they are equal.
    """

    @property
    @abstractmethod
    def start(self) -> int:
        """State before the first day, with what is known of the past."""

    @property
    def allowance(self) -> int | None:
        """Units that a roster may have at most, where that is all it says; else None.

        Such an automaton may be left out of a programme that is too large, and its units be priced.
        """
        return None

    def units(self, duty: Duty) -> int:  # noqa: ARG002
        """Give what a duty takes of the allowance."""
        return 0

    @abstractmethod
    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Give what matters of a day's duty, or of a day off: duties of equal effect are alike."""

    @abstractmethod
    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:
        """Give the states after a day, `FORBIDDEN` where it breaks a hard rule, and cents due."""

    def finish(self, states: Integers) -> Integers:
        """Give the cents due after the last day, `FORBIDDEN` where a hard rule is broken."""
        return np.zeros(len(states), dtype=np.int64)
