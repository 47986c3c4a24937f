"""Rounding: numbers in a relaxation go up one after the other, the last few by branch and bound.

Where many people may take each other's place, a relaxation is a near miss. Its largest fractions
are rounded up, a few at a time, and that costs next to nothing until a few are left. What becomes
of these is for branch and bound, from what a dive to the end gave.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .branching import branch
from .budget import Budget, Until
from .linear import Linear
from .outcome import Interrupt
from .program import Floats, Indices, Mask, Program
from .repeated import DUAL, PRIMAL, Repeated
from .subproblem import Cut, Values, cut_out

SLACK = 1e-6
"""How far from a whole number a fraction may be that is one."""
SHARE, NEARLY = 0.15, 0.9
"""Share of the fractions that are rounded up at a time, and from where on one is in any case."""
HARDLY = 0.002
"""Share of the cost by which it has hardly risen: what was rounded up until then stays."""


@dataclass(frozen=True)
class Numbers:
    """Where a dive ended."""

    values: Values
    """Of all variables; what follows from numbers is not whole yet, and of no use."""
    kept: Floats
    """Limits from below of all variables: what was rounded up for next to nothing."""


def rounded(
    program: Program,
    values: Values,
    free: Mask,
    owner: Indices,
    seconds: float,
    budget: Budget,
    *,
    known: bool,
) -> Values | None:
    """Find values for what is free.

    Parameters
    ----------
    program, values
        The program; what is not free stays at its value.
    free
        What is free.
    owner
        Whose number each variable is; less than 0 for what follows from these numbers.
    seconds
        Time for each of two searches by branch and bound, as far as there is any left.
    budget
        When to stop.
    known
        Whether the values are a solution, which is worth something.

    Returns
    -------
    Values of the whole program, or None where nothing was found in time.
    """
    numbers = dived(program, values, free, owner, Until(budget))
    if numbers is None:
        return None
    start = values if known else None
    return completed(program, numbers, free, owner, seconds, budget, start)


def dived(
    program: Program, values: Values, free: Mask, owner: Indices, interrupt: Interrupt
) -> Numbers | None:
    """Round numbers up until all are whole; None where it has to stop early, or nothing fits.

    The parameters are those of `rounded`.
    """
    dive = _Dive(program, values, free, owner, interrupt)
    return Numbers(dive.values, dive.kept) if dive.run() else None


def completed(
    program: Program,
    numbers: Numbers,
    free: Mask,
    owner: Indices,
    seconds: float,
    budget: Budget,
    known: Values | None = None,
) -> Values | None:
    """Find values for what follows from numbers, and then better numbers; see `rounded`."""
    rest, soon = free & (owner < 0), min(seconds, budget.left)
    found, _ = branch(program, numbers.values, rest, soon, 0, hinted=False)
    if known is not None and (found is None or program.cost @ known < program.cost @ found):
        found = known
    if found is None or budget.left <= 0:
        return found
    least = replace(program, low=np.minimum(numbers.kept, found))
    better, _ = branch(least, found, free, min(seconds, budget.left), 0)
    return found if better is None else better


def linear_of(cut: Cut, cost: Floats) -> Linear:
    """Give a cut as a linear program; costs are those of all variables."""
    return Linear(cut.matrix, cut.row_low, cut.row_high, cut.low, cut.high, cost[cut.free])


class _Dive:
    """Rounds numbers up until all are whole."""

    def __init__(
        self,
        program: Program,
        values: Values,
        free: Mask,
        owner: Indices,
        interrupt: Interrupt,
    ) -> None:
        self._program, self._interrupt = program, interrupt
        cut = cut_out(program, values, free)
        self._cut = cut
        self._linear = Repeated(linear_of(cut, program.cost), interrupt, PRIMAL)
        self._owner = owner[cut.free]
        self._low, self._high = cut.low.copy(), cut.high.copy()
        self._x: Floats = np.zeros(0)
        self._first: Floats = cut.low
        """What was rounded up while that cost next to nothing."""
        self._start = values

    @property
    def values(self) -> Values:
        """Values with the numbers that the dive ended with."""
        return self._cut.put_into(self._start, np.rint(self._x).astype(np.int64))

    @property
    def kept(self) -> Floats:
        """Limits from below of all variables: what was rounded up for next to nothing."""
        low = self._program.low.copy()
        numbers = self._owner >= 0
        low[self._cut.free[numbers]] = self._first[numbers]
        return low

    def run(self) -> bool:
        """Dive; tell whether that came to an end."""
        first = value = self._solve()
        self._linear.go_on_with(DUAL)
        is_cheap = True
        while np.isfinite(value):
            if is_cheap and value > first + HARDLY * abs(first):
                is_cheap = False
            if is_cheap:
                self._first = self._low.copy()
            up = self._to_round_up()
            if not len(up):
                return True
            value = self._rise(up)
        return False

    def _rise(self, up: Indices) -> float:
        """Round numbers up; where that cannot be, one only, or that one down."""
        for some in (up, up[:1]):
            low = self._low.copy()
            self._move(some, np.ceil(self._x[some] - SLACK), self._high[some])
            value = self._solve()
            if np.isfinite(value) or self._interrupt.is_set():
                return value
            self._move(some, low[some], self._high[some])
        self._move(up[:1], self._low[up[:1]], np.floor(self._x[up[:1]]))
        return self._solve()

    def _move(self, numbers: Indices, low: Floats, high: Floats) -> None:
        self._low[numbers], self._high[numbers] = low, high
        for number, least, most in zip(numbers.tolist(), low, high, strict=True):
            self._linear.limit(number, float(least), float(most))

    def _solve(self) -> float:
        cut = self._cut
        if self._interrupt.is_set():
            return np.inf
        cost = self._program.cost[cut.free]
        value = self._linear.solve(cut.row_low, cut.row_high, cost)
        if np.isfinite(value):
            self._x = self._linear.values()
        fixed = self._program.cost @ cut.put_into(self._start, np.zeros(len(cut.free), np.int64))
        return value + float(fixed)

    def _to_round_up(self) -> Indices:
        """Give the numbers to round up now, the largest fractions first; one of each owner."""
        fraction = np.where(self._owner >= 0, self._x - np.floor(self._x + SLACK), 0.0)
        order = np.argsort(-fraction, kind="stable")[: np.count_nonzero(fraction > SLACK)]
        _, firsts = np.unique(self._owner[order], return_index=True)
        order = order[np.sort(firsts)]
        enough = max(1, round(SHARE * len(order)), np.count_nonzero(fraction[order] >= NEARLY))
        found: Indices = order[:enough]
        return found
