"""What engines take and give: limits, progress, and an outcome."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from ..models.result import ModelSize, Status, StopReason, TracePoint
from ..models.schedule import Schedule


class Interrupt:
    """A request to stop, set from a signal handler or another thread; the best so far is kept."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the engine to stop soon."""
        self._event.set()

    def is_set(self) -> bool:
        """Tell whether somebody asked."""
        return self._event.is_set()

    @property
    def left(self) -> float:
        """Seconds until it is time to stop, as far as that is known."""
        return 0.0 if self.is_set() else math.inf


@dataclass(frozen=True, slots=True)
class Progress:
    """Something happened: a better schedule, a better bound, or a new phase."""

    phase: str
    point: TracePoint


def _ignore(progress: Progress) -> None:
    """Let progress pass unseen."""


@dataclass(frozen=True)
class Limits:
    """When to stop, and how to run."""

    time_limit: float = 60.0
    """Seconds; in deterministic mode, units of the solver's deterministic time."""
    gap: float = 0.0
    """Stop when the schedule is proved within this share of the best cost."""
    seed: int = 0
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    deterministic: bool = False
    """The same schedule twice, whatever the machine does meanwhile."""
    interrupt: Interrupt = field(default_factory=Interrupt)
    on_progress: Callable[[Progress], None] = _ignore
    start: Schedule | None = None
    """A schedule to begin with, such as one of a nearly equal instance."""


@dataclass(frozen=True)
class Outcome:
    """What an engine found and proved. Costs are integer cents."""

    status: Status
    stop_reason: StopReason
    schedule: Schedule | None
    objective: int | None
    bound: int | None
    trace: tuple[TracePoint, ...]
    size: ModelSize
    notes: tuple[str, ...] = ()
    """What a reader should know."""


def nothing_found(limits: Limits) -> Outcome:
    """Tell that time was up before anything could be searched."""
    return Outcome(
        status="unknown",
        stop_reason="interrupted" if limits.interrupt.is_set() else "time_limit",
        schedule=None,
        objective=None,
        bound=None,
        trace=(),
        size=ModelSize(variables=0, constraints=0, build_seconds=0.0),
        notes=("setting up took all the time: nothing was searched",),
    )
