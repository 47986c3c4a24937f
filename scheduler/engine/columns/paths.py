"""Shortest paths through a graph of rosters, all days backward in a few operations on tables.

The least cost from every node to the end is enough: the cheapest path follows it forward, and so
does every path that leaves the cheapest on some day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .graph import Graph
from .team_program import Integers

NEVER = 1 << 60
"""Cost of what is no choice; other costs are far smaller, also all together."""
OUT_OF_REACH = NEVER // 2
"""A sum beyond this has `NEVER` in it."""


class Paths:
    """Shortest paths through a graph, at given costs.

    Parameters
    ----------
    graph
        The graph.
    choices
        For every day: variables sorted by class, the classes, and where each begins.
    costs, scale
        Costs of the block's variables, and of a cent that automata charge.
    """

    def __init__(
        self,
        graph: Graph,
        choices: Sequence[tuple[Integers, Integers, Integers]],
        costs: Integers,
        scale: int,
    ) -> None:
        self._graph, self._choices, self._scale = graph, choices, scale
        self.costs = costs
        self._values = [self._value(day) for day in range(len(graph.layers))]
        """What a choice of each class costs at least, by day."""
        self._to_go = [np.append(scale * graph.last, NEVER)]
        """Least cost from each node to the end, from the last day to the first."""
        for layer, value in zip(reversed(graph.layers), reversed(self._values), strict=True):
            whole = self._to_go[-1].take(layer.after)
            whole += value[:, None]
            if layer.cents is not None:
                whole += scale * layer.cents
            rest = np.full(whole.shape[1] + 1, NEVER)
            np.minimum(whole.min(axis=0), NEVER, out=rest[:-1])
            self._to_go.append(rest)
        self._to_go.reverse()
        self.best = int(self._to_go[0][0])

    def _value(self, day: int) -> Integers:
        variables, classes, begins = self._choices[day]
        value = np.full(len(self._graph.layers[day].after), NEVER)
        value[0] = 0
        if len(variables):
            value[classes] = np.minimum.reduceat(self.costs[variables], begins)
        return value

    def several(self, number: int) -> Iterator[tuple[int, list[int]]]:
        """Give the cheapest path, and the cheapest of those that leave it on some day.

        Yields
        ------
        Cost, and the variables of the choices.
        """
        best, detours = self._follow([], 0)
        yield self.best, self._variables(best)
        detours.sort()
        for value, day, number_of_class, node in detours[: number - 1]:
            if value > OUT_OF_REACH:
                return
            path, _ = self._follow([*best[:day], number_of_class], node)
            yield value, self._variables(path)

    def _follow(
        self, begun: list[int], node: int
    ) -> tuple[list[int], list[tuple[int, int, int, int]]]:
        """Go on with a path in the cheapest way.

        Returns
        -------
        The classes of its choices, and (cost, day, class, node) of every other edge along it: what
        the whole costs that leaves it there, and where it leads.
        """
        path, detours = list(begun), []
        spent = self.best - int(self._to_go[len(begun)][node])  # right where nothing has begun
        for day in range(len(begun), len(self._graph.layers)):
            layer = self._graph.layers[day]
            after = layer.after[:, node]
            edges = self._values[day].copy()
            if layer.cents is not None:
                edges += self._scale * layer.cents[:, node]
            whole = edges + self._to_go[day + 1][after]
            number = int(whole.argmin())
            detours += [
                (spent + int(whole[other]), day, other, int(after[other]))
                for other in range(len(whole))
                if other != number
            ]
            spent += int(edges[number])
            path.append(number)
            node = int(after[number])
        return path, detours

    def _variables(self, path: Sequence[int]) -> list[int]:
        """Give the variables that a path takes: of each class, the cheapest choice."""
        found = []
        for day, number in enumerate(path):
            if number:
                variables, classes, begins = self._choices[day]
                at = int(np.searchsorted(classes, number))
                end = begins[at + 1] if at + 1 < len(begins) else len(variables)
                mine = variables[begins[at] : end]
                found.append(int(mine[np.argmin(self.costs[mine])]))
        return found
