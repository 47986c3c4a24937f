"""Rebuilding: a few people give their rosters back and get new ones, one after the other.

Each new roster is the best there is for what is missing then (block coordinate descent with ruin
and recreate, Schrimpf et al. 2000). It needs neither prices of a master nor time to speak of: it
gives a first schedule in seconds, and its rosters are good ones to begin columns with.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from ..budget import Budget
from .bids import Bids
from .generation import Search
from .master import Floats
from .shortfall import Shortfall
from .staff import Column

MOST = 4
"""People of an attempt, at most."""
VAGUE = 0.3
"""Least share of its worth that a missing unit may have, for all but the last of them: the
others may take it instead."""
COMPARED = 10
"""Factor by which a gap counts more where rosters are compared: one can be closed, not many."""
ROUND = 0.4
"""Attempts for each person between two changes of prices: everybody is rebuilt about once."""
PATIENCE, HARDLY = 50, 0.01
"""Changes of prices after which it ends if that hardly helped, by this share of the cost."""
Person = tuple[int, int]
"""Group, and which of its employees."""


class Rebuilder:
    """Rosters for everybody, and what they cost together.

    Parameters
    ----------
    search
        Groups, how they are priced, and where their columns are kept.
    shortfall
        What rows cost.
    """

    def __init__(self, search: Search, shortfall: Shortfall) -> None:
        self.search, self._true = search, shortfall
        self.bids = Bids(shortfall)
        self._shortfall = shortfall
        """What rows cost at present prices."""
        self._draw = random.Random(search.limits.seed)
        self._vague = np.random.default_rng(search.limits.seed)
        self._people = [(g, i) for g, group in enumerate(search.groups) for i in range(group.count)]
        self._columns: dict[Person, Column] = {}
        self._used: Floats = np.zeros(len(search.program.posted))
        self._settled: tuple[dict[Person, Column], dict[Person, Column]] | None = None
        """The best rosters that settled, and the last ones."""

    def take(self, rosters: Sequence[Sequence[Column]]) -> None:
        """Go on from given rosters of each group's employees; some may lack one."""
        every = enumerate(rosters)
        self._go_back_to({(g, i): column for g, mine in every for i, column in enumerate(mine)})

    def complete(self) -> bool:
        """Give everybody a roster who has none; tell whether there is one for everybody.

        It does not look at the clock where a roster takes no time to speak of: without one for
        everybody there is nothing at all.
        """
        is_fast = all(pricing.is_exact for pricing in self.search.pricings)
        without = [person for person in self._people if person not in self._columns]
        with self._at_bids():
            for person in self._draw.sample(without, len(without)):
                is_late = not is_fast and self.search.budget.left <= 0
                column = None if is_late else self._best(person, self._used, vague=True)
                if column is None:
                    return False
                self._used[column.rows] += column.use
                self._columns[person] = column
        self._keep(without)
        return True

    @property
    def cost(self) -> int:
        """Cents, with what is missing at its price."""
        own = sum(column.cost for column in self._columns.values())
        rows = float(self._true.by_row(self._used).sum())
        return round(rows) + own + self.search.program.offset

    @property
    def whole_cost(self) -> int | None:
        """Cents, if nothing is missing."""
        return None if self.missing else self.cost

    @property
    def with_gaps(self) -> int:
        """Cents, with what is missing at a price at which it can be compared."""
        return self._compared(self.missing)

    def _compared(self, missing: float) -> int:
        return self.cost + round((COMPARED - 1) * self.price * missing)

    @property
    def missing(self) -> float:
        """Units of hard floors that are missing, or beyond what may be."""
        return float(self._true.missing(self._used).sum())

    @property
    def price(self) -> float:
        """Cents for a unit that is missing."""
        return float(self._true.price.max(initial=0.0))

    @property
    def by_row(self) -> Floats:
        """Cents of every row, with what is missing at its price."""
        return self._true.by_row(self._used)

    def worth_without(self, people: Sequence[Person]) -> Floats:
        """Give the cents that a unit of each row saves once some people are taken out."""
        used = self._used.copy()
        for person in people:
            used[self._columns[person].rows] -= self._columns[person].use
        return self._true.worth(used)

    @property
    def rosters(self) -> list[list[Column]]:
        """For every group, the column of each of its employees."""
        groups = enumerate(self.search.groups)
        return [[self._columns[g, i] for i in range(group.count)] for g, group in groups]

    def improve(self, budget: Budget, attempts: int | None = None) -> bool:
        """Rebuild until time is over, or so many times; tell whether that made it cheaper."""
        cost = self.cost
        self._attempt_often(budget, attempts)
        return self.cost < cost

    def _attempt_often(self, budget: Budget, attempts: int | None) -> None:
        while budget.left > 0 and attempts != 0:
            self.attempt()
            attempts = None if attempts is None else attempts - 1

    def settle(self, budget: Budget) -> bool:
        """Rebuild at prices that follow what is missing; tell whether nothing is in the end.

        It goes on where it stopped the last time, if the rosters are those it gave then.
        """
        best, columns, idle = self.with_gaps, dict(self._columns), 0
        mark = best
        if self._settled is not None and _are_same(self._settled[0], columns):
            self._go_back_to(self._settled[1])
        attempts = max(1, round(ROUND * len(self._people)))
        while budget.left > 0 and idle < PATIENCE:
            with self._at_bids():
                self._attempt_often(budget, attempts)
            missing = self._true.missing(self._used)
            self.bids.follow(self._used, missing)
            total, idle = self._compared(float(missing.sum())), idle + 1
            if mark - total > HARDLY * abs(mark):
                mark, idle = total, 0
            if total < best:
                best, columns = total, dict(self._columns)
                self.search.note("settling", self.search.bound, None if missing.any() else total)
        self._settled = columns, self._columns
        self._go_back_to(columns)
        return not self.missing

    @contextmanager
    def _at_bids(self) -> Iterator[None]:
        """Let rows cost what is bid for them."""
        self._shortfall = self.bids.shortfall
        try:
            yield
        finally:
            self._shortfall = self._true

    def _go_back_to(self, columns: dict[Person, Column]) -> None:
        """Take rosters from before."""
        self._columns, self._used = dict(columns), np.zeros_like(self._used)
        for column in columns.values():
            self._used[column.rows] += column.use

    def attempt(self) -> bool:
        """Rebuild some people once; tell whether that made it cheaper."""
        number = min(self._draw.randint(1, MOST), len(self._people))
        chosen = self._draw.sample(self._people, number)
        before = self._used.copy()
        for person in chosen:
            before[self._columns[person].rows] -= self._columns[person].use
        used, new = before, {}
        for place, person in enumerate(chosen):
            is_last = place == len(chosen) - 1
            column = self._best(person, used, vague=not is_last) or self._columns[person]
            used = used.copy()
            used[column.rows] += column.use
            new[person] = column
        saved = self._shortfall.by_row(self._used).sum() - self._shortfall.by_row(used).sum()
        saved += sum(self._columns[person].cost - new[person].cost for person in chosen)
        if saved >= 0:
            self._columns.update(new)
            self._used = used
        if saved > 0:
            self._keep(chosen)
        return bool(saved > 0)

    def _best(self, person: Person, used: Floats, *, vague: bool) -> Column | None:
        """Find the best roster for what is missing, or nearly; else the best one that is known."""
        search, (g, _) = self.search, person
        worth = self._shortfall.worth(used)
        if vague:
            worth[worth > 0] *= self._vague.uniform(VAGUE, 1.0, int((worth > 0).sum()))
        group = search.groups[g]
        costs = group.cost - group.by_variable @ np.rint(worth).astype(np.int64)
        seconds = max(0.05, search.budget.left)
        priced = search.pricings[g].price(costs, 1, seconds, roughly=True)
        search.budget.spend(priced.work)
        columns = priced.columns or search.master.columns[g]
        found = [(self._added(column, used), i) for i, column in enumerate(columns)]
        return columns[min(found)[1]] if found else None

    def _added(self, column: Column, used: Floats) -> float:
        """Give what a roster adds to the cost."""
        after = used.copy()
        after[column.rows] += column.use
        now, before = (self._shortfall.of_rows(units, column.rows) for units in (after, used))
        return column.cost + now - before

    def _keep(self, people: Sequence[Person]) -> None:
        """Let the master know the rosters of some people."""
        for g, i in people:
            self.search.master.add(g, self._columns[g, i])


def _are_same(some: Mapping[Person, Column], others: Mapping[Person, Column]) -> bool:
    return all(column is others[person] for person, column in some.items())


def rebuilder_for(search: Search) -> Rebuilder | None:
    """Give a rebuilder where rosters are priced fast, and few rows are tied to each other."""
    if any(pricing.runs_apart for pricing in search.pricings):
        return None
    shortfall = Shortfall.of(search.program, search.master.price)
    return None if shortfall is None else Rebuilder(search, shortfall)
