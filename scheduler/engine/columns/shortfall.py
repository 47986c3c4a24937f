"""What the team's rows cost by themselves, where each has its own team variables.

Then the best that a team can make of given rosters needs no linear program: what a row lacks, or
has too much of, is taken by its own variable at its cost, and beyond its limits by nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .team_program import TeamProgram

Floats = NDArray[np.float64]


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
    """Cost of every row, as a function of what rosters add up to in it.

    Parameters
    ----------
    low, high
        Limits of the rows.
    under, over
        What a row lacks, and what is beyond.
    price
        Cents for a unit that nothing takes up.
    """

    low: Floats
    high: Floats
    under: _Side
    over: _Side
    price: float

    @classmethod
    def of(cls, program: TeamProgram, price: float) -> Shortfall | None:
        """Read it off a program; None where team variables tie rows to each other."""
        matrix = program.z_rows
        alone = np.diff(matrix.indptr) == 1
        plain = (program.z_low == 0) & (program.z_cost >= 0)
        if not (alone & plain).all() or not np.isin(matrix.data, (-1, 1)).all():
            return None
        sides = []
        for sign in (1, -1):
            mine = matrix.data == sign
            rows = matrix.indices[mine]
            if len(np.unique(rows)) < len(rows):
                return None
            cost, reach = np.zeros(len(program.row_low)), np.zeros(len(program.row_low))
            cost[rows], reach[rows] = program.z_cost[mine], program.z_high[mine]
            sides.append(_Side(cost, reach))
        return cls(program.row_low, program.row_high, sides[0], sides[1], price)

    def by_row(self, used: Floats) -> Floats:
        """Give the cost of each row, in cents."""
        lacking, beyond = np.maximum(self.low - used, 0), np.maximum(used - self.high, 0)
        return self.under.total(lacking, self.price) + self.over.total(beyond, self.price)

    def worth(self, used: Floats) -> Floats:
        """Give the cents that one more unit of each row saves; below 0 where it costs."""
        return self.by_row(used) - self.by_row(used + 1)
