"""The bound that any prices prove, in whole numbers.

With prices y of the rows, what they limit leaves the problem, and everybody is on their own:

    bound(y) = offset + Σ_i (y_i⁺ low_i − y_i⁻ high_i) + Σ_j min over z_j of (c_j − A_jᵀ y) z_j
               + Σ_groups people · min over rosters of (c − Aᵀ y) x.

Prices are taken to a fine grid first, costs are whole cents and factors whole numbers, so every
sum is exact: the bound leans on no floating point (Geoffrion 1974).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .staff import Group
from .team_program import Integers, TeamProgram

Floats = NDArray[np.float64]

COARSEST, FINEST = 1 << 4, 1 << 20
"""Grid points of a cent."""
SMALL_LOSS = 0.25
"""Cents that rounding prices may take from the bound."""
LARGEST = float(1 << 57)


class Prices:
    """Prices of the rows on a grid of 1/`scale` cents: coarse numbers are easier to solve with.

    Parameters
    ----------
    program
        The rows.
    prices
        Cents for a unit of each row; of a sign that its limits allow, or taken for 0.

    Raises
    ------
    OverflowError
        If costs are too large for any grid.
    """

    def __init__(self, program: TeamProgram, prices: Floats) -> None:
        usable = np.where(prices > 0, np.isfinite(program.row_low), np.isfinite(program.row_high))
        wanted = np.where(usable, prices, 0.0)
        self._program = program
        self.scale, size = COARSEST, self._size(np.abs(wanted))
        while self.scale < FINEST and _loss(program) > SMALL_LOSS * self.scale:
            self.scale *= 2
        while self.scale > 1 and size * self.scale > LARGEST:
            self.scale //= 2
        if size * self.scale > LARGEST:
            raise OverflowError("the costs are too large for prices")
        self.grid: Integers = np.rint(wanted * self.scale).astype(np.int64)

    def _size(self, prices: Floats) -> float:
        """Estimate the largest sum from above."""
        program = self._program
        team = np.abs(program.z_cost) + program.z_sizes @ (prices + 1)
        people = np.abs(program.x_cost) + program.x_sizes @ (prices + 1)
        return float(team @ program.z_reach + people @ program.x_reach)

    def costs(self, group: Group) -> Integers:
        """Give the costs of a group's variables at these prices, in grid points."""
        found: Integers = self.scale * group.cost - group.by_variable @ self.grid
        return found

    def bound(self, groups: list[Group], cheapest: list[int]) -> int:
        """Give the bound in cents.

        Parameters
        ----------
        cheapest
            For each group, a lower bound on the cost of a roster at these prices.
        """
        program, grid = self._program, self.grid
        active = np.flatnonzero(grid)
        limits = np.where(grid > 0, program.row_low, program.row_high)
        total = sum(int(grid[i]) * int(limits[i]) for i in active)
        reduced = self.scale * program.z_cost - program.z_rows.T @ grid
        total += int(np.minimum(reduced * program.z_low, reduced * program.z_high).sum())
        total += sum(group.count * least for group, least in zip(groups, cheapest, strict=True))
        return program.rounded_up(program.offset + -(-total // self.scale))


def _loss(program: TeamProgram) -> float:
    """Estimate what a bound loses where every price is half a grid point off."""
    return float(abs(program.z_rows).sum(axis=0) @ program.z_reach) / 2
