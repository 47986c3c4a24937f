"""Settings by hand: queues, agents who are always there, and what became of the contacts."""

from __future__ import annotations

import numpy as np

from scheduler.simulation.play import Play, Played
from scheduler.simulation.setting import Agent, Queue, Setting, Turn

HOUR = 3600.0


def queue(arrivals: tuple[float, ...], handle_seconds: float = 180, **more: object) -> Queue:
    """Give a queue of calls."""
    return Queue("calls", arrivals, handle_seconds, **more)  # type: ignore[arg-type]


def always(hours: float, *queues: int, name: str = "agent", pace: float = 1.0) -> Agent:
    """Give an agent who has the skill for every queue and is planned for the first one named."""
    turn = Turn(0, 0.0, hours * HOUR, work=((0.0, hours * HOUR, queues[0]),))
    skills = max(queues) + 1
    paces = tuple(pace if q in queues else 0.0 for q in range(skills))
    return Agent(name, paces, (1.0,) * skills, (turn,))


def team(count: int, hours: float) -> tuple[Agent, ...]:
    """Give agents for one queue."""
    return tuple(always(hours, 0, name=f"agent {i}") for i in range(count))


def played(setting: Setting, seed: int = 0, replication: int = 0) -> Played:
    """Play one replication."""
    return Play(setting, seed, replication).run()


def array(values: list[float] | list[int]) -> np.ndarray:
    """Turn what was played into an array."""
    return np.array(values, dtype=float)


def waits(found: Played) -> np.ndarray:
    """Give the wait of each contact; NaN where it was never answered."""
    return array(found.contacts.begun) - array(found.contacts.arrived)
