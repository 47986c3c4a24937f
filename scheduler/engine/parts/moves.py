"""What the search by parts tries: a move gives another plan, which need not be better."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from ..budget import Budget
from ..cpsat import FEW_WORKERS
from ..outcome import Limits
from ..program import Mask
from ..subproblem import Values, solve_cut
from .branching import branch
from .incumbent import Incumbent, incumbent_of
from .layout import Layout
from .rosters import Rosters

SECONDS, BRANCHING_SECONDS = 3.0, 6.0
"""Time for a move, and for one that branches."""
MEMORY = 0.7
"""Weight of what was learnt of a move before."""
FILLING = ("quick_restart_no_lp", "max_lp")
"""Searches of CP-SAT that are quick where something is short; costs are for relaxations."""


@dataclass(frozen=True)
class Surroundings:
    """What every move needs."""

    layout: Layout
    rosters: Rosters
    price: int
    """Cents for a hundredth of a person that a floor lacks."""
    limits: Limits
    budget: Budget
    draw: random.Random
    promising: Callable[[], Mask | None]
    """Gives the choices that prices speak for, once there are prices."""

    def improve(
        self, plan: Incumbent, free: Mask, seconds: float = BRANCHING_SECONDS
    ) -> tuple[Incumbent | None, bool]:
        """Improve what is free; where nothing is short, nothing may become so.

        Returns
        -------
        The best plan that was found, and whether there is none better.
        """
        if not plan.shortage:
            free = free.copy()
            free[self.layout.lacking] = False
        solve = self._search if self.limits.deterministic else self._branch
        values, is_optimal = solve(plan, free, min(seconds, self.budget.left))
        found = None if values is None else incumbent_of(self.layout, values, self.price)
        return found, is_optimal

    def _branch(self, plan: Incumbent, free: Mask, seconds: float) -> tuple[Values | None, bool]:
        """Branch and bound: the better in the same time, wherever a plan is known."""
        seed = self.draw.randrange(1 << 30)
        return branch(self.layout.program, plan.values, free, seconds, seed)

    def _search(self, plan: Incumbent, free: Mask, seconds: float) -> tuple[Values | None, bool]:
        """Let CP-SAT search, whose work can be counted where the clock must not matter."""
        limits = replace(self.limits, seed=self.draw.randrange(1 << 30))
        strategies = FILLING if plan.shortage else FEW_WORKERS
        program = self.layout.program
        values, run = solve_cut(program, plan.values, free, limits, seconds, strategies=strategies)
        self.budget.spend(run.deterministic_time)
        return values, run.verdict[0] == "optimal"


class Move(ABC):
    """A way to make a plan better.

    Parameters
    ----------
    around
        What every move needs.
    expected
        Seconds that it takes, before anything is known.
    """

    is_quick: ClassVar[bool] = False
    """Whether it is tried before all others, since it takes a fraction of their time."""

    def __init__(self, around: Surroundings, expected: float = SECONDS) -> None:
        self.around, self.expected = around, expected
        self.gain: float | None = None
        """Cents that it saved in a second of late; None before it was tried."""
        self.seconds = self.expected
        """Time that it took of late."""

    def can_help(self, plan: Incumbent) -> bool:  # noqa: ARG002
        """Tell whether there is anything to try."""
        return True

    def remember(self, saved: float, seconds: float) -> None:
        """Learn how it went."""
        gain = saved / seconds
        self.gain = gain if self.gain is None else MEMORY * self.gain + (1 - MEMORY) * gain
        self.seconds = MEMORY * self.seconds + (1 - MEMORY) * seconds

    def forget(self) -> None:
        """Learn anew from the next time on."""
        self.gain, self.seconds = None, self.expected

    @abstractmethod
    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Give another plan, which need not be better."""
