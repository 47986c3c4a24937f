"""Pricing by dynamic programming: shortest paths in the graph of what rules keep in mind.

Costs are whole numbers on the grid of prices, so the bound is exact, and the way back is found by
equality. Where a graph with all automata is too large, prices stand for some (`stages`): roughly,
the smallest graph will do; for a bound, it gets larger where prices prove too little.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterable
from typing import ClassVar

import numpy as np

from ...models.resource import Resource
from ..outcome import Limits
from .graph import TooLargeError
from .graphs import Graphs
from .paths import NEVER, OUT_OF_REACH, Paths
from .pricing import SEVERAL, BlockPricing, Priced
from .staff import Column, Group
from .stages import Allowance, Stage
from .team_program import Integers

STRIKES = 2
"""Calls in a row that prove too little, after which the graph gets larger."""
TRIES = 6
"""Prices of units that are tried in a call."""
MOST_TIMES = 4
"""Factor by which a call gives more columns to many people who are alike, at most."""
WORK_OF_AN_EDGE = 2e-8
"""Deterministic time for each edge of a graph."""


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
    one_will_do
        Whether only the cheapest roster is wanted, which saves time.
    """

    runs_apart: ClassVar[bool] = False
    is_exact: ClassVar[bool] = True

    def __init__(
        self,
        group: Group,
        resources: tuple[Resource, ...],
        graphs: Graphs,
        limits: Limits,
        *,
        one_will_do: bool = False,
    ) -> None:
        self._group, self._limits = group, limits
        self._several = SEVERAL * min(group.count, MOST_TIMES)
        self._enough = 1 if one_will_do else self._several
        self._graphs, self.resources = graphs, resources
        self._rough = self._exact = self._first()
        """What is priced in, where roughly will do, and where not."""
        self._otherwise: BlockPricing | None = None
        self._found = False
        self._taken: tuple[Resource, ...] = ()
        self._strikes = 0
        self._is_full = False
        """Whether there is no room for a larger graph."""

    def _first(self) -> Stage | None:
        """Give the smallest graph; None if nobody has a roster."""
        graphs, resources = self._graphs, self.resources
        try:
            whole = graphs.whole(resources)
        except TooLargeError:
            least = graphs.least(resources)
        else:
            return None if whole is None else Stage(whole, self._group, [])
        if least is None:
            return None
        limits = ((resource, resource.allowance) for resource in resources)
        found = [Allowance(r, most, self._group) for r, most in limits if most is not None]
        return Stage(least, self._group, found)

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
            may_grow = stage is self._exact and stage.is_easy
            if not columns and may_grow and self._take_in(stage.broken(best)):
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
        if stage is self._exact and (not roughly or stage.is_easy):
            self._watch(columns.values(), costs, scale, bound)
        found = sorted(columns.values(), key=lambda column: self._reduced(column, costs, scale))
        return Priced(bound, tuple(found[: self._enough]), work)

    def _gather(
        self, stage: Stage, paths: Paths, scale: int, columns: dict[tuple[int, ...], Column]
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
                if len(columns) >= self._enough and not stage.allowances:
                    break  # those that follow cost more
        return best

    def _watch(self, columns: Iterable[Column], costs: Integers, scale: int, bound: int) -> None:
        """Take the dearest allowance into the graph, where prices alone prove too little."""
        assert self._exact is not None  # else nothing would be priced
        allowances = self._exact.allowances
        best = min((self._reduced(column, costs, scale) for column in columns), default=NEVER)
        self._strikes = self._strikes + 1 if allowances and best > bound + scale else 0
        if self._strikes < STRIKES or self._is_full:
            return
        self._strikes = 0
        dearest = max(allowances, key=lambda allowance: allowance.price)
        if dearest.price:
            self._take_in([dearest])

    def _take_in(self, allowances: list[Allowance]) -> bool:
        """Let the graph keep allowances in mind; tell whether it can."""
        assert self._exact is not None  # else nothing would be priced
        taken = (*self._taken, *(allowance.resource for allowance in allowances))
        try:
            graph = self._graphs.between(self.resources, taken)
        except TooLargeError:
            self._is_full = True
            return False
        if not allowances or graph is None:
            return False
        left = [copy.copy(a) for a in self._exact.allowances if a not in allowances]
        self._taken, self._exact = taken, Stage(graph, self._group, left, self._exact.scale)
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
