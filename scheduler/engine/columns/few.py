"""Neighbourhoods of a few people, who get new rosters by columns; everybody else keeps theirs.

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

FIRST, FEWEST = 8.0, 2.0
"""People of a neighbourhood: in the beginning, and at least."""
EASIER, FEWER = 1.5, 0.9
"""Factors of their number after a neighbourhood that was easy, or too hard."""
EASY = 0.25
"""Share of its time in which a neighbourhood was looked through that was too small."""
SPANS = (7, 14, 28)
"""Days of a neighbourhood that has only some."""
FEWEST_DAYS = 4
"""Days of a neighbourhood where the graphs of more are too large."""
ROUNDS = 200
"""Rounds of pricing for a neighbourhood. Many change nothing at first: there is one solution, and
prices for it are arbitrary."""
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
    days
        Days that are free, for as many people as can be solved.
    draw
        Source of chance.
    """

    def __init__(self, standing: Standing, days: int, draw: random.Random) -> None:
        super().__init__(SECONDS)
        self._standing, self._search, self._draw = standing, standing.search, draw
        self.size = min(FIRST, len(standing.people))
        """People that it frees."""
        self.is_exhausted = False
        """Whether everything was free, and there is nothing better."""
        self._horizon = self._search.groups[0].blocks[0].horizon_days
        self._days = days

    @property
    def can_help(self) -> bool:
        """Whether there are graphs of its days, as far as is known."""
        return self._has_all_days or self._days >= FEWEST_DAYS

    @property
    def _has_all_days(self) -> bool:
        return self._days == self._horizon

    def attempt(self) -> bool:
        """Free some people for a while, more and more; tell whether that made it cheaper."""
        soon, everybody = Allowance(self._search.budget, EASY * SECONDS), len(self._standing.people)
        while True:
            freed = self._freed()
            if self._try(freed):
                return True
            # With everybody free, it is either exhausted or as large as it gets.
            if soon.left <= 0 or len(freed) == everybody or not self.can_help:
                return False

    def _try(self, freed: list[Person]) -> bool:
        """Free people; tell whether that made it cheaper."""
        budget, standing = self._search.budget, self._standing
        before, around = budget.left, self._around(freed)
        if around is None:
            return False
        sub, prices = around
        sub.generate(prices, rounds=ROUNDS, until=standing.cost)
        is_proved = sub.bound is not None and sub.bound >= standing.cost
        everything = self._has_all_days and len(freed) == len(standing.people)
        self.is_exhausted = is_proved and everything
        was_searched, better = (True, False) if is_proved else self._choose(sub)
        if not was_searched:
            self._resize(FEWER)
        elif before - budget.left < EASY * SECONDS:
            self._resize(EASIER)
        return better

    def _choose(self, sub: Search) -> tuple[bool, bool]:
        """Look for whole rosters in a neighbourhood that may have better ones.

        Returns
        -------
        Whether it was looked through, and whether that made it cheaper.
        """
        standing = self._standing
        if standing.rebuilder is not None and not sub.converged and self._dive(sub):
            return False, True
        seconds = min(COMBINING_SECONDS, self._search.budget.left)
        whole = sub.master.whole(standing.cost - sub.program.offset - 0.5, seconds)
        better = whole.used is not None and self._take_over(sub, whole.used)
        return sub.converged and whole.finished, better

    def _resize(self, factor: float) -> None:
        self.size = min(len(self._standing.people), max(FEWEST, factor * self.size))

    def _freed(self) -> list[Person]:
        """Draw people: anybody, or rather those whose rosters are dear at the best prices."""
        people, rosters, some = self._standing.people, self._standing.rosters, round(self.size)
        if self._draw.random() < 0.5:
            return self._draw.sample(people, some)
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
        return [people[i] for i in order[:some]]

    def _around(self, freed: list[Person]) -> tuple[Search, Floats] | None:
        """Make a search for some people, with first prices; None where no graph is small."""
        standing, rebuilder, price = self._standing, self._standing.rebuilder, self._standing.price
        search = replace(self._search, budget=Allowance(self._search.budget, SECONDS))
        if self._has_all_days:
            sub = around_people(search, standing.rosters, freed, standing.reduced, price)
            return sub, standing.prices
        assert rebuilder is not None  # else there are no others
        while self.can_help:
            first = self._draw.randrange(self._horizon - self._days + 1)
            days = range(first, first + self._days)
            try:
                sub, rows = around_days(search, rebuilder, freed, days, price)
            except TooLargeError:
                self._days = self._days * 3 // 4
            else:
                is_close = search.is_close
                prices = standing.prices if is_close else rebuilder.worth_without(freed)
                return sub, prices[rows]
        return None

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


def few_for(standing: Standing, draw: random.Random, *, apart: bool = False) -> list[Few]:
    """Give neighbourhoods of some days, where graphs tell all rules, and of all that are priced.

    Parameters
    ----------
    standing, draw
        See `Few`.
    apart
        Whether others price whole rosters at the same time: then there are none of all days.
    """
    search = standing.search
    horizon = search.groups[0].blocks[0].horizon_days
    spans = [] if standing.rebuilder is None else [days for days in SPANS if days < horizon]
    if not (apart or (spans and not all(pricing.is_exact for pricing in search.pricings))):
        spans.append(horizon)
    return [Few(standing, days, draw) for days in spans]
