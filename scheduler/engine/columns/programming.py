"""Pricing by dynamic programming: shortest paths in the graph of what rules keep in mind.

Costs are whole numbers on the grid of prices, so the bound is exact, and the way back is found by
equality. Where a graph with all automata is too large, those that only allow so many units of
something are left out and the units priced, which proves a bound at any price (Lagrange).
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

import numpy as np

from ...formulation.options import Option
from ...models.resource import Resource
from ..outcome import Limits
from .graph import Graph, TooLargeError, build_graph
from .paths import NEVER, OUT_OF_REACH, Paths
from .pricing import SEVERAL, BlockPricing, Priced
from .product import with_one_more
from .staff import Column, Group
from .team_program import Integers

HANDY, LARGEST = 150_000, 3_000_000
"""Edges of a day up to which there is a graph: with all automata, and with those needed."""
IN_ALL = 30_000_000
"""Edges of all days of a graph up to which it is built, before it is made smaller."""
MISSES = 2
"""Graphs with all automata that may turn out too large, before no more are tried."""
EASY = 20_000
"""Edges of a graph that may get larger as soon as no roster is found, or one that is not quite the
cheapest."""
STRIKES = 2
"""Calls in a row that prove too little, after which the graph gets larger."""
TRIES = 6
"""Prices of units that are tried in a call."""
MOST_TIMES = 4
"""Factor by which a call gives more columns to many people who are alike, at most."""
WORK_OF_AN_EDGE = 2e-8
"""Deterministic time for each edge of a graph."""


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


class Programme:
    """A way to price: pricing of a group whose rules are all automata.

    Parameters
    ----------
    group
        Who is priced.
    resources
        The automata of all rules.
    graphs
        Where graphs are kept.
    limits
        For what has to be left to CP-SAT.
    """

    runs_apart: ClassVar[bool] = False
    is_exact: ClassVar[bool] = True

    def __init__(
        self, group: Group, resources: tuple[Resource, ...], graphs: Graphs, limits: Limits
    ) -> None:
        self._group, self._limits = group, limits
        self._several = SEVERAL * min(group.count, MOST_TIMES)
        self._graphs, self.resources = graphs, resources
        self._rough = self._exact = self._first()
        """What is priced in, where roughly will do, and where not."""
        self._otherwise: BlockPricing | None = None
        self._found = False
        self._taken: tuple[Resource, ...] = ()
        self._strikes = 0

    def _first(self) -> _Stage | None:
        """Give the smallest graph; None if nobody has a roster."""
        graphs, resources = self._graphs, self.resources
        try:
            whole = graphs.whole(resources)
        except TooLargeError:
            least = graphs.least(resources)
        else:
            return None if whole is None else _Stage(whole, self._group, [])
        if least is None:
            return None
        limits = ((resource, resource.allowance) for resource in resources)
        found = [_Allowance(r, most, self._group) for r, most in limits if most is not None]
        return _Stage(least, self._group, found)

    def price(
        self, costs: Integers, scale: int, seconds: float, *, roughly: bool = False
    ) -> Priced:
        """Find cheap rosters; see `Pricing`."""
        if self._exact is None or self._rough is None:
            return Priced(None, (), 0.0)
        stage = self._rough if roughly else self._exact
        stage.rescale(scale)
        columns: dict[tuple[int, ...], Column] = {}
        bound, tries = -NEVER, 0
        ends = math.inf if self._limits.deterministic else time.perf_counter() + seconds
        for _ in range(TRIES):
            tries += 1
            paths = Paths(stage.graph, stage.choices, stage.with_allowances(costs), scale)
            if paths.best > OUT_OF_REACH:
                return Priced(None, (), 0.0)
            proved = paths.best - sum(a.price * a.most for a in stage.allowances)
            bound = max(bound, proved)
            best = self._gather(stage, paths, scale, columns)
            if not columns and stage.is_easy and self._take_in(stage.broken(best)):
                stage = self._exact
                continue
            if not stage.allowances or (stage.adjust(best, costs) and columns):
                break
            if self._limits.interrupt.is_set() or time.perf_counter() > ends:
                break
        work = tries * stage.graph.edges * WORK_OF_AN_EDGE
        if not columns and not self._found:
            return self._by_search(costs, scale, seconds, bound)
        self._found |= bool(columns)
        if not roughly or stage.is_easy:
            self._watch(columns.values(), costs, scale, bound)
        found = sorted(columns.values(), key=lambda column: self._reduced(column, costs, scale))
        return Priced(bound, tuple(found[: self._several]), work)

    def _gather(
        self, stage: _Stage, paths: Paths, scale: int, columns: dict[tuple[int, ...], Column]
    ) -> list[int]:
        """Collect the rosters of paths that every automaton allows; give the best path."""
        best: list[int] = []
        for value, variables in paths.several(self._several):
            best = best or variables
            if all(allowance.used(variables) <= allowance.most for allowance in stage.allowances):
                values = np.zeros(len(paths.costs), dtype=np.int64)
                values[variables] = 1
                charged = (value - int(paths.costs[variables].sum())) // scale
                cost = int(self._group.cost[variables].sum()) + charged
                column = self._group.column(values, cost)
                columns[column.worked] = column
        return best

    def _watch(self, columns: Iterable[Column], costs: Integers, scale: int, bound: int) -> None:
        """Take the dearest allowance into the graph, where prices alone prove too little."""
        assert self._exact is not None  # else nothing would be priced
        allowances = self._exact.allowances
        best = min((self._reduced(column, costs, scale) for column in columns), default=NEVER)
        self._strikes = self._strikes + 1 if allowances and best > bound + scale else 0
        if self._strikes < STRIKES:
            return
        self._strikes = 0
        dearest = max(allowances, key=lambda allowance: allowance.price)
        if dearest.price:
            self._take_in([dearest])

    def _take_in(self, allowances: list[_Allowance]) -> bool:
        """Let the graph keep allowances in mind; tell whether it can."""
        assert self._exact is not None  # else nothing would be priced
        taken = (*self._taken, *(allowance.resource for allowance in allowances))
        try:
            graph = self._graphs.between(self.resources, taken)
        except TooLargeError:
            return False
        if not allowances or graph is None:
            return False
        left = [copy.copy(a) for a in self._exact.allowances if a not in allowances]
        self._taken, self._exact = taken, _Stage(graph, self._group, left, self._exact.scale)
        if self._exact.is_easy:
            self._rough = self._exact
        return True

    def _reduced(self, column: Column, costs: Integers, scale: int) -> int:
        """Give what a roster costs at the prices."""
        variables = self._group.chosen[list(column.worked)]
        linear = int(costs[variables].sum())
        return linear + scale * (column.cost - int(self._group.cost[variables].sum()))

    def _by_search(self, costs: Integers, scale: int, seconds: float, bound: int) -> Priced:
        """Leave it to CP-SAT to find a first roster that all automata allow."""
        if self._otherwise is None:
            self._otherwise = BlockPricing(self._group, self._limits)
        found = self._otherwise.price(costs, scale, seconds)
        self._found |= bool(found.columns)
        if found.bound is None:
            return found
        return Priced(max(bound, found.bound), found.columns, found.work)


class _Stage:
    """A graph, and the allowances that are priced since it does not keep them in mind."""

    def __init__(
        self, graph: Graph, group: Group, allowances: list[_Allowance], scale: int = 1
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

    def broken(self, variables: list[int]) -> list[_Allowance]:
        """Give the allowances that a roster exceeds."""
        return [a for a in self.allowances if a.used(variables) > a.most]


class _Allowance:
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
