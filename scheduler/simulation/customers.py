"""The customers of one replication: when they come, how long they take, how long they wait.

Every purpose draws from a stream of its own, named by seed, replication, queue and purpose. So two
schedules meet the same customers, and customer k takes as long and waits as long under both,
whatever happens to the others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .setting import Queue, Setting

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ARRIVALS, HANDLE, PATIENCE, FATE, PRESENCE, ABSENCE = range(6)
"""Purposes of streams."""
OF_AGENTS = 1_000_000
"""Stands for a queue in the streams that belong to agents."""


def stream(
    seed: int, replication: int, owner: int, purpose: int, again: int = 0
) -> np.random.Generator:
    """Give the random numbers for one purpose."""
    key = (replication, owner, purpose, again)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


@dataclass(frozen=True)
class Habits:
    """What the customers of a queue are like, one entry for each, at their n-th contact."""

    handle_seconds: Floats
    """Time that an agent of proficiency 1 with nothing else in hand takes."""
    patience_seconds: Floats
    """Infinite for those who never give up."""
    fate: Floats
    """Rows of three numbers from 0 to 1: resolved, coming back, and how soon."""


class Crowd:
    """The customers of one queue in one replication.

    Parameters
    ----------
    setting, position
        The queue's place.
    seed, replication
        Which customers.
    """

    def __init__(self, setting: Setting, position: int, seed: int, replication: int) -> None:
        self._setting, self._position = setting, position
        self._key = (seed, replication)
        self._again: dict[int, Habits] = {}

    @property
    def queue(self) -> Queue:
        """Whose customers they are."""
        return self._setting.queues[self._position]

    @cached_property
    def arrived(self) -> Floats:
        """Seconds at which each comes, in order; the backlog has been there from the start.

        Notes
        -----
        A Poisson process whose rate is constant in each slot: a Poisson number of arrivals, each at
        a uniform time of the slot.
        """
        draw = stream(*self._key, self._position, ARRIVALS)
        counts = draw.poisson(self.queue.arrivals)
        starts = np.repeat(np.arange(self._setting.slots) * self._setting.step_seconds, counts)
        times = np.sort(starts + draw.random(len(starts)) * self._setting.step_seconds)
        return np.concatenate((np.zeros(self.queue.backlog), times))

    def habits(self, again: int = 0) -> Habits:
        """Give what they are like at their first contact, or when they come back."""
        if again not in self._again:
            self._again[again] = self._draw(again)
        return self._again[again]

    def _draw(self, again: int) -> Habits:
        queue, count = self.queue, len(self.arrived)
        handle = stream(*self._key, self._position, HANDLE, again)
        patience = np.full(count, np.inf)
        if queue.patience_seconds is not None and not queue.deferrable:
            draw = stream(*self._key, self._position, PATIENCE, again)
            patience = draw.exponential(queue.patience_seconds, count)
        fate = np.empty((0, 3))
        if queue.is_settled_by_chance:
            fate = stream(*self._key, self._position, FATE, again).random((count, 3))
        return Habits(handle_times(queue, handle, count), patience, fate)


def handle_times(queue: Queue, draw: np.random.Generator, count: int) -> Floats:
    """Draw handle times from the queue's distribution."""
    mean, variance = queue.handle_seconds, queue.variation**2
    if queue.shape == "constant":
        return np.full(count, mean)
    if queue.shape == "gamma":
        return draw.gamma(1 / variance, mean * variance, count)
    if queue.shape == "lognormal":
        spread = math.log1p(variance)
        return draw.lognormal(math.log(mean) - spread / 2, math.sqrt(spread), count)
    return draw.exponential(mean, count)


def comes(setting: Setting, seed: int, replication: int) -> list[dict[int, bool]]:
    """Tell of every agent and day of a turn whether they come; turns from before do."""
    draw = stream(seed, replication, OF_AGENTS, PRESENCE)
    luck = draw.random((len(setting.agents), setting.days))
    return [
        {t.day: t.day < 0 or bool(luck[a, t.day] >= setting.no_show) for t in agent.turns}
        for a, agent in enumerate(setting.agents)
    ]


def absence(setting: Setting, seed: int, replication: int) -> Floats | None:
    """Give a number from 0 to 1 for every agent and slot, or None if nobody is ever away."""
    if not any(queue.shrinkage for queue in setting.queues):
        return None
    draw = stream(seed, replication, OF_AGENTS, ABSENCE)
    return draw.random((len(setting.agents), setting.slots))
