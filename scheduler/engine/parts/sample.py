"""A sample of a part's choices, from which prices of hours are learnt before all choices are known.

A program of some choices is solved in a tenth of the time of the whole one, and again in less.
Whatever solves it solves the whole one, too: what it says of other prices holds there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..outcome import Interrupt
from ..program import Floats, Indices, Mask
from ..repeated import PRIMAL, Repeated
from ..rounding import linear_of
from ..subproblem import cut_out
from .hours import HourPrices, cuts_of
from .part_program import PartProgram, Worked

SAMPLE, LEAST = 160, 8
"""Choices of all people together, and of each kind at least. They are drawn: every tenth may be of
one length throughout."""
TURNS = 16
"""How often samples are asked for prices, at most: later turns bring little."""


class Sample:
    """The linear program of a part with some choices only.

    Parameters
    ----------
    part
        The part.
    interrupt
        Asked whether to stop.
    """

    def __init__(self, part: PartProgram, interrupt: Interrupt) -> None:
        self._part, program = part, part.unfolding.program
        free = np.ones(len(program.low), dtype=bool)
        free[: len(part.kind)] = _drawn(part.kind)
        self._cut = cut_out(program, np.zeros(len(free), dtype=np.int64), free)
        self._repeated = Repeated(linear_of(self._cut, program.cost), interrupt, PRIMAL)

    def solve(self, price: Floats) -> Worked | None:
        """Solve it; None if it has to stop early, or GLOP fails.

        Parameters
        ----------
        price
            Cents for a minute of each person; the same for people who are alike.
        """
        part, cut = self._part, self._cut
        cost = part.unfolding.program.cost.copy()
        cost[: len(part.kind)] += part.of_hours(price)
        if not np.isfinite(self._repeated.solve(cut.row_low, cut.row_high, cost[cut.free])):
            return None
        values = np.zeros(len(cost))
        values[cut.free], values[cut.fixed[0]] = self._repeated.values(), cut.fixed[1]
        minutes = part.worked(values[: len(part.kind)], len(price))
        return Worked(float(cost @ values), minutes)


def _drawn(kind: Indices) -> Mask:
    """Draw choices of every kind."""
    kinds = int(kind.max(initial=-1)) + 1
    each, draw = max(LEAST, SAMPLE // max(1, kinds)), np.random.default_rng(0)
    found = np.zeros(len(kind), dtype=bool)
    for number in range(kinds):
        own = np.flatnonzero(kind == number)
        found[draw.choice(own, min(each, len(own)), replace=False)] = True
    return found


def first_prices(
    samples: Sequence[Sample], classes: Indices, hours: HourPrices, note: Callable[[str], None]
) -> Floats:
    """Give the prices of hours that are best for samples of all parts, as far as they are found.

    Parameters
    ----------
    samples
        One for each part.
    classes
        Class of each person, who all have one price.
    hours
        Nothing learnt so far; left with what samples tell of the whole parts.
    note
        Told what was done.

    Returns
    -------
    Cents for a minute of each class.
    """
    price: Floats | None = np.zeros(int(classes.max(initial=-1)) + 1)
    for _ in range(TURNS):
        if price is None:
            break
        solved = [sample.solve(price[classes]) for sample in samples]
        answers = [answer for answer in solved if answer is not None]
        if len(answers) < len(samples):
            break
        hours.learn(cuts_of(answers, classes, price), sum(answer.value for answer in answers))
        note("prices")
        if hours.is_done:
            break
        price = hours.ask()
    return hours.begin_again()
