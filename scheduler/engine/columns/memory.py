"""Memories: what single automata can do over the horizon, each by itself.

Where the graph of all automata together would be too large, it still helps to know of each alone
what its choices do to it, and which states can reach the end: both are shared by everybody.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...formulation.options import Option
from ...models.resource import FORBIDDEN, Integers, Resource

COUNTER = 16
"""States at the end from which on an automaton that only grows is taken for a counter."""
AHEAD, BEHIND = 10, 15
"""Days' worth that a counter may be before or behind an even pace."""


@dataclass(frozen=True)
class Steps:
    """What a day does to the states of an automaton."""

    states: Integers
    """States before the day."""
    after: Integers
    """By effect and state: which of the next day's states follows, `FORBIDDEN` where none does."""
    cents: Integers | None
    """What is charged for it; None for nothing."""


@dataclass(frozen=True, eq=False)
class Memory:
    """One automaton over the horizon.

    Parameters
    ----------
    resource
        The automaton.
    effects
        For every day, the different effects; the first is that of a day off.
    of_option
        For every option of the horizon, which of its day's effects it has.
    """

    resource: Resource
    effects: tuple[tuple[Hashable, ...], ...]
    of_option: Integers

    @classmethod
    def of(cls, resource: Resource, options: Sequence[Option], days: int) -> Memory:
        """Ask an automaton for the effects of all options."""
        known: list[dict[Hashable, int]] = [{resource.effect(d, None): 0} for d in range(days)]
        found = []
        for option in options:
            mine = known[option.duty.day]
            effect = resource.effect(option.duty.day, option.duty)
            found.append(mine.setdefault(effect, len(mine)))
        return cls(resource, tuple(map(tuple, known)), np.array(found, dtype=np.int64))

    @cached_property
    def steps(self) -> tuple[Steps, ...]:
        """Give every day's steps, of states from which the end can be reached at an even pace."""
        reached = self._reached()
        alive = reached[-1][self.resource.finish(reached[-1]) != FORBIDDEN]
        low, high = self._corridor(reached)
        found = []
        for day in range(len(self.effects) - 1, -1, -1):
            now = reached[day]
            now = now[(now >= low[day]) & (now <= high[day])]
            stepped = [self.resource.step(day, effect, now) for effect in self.effects[day]]
            after = np.stack([states for states, _ in stepped])
            ranks = np.searchsorted(alive, after)
            lost = alive[np.minimum(ranks, len(alive) - 1)] != after if len(alive) else ranks >= 0
            ranks[lost] = FORBIDDEN
            kept = (ranks >= 0).any(axis=0)
            cents = np.stack([np.broadcast_to(due, len(now)) for _, due in stepped])
            found.append(Steps(now[kept], ranks[:, kept], cents[:, kept] if cents.any() else None))
            alive = now[kept]
        return tuple(reversed(found))

    @cached_property
    def last(self) -> Integers:
        """Cents due in each state in which the last day ends."""
        due = self.resource.finish(self._reached()[-1])
        return due[due != FORBIDDEN]

    def _corridor(self, reached: Sequence[Integers]) -> tuple[Integers, Integers]:
        """Give, for every day and the end, the least and the largest state at an even pace.

        All are where the automaton is no counter: its states get smaller again, or are few.
        """
        low = np.full(len(reached), FORBIDDEN)
        high = np.full(len(reached), np.iinfo(np.int64).max)
        last = max((d for d, states in enumerate(reached) if len(states) >= COUNTER), default=0)
        growth = [self._growth(day, reached[day]) for day in range(last)]
        if not growth or min(least for least, _ in growth) < 0:
            return low, high
        ends = self._alive(last, reached)
        if len(ends):
            start, most, days = reached[0][0], max(most for _, most in growth), np.arange(last + 1)
            behind = np.minimum(BEHIND, (last - days) / 2)
            low[: last + 1] = np.floor(start + (ends[0] - start) * days / last - most * behind)
            high[: last + 1] = np.ceil(start + (ends[-1] - start) * days / last + most * AHEAD)
        return low, high

    def _reached(self) -> list[Integers]:
        """Give the states before each day and at the end."""
        reached = [np.array([self.resource.start], dtype=np.int64)]
        for day, effects in enumerate(self.effects):
            steps = [self.resource.step(day, effect, reached[-1])[0] for effect in effects]
            every = np.unique(np.concatenate(steps))
            reached.append(every[every != FORBIDDEN])
        return reached

    def _growth(self, day: int, states: Integers) -> tuple[int, int]:
        """Give by how much states grow on a day, at least and at most."""
        steps = [self.resource.step(day, effect, states)[0] for effect in self.effects[day]]
        grown = np.concatenate([(after - states)[after != FORBIDDEN] for after in steps])
        return int(grown.min(initial=0)), int(grown.max(initial=0))

    def _alive(self, first: int, reached: Sequence[Integers]) -> Integers:
        """Give the states before a day from which the end can be reached."""
        alive = reached[-1][self.resource.finish(reached[-1]) != FORBIDDEN]
        for day in range(len(self.effects) - 1, first - 1, -1):
            steps = [self.resource.step(day, e, reached[day])[0] for e in self.effects[day]]
            alive = reached[day][np.any([np.isin(after, alive) for after in steps], axis=0)]
        return alive


class Memories:
    """Memories of all automata, by the options of the horizon.

    Parameters
    ----------
    options
        Every option that anybody has.
    days
        Days of the horizon.
    """

    def __init__(self, options: Sequence[Option], days: int) -> None:
        self.days = days
        self._options = sorted(options, key=lambda option: option.duty.day)
        self.place = {option: i for i, option in enumerate(self._options)}
        self._known: dict[Resource, Memory] = {}

    def of(self, resource: Resource) -> Memory:
        """Give what an automaton can do."""
        if resource not in self._known:
            self._known[resource] = Memory.of(resource, self._options, self.days)
        return self._known[resource]
