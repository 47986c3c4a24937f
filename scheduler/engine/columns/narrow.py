"""Narrow search: a good roster over a horizon for which there is no graph.

Day by day only the best states are kept (beam search, Lowerre 1976), counters at an even pace: who
has worked all hours by autumn has none left for the winter. What it finds keeps every rule, but
nothing says that it is the best.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ...models.resource import Resource
from ..outcome import Limits
from .memory import Memories
from .paths import OUT_OF_REACH
from .pricing import Priced
from .staff import Column, Group
from .team_program import Integers

WIDTH, ATTEMPTS = 40, 6
"""States of a day that are kept, at first, and how often it is tried with twice as many."""
STRAY, STRICTER = 0.1, 3.0
"""Share of a choice's cost for a state that is a day's worth from an even pace, squared; and how
much dearer that gets where nothing is found."""
SPARE = 4
"""States that are looked at for each that is kept: several may be the same."""
WORK_OF_A_DAY = 2e-4
"""Deterministic time of a day."""

_HASH = np.random.default_rng(0).integers(1, 1 << 62, 1000, dtype=np.int64) | 1


class Narrow:
    """A way to price: one good roster for a group whose rules are all automata.

    Parameters
    ----------
    group
        Who is priced.
    resources
        The automata of all rules.
    memories
        What automata can do.
    limits
        When to stop.
    """

    runs_apart: ClassVar[bool] = False
    is_exact: ClassVar[bool] = False

    def __init__(
        self, group: Group, resources: Sequence[Resource], memories: Memories, limits: Limits
    ) -> None:
        self._group, self.resources = group, tuple(resources)
        self._memories, self._limits = memories, limits
        self._order: _Order | None = None

    def price(
        self,
        costs: Integers,
        scale: int,
        seconds: float,
        *,
        roughly: bool = False,  # noqa: ARG002
    ) -> Priced:
        """Find one cheap roster; see `Pricing`."""
        bound = int(np.minimum(costs[self._group.chosen], 0).sum())
        ends, work = time.perf_counter() + seconds, 0.0
        for attempt in range(ATTEMPTS):
            if self._is_over(ends):
                break
            column = self._column(costs, scale, WIDTH << attempt, STRAY * STRICTER**attempt)
            work += (1 << attempt) * WORK_OF_A_DAY * self._memories.days
            if column is not None:
                return Priced(bound, (column,), work)
        return Priced(bound, (), work)

    def _is_over(self, ends: float) -> bool:
        if self._limits.interrupt.is_set():
            return True
        return not self._limits.deterministic and time.perf_counter() > ends

    def _column(self, costs: Integers, scale: int, width: int, stray: float) -> Column | None:
        """Find a roster, keeping so many states each day."""
        if self._order is None:
            self._order = _Order(self.resources, self._group, self._memories)
        order = self._order
        if any(not len(memory.steps[0].states) for memory in order.memories):
            return None
        states = _States.first(order)
        least, best = order.cheapest(costs)
        unit = float(np.abs(least).mean()) * stray
        trail: list[tuple[Integers, Integers]] = []
        for day in range(self._memories.days):
            classes = order.of_day(day)
            after, edges = states.step(order, day, np.append(0, least[classes]), scale)
            if not len(edges):
                return None
            chosen = self._best(after.spent + unit * after.far(order, day + 1), after, order, width)
            choice, source = np.divmod(edges[chosen], len(states.spent))
            trail.append((source, np.append(-1, best[classes])[choice]))
            states = after.some(chosen)
        due = sum(m.last[states.ranks[r]] for r, m in enumerate(order.memories))
        spent = states.spent + scale * due
        at = int(spent.argmin())
        return self._read(trail, at, int(spent[at]), costs, scale)

    def _best(
        self, keys: NDArray[np.float64], states: _States, order: _Order, width: int
    ) -> Integers:
        """Choose different states: the best ones, and the best of those that look alike.

        Where a holiday begins, only those can go on whose run may end: cost alone would lose them.
        """
        ranked = np.argsort(keys, kind="stable")
        few = ranked[: SPARE * width]
        names = np.vstack([states.ranks[:, few], states.units[:, few]])
        chosen = [self._first(names)[:width]]
        chosen += [self._first(states.ranks[np.ix_(view, ranked)])[:width] for view in order.views]
        return ranked[np.unique(np.concatenate(chosen))]

    def _first(self, states: Integers) -> Integers:
        """Give where each different state comes first."""
        with np.errstate(over="ignore"):
            names = _HASH[: len(states)] @ states
        return np.sort(np.unique(names, return_index=True)[1])

    def _read(
        self,
        trail: Sequence[tuple[Integers, Integers]],
        at: int,
        value: int,
        costs: Integers,
        scale: int,
    ) -> Column:
        """Follow the way back."""
        variables = []
        for source, variable in reversed(trail):
            if variable[at] >= 0:
                variables.append(int(variable[at]))
            at = int(source[at])
        values = np.zeros(len(costs), dtype=np.int64)
        values[variables] = 1
        charged = (value - int(costs[variables].sum())) // scale
        return self._group.column(values, int(self._group.cost[variables].sum()) + charged)


@dataclass
class _States:
    """States of a day, one in each column."""

    ranks: Integers
    """By automaton, which of its states it is."""
    units: Integers
    """By allowance, what is used of it."""
    spent: Integers

    @classmethod
    def first(cls, order: _Order) -> _States:
        """Give the state before the first day."""
        shape = len(order.memories), 1
        return cls(
            np.zeros(shape, np.int64),
            np.zeros((len(order.most), 1), np.int64),
            np.zeros(1, np.int64),
        )

    def some(self, chosen: Integers) -> _States:
        """Give some of them."""
        return _States(self.ranks[:, chosen], self.units[:, chosen], self.spent[chosen])

    def step(
        self, order: _Order, day: int, value: Integers, scale: int
    ) -> tuple[_States, Integers]:
        """Step each state with each class; give what is permitted, and the edges to it."""
        effects, taken = order.effects[day], order.taken[day]
        shape = len(value), len(self.spent)
        ranks = np.empty((len(self.ranks), *shape), dtype=np.int64)
        spent = self.spent + value[:, None]
        for r, memory in enumerate(order.memories):
            steps = memory.steps[day]
            ranks[r] = steps.after[:, self.ranks[r]][effects[r]]
            if steps.cents is not None:
                spent += scale * steps.cents[:, self.ranks[r]][effects[r]]
        permitted = (ranks >= 0).all(axis=0) & (spent < OUT_OF_REACH)
        units = self.units[:, None, :] + taken[:, :, None]
        permitted &= (units <= order.most[:, None, None]).all(axis=0)
        edges = np.flatnonzero(permitted)
        choice, source = np.divmod(edges, len(self.spent))
        after, used = ranks[:, choice, source], units[:, choice, source]
        return _States(after, used, spent.ravel()[edges]), edges

    def far(self, order: _Order, day: int) -> NDArray[np.float64]:
        """Give how far each is from an even pace, squared."""
        found = np.zeros(len(self.spent))
        for r, strays in order.strays.items():
            found += strays[day][self.ranks[r]] ** 2
        ahead = self.units - (order.most * order.done[day])[:, None]
        found += (np.maximum(ahead, 0.0) ** 2).sum(axis=0)
        return found


class _Order:
    """Choices of a group in the order of days and classes."""

    def __init__(self, resources: Sequence[Resource], group: Group, memories: Memories) -> None:
        kept = [resource for resource in resources if resource.allowance is None]
        scarce = [resource for resource in resources if resource.allowance is not None]
        choices = group.blocks[0].choices
        self.memories = [memories.of(resource) for resource in kept]
        self.most = np.array([resource.allowance for resource in scarce], dtype=np.int64)
        units = [[resource.units(c.duty) for c in choices] for resource in scarce]
        day = np.array([c.duty.day for c in choices], dtype=np.int64)
        options = np.array([memories.place[c.option] for c in choices], dtype=np.int64)
        effects = [memory.of_option[options] for memory in self.memories]
        rows = np.array([day, *effects, *units], dtype=np.int64)
        found, which = np.unique(rows, axis=1, return_inverse=True)
        order = np.argsort(which.ravel(), kind="stable")
        self._variables = group.chosen[order]
        self._begins = np.searchsorted(which.ravel()[order], np.arange(found.shape[1]))
        self._ends = np.append(self._begins[1:], len(order))
        self._of_day = np.searchsorted(found[0], np.arange(memories.days + 1))
        counters = [r for r, memory in enumerate(self.memories) if memory.is_counter]
        others = [r for r in range(len(kept)) if r not in counters]
        self.views = [np.array(view, dtype=np.int64) for view in (others, *([r] for r in counters))]
        """Automata by which states look alike."""
        working = np.diff(self._of_day) > 0
        self.done = np.append(0, np.cumsum(working)) / max(1, working.sum())
        """Share of the days that can be worked, by day."""
        self.strays = {r: self.memories[r].strays(working) for r in counters}
        """For counters, how far states are from an even pace, by day."""
        off = np.zeros((len(rows) - 1, 1), dtype=np.int64)
        every = [np.hstack([off, found[1:, self.of_day(d)]]) for d in range(memories.days)]
        self.effects = [mine[: len(kept)] for mine in every]
        """Effects of every day's classes by automaton, the day off first."""
        self.taken = [mine[len(kept) :] for mine in every]
        """What they take of each allowance."""

    def of_day(self, day: int) -> slice:
        """Give a day's classes, without the day off."""
        return slice(int(self._of_day[day]), int(self._of_day[day + 1]))

    def cheapest(self, costs: Integers) -> tuple[Integers, Integers]:
        """Give the least cost of each class, and the variable that has it."""
        mine = costs[self._variables]
        least = np.minimum.reduceat(mine, self._begins)
        hits = np.flatnonzero(mine == np.repeat(least, self._ends - self._begins))
        at = hits[np.searchsorted(hits, self._begins)]
        return least, self._variables[at]
