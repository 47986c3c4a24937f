"""Neighbourhoods of rosters: a few people get new ones, everybody else keeps theirs.

Columns are generated for the few alone. Where the bound of the neighbourhood reaches the cost that
is known, it provably holds nothing better and is left at once: that is most of them. Otherwise the
best whole rosters among its columns are looked for.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from ...formulation.options import Option
from .around import SEEDS, Person, around_days, around_people
from .diving import dive
from .generation import Search
from .graph import TooLargeError
from .master import Floats
from .rebuilding import Rebuilder
from .staff import Column

FIRST, FEWEST = 6, 2
"""People of a neighbourhood: in the beginning, and at least."""
CHANGES = 0.3
"""How often their number changes after a neighbourhood that was too easy, or too hard."""
DAYS, FEWEST_DAYS = 28, 7
"""Days of a neighbourhood where the horizon is long: at first, and where graphs are too large."""
LONG = 42
"""Days of a horizon from which on it is."""
ROUNDS, IDLE, BLIND = 40, 4, 15
"""Rounds of pricing for a neighbourhood, and how many in a row may hardly help: more, where no
prices are known to begin with."""
SECONDS = 3.0
"""Time to combine whole rosters."""
UNKNOWN = 1 << 62
"""Cost of rosters about which there was no time to ask."""
FEW_ROUNDS = 4
"""Rounds of pricing after each roster that is fixed in a neighbourhood."""
REBUILDS = 10
"""Rounds of rebuilding after each neighbourhood, at most: fewer where they did not help."""
USELESS = 0.2
"""Share of the time after which it is given up where it has never helped."""
PATIENCE = 60
"""Neighbourhoods in a row without a better schedule, after which others may have better ideas."""


class Repair:
    """Whole rosters for everybody, made better neighbourhood by neighbourhood.

    Parameters
    ----------
    search
        Column generation at the root, with its columns and best prices.
    rosters
        The columns of each group's employees, in order.
    rebuilder
        Rebuilds rosters between neighbourhoods, if there is one.
    """

    def __init__(
        self, search: Search, rosters: list[list[Column]], rebuilder: Rebuilder | None = None
    ) -> None:
        self._search = search
        self._draw = random.Random(search.limits.seed)
        self.rosters, self._rebuilder = rosters, rebuilder
        self._people = [(g, i) for g, mine in enumerate(rosters) for i in range(len(mine))]
        self._size = min(FIRST, len(self._people))
        self._prices: Floats = (
            np.zeros(len(search.program.posted)) if search.centre is None else search.centre
        )
        self._rebuilds = REBUILDS
        self._is_exhausted = False
        self._horizon = search.groups[0].blocks[0].horizon_days
        self._days = min(DAYS, self._horizon)
        self.cost = self._cost()

    def _cost(self) -> int:
        """Give the cost of the rosters, with the best that the team can make of them."""
        if self._rebuilder is not None:
            self._rebuilder.take(self.rosters)
            return self._rebuilder.cost
        sub = around_people(self._search, self.rosters, [], self._reduced, self._price)
        solved = sub.master.solve()
        return UNKNOWN if solved is None else round(solved.value + sub.program.offset)

    @property
    def _price(self) -> float:
        """Cents for a unit that is missing in a neighbourhood: no gap may save more than that.

        It is no more than needed: solvers are less exact where numbers are far apart.
        """
        price, rebuilder = self._search.master.price, self._rebuilder
        if rebuilder is None:
            return price
        return min(rebuilder.price, max(price, float(self.cost)))

    def run(self) -> None:
        """Try neighbourhoods until time is over, the bound is reached, or nothing helps."""
        failures, helped, whole = 0, False, self._search.budget.left
        while self._search.budget.left > 0 and failures < PATIENCE and not self._finished:
            better = self._attempt() | self._rebuild()
            failures = 0 if better else failures + 1
            helped |= better
            if not helped and self._search.budget.left < (1 - USELESS) * whole:
                return
            if better:
                cost = None if self._rebuilder is None else self._rebuilder.whole_cost
                self._search.note("better rosters", self._search.bound, cost)

    @property
    def _finished(self) -> bool:
        bound = self._search.bound
        return self._is_exhausted or (bound is not None and self.cost <= bound)

    def _attempt(self) -> bool:
        """Free some people; tell whether that made it cheaper."""
        freed = self._freed()
        sub, prices = self._around(freed)
        idle = IDLE if prices.any() else BLIND
        sub.generate(prices, rounds=ROUNDS, idle=idle, until=self.cost)
        if sub.bound is not None and sub.bound >= self.cost:
            self._resize(+1)
            return False
        if self._rebuilder is not None and not sub.converged and self._dive(sub):
            return True
        seconds = min(SECONDS, self._search.budget.left)
        whole = sub.master.whole(self.cost - sub.program.offset - 0.5, seconds)
        if whole.used is None:
            self._is_exhausted = whole.finished and len(freed) == len(self._people)
            self._resize(+1 if whole.finished else -1)
            return False
        return self._take_over(sub, whole.used)

    def _rebuild(self) -> bool:
        """Rebuild some rosters, which takes no time to speak of."""
        if self._rebuilder is None:
            return False
        if not self._rebuilder.improve(self._search.budget, self._rebuilds):
            self._rebuilds = max(1, self._rebuilds // 2)
            return False
        self._rebuilds = min(REBUILDS, self._rebuilds * 2)
        self.rosters, self.cost = self._rebuilder.rosters, self._rebuilder.cost
        return True

    def _resize(self, change: int) -> None:
        if self._draw.random() < CHANGES:
            self._size = max(FEWEST, min(len(self._people), self._size + change))

    def _freed(self) -> list[Person]:
        """Draw people: anybody, or rather those whose rosters are dear at the best prices."""
        if self._draw.random() < 0.5:
            return self._draw.sample(self._people, min(self._size, len(self._people)))
        regrets = [self._reduced(self.rosters[g][i]) for g, i in self._people]
        least: dict[int, float] = {}
        for (g, _), regret in zip(self._people, regrets, strict=True):
            columns = self._search.master.columns[g]
            least.setdefault(g, min([regret, *map(self._reduced, columns[:SEEDS])]))
        weights = [
            max(0.0, regret - least[g]) + 1.0
            for (g, _), regret in zip(self._people, regrets, strict=True)
        ]
        keys = [self._draw.random() ** (1 / weight) for weight in weights]
        order = sorted(range(len(keys)), key=lambda i: -keys[i])
        return [self._people[i] for i in order[: self._size]]

    def _reduced(self, column: Column) -> float:
        return column.reduced(self._prices)

    def _around(self, freed: list[Person]) -> tuple[Search, Floats]:
        """Make a search for some people, over a long horizon for some weeks; and first prices."""
        search, rebuilder = self._search, self._rebuilder
        while rebuilder is not None and self._horizon > LONG and self._days >= FEWEST_DAYS:
            first = self._draw.randrange(self._horizon - self._days + 1)
            days = range(first, first + self._days)
            try:
                sub, rows = around_days(search, rebuilder, freed, days, self._price)
            except TooLargeError:
                self._days = self._days * 3 // 4
            else:
                return sub, rebuilder.worth_without(freed)[rows]
        sub = around_people(search, self.rosters, freed, self._reduced, self._price)
        return sub, self._prices

    def _dive(self, sub: Search) -> bool:
        """Fix the rosters of a neighbourhood one by one; tell whether that made it cheaper."""
        rosters = dive(sub, rounds=FEW_ROUNDS)
        if rosters is None:
            return False
        used = []
        for group, columns in enumerate(rosters):
            for column in columns:
                sub.master.add(group, column)
            known = sub.master.columns[group]
            numbers = {column.worked: number for number, column in enumerate(known)}
            used.append(Counter(numbers[column.worked] for column in columns))
        return self._take_over(sub, used)

    def _take_over(self, sub: Search, used: Sequence[Mapping[int, int]]) -> bool:
        """Give the freed their new rosters, if these are cheaper in the end."""
        before, cost = [list(mine) for mine in self.rosters], self.cost
        place = {
            block.employee.id: (g, i)
            for g, group in enumerate(self._search.groups)
            for i, block in enumerate(group.blocks)
        }
        whole = self._search.groups
        for index, group in enumerate(sub.groups):
            numbers = Counter(dict(used[index])).elements()
            columns = [sub.master.columns[index][number] for number in numbers]
            for block, column in zip(group.blocks, columns, strict=True):
                g, i = place[block.employee.id]
                self.rosters[g][i] = whole[g].again(column)
                self._search.master.add(g, self.rosters[g][i])
        self.cost = self._cost()
        if self.cost < cost:
            return True
        self.rosters = before
        self.cost = self._cost()
        return False


def named(search: Search, rosters: list[list[Column]]) -> dict[str, tuple[Option, ...]]:
    """Give everybody's options, from the columns of each group's employees."""
    return {
        block.employee.id: tuple(block.choices[w].option for w in column.worked)
        for group, mine in zip(search.groups, rosters, strict=True)
        for block, column in zip(group.blocks, mine, strict=True)
    }
