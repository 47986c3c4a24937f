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
        best, nodes = self._follow([], 0)
        yield self.best, self._variables(best)
        values, days, classes, after = self._detours(best, nodes)
        for i in np.argsort(values, kind="stable")[: number - 1].tolist():
            if values[i] > OUT_OF_REACH:
                return
            path, _ = self._follow([*best[: days[i]], int(classes[i])], int(after[i]))
            yield int(values[i]), self._variables(path)

    def _edges(self, day: int, node: int) -> tuple[Integers, Integers]:
        """Give what each class costs on a day in a node, and where it leads."""
        layer = self._graph.layers[day]
        cost = self._values[day]
        if layer.cents is not None:
            cost = cost + self._scale * layer.cents[:, node]
        return cost, layer.after[:, node]

    def _follow(self, begun: list[int], node: int) -> tuple[list[int], list[int]]:
        """Go on with a path in the cheapest way; give its classes, and its nodes from there on."""
        path, nodes = list(begun), [node]
        for day in range(len(begun), len(self._graph.layers)):
            cost, after = self._edges(day, node)
            path.append(int((cost + self._to_go[day + 1][after]).argmin()))
            node = int(after[path[-1]])
            nodes.append(node)
        return path, nodes

    def _detours(
        self, path: Sequence[int], nodes: Sequence[int]
    ) -> tuple[Integers, Integers, Integers, Integers]:
        """Give what it costs to leave a path, and how: days, classes, and the nodes after them."""
        parts, spent = [], 0
        for day, (number, node) in enumerate(zip(path, nodes, strict=False)):
            cost, after = self._edges(day, node)
            whole = spent + cost + self._to_go[day + 1][after]
            whole[number] = NEVER
            parts.append((whole, np.full(len(whole), day), np.arange(len(whole)), after))
            spent += int(cost[number])
        values, days, classes, afters = (np.concatenate(p) for p in zip(*parts, strict=True))
        return values, days, classes, afters

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
