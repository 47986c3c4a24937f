"""What a solve knows so far: what its best plan costs, and what is proved."""

from __future__ import annotations

import threading
from decimal import Decimal

from ...models.result import TracePoint, relative_gap
from ..budget import Budget
from ..outcome import Limits, Progress
from .incumbent import Incumbent


class Course:
    """Told of plans and bounds by those who search beside each other; passes on what is known.

    Parameters
    ----------
    limits
        Whom to tell, and which gap is good enough.
    budget
        What time it is.
    bound
        Proved lower bound in cents, if there is one.
    """

    def __init__(self, limits: Limits, budget: Budget, bound: int | None) -> None:
        self._limits, self._budget = limits, budget
        self.bound = bound
        """Best proved lower bound in cents."""
        self._cost: int | None = None
        self._trace: list[TracePoint] = []
        self._lock = threading.Lock()

    @property
    def trace(self) -> tuple[TracePoint, ...]:
        """Everything that was passed on."""
        return tuple(self._trace)

    def note_plan(self, plan: Incumbent) -> None:
        """Take note of a plan that is better than all before."""
        if not plan.shortage:
            self._cost = plan.cost
        self._tell(f"{plan.shortage / 100:g} short" if plan.shortage else "polishing")

    def note_bound(self, phase: str, bound: int | None = None) -> None:
        """Take note of what is being done, and of a bound in cents, which may be a lower one."""
        with self._lock:
            if bound is not None and (self.bound is None or bound > self.bound):
                self.bound = bound
        self._tell(phase)

    def is_good_enough(self, plan: Incumbent) -> bool:
        """Tell whether a plan lacks nothing, and its gap is within the limit."""
        if plan.shortage or self.bound is None:
            return False
        gap = relative_gap(Decimal(plan.cost), Decimal(self.bound))
        return gap is not None and gap <= self._limits.gap

    def is_beyond(self, dearest: int) -> bool:
        """Tell whether the bound is above the most that any plan without shortage can cost."""
        return self.bound is not None and self.bound > dearest

    def _tell(self, phase: str) -> None:
        with self._lock:
            cost = None if self._cost is None else Decimal(self._cost) / 100
            proved = None if self.bound is None else Decimal(self.bound) / 100
            point = TracePoint(self._budget.seconds, cost, proved)
            self._trace.append(point)
            self._limits.on_progress(Progress(phase, point))
