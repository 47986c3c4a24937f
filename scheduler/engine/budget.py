"""The time that is left: wall time, or work done where the result must not depend on the clock."""

from __future__ import annotations

import time

from .outcome import Interrupt, Limits

GRACE = 2.0
"""Seconds past the limit in which setting up may still come to its end."""


class OutOfTimeError(Exception):
    """Setting up has to stop: nothing has been searched yet, and there is nothing to lose."""


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

    def go_on(self) -> None:
        """Let setting up go on, or end it: where somebody asks, or long after the limit.

        Raises
        ------
        OutOfTimeError
            If it has to stop.
        """
        is_late = not self._limits.deterministic and self.seconds > self._limits.time_limit + GRACE
        if is_late or self._limits.interrupt.is_set():
            raise OutOfTimeError

    @property
    def seconds(self) -> float:
        """Wall time since the start."""
        return time.perf_counter() - self.started


class Allowance(Budget):
    """A part of another budget, which it spends.

    Parameters
    ----------
    budget
        The whole.
    seconds
        How much of what is left may be used.
    """

    def __init__(self, budget: Budget, seconds: float) -> None:
        self.started = budget.started
        self._whole = budget
        self._reserve = max(0.0, budget.left - seconds)
        self._is_closed = False

    def spend(self, work: float) -> None:
        """Note work that a solver reports."""
        self._whole.spend(work)

    @property
    def left(self) -> float:
        """Seconds, or units of work, until the allowance is used up."""
        return 0.0 if self._is_closed else max(0.0, self._whole.left - self._reserve)

    def close(self) -> None:
        """Let nothing be left."""
        self._is_closed = True


class Until(Interrupt):
    """A request to stop once a budget is used up, or somebody asks.

    Parameters
    ----------
    budget
        What may be used.
    """

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget

    def is_set(self) -> bool:
        """Tell whether it is time to stop."""
        return super().is_set() or self._budget.left <= 0

    @property
    def left(self) -> float:
        """What is left of the budget."""
        return min(super().left, self._budget.left)
