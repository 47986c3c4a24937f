"""What the team's rows cost, given what rosters add up to in each of them.

Where a row has team variables of its own, that needs no linear program: what it lacks, or has too
much of, is taken by its own variable at its cost, and beyond its limits by nothing at all. Rows
that are tied to each other are left to small programs of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..program import Floats
from .team_program import TeamProgram
from .tied import Knot, knots_of


@dataclass(frozen=True)
class _Side:
    """What takes up a difference: so many units at a cost each, all others at a price."""

    cost: Floats
    reach: Floats

    def total(self, units: Floats, price: float) -> Floats:
        """Give the cost of so many units of each row."""
        cheap = np.minimum(units, self.reach)
        found: Floats = cheap * self.cost + (units - cheap) * price
        return found


@dataclass(frozen=True)
class Shortfall:
    """Cost of the rows, as a function of what rosters add up to in each.

    Parameters
    ----------
    low, high
        Limits of the rows; none where a row is tied to others.
    under, over
        What a row lacks, and what is beyond.
    price
        Cents for a unit that nothing takes up.
    knots
        Rows that are tied to each other.
    """

    low: Floats
    high: Floats
    under: _Side
    over: _Side
    price: float
    knots: tuple[Knot, ...] = ()

    @classmethod
    def of(cls, program: TeamProgram, price: float) -> Shortfall | None:
        """Read it off a program; None where team variables tie too many rows to each other."""
        knots = knots_of(program, price)
        if knots is None:
            return None
        low, high = program.row_low.copy(), program.row_high.copy()
        plain = _plain(program)
        tied = [knot for knot in knots if not plain[knot.rows].all()]
        for knot in tied:
            low[knot.rows], high[knot.rows] = -np.inf, np.inf
        matrix, sides = program.z_rows, []
        owner = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
        for sign in (1, -1):
            mine = (matrix.data == sign) & plain[matrix.indices]
            rows, variables = matrix.indices[mine], owner[mine]
            cost, reach = np.zeros(len(low)), np.zeros(len(low))
            cost[rows], reach[rows] = program.z_cost[variables], program.z_high[variables]
            sides.append(_Side(cost, reach))
        return cls(low, high, sides[0], sides[1], price, tuple(tied))

    def by_row(self, used: Floats) -> Floats:
        """Give the cost of each row, in cents; rows that are tied have it with the first."""
        found = self._alone(used)
        for knot in self.knots:
            found[knot.rows[:1]] = knot.answer(used)[0]
        return found

    def worth(self, used: Floats) -> Floats:
        """Give the cents that one more unit of each row saves; below 0 where it costs."""
        found: Floats = self._alone(used) - self._alone(used + 1)
        for knot in self.knots:
            found[knot.rows] = knot.answer(used)[1]
        return found

    def _alone(self, used: Floats) -> Floats:
        lacking, beyond = np.maximum(self.low - used, 0), np.maximum(used - self.high, 0)
        return self.under.total(lacking, self.price) + self.over.total(beyond, self.price)


def _plain(program: TeamProgram) -> NDArray[np.bool_]:
    """Tell which rows have team variables of their own only, one for either side at most."""
    matrix = program.z_rows.tocsc()
    owner = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    alone = np.diff(matrix.indptr)[owner] == 1
    alone &= (program.z_low[owner] == 0) & (program.z_cost[owner] >= 0)
    plain = np.ones(matrix.shape[0], dtype=bool)
    plain[matrix.indices[~alone | ~np.isin(matrix.data, (-1, 1))]] = False
    for sign in (1, -1):
        mine = matrix.indices[matrix.data == sign]
        plain &= np.bincount(mine, minlength=len(plain)) <= 1
    return plain
