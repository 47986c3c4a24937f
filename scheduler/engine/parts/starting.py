"""A first plan: everybody's best roster in turn, at what is still worth.

Who comes first meets lower prices of what is missing, so that not everybody crowds where it is
missing most.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from ...models.base import cents
from ...models.instance import Instance
from ..budget import Budget
from .team import Team

CHEAP = (2.0, 5.0, 10.0, 50.0)
"""Worth of a missing person in a slot while others are still to come: so many times their pay."""
MOST_PRICES = 75
"""How often prices are found anew while everybody gets a roster, at most."""


class Starter:
    """Builds a first plan.

    Parameters
    ----------
    instance
        What is planned.
    team
        Who have no roster yet.
    price
        Cents for a hundredth of a person that a floor lacks.
    draw
        Source of chance.
    """

    def __init__(self, instance: Instance, team: Team, price: int, draw: random.Random) -> None:
        self._team, self._draw = team, draw
        rates = [cents(instance.contract_of(e).pay.hourly_rate) for e in instance.employees]
        slot = max(rates, default=0) * instance.horizon.interval_minutes / 60
        self._cheap = [times * slot / (100 * price) for times in CHEAP if slot]

    def build(self, budget: Budget, soon: Budget) -> bool:
        """Give everybody a roster; tell whether everybody has one.

        Parameters
        ----------
        budget
            When to give up.
        soon
            Time to go round once more, with all the others in place.
        """
        for batch in self._batches():
            if budget.left <= 0:
                return False
            costs = self._team.worth(self._cheaply())
            for person in batch:
                self._team.rebuild(person, costs)
        for person in self._shuffled():
            if soon.left > 0:
                self._team.replace_best(person, 1.0)
        return all(roster is not None for roster in self._team.mine)

    def _shuffled(self) -> list[int]:
        return self._draw.sample(self._team.people, len(self._team.people))

    def _batches(self) -> Iterator[list[int]]:
        """Draw people one by one; in a large team a few at a time, who see the same prices."""
        order = self._shuffled()
        size = -(-len(order) // MOST_PRICES) or 1
        for first in range(0, len(order), size):
            yield order[first : first + size]

    def _cheaply(self) -> float:
        """Draw a factor of the price of what floors lack."""
        return min(1.0, self._draw.choice([*self._cheap, 1.0]))
