"""What the search by parts tries: a move gives another plan, which need not be better."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from ..budget import Budget
from ..cpsat import FEW_WORKERS
from ..improving import improved
from ..layout import Layout
from ..outcome import Limits
from ..program import Mask
from ..trials import Trial
from .incumbent import Incumbent, incumbent_of
from .rosters import Rosters

SECONDS, BRANCHING_SECONDS = 3.0, 6.0
"""Time for a move, and for one that branches."""
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
        self,
        plan: Incumbent,
        free: Mask,
        seconds: float = BRANCHING_SECONDS,
        *,
        branches: bool = True,
    ) -> tuple[Incumbent | None, bool]:
        """Improve what is free; where nothing is short, nothing may become so.

        Parameters
        ----------
        plan, free, seconds
            From where, what may change, and how long.
        branches
            See `improved`.

        Returns
        -------
        The best plan that was found, and whether there is none better.
        """
        if not plan.shortage:
            free = free.copy()
            free[self.layout.lacking] = False
        values, is_optimal = improved(
            self.layout.program,
            plan.values,
            free,
            replace(self.limits, seed=self.draw.randrange(1 << 30)),
            self.budget,
            seconds,
            FILLING if plan.shortage else FEW_WORKERS,
            branches=branches,
        )
        found = None if values is None else incumbent_of(self.layout, values, self.price)
        return found, is_optimal


class Move(Trial, ABC):
    """A way to make a plan better.

    Parameters
    ----------
    around
        What every move needs.
    expected, promise
        See `Trial`.
    """

    is_quick: ClassVar[bool] = False
    """Whether it is tried before all others, since it takes a fraction of their time."""

    def __init__(
        self, around: Surroundings, expected: float = SECONDS, promise: float = 1.0
    ) -> None:
        super().__init__(expected, promise)
        self.around = around

    def can_help(self, plan: Incumbent) -> bool:  # noqa: ARG002
        """Tell whether there is anything to try."""
        return True

    @abstractmethod
    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Give another plan, which need not be better."""
