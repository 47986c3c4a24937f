"""The time that is left: wall time, or work done where the result must not depend on the clock."""

from __future__ import annotations

import time

from .outcome import Limits


class Budget:
    """Counts time down from the limit.

    Parameters
    ----------
    limits
        What the caller allows; in deterministic mode, its seconds are units of work.
    """

    def __init__(self, limits: Limits) -> None:
        self.started = time.perf_counter()
        self._limits = limits
        self._work = 0.0

    def spend(self, work: float) -> None:
        """Note work that a solver reports."""
        self._work += work

    @property
    def left(self) -> float:
        """Seconds, or units of work, until the limit."""
        if self._limits.interrupt.is_set():
            return 0.0
        spent = self._work if self._limits.deterministic else self.seconds
        return max(0.0, self._limits.time_limit - spent)

    @property
    def seconds(self) -> float:
        """Wall time since the start."""
        return time.perf_counter() - self.started
