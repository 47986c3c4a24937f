"""Shortest paths through a graph of rosters, all days backward in a few operations on tables.

The least cost from every node to the end gives the cheapest path. With the least cost up to it too,
that of the cheapest path through every edge is known: those with another choice on some day differ
from the cheapest before that day as well as after it. That takes three times as long, so in large
graphs they only differ after it.
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
BOTH_WAYS = 250_000
"""Edges of a graph up to which there is time to look for other paths both ways."""


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
        """Give the cheapest path, and the cheapest ones that differ from it on some day.

        Yields
        ------
        Cost, and the variables of the choices.
        """
        best = self._to_end(0, 0)
        yield self.best, self._variables(best)
        if number == 1:
            return
        if self._graph.edges > BOTH_WAYS:
            yield from self._others_later(best, number - 1)
            return
        known = {tuple(best)}
        before = self.best
        reached = self._reached()
        for value, day, choice, node in self._detours(best, reached):
            if len(known) == number or value > OUT_OF_REACH:
                return
            if value == before:
                continue  # most likely the same path, seen from another day
            before = value
            after = int(self._graph.layers[day].after[choice, node])
            path = [*self._from_start(day, node, reached), choice, *self._to_end(day + 1, after)]
            if tuple(path) not in known:
                known.add(tuple(path))
                yield value, self._variables(path)

    def _others_later(self, best: Sequence[int], number: int) -> Iterator[tuple[int, list[int]]]:
        """Give the cheapest of the paths that leave the cheapest one on some day."""
        parts, spent, node = [], 0, 0
        for day, choice in enumerate(best):
            cost, after = self._edges(day, node)
            whole = spent + cost + self._to_go[day + 1][after]
            whole[choice] = NEVER
            parts.append((whole, np.full(len(whole), day), np.arange(len(whole)), after))
            spent, node = spent + int(cost[choice]), int(after[choice])
        values, days, choices, afters = (np.concatenate(p) for p in zip(*parts, strict=True))
        for i in np.argsort(values, kind="stable")[:number].tolist():
            if values[i] > OUT_OF_REACH:
                return
            day = int(days[i])
            path = [*best[:day], int(choices[i]), *self._to_end(day + 1, int(afters[i]))]
            yield int(values[i]), self._variables(path)

    def _edges(self, day: int, node: int) -> tuple[Integers, Integers]:
        """Give what each class costs on a day in a node, and where it leads."""
        layer = self._graph.layers[day]
        cost = self._values[day]
        if layer.cents is not None:
            cost = cost + self._scale * layer.cents[:, node]
        return cost, layer.after[:, node]

    def _reached(self) -> list[Integers]:
        """Give the least cost up to each node, by day."""
        found = [np.zeros(1, dtype=np.int64)]
        for day, layer in enumerate(self._graph.layers[:-1]):
            least = np.full(len(self._to_go[day + 1]), NEVER)
            np.minimum.at(least, layer.after.ravel(), self._up_to(day, found[-1]).ravel())
            found.append(least[:-1])
        return found

    def _up_to(self, day: int, reached: Integers) -> Integers:
        """Give the least cost up to a day and with each of its edges."""
        layer = self._graph.layers[day]
        cost: Integers = reached + self._values[day][:, None]
        if layer.cents is not None:
            cost += self._scale * layer.cents
        return cost

    def _detours(
        self, best: Sequence[int], reached: Sequence[Integers]
    ) -> list[tuple[int, int, int, int]]:
        """Give (cost, day, class, node) of the cheapest path with each other class on a day."""
        found = []
        for day, layer in enumerate(self._graph.layers):
            whole = self._up_to(day, reached[day])
            whole += self._to_go[day + 1].take(layer.after)
            nodes = whole.argmin(axis=1)
            for choice, node in enumerate(nodes.tolist()):
                if choice != best[day]:
                    found.append((int(whole[choice, node]), day, choice, node))
        return sorted(found)

    def _to_end(self, day: int, node: int) -> list[int]:
        """Give the classes of the cheapest way from a node before a day to the end."""
        path = []
        for later in range(day, len(self._graph.layers)):
            cost, after = self._edges(later, node)
            path.append(int((cost + self._to_go[later + 1][after]).argmin()))
            node = int(after[path[-1]])
        return path

    def _from_start(self, day: int, node: int, reached: Sequence[Integers]) -> list[int]:
        """Give the classes of the cheapest way to a node before a day."""
        path = []
        for earlier in range(day - 1, -1, -1):
            layer = self._graph.layers[earlier]
            order, first = layer.into
            choices, nodes = divmod(order[first[node] : first[node + 1]], layer.after.shape[1])
            cost = reached[earlier][nodes] + self._values[earlier][choices]
            if layer.cents is not None:
                cost += self._scale * layer.cents[choices, nodes]
            at = int(cost.argmin())
            path.append(int(choices[at]))
            node = int(nodes[at])
        return path[::-1]

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
