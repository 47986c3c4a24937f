"""What is played: queues with their customers' habits, and agents with their turns.

Everything is plain numbers on one clock, seconds since the horizon starts, so that it travels to
other processes, and so that tests can set up a queue without an instance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Routing = Literal["planned", "skills"]
Shape = Literal["exponential", "lognormal", "gamma", "constant"]

NOTHING = -1
"""Planned for no service."""
ELSEWHERE = -2
"""Planned for a service that is not played."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A service with arrivals, as its customers meet it."""

    service: str
    arrivals: tuple[float, ...]
    """Contacts expected in every slot."""
    handle_seconds: float
    """Mean handle time at proficiency 1, one contact at a time."""
    shape: Shape = "exponential"
    variation: float = 1.0
    """Standard deviation ÷ mean, of a lognormal or gamma handle time."""
    factors: tuple[float, ...] = (1.0,)
    """How much longer a contact takes while its agent holds 1, 2, 3 … at once."""
    patience_seconds: float | None = None
    """Mean patience; None: nobody ever gives up."""
    priority: int = 0
    deferrable: bool = False
    """Whether contacts wait, the oldest first, for whoever has time, and outlast the night."""
    backlog: int = 0
    """Contacts that wait when the play begins."""
    open_spans: tuple[tuple[float, float], ...] = ()
    """When customers may come, in seconds; always, if empty."""
    shrinkage: float = 0.0
    """Chance of a person who is planned for it to be away in an interval."""
    repeat_share: float = 0.0
    """Chance of an unresolved contact to come back."""
    has_resolution: bool = False
    """Whether some contacts are not resolved the first time."""

    @property
    def is_settled_by_chance(self) -> bool:
        """Whether it is luck if a contact is resolved, or comes back."""
        return self.has_resolution or self.repeat_share > 0

    @property
    def places(self) -> int:
        """Contacts that one agent holds at once, at most."""
        return len(self.factors)


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift of one agent."""

    day: int
    """Day of the horizon on which it starts; negative before it."""
    start: float
    end: float
    breaks: tuple[tuple[float, float], ...] = ()
    """Beginning and length of each break, in order."""
    work: tuple[tuple[float, float, int], ...] = ()
    """Start, end and queue of each planned stretch; queues by position, or `ELSEWHERE`."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A person and what they are planned to do."""

    name: str
    pace: tuple[float, ...]
    """Proficiency by queue; 0 without the skill."""
    resolves: tuple[float, ...]
    """Share of contacts resolved the first time, by queue."""
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything that one replication needs besides its random numbers."""

    slots: int
    step_seconds: float
    """Length of a slot."""
    queues: tuple[Queue, ...]
    agents: tuple[Agent, ...]
    days: int = 1
    """Days of the horizon."""
    routing: Routing = "planned"
    no_show: float = 0.0
    """Chance of a person not to come on a day."""
    repeat_seconds: float = 1800.0
    """Mean time after which an unresolved contact comes back."""

    @property
    def end(self) -> float:
        """End of the horizon, in seconds."""
        return self.slots * self.step_seconds
