"""Narrow search: a good roster over a horizon for which there is no graph.

Day by day only the best states are kept (beam search, Lowerre 1976), counters at an even pace: who
has worked all hours by autumn has none left for the winter. What it finds keeps every rule, but
nothing says that it is the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from ...models.resource import Resource
from ..outcome import Limits
from .memory import COUNTER, Memories
from .paths import NEVER, OUT_OF_REACH
from .pricing import Priced
from .staff import Column, Group
from .team_program import Integers

WIDTH, WIDEST = 40, 1280
"""States of a day that are kept: at first, and before it is given up."""
SPARE = 4
"""States that are looked at for each that is kept: several may be the same."""
WORK_OF_A_DAY = 2e-4
"""Deterministic time of a day."""


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

    def __init__(
        self, group: Group, resources: Sequence[Resource], memories: Memories, limits: Limits
    ) -> None:
        self._group, self._memories, self._limits = group, memories, limits
        self._kept = tuple(r for r in resources if r.allowance is None)
        self._left_out = [r for r in resources if r.allowance is not None]
        choices = group.blocks[0].choices
        self._options = np.array([memories.place[c.option] for c in choices], dtype=np.int64)
        self._order: _Order | None = None
        self._hash = np.random.default_rng(0).integers(1, 1 << 62, 1000, dtype=np.int64) | 1

    def price(self, costs: Integers, scale: int, seconds: float) -> Priced:  # noqa: ARG002
        """Find one cheap roster; see `Pricing`."""
        bound = int(np.minimum(costs[self._group.chosen], 0).sum())
        if not bound:
            return Priced(0, (), 0.0)  # all states look alike where nothing is worth anything
        width = WIDTH
        while width <= WIDEST and not self._limits.interrupt.is_set():
            column = self._column(costs, scale, width)
            if column is not None and self._take_in(column):
                continue
            work = width / WIDTH * WORK_OF_A_DAY * self._memories.days
            if column is not None:
                return Priced(bound, (column,), work)
            width *= 2
        return Priced(bound, (), 0.0)

    def _take_in(self, column: Column) -> bool:
        """Keep an allowance in mind from now on if a roster exceeds it; tell if there is one."""
        duties = [option.duty for option in self._group.options(column)]
        broken = [
            resource
            for resource in self._left_out
            if sum(map(resource.units, duties)) > (resource.allowance or 0)
        ]
        if broken:
            self._kept = (*self._kept, *broken)
            self._left_out = [resource for resource in self._left_out if resource not in broken]
            self._order = None
        return bool(broken)

    def _column(self, costs: Integers, scale: int, width: int) -> Column | None:
        """Find a roster, keeping so many states each day."""
        if self._order is None:
            self._order = _Order(self._kept, self._options, self._group, self._memories)
        order = self._order
        if any(not len(memory.steps[0].states) for memory in order.memories):
            return None
        ranks = np.zeros((len(self._kept), 1), dtype=np.int64)
        least, best = order.cheapest(costs)
        spent = np.zeros(1, dtype=np.int64)
        trail: list[tuple[Integers, Integers]] = []
        for day in range(self._memories.days):
            classes = order.of_day(day)
            value = np.append(0, least[classes])
            after, cents = self._step(order, ranks, day)
            whole = (spent + value[:, None] + scale * cents).ravel()
            whole[(after < 0).any(axis=0)] = NEVER
            small = [r for r, m in enumerate(order.memories) if len(m.steps[day].states) < COUNTER]
            chosen = self._best(whole, after, np.array(small, dtype=np.int64), width)
            if not len(chosen):
                return None
            choice, source = np.divmod(chosen, len(spent))
            trail.append((source, np.append(-1, best[classes])[choice]))
            ranks, spent = after[:, chosen], whole[chosen]
        spent = spent + scale * sum(m.last[ranks[r]] for r, m in enumerate(order.memories))
        at = int(spent.argmin())
        return self._read(trail, at, int(spent[at]), costs, scale)

    def _step(self, order: _Order, ranks: Integers, day: int) -> tuple[Integers, Integers]:
        """Give where each class leads each state, by automaton, and the cents that it takes."""
        effects = order.effects[day]
        shape = effects.shape[1], ranks.shape[1]
        after = np.empty((len(ranks), *shape), dtype=np.int64)
        charged = np.zeros(shape, dtype=np.int64)
        for r, memory in enumerate(order.memories):
            steps = memory.steps[day]
            after[r] = steps.after[:, ranks[r]][effects[r]]
            if steps.cents is not None:
                charged += steps.cents[:, ranks[r]][effects[r]]
        return after.reshape(len(ranks), -1), charged

    def _best(self, whole: Integers, after: Integers, small: Integers, width: int) -> Integers:
        """Choose different states: the cheapest ones, and of each kind the cheapest one.

        Where a holiday begins, only those can go on whose run may end: cost alone would lose them.
        """
        few = min(len(whole), SPARE * width)
        nearest = np.argpartition(whole, few - 1)[:few] if few < len(whole) else np.arange(few)
        nearest = nearest[whole[nearest] < OUT_OF_REACH]
        nearest = nearest[np.argsort(whole[nearest], kind="stable")]
        firsts = nearest[self._first(after[:, nearest])[:width]]
        possible = np.flatnonzero(whole < OUT_OF_REACH)
        possible = possible[np.argsort(whole[possible], kind="stable")]
        kinds = possible[self._first(after[np.ix_(small, possible)])[:width]]
        return np.concatenate([firsts, kinds[~np.isin(kinds, firsts)]])

    def _first(self, states: Integers) -> Integers:
        """Give where each different state comes first."""
        with np.errstate(over="ignore"):
            names = self._hash[: len(states)] @ states
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


class _Order:
    """Choices of a group in the order of days and classes."""

    def __init__(
        self, kept: Sequence[Resource], options: Integers, group: Group, memories: Memories
    ) -> None:
        self.memories = [memories.of(resource) for resource in kept]
        day = np.array([c.duty.day for c in group.blocks[0].choices], dtype=np.int64)
        rows = np.stack([day, *(memory.of_option[options] for memory in self.memories)])
        found, which = np.unique(rows, axis=1, return_inverse=True)
        order = np.argsort(which.ravel(), kind="stable")
        self._variables = group.chosen[order]
        self._begins = np.searchsorted(which.ravel()[order], np.arange(found.shape[1]))
        self._ends = np.append(self._begins[1:], len(order))
        self._of_day = np.searchsorted(found[0], np.arange(memories.days + 1))
        off = np.zeros((len(kept), 1), dtype=np.int64)
        self.effects = [np.hstack([off, found[1:, self.of_day(d)]]) for d in range(memories.days)]
        """Effects of every day's classes by automaton, the day off first."""

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
