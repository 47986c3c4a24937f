"""Graphs that people share, by the automata they are made of, as large as there is room for."""

from __future__ import annotations

from collections.abc import Callable

from ...formulation.options import Option
from ...models.resource import Resource
from .graph import Graph, TooLargeError, build_graph
from .product import with_one_more
from .staff import Group

HANDY, LARGEST = 150_000, 3_000_000
"""Edges of a day up to which there is a graph: with all automata, and with those needed."""
IN_ALL = 30_000_000
"""Edges of all days of a graph up to which it is built, before it is made smaller."""
ALTOGETHER = 250_000_000
"""Edges of all graphs after which none gets larger: an edge is eight bytes."""
MISSES = 2
"""Graphs with all automata that may turn out too large, before no more are tried."""


def needed_of(resources: tuple[Resource, ...]) -> tuple[Resource, ...]:
    """Give the automata that no price can stand for."""
    return tuple(resource for resource in resources if resource.allowance is None)


class Graphs:
    """Graphs by the automata they are made of, shared by everybody who has the same.

    Parameters
    ----------
    days
        Days of the horizon.
    is_late
        Tells that there is no time for further graphs.
    """

    def __init__(self, days: int, is_late: Callable[[], bool] = lambda: False) -> None:
        self.days = days
        self._is_late = is_late
        self._options: dict[tuple[Resource, ...], dict[Option, None]] = {}
        self._built: dict[tuple[Resource, ...], Graph | None] = {}
        self._misses = 0
        self._hopeless = False

    def register(self, resources: tuple[Resource, ...], group: Group) -> None:
        """Let graphs have all the options of a group."""
        options = dict.fromkeys(choice.option for choice in group.blocks[0].choices)
        for key in {resources, needed_of(resources)}:
            self._options.setdefault(key, {}).update(options)

    def whole(self, resources: tuple[Resource, ...]) -> Graph | None:
        """Give the graph of all automata of a registered group.

        Raises
        ------
        TooLargeError
            If it is too large, or several others were.
        """
        if resources not in self._built and needed_of(resources) != resources:
            if self._misses > MISSES:
                raise TooLargeError
            self._misses += 1  # taken back once it is built
            graph = self._get(resources, HANDY)
            self._misses -= 1
            return graph
        return self._get(resources, HANDY)

    def least(self, resources: tuple[Resource, ...]) -> Graph | None:
        """Give the graph of those automata of a registered group that are needed.

        Raises
        ------
        TooLargeError
            If it is too large, or another one was.
        """
        if self._hopeless and needed_of(resources) not in self._built:
            raise TooLargeError
        self._hopeless = True  # taken back once it is built
        graph = self._get(needed_of(resources), LARGEST)
        self._hopeless = False
        return graph

    def between(self, resources: tuple[Resource, ...], taken: tuple[Resource, ...]) -> Graph | None:
        """Give the graph of what is needed, and some more of a registered group's automata.

        Raises
        ------
        TooLargeError
            If it is too large.
        """
        key = (*needed_of(resources), *taken)
        if key not in self._built:
            if sum(graph.edges for graph in self._built.values() if graph) > ALTOGETHER:
                raise TooLargeError
            before = self.between(resources, taken[:-1]) if taken else self.least(resources)
            self._built[key] = before and with_one_more(
                before, taken[-1], LARGEST, self._is_late, IN_ALL
            )
        return self._built[key]

    def _get(self, key: tuple[Resource, ...], largest: int) -> Graph | None:
        if key not in self._built:
            options = tuple(self._options[key])
            self._built[key] = build_graph(
                key, options, range(self.days), largest, self._is_late, IN_ALL
            )
        return self._built[key]
