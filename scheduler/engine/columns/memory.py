"""Memories: what single automata can do over the horizon, each by itself.

Where the graph of all automata together would be too large, it still helps to know of each alone
what its choices do to it, and which states can reach the end: both are shared by everybody.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...formulation.options import Option
from ...models.resource import FORBIDDEN, Integers, Resource
from ..program import Floats

AHEAD, LATE = 3, 30
"""Days' worth that is best worked in advance, and days from which on little can be made up."""
COUNTER = 16
"""States at the end from which on an automaton that only grows is taken for a counter."""


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
        """Give every day's steps, of states from which the end can be reached."""
        reached = self._reached
        alive = reached[-1][self.resource.finish(reached[-1]) != FORBIDDEN]
        found = []
        for day in range(len(self.effects) - 1, -1, -1):
            now = reached[day]
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
        due = self.resource.finish(self._reached[-1])
        allowed: Integers = due[due != FORBIDDEN]
        return allowed

    @cached_property
    def is_counter(self) -> bool:
        """Tell whether there are many states, and they only grow as long as there are."""
        grown = [
            self.resource.step(day, effect, states)[0] - states
            for day, states in enumerate(self._reached[: self._end])
            for effect in self.effects[day]
        ]
        # What is forbidden lies below by more than a state can be worth.
        allowed = [g[s + g != FORBIDDEN] for g, s in zip(grown, self._repeated(), strict=True)]
        return self._end > 0 and all(g.min(initial=0) >= 0 for g in allowed)

    def _repeated(self) -> list[Integers]:
        return [s for day, s in enumerate(self._reached[: self._end]) for _ in self.effects[day]]

    @cached_property
    def _end(self) -> int:
        """The last day before which there are many states."""
        many = [day for day in range(len(self.effects)) if len(self._reached[day]) >= COUNTER]
        return max(many, default=0)

    def strays(self, working: NDArray[np.bool_]) -> list[Floats]:
        """Give, for every day and the end, how far each state is from an even pace.

        Parameters
        ----------
        working
            For every day, whether a shift can be worked at all.

        Returns
        -------
        Days' worth that a state is behind those that may end lowest, or before the highest one.
        """
        end = self._end
        done, ends = np.append(0, np.cumsum(working)), self.steps[end].states
        found = []
        for day, steps in enumerate(self.steps):
            stray = np.zeros(len(steps.states))
            if day <= end and done[end]:
                part = done[day] / done[end]
                low, high = (
                    self.resource.start * (1 - part) + x * part for x in (ends[0], ends[-1])
                )
                unit = max(1.0, (ends[-1] - self.resource.start) / done[end])
                behind = (low - steps.states) / unit + AHEAD * (1 - part)
                behind *= 1 + LATE / (done[end] - done[day] + 1)
                stray = np.maximum(behind, (steps.states - high) / unit - 2 * AHEAD)
            found.append(np.maximum(stray, 0))
        return [*found, np.zeros(len(self.last))]

    @cached_property
    def _reached(self) -> list[Integers]:
        """Give the states before each day and at the end."""
        reached = [np.array([self.resource.start], dtype=np.int64)]
        for day, effects in enumerate(self.effects):
            steps = [self.resource.step(day, effect, reached[-1])[0] for effect in effects]
            every = np.unique(np.concatenate(steps))
            reached.append(every[every != FORBIDDEN])
        return reached


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
