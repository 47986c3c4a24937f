"""Stages of pricing: a graph, and prices for the limits that it does not keep in mind.

Where a graph with all automata is too large, those that only allow so many units of something are
left out and the units priced, which proves a bound at any price (Lagrange).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ...models.resource import Resource
from .graph import Graph
from .staff import Group
from .team_program import Integers

EASY = 20_000
"""Edges of a graph that may get larger as soon as no roster is found, or one that is not quite the
cheapest."""


def by_class(choices: Iterable[tuple[int, int]]) -> tuple[Integers, Integers, Integers]:
    """Give a day's variables sorted by class, the classes, and where each begins.

    Parameters
    ----------
    choices
        Class and variable of each.
    """
    pairs = np.array(sorted(choices), dtype=np.int64).reshape(-1, 2)
    classes, begins = np.unique(pairs[:, 0], return_index=True)
    return pairs[:, 1], classes, begins


class Stage:
    """A graph, and the allowances that are priced since it does not keep them in mind."""

    def __init__(
        self, graph: Graph, group: Group, allowances: list[Allowance], scale: int = 1
    ) -> None:
        self.graph, self.allowances, self.scale = graph, allowances, scale
        self._chosen = group.chosen
        block = group.blocks[0]
        first = block.variables.start
        self.choices = [
            by_class((numbers[c.option], c.worked.index - first) for c in block.on(day))
            for day, numbers in enumerate(graph.classes)
        ]
        """For every day, variables sorted by class, the classes, and where each begins."""

    @property
    def is_easy(self) -> bool:
        """Whether the graph may get larger as soon as that helps."""
        return self.graph.edges <= EASY

    def rescale(self, scale: int) -> None:
        """Keep the prices of allowances what they are when a cent becomes another number."""
        for allowance in self.allowances:
            allowance.price = allowance.price * scale // self.scale
        self.scale = scale

    def with_allowances(self, costs: Integers) -> Integers:
        """Charge the prices of what automata that are left out allow."""
        if self.allowances:
            costs = costs.copy()
            for allowance in self.allowances:
                costs[allowance.variables] += allowance.price * allowance.units
        return costs

    def adjust(self, best: list[int], costs: Integers) -> bool:
        """Move the prices of allowances towards what they should be; tell if they are."""
        step = int(np.abs(costs[self._chosen]).mean()) // 4 + 1
        settled = True
        for allowance in self.allowances:
            beyond = allowance.used(best) - allowance.most
            if beyond > 0:
                allowance.price += step * beyond
                settled = False
            elif beyond < 0 and allowance.price:
                allowance.price = allowance.price * 2 // 3
        return settled

    def broken(self, variables: list[int]) -> list[Allowance]:
        """Give the allowances that a roster exceeds."""
        return [a for a in self.allowances if a.used(variables) > a.most]


class Allowance:
    """An automaton that is left out: so many units at most, each at a price.

    For any price p ≥ 0, min c·x over rosters with units·x ≤ most is at least
    min (c + p · units)·x − p · most over those without the limit.
    """

    def __init__(self, resource: Resource, most: int, group: Group) -> None:
        self.resource = resource
        self.most = most
        self.price = 0
        block = group.blocks[0]
        first = block.variables.start
        every = {c.worked.index - first: resource.units(c.duty) for c in block.choices}
        self._units = {variable: units for variable, units in every.items() if units}
        self.variables: Integers = np.array(list(self._units), dtype=np.int64)
        self.units: Integers = np.array(list(self._units.values()), dtype=np.int64)

    def used(self, variables: Sequence[int]) -> int:
        """Count the units of a roster."""
        return sum(self._units.get(variable, 0) for variable in variables)
