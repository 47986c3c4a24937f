"""A first plan: everybody's best roster in turn, then some people's again, at what is still worth.

With all others in place, dual prices say what one more person is worth in every slot; the
cheapest roster at these prices is exact, breaks included. Who comes first meets lower prices of
what is missing, so that not everybody crowds where it is missing most (ruin and recreate, Schrimpf
et al. 2000).
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np

from ...models.base import cents
from ..budget import Budget
from ..program import Floats
from .layout import Layout
from .rosters import LIMIT_SECONDS, Roster, Rosters
from .subproblem import Values
from .worth import Worth

CHEAP = (2.0, 5.0, 10.0, 50.0)
"""Worth of a missing person in a slot while others are still to come: so many times their pay."""
MOST_REMOVED = 4
MOST_PRICES = 150
"""How often prices are found anew while everybody gets a roster, at most."""
PATIENCE = 40
"""Attempts in a row that find nothing, after which other searches may have better ideas."""
WORK_OF_A_ROSTER = 0.05
"""Deterministic time of finding one."""


class Starter:
    """Builds a first plan.

    Parameters
    ----------
    layout, rosters
        The model, and how rosters are found.
    price
        Cents for a hundredth of a person that a floor lacks.
    seed
        Of the order of people.
    budget
        When to stop.
    """

    def __init__(
        self, layout: Layout, rosters: Rosters, price: int, seed: int, budget: Budget
    ) -> None:
        self._layout, self._rosters, self._budget = layout, rosters, budget
        self._worth = Worth(layout)
        self._draw = random.Random(seed)
        self._people = range(len(layout.formulation.employees))
        self._mine: list[Roster | None] = [None for _ in self._people]
        self.values: Values = np.zeros(len(layout.owner), dtype=np.int64)
        instance = layout.formulation.instance
        rates = [cents(instance.contract_of(e).pay.hourly_rate) for e in instance.employees]
        slot = max(rates, default=0) * instance.horizon.interval_minutes / 60
        self._cheap = [times * slot / (100 * price) for times in CHEAP if slot]

    def build(self, soon: Budget) -> bool:
        """Give everybody a roster; tell whether everybody has one.

        Parameters
        ----------
        soon
            Time to go round once more, with all the others in place.
        """
        for batch in self._batches():
            if self._budget.left <= 0:
                return False
            price = self._cheaply()
            costs = self._worth.costs(self.values, price)
            for person in batch:
                self._rebuild(person, costs)
        for person in self._shuffled():
            if soon.left > 0:
                self._replace_best(person, 1.0)
        return all(roster is not None for roster in self._mine)

    def improve(self, soon: Budget) -> None:
        """Remove a few people and build them anew, while that helps."""
        cost, failures = self._cost(), 0
        while failures < PATIENCE and soon.left > 0 and self._people:
            count = min(self._draw.randint(1, MOST_REMOVED), len(self._people))
            removed = self._draw.sample(self._people, count)
            before = [self._mine[person] for person in removed]
            for person in removed:
                self._replace(person, None)
            for person in removed:
                self._replace_best(person, self._cheaply())
            self._replace_best(removed[0], 1.0)
            now = self._cost()
            failures = 0 if now < cost - 0.5 else failures + 1
            if now <= cost:
                cost = now
            else:
                for person, roster in zip(removed, before, strict=True):
                    self._replace(person, roster)

    def _shuffled(self) -> list[int]:
        return self._draw.sample(self._people, len(self._people))

    def _batches(self) -> Iterator[list[int]]:
        """Draw people one by one; in a large team a few at a time, who see the same prices."""
        order = self._shuffled()
        size = -(-len(order) // MOST_PRICES) or 1
        for first in range(0, len(order), size):
            yield order[first : first + size]

    def _cheaply(self) -> float:
        """Draw a factor of the price of what floors lack."""
        return min(1.0, self._draw.choice([*self._cheap, 1.0]))

    def _replace_best(self, person: int, price: float) -> None:
        """Give somebody the best roster with everybody else in place.

        Parameters
        ----------
        price
            Factor of the price of what floors lack.
        """
        before = self._mine[person]
        self._replace(person, None)
        self._rebuild(person, self._worth.costs(self.values, price))
        if self._mine[person] is None:
            self._replace(person, before)

    def _rebuild(self, person: int, costs: Floats) -> None:
        """Give somebody without a roster the best one at what more presence costs."""
        seconds = max(0.05, min(LIMIT_SECONDS, self._budget.left))
        found = self._rosters.best(person, costs, seconds)
        self._budget.spend(WORK_OF_A_ROSTER)
        self._replace(person, found)

    def _replace(self, person: int, roster: Roster | None) -> None:
        for one, sign in ((self._mine[person], -1), (roster, +1)):
            if one is not None:
                self._rosters.put(self.values, one, sign)
        self._mine[person] = roster

    def _cost(self) -> float:
        """Give what the plan costs, with fractions of people where they serve."""
        people = sum(roster.cost for roster in self._mine if roster is not None)
        return people + self._worth.cost(self.values)
