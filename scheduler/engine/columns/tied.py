"""What rows cost that share team variables: small linear programs, each solved once.

Rows that are tied to each other by team variables are a *knot*: people who may work in several
skills, say, and what each skill needs of a shift. Knots of the same shape share a solver, and what
it found for the same lack of people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from ..linear import Linear
from ..program import Floats
from ..repeated import Repeated
from .team_program import Integers, TeamProgram

LARGEST = 60
"""Rows of a knot, at most: larger ones are no longer solved in no time."""
NUDGE = 1e-3
"""Units more of each row at which prices are read, so that they are those of one unit more."""
KEPT = 200_000
"""Answers that are kept."""


@dataclass(frozen=True)
class Knot:
    """Rows that are tied, and how their team variables use them."""

    rows: Integers
    low: Floats
    high: Floats
    price: Floats
    """Cents for a unit of each row that nothing takes up."""
    shape: _Shape

    def answer(self, used: Floats) -> tuple[float, Floats]:
        """Give the cost of the rows in cents, and what one more unit of each saves."""
        there = used[self.rows]
        return self.shape.answer(self.low - there, self.high - there, self.price)

    @property
    def dearest(self) -> float:
        """Most that a unit of a variable costs."""
        return float(self.shape.cost.max(initial=0))

    def missing(self, used: Floats) -> Floats:
        """Give the units of each row that nothing takes up."""
        there = used[self.rows]
        return self.shape.missing(self.low - there, self.high - there, self.price)


class _Shape:
    """The team's variables of a knot, with a solver for any limits of its rows."""

    def __init__(
        self, matrix: NDArray[np.int64], low: Integers, high: Integers, cost: Integers
    ) -> None:
        one, without = np.eye(len(matrix)), np.zeros(2 * len(matrix))
        self.cost = cost
        """Cents of the team's variables."""
        self._linear = Repeated(
            Linear(
                matrix=sparse.csr_array(np.hstack([matrix, one, -one])),
                row_low=np.zeros(len(matrix)),
                row_high=np.zeros(len(matrix)),
                low=np.concatenate([low, without]),
                high=np.concatenate([high, without + np.inf]),
                cost=np.concatenate([cost, without]),
            )
        )
        # Different for every row, so that no two ways are equally good.
        self._nudge = NUDGE * (1 + np.random.default_rng(0).random(len(matrix)))
        self._found: dict[tuple[bytes, bytes, bytes], tuple[float, Floats]] = {}

    def answer(self, low: Floats, high: Floats, price: Floats) -> tuple[float, Floats]:
        """Give the cost at limits of the rows, and the price of one more unit of each."""
        key = low.tobytes(), high.tobytes(), price.tobytes()
        if key not in self._found:
            if len(self._found) >= KEPT:
                self._found.clear()
            cost = self._solve(low - self._nudge, high - self._nudge, price)
            prices = self._linear.prices()
            self._found[key] = round(cost + float(prices @ self._nudge), 3), prices
        return self._found[key]

    def missing(self, low: Floats, high: Floats, price: Floats) -> Floats:
        """Give the units of each row that are missed at limits of the rows."""
        self._solve(low, high, price)
        under, over = np.split(self._linear.values()[len(self.cost) :], 2)
        return np.maximum(under + over, 0.0)

    def _solve(self, low: Floats, high: Floats, price: Floats) -> float:
        """Solve it, which always succeeds: any row may be missed."""
        return self._linear.solve(low, high, np.concatenate([self.cost, price, price]))


def knots_of(program: TeamProgram, price: float) -> list[Knot] | None:
    """Find the rows that are tied to each other; None if too many are.

    Parameters
    ----------
    price
        Cents for a unit that nothing takes up.
    """
    shapes: dict[object, _Shape] = {}
    found = []
    for rows, variables in _together(program.z_rows):
        if len(rows) > LARGEST:
            return None
        matrix = program.z_rows[rows][:, variables].toarray()
        sides = (program.z_low[variables], program.z_high[variables], program.z_cost[variables])
        key = matrix.shape, matrix.tobytes(), *(side.tobytes() for side in sides)
        if key not in shapes:
            shapes[key] = _Shape(matrix, *sides)
        limits = program.row_low[rows], program.row_high[rows]
        found.append(Knot(rows, *limits, np.full(len(rows), price), shapes[key]))
    return found


def _together(matrix: sparse.csc_array) -> Iterator[tuple[Integers, Integers]]:
    """Give rows that share variables, with these variables."""
    rows, columns = matrix.shape
    pattern = abs(matrix).tocoo()
    ends = (pattern.row, pattern.col + rows)
    graph = sparse.coo_array((np.ones(len(ends[0])), ends), shape=(rows + columns,) * 2)
    _, labels = connected_components(graph, directed=False)
    members: dict[int, list[int]] = defaultdict(list)
    for number, label in enumerate(labels.tolist()):
        members[label].append(number)
    for mine in members.values():
        together = np.array(mine, dtype=np.int64)
        yield together[together < rows], together[together >= rows] - rows
