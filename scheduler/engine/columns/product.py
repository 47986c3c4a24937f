"""Graphs taken further: a graph in which one more automaton is kept in mind.

A graph that is there already is small, since what has the same future is one node in it. Taken as
an automaton itself, it has to be multiplied by the further one only, not all of its own once more.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np

from ...formulation.options import Option
from ...models.resource import FORBIDDEN, Integers, Resource, Stepped
from ...models.roster import Duty
from .graph import Graph, build_graph


class Remembered(Resource):
    """A graph as an automaton: its states are nodes, and effects are classes of choices.

    Parameters
    ----------
    graph
        The graph.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._classes = [{o.duty: number for o, number in day.items()} for day in graph.classes]
        after = [layer.after.shape[1] for layer in graph.layers[1:]]
        self._nodes = [*after, len(graph.last)]
        """Nodes after each day."""

    @property
    def start(self) -> int:
        """The only node before the first day."""
        return 0

    def effect(self, day: int, duty: Duty | None) -> int:
        """Give the class of a choice."""
        return 0 if duty is None else self._classes[day][duty]

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:
        """Follow the edges of a class."""
        assert isinstance(effect, int)  # as all that this automaton gives
        layer = self._graph.layers[day]
        after = layer.after[effect][states]
        cents = 0 if layer.cents is None else layer.cents[effect][states]
        return np.where(after < self._nodes[day], after, FORBIDDEN), cents

    def finish(self, states: Integers) -> Integers:
        """Give what the graph charges in the end."""
        return self._graph.last[states]


def with_one_more(
    graph: Graph, resource: Resource, largest: int, is_late: Callable[[], bool], in_all: int
) -> Graph | None:
    """Build the graph of a graph's automata, and of one more.

    Parameters
    ----------
    graph, resource
        The graph, and the further automaton.
    largest, is_late, in_all
        See `build_graph`.

    Returns
    -------
    The graph, or None if nobody has a roster in it.

    Raises
    ------
    TooLargeError
        See `build_graph`.
    """
    options: list[Option] = [option for day in graph.classes for option in day]
    days = range(len(graph.layers))
    both = (Remembered(graph), resource)
    return build_graph(both, options, days, largest, is_late, in_all)
