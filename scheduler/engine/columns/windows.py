"""Windows: some days of one person's roster, with everything before and after them kept.

Over a long horizon the graph of all days is large, but that of a few weeks is small: it begins
with what the days before leave in mind, and ends in what the days after allow.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar

import numpy as np

from ...models.resource import FORBIDDEN, Integers, Resource, Stepped
from ...models.roster import Duty
from .graph import TooLargeError, build_graph
from .paths import OUT_OF_REACH, Paths
from .pricing import SEVERAL, Priced
from .programming import WORK_OF_AN_EDGE
from .staff import Column, Group
from .stages import by_class

LARGEST = 20_000
"""Edges of a day in a window's graph, before it is made smaller."""


class Windowed(Resource):
    """An automaton on some days, with what is worked on all others given.

    Parameters
    ----------
    whole
        The automaton.
    duties
        For every day of the horizon, what is worked now.
    days
        The days that are free.
    """

    def __init__(self, whole: Resource, duties: Sequence[Duty | None], days: range) -> None:
        self._whole, self._days = whole, days
        self._later = [(d, whole.effect(d, duties[d])) for d in range(days.stop, len(duties))]
        state, self.before = np.array([whole.start], dtype=np.int64), 0
        """Cents charged before the days."""
        for day in range(days.start):
            state, cents = whole.step(day, whole.effect(day, duties[day]), state)
            self.before += int(np.sum(cents))
        self._start = int(state[0])

    @property
    def start(self) -> int:
        """What the days before leave."""
        return self._start

    def effect(self, day: int, duty: Duty | None) -> Hashable:
        """Give what the automaton sees."""
        return self._whole.effect(day, duty)

    def step(self, day: int, effect: Hashable, states: Integers) -> Stepped:
        """Do what the automaton does."""
        return self._whole.step(day, effect, states)

    def finish(self, states: Integers) -> Integers:
        """Go through the days after, and charge what is due there."""
        different, which = np.unique(states, return_inverse=True)
        due = np.zeros(len(different), dtype=np.int64)
        alive = np.arange(len(different))
        now = different
        for day, effect in self._later:
            now, cents = self._whole.step(day, effect, now)
            due[alive] += cents
            if (now == FORBIDDEN).any():
                alive, now = alive[now != FORBIDDEN], now[now != FORBIDDEN]
        last = self._whole.finish(now)
        found = np.full(len(different), FORBIDDEN)
        found[alive] = np.where(last == FORBIDDEN, FORBIDDEN, due[alive] + last)
        return found[which.ravel()]


class WindowPricing:
    """A way to price: rosters of one person that differ from a given one on some days.

    Parameters
    ----------
    group
        The person alone.
    resources
        The automata of all rules.
    column
        The person's roster.
    days
        The days that are free.

    Raises
    ------
    TooLargeError
        If even these days have too large a graph.
    """

    runs_apart: ClassVar[bool] = False
    is_exact: ClassVar[bool] = True

    def __init__(
        self, group: Group, resources: Sequence[Resource], column: Column, days: range
    ) -> None:
        block = group.blocks[0]
        self.group, self.resources = group, tuple(resources)
        duties: list[Duty | None] = [None] * block.horizon_days
        for i in column.worked:
            duties[block.choices[i].duty.day] = block.choices[i].duty
        self._fixed = [
            int(group.chosen[i]) for i in column.worked if block.choices[i].duty.day not in days
        ]
        free = [choice.duty for day in days for choice in block.on(day)]
        ours = [Windowed(r, duties, days) for r in resources if _binds(r, duties, days, free)]
        first = block.variables.start
        self.options = {c.option: c.worked.index - first for day in days for c in block.on(day)}
        self._before = sum(resource.before for resource in ours)
        graph = build_graph(ours, tuple(self.options), days, LARGEST)
        if graph is None:
            raise TooLargeError  # the roster itself is a path: it cannot be
        self._graph = graph
        self._choices = [
            by_class((number, self.options[option]) for option, number in numbers.items())
            for numbers in graph.classes
        ]

    @property
    def rows(self) -> Integers:
        """Rows that the free choices are in."""
        free = np.array(sorted(self.options.values()), dtype=np.int64)
        return np.unique(self.group.link[:, free].indices)

    def price(
        self,
        costs: Integers,
        scale: int,
        seconds: float,  # noqa: ARG002
        *,
        roughly: bool = False,  # noqa: ARG002
    ) -> Priced:
        """Find cheap rosters; see `Pricing`."""
        paths = Paths(self._graph, self._choices, costs, scale)
        if paths.best > OUT_OF_REACH:
            return Priced(None, (), 0.0)
        kept = int(costs[self._fixed].sum()) + scale * self._before
        columns = []
        for value, variables in paths.several(SEVERAL):
            values = np.zeros(len(costs), dtype=np.int64)
            values[[*self._fixed, *variables]] = 1
            charged = (value - int(costs[variables].sum())) // scale + self._before
            own = int(self.group.cost[values > 0].sum()) + charged
            columns.append(self.group.column(values, own))
        work = self._graph.edges * WORK_OF_AN_EDGE
        return Priced(paths.best + kept, tuple(columns), work)


def _binds(
    resource: Resource, duties: Sequence[Duty | None], days: range, free: Sequence[Duty]
) -> bool:
    """Tell whether an automaton can forbid anything on the days: few allowances are that tight."""
    if resource.allowance is None:
        return True
    outside = [duty for day, duty in enumerate(duties) if duty is not None and day not in days]
    left = resource.allowance - sum(map(resource.units, outside))
    return left < len(days) * max(map(resource.units, free), default=0)
