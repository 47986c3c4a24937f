"""Prices of an hour, the same in all parts, by cutting planes within a box.

With hours priced, parts are apart, and each solve of a part tells what it costs at most at any
other prices, since it could keep its solution. With what the horizon allows everybody, these cuts
say where prices promise most. They are trusted near the best prices so far only (Marsten, Hogan and
Blankenship 1975, the boxstep method). Steps along the excess alone ended up to seven percent lower.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse

from ..linear import Linear, solve_linear
from ..outcome import Interrupt
from ..program import Floats, Indices
from .part_program import Worked

GROWS, SHRINKS = 2.0, 0.4
GOOD = 0.3
"""Share of what was promised that a step must bring for the box to grow."""
NEAR, PATIENCE = 1e-3, 8
"""Share of the value below which it is not worth looking for: what is left to gain, and what was
gained in so many turns."""
ASKING_SECONDS, TRIES = 2.0, 3
"""Time to find the next prices, which takes milliseconds unless GLOP goes round in circles, and how
often it may: the next time the box is smaller."""


@dataclass(frozen=True)
class Cut:
    """What a part costs at most, for any prices: `cost` + prices · `minutes`."""

    part: int
    cost: float
    minutes: Floats
    """Of every class of people together."""


class HourPrices:
    """Where prices of hours are best.

    Parameters
    ----------
    least, most
        Minutes that each class of people works in the whole horizon.
    parts
        Number of parts.
    radius
        Cents a minute by which the first step may change a price.
    interrupt
        Asked whether to stop.
    """

    def __init__(
        self, least: Floats, most: Floats, parts: int, radius: float, interrupt: Interrupt
    ) -> None:
        self._interrupt = interrupt
        self._least, self._most, self._parts = least, most, parts
        self._cuts: list[Cut] = []
        self._radius = radius
        self._best, self._value = np.zeros(len(most)), -np.inf
        self._asked, self._promised = self._best, np.inf
        self._proved: deque[float] = deque(maxlen=PATIENCE + 1)
        """The best value after each of the last turns."""
        self.is_done = False
        """Whether no prices promise much more."""

    def learn(self, cuts: list[Cut], value: float) -> None:
        """Take in what the parts cost at the prices that were asked for.

        Parameters
        ----------
        value
            What all parts cost together at these prices.
        """
        asked = self._asked
        value -= self.worth(asked)
        self._cuts += cuts
        step = np.abs(asked - self._best).max(initial=0.0)
        is_bound = step >= self._radius * (1 - 1e-6)
        promised = self._promised - self._value
        if value > self._value:
            if is_bound and value - self._value > GOOD * promised:
                self._radius *= GROWS
            self._best, self._value = asked, value
        else:
            self._radius *= SHRINKS
        self._proved.append(self._value)
        little = NEAR * abs(self._value)
        is_slow = len(self._proved) > PATIENCE and self._value - self._proved[0] <= little
        self.is_done = is_slow or (not is_bound and promised <= little)

    @property
    def best(self) -> Floats:
        """The best prices so far."""
        return self._best

    def worth(self, price: Floats) -> float:
        """Give what all hours that people work are worth together at a price, at most."""
        return float(np.maximum(price, 0) @ self._most + np.minimum(price, 0) @ self._least)

    def begin_again(self) -> Floats:
        """Take what was learnt for cuts of larger programs, of unknown value; give the best prices.

        What each part costs at most holds there, and so does where to look.
        """
        self._value, self._promised = -np.inf, np.inf
        self._proved.clear()
        self._asked, self.is_done = self._best, False
        return self._best

    def ask(self) -> Floats | None:
        """Give the prices that promise most; None if there are none."""
        for _ in range(TRIES):
            solved = solve_linear(self._program(), self._interrupt, ASKING_SECONDS)
            if solved is not None:
                classes = len(self._most)
                self._asked = solved.values[:classes] - solved.values[classes : 2 * classes]
                self._promised = -solved.value
                return self._asked
            self._radius *= SHRINKS
        return None

    def _program(self) -> Linear:
        """Give what the cuts promise, at prices within the box."""
        classes, cuts = len(self._most), len(self._cuts)
        parts = np.array([cut.part for cut in self._cuts])
        minutes = scipy.sparse.csr_array(np.stack([cut.minutes for cut in self._cuts]))
        each = scipy.sparse.csr_array(
            (np.ones(cuts), (np.arange(cuts), parts)), (cuts, self._parts)
        )
        one = scipy.sparse.eye_array(classes)
        matrix = scipy.sparse.bmat([[-minutes, minutes, each], [one, -one, None]], format="csr")
        below = np.where(self._least > 0, np.inf, 0.0)
        free = np.full(self._parts, np.inf)
        return Linear(
            matrix=matrix,
            row_low=np.concatenate([np.full(cuts, -np.inf), self._best - self._radius]),
            row_high=np.concatenate([[c.cost for c in self._cuts], self._best + self._radius]),
            low=np.concatenate([np.zeros(2 * classes), -free]),
            high=np.concatenate([np.full(classes, np.inf), below, free]),
            cost=np.concatenate([self._most, -self._least, -np.ones(self._parts)]),
        )


def cuts_of(answers: Sequence[Worked], classes: Indices, price: Floats) -> list[Cut]:
    """Give what each part costs at any prices of hours, at most.

    Parameters
    ----------
    answers
        What every part's program said at a price.
    classes
        Class of each person.
    price
        Cents for a minute of each class.
    """
    cuts = []
    for part, answer in enumerate(answers):
        minutes = sums(classes, answer.minutes)
        cuts.append(Cut(part, answer.value - float(price @ minutes), minutes))
    return cuts


def sums(classes: Indices, of_people: Floats) -> Floats:
    """Add up what belongs to people of each class."""
    return np.bincount(classes, of_people).astype(float)
