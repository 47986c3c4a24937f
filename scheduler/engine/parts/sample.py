"""A sample of a part's choices, which says nearly as much of hours as all of them do.

A program of some choices is solved in a tenth of the time of the whole one, and again in less.
Whatever solves it solves the whole one, too.
"""

from __future__ import annotations

import numpy as np

from ..outcome import Interrupt
from ..program import Floats, Indices, Mask, Program
from ..repeated import PRIMAL, Repeated
from ..rounding import linear_of
from ..subproblem import cut_out

SAMPLE, LEAST = 160, 8
"""Choices of all people together, and of each kind at least. They are drawn: every tenth may be of
one length throughout."""


class Sample:
    """A part's linear program with some choices only.

    Parameters
    ----------
    program, kind
        The part's program, and the kind of people who have each of its first variables, which are
        choices.
    """

    def __init__(self, program: Program, kind: Indices) -> None:
        free = np.ones(len(program.low), dtype=bool)
        free[: len(kind)] = _drawn(kind)
        self._cut = cut_out(program, np.zeros(len(free), dtype=np.int64), free)
        self._linear = Repeated(linear_of(self._cut, program.cost), Interrupt(), PRIMAL)

    def solve(self, cost: Floats, interrupt: Interrupt) -> Floats | None:
        """Give values of the whole program; None if it has to stop early, or GLOP fails.

        Parameters
        ----------
        cost
            Of every variable of the whole program.
        interrupt
            Asked whether to stop.
        """
        cut = self._cut
        self._linear.interrupt = interrupt
        if not np.isfinite(self._linear.solve(cut.row_low, cut.row_high, cost[cut.free])):
            return None
        values = np.zeros(len(cost))
        values[cut.free], values[cut.fixed[0]] = self._linear.values(), cut.fixed[1]
        return values


def _drawn(kind: Indices) -> Mask:
    """Draw choices of every kind."""
    kinds = int(kind.max(initial=-1)) + 1
    each, draw = max(LEAST, SAMPLE // max(1, kinds)), np.random.default_rng(0)
    found = np.zeros(len(kind), dtype=bool)
    for number in range(kinds):
        own = np.flatnonzero(kind == number)
        found[draw.choice(own, min(each, len(own)), replace=False)] = True
    return found
