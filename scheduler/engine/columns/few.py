"""Neighbourhoods of a few people, who all get new rosters by columns; everybody else keeps theirs.

Columns are generated for the few alone. Where the bound of the neighbourhood reaches the cost that
is known, it provably holds nothing better and is left at once: that is most of them. Otherwise the
best whole rosters among its columns are looked for.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..budget import Allowance
from ..trials import Trial
from .around import SEEDS, Person, around_days, around_people
from .diving import dive
from .generation import Search
from .graph import TooLargeError
from .master import Floats
from .standing import Standing

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
SECONDS, COMBINING_SECONDS = 6.0, 3.0
"""Time for a neighbourhood, and for combining whole rosters of it."""
FEW_ROUNDS = 4
"""Rounds of pricing after each roster that is fixed in a neighbourhood."""


class Few(Trial):
    """Frees a few people.

    Parameters
    ----------
    standing
        Everybody's rosters.
    draw
        Source of chance.
    """

    def __init__(self, standing: Standing, draw: random.Random) -> None:
        super().__init__(SECONDS)
        self._standing, self._search, self._draw = standing, standing.search, draw
        self._size = min(FIRST, len(standing.people))
        self.is_exhausted = False
        """Whether everybody was freed, and nothing better found."""
        self._horizon = self._search.groups[0].blocks[0].horizon_days
        self._days = min(DAYS, self._horizon)

    def attempt(self) -> bool:
        """Free some people; tell whether that made it cheaper."""
        freed, standing = self._freed(), self._standing
        sub, prices = self._around(freed)
        idle = IDLE if prices.any() else BLIND
        sub.generate(prices, rounds=ROUNDS, idle=idle, until=standing.cost)
        if sub.bound is not None and sub.bound >= standing.cost:
            self._resize(+1)
            return False
        if standing.rebuilder is not None and not sub.converged and self._dive(sub):
            return True
        seconds = min(COMBINING_SECONDS, self._search.budget.left)
        whole = sub.master.whole(standing.cost - sub.program.offset - 0.5, seconds)
        if whole.used is None:
            self.is_exhausted = whole.finished and len(freed) == len(standing.people)
            self._resize(+1 if whole.finished else -1)
            return False
        return self._take_over(sub, whole.used)

    def _resize(self, change: int) -> None:
        if self._draw.random() < CHANGES:
            self._size = max(FEWEST, min(len(self._standing.people), self._size + change))

    def _freed(self) -> list[Person]:
        """Draw people: anybody, or rather those whose rosters are dear at the best prices."""
        people, rosters = self._standing.people, self._standing.rosters
        if self._draw.random() < 0.5:
            return self._draw.sample(people, min(self._size, len(people)))
        reduced = self._standing.reduced
        regrets = [reduced(rosters[g][i]) for g, i in people]
        least: dict[int, float] = {}
        for (g, _), regret in zip(people, regrets, strict=True):
            columns = self._search.master.columns[g]
            least.setdefault(g, min([regret, *map(reduced, columns[:SEEDS])]))
        weights = [
            max(0.0, regret - least[g]) + 1.0
            for (g, _), regret in zip(people, regrets, strict=True)
        ]
        keys = [self._draw.random() ** (1 / weight) for weight in weights]
        order = sorted(range(len(keys)), key=lambda i: -keys[i])
        return [people[i] for i in order[: self._size]]

    def _around(self, freed: list[Person]) -> tuple[Search, Floats]:
        """Make a search for some people, over a long horizon for some weeks; and first prices."""
        standing = self._standing
        search = replace(self._search, budget=Allowance(self._search.budget, SECONDS))
        rebuilder, price = standing.rebuilder, standing.price
        while rebuilder is not None and self._horizon > LONG and self._days >= FEWEST_DAYS:
            first = self._draw.randrange(self._horizon - self._days + 1)
            days = range(first, first + self._days)
            try:
                sub, rows = around_days(search, rebuilder, freed, days, price)
            except TooLargeError:
                self._days = self._days * 3 // 4
            else:
                return sub, rebuilder.worth_without(freed)[rows]
        sub = around_people(search, standing.rosters, freed, standing.reduced, price)
        return sub, standing.prices

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
        changed = []
        for index, group in enumerate(sub.groups):
            numbers = Counter(dict(used[index])).elements()
            columns = [sub.master.columns[index][number] for number in numbers]
            for block, column in zip(group.blocks, columns, strict=True):
                person = self._standing.person(block.employee.id)
                changed.append((person, self._search.groups[person[0]].again(column)))
        return self._standing.take(changed)
