"""What the search by parts tries: a move gives another plan, which need not be better."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from ..budget import Budget
from ..cpsat import FEW_WORKERS, Run
from ..outcome import Limits
from ..program import Mask
from ..subproblem import solve_cut
from .branching import branch
from .incumbent import Incumbent, incumbent_of
from .layout import Layout
from .rosters import Rosters

SECONDS, BRANCHING_SECONDS = 3.0, 6.0
"""Time for a move, and for one that branches."""


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
    workers: Callable[[], int]
    """Gives how many threads may be used."""

    def solve(
        self,
        plan: Incumbent,
        free: Mask,
        strategies: tuple[str, ...] = FEW_WORKERS,
        seconds: float = SECONDS,
    ) -> tuple[Incumbent | None, Run]:
        """Improve what is free; where nothing is short, nothing may become so."""
        if not plan.shortage:
            free = free.copy()
            free[self.layout.lacking] = False
        # A promise that is not kept yet comes before the bound, which a thread looks for meanwhile.
        workers = self.limits.workers if plan.shortage else self.workers()
        limits = replace(self.limits, seed=self.draw.randrange(1 << 30), workers=workers)
        seconds = min(seconds, self.budget.left)
        program = self.layout.program
        values, run = solve_cut(program, plan.values, free, limits, seconds, strategies=strategies)
        self.budget.spend(run.deterministic_time)
        return None if values is None else incumbent_of(self.layout, values, self.price), run

    def branch(self, plan: Incumbent, free: Mask) -> tuple[Incumbent | None, bool]:
        """Improve what is free of a plan that lacks nothing; tell whether it is the best there."""
        free = free.copy()
        free[self.layout.lacking] = False
        seconds = min(BRANCHING_SECONDS, self.budget.left)
        seed = self.draw.randrange(1 << 30)
        values, is_optimal = branch(self.layout.program, plan.values, free, seconds, seed)
        found = None if values is None else incumbent_of(self.layout, values, self.price)
        return found, is_optimal


class Move(ABC):
    """A way to make a plan better.

    Parameters
    ----------
    around
        What every move needs.
    """

    is_quick: ClassVar[bool] = False
    """Whether it is tried before all others, since it takes a fraction of their time."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.gain: float | None = None
        """Cents that it saved in a second of late; None before it was tried."""

    def can_help(self, plan: Incumbent) -> bool:  # noqa: ARG002
        """Tell whether there is anything to try."""
        return True

    @abstractmethod
    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Give another plan, which need not be better."""
