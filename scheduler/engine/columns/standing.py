"""How it stands: everybody's rosters, and what they cost together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .around import Person, around_people
from .generation import Search
from .master import Floats
from .rebuilding import Rebuilder
from .staff import Column

UNKNOWN = 1 << 62
"""Cost of rosters about which there was no time to ask."""


class Standing:
    """Everybody's rosters, which only get cheaper.

    Parameters
    ----------
    search
        Column generation at the root, with its columns and best prices.
    rosters
        The columns of each group's employees, in order.
    rebuilder
        Rebuilds rosters one by one, if there is one.
    """

    def __init__(
        self, search: Search, rosters: list[list[Column]], rebuilder: Rebuilder | None
    ) -> None:
        self.search, self.rosters, self.rebuilder = search, rosters, rebuilder
        self.suggested: Sequence[Sequence[Column]] | None = None
        """Rosters of each group that prices speak for, once columns are near their end."""
        self.people = [(g, i) for g, mine in enumerate(rosters) for i in range(len(mine))]
        self._place = {
            block.employee.id: (g, i)
            for g, group in enumerate(search.groups)
            for i, block in enumerate(group.blocks)
        }
        self.cost = self._ask()

    @property
    def prices(self) -> Floats:
        """The best prices of rows that are known; 0 without any."""
        centre = self.search.centre
        return np.zeros(len(self.search.program.posted)) if centre is None else centre

    @property
    def price(self) -> float:
        """Cents for a unit that is missing in a neighbourhood: no gap may save more than that.

        It is no more than needed: solvers are less exact where numbers are far apart.
        """
        price, rebuilder = self.search.master.price, self.rebuilder
        if rebuilder is None:
            return price
        return min(rebuilder.price, max(price, float(self.cost)))

    @property
    def is_proved(self) -> bool:
        """Whether the bound says that nothing can be cheaper."""
        bound = self.search.bound
        return bound is not None and self.cost <= bound

    @property
    def lacks(self) -> bool:
        """Whether something is missing, as far as a rebuilder knows."""
        return self.rebuilder is not None and self.rebuilder.missing > 0

    def reduced(self, column: Column) -> float:
        """Give what a roster costs at the best prices."""
        return column.reduced(self.prices)

    def person(self, employee_id: str) -> Person:
        """Tell where somebody is."""
        return self._place[employee_id]

    def take(self, changed: Sequence[tuple[Person, Column]]) -> bool:
        """Give some people other rosters, if that is cheaper in the end; tell whether it is."""
        before, cost = [list(mine) for mine in self.rosters], self.cost
        for (g, i), column in changed:
            self.rosters[g][i] = column
            self.search.master.add(g, column)
        self.cost = self._ask()
        if self.cost < cost:
            return True
        self.rosters = before
        self.cost = self._ask()
        return False

    def follow(self) -> bool:
        """Take what the rebuilder has, if that is cheaper; tell whether it is."""
        assert self.rebuilder is not None  # which is who asks
        if self.rebuilder.cost >= self.cost:
            self.rebuilder.take(self.rosters)
            return False
        self.rosters, self.cost = self.rebuilder.rosters, self.rebuilder.cost
        return True

    def _ask(self) -> int:
        """Give the cost of the rosters, with the best that the team can make of them."""
        if self.rebuilder is not None:
            self.rebuilder.take(self.rosters)
            return self.rebuilder.cost
        sub = around_people(self.search, self.rosters, [], self.reduced, self.price)
        solved = sub.master.solve()
        return UNKNOWN if solved is None else round(solved.value + sub.program.offset)
