"""What the team's rows cost, given what rosters add up to in each of them.

Where a row has team variables of its own, that needs no linear program: what it lacks, or has too
much of, is taken by its own variable at its cost, and beyond its limits by nothing at all. Rows
that are tied to each other are left to small programs of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..program import Floats
from .master import SMALL
from .team_program import Integers, TeamProgram
from .tied import Knot, knots_of

ALL = slice(None)


@dataclass(frozen=True)
class _Side:
    """What takes up a difference: so many units at a cost each, all others at a price."""

    cost: Floats
    reach: Floats

    def total(self, units: Floats, rows: Integers | slice, share: Floats, price: Floats) -> Floats:
        """Give the cost of so many units of some rows."""
        cheap = np.minimum(units, self.reach[rows])
        found: Floats = cheap * self.cost[rows] * share + (units - cheap) * price
        return found

    def beyond(self, units: Floats) -> Floats:
        """Give the units of each row that it does not take up."""
        return np.maximum(units - self.reach, 0.0)


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
        Cents for a unit of each row that nothing takes up.
    share
        Share of its cost that each row has for what is taken up, where it is not tied.
    knots
        Rows that are tied to each other.
    """

    low: Floats
    high: Floats
    under: _Side
    over: _Side
    price: Floats
    share: Floats
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
        one = np.ones(len(low))
        return cls(low, high, sides[0], sides[1], price * one, one, tuple(tied))

    def at(self, price: Floats, share: Floats) -> Shortfall:
        """Give the same rows at other prices."""
        knots = tuple(replace(knot, price=price[knot.rows]) for knot in self.knots)
        return replace(self, price=price, share=share, knots=knots)

    @property
    def dearest(self) -> Floats:
        """Most that a unit costs which a row takes up."""
        found: Floats = np.maximum(self.under.cost, self.over.cost)
        for knot in self.knots:
            found[knot.rows] = knot.dearest
        return found

    def missing(self, used: Floats) -> Floats:
        """Give the units of each row that nothing takes up."""
        lacking, beyond = self._differences(used)
        found = self.under.beyond(lacking) + self.over.beyond(beyond)
        for knot in self.knots:
            found[knot.rows] = knot.missing(used)
        return np.where(found > SMALL, found, 0.0)

    def by_row(self, used: Floats) -> Floats:
        """Give the cost of each row, in cents; rows that are tied have it with the first."""
        found = self._alone(used)
        for knot in self.knots:
            found[knot.rows[:1]] = knot.answer(used)[0]
        return found

    def of_rows(self, used: Floats, rows: Integers) -> float:
        """Give the cost of some rows in cents, and of those that are tied to them."""
        cost = self._alone(used, rows).sum()
        tied: list[int] = np.unique(self._knot_of[rows]).tolist() if self.knots else []
        return float(cost) + sum(self.knots[k].answer(used)[0] for k in tied if k >= 0)

    @cached_property
    def _knot_of(self) -> Integers:
        """Number of each row's knot; -1 where there is none."""
        found = np.full(len(self.low), -1)
        for number, knot in enumerate(self.knots):
            found[knot.rows] = number
        return found

    def worth(self, used: Floats) -> Floats:
        """Give the cents that one more unit of each row saves; below 0 where it costs."""
        found: Floats = self._alone(used) - self._alone(used + 1)
        for knot in self.knots:
            found[knot.rows] = knot.answer(used)[1]
        return found

    def _alone(self, used: Floats, rows: Integers | slice = ALL) -> Floats:
        lacking, beyond = self._differences(used, rows)
        share, price = self.share[rows], self.price[rows]
        under = self.under.total(lacking, rows, share, price)
        return under + self.over.total(beyond, rows, share, price)

    def _differences(self, used: Floats, rows: Integers | slice = ALL) -> tuple[Floats, Floats]:
        there, low, high = used[rows], self.low[rows], self.high[rows]
        return np.maximum(low - there, 0.0), np.maximum(there - high, 0.0)


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
