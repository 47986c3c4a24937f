"""Large-neighbourhood search on the model's arrays, from a plan that may be short."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..budget import Budget
from ..cpsat import FEW_WORKERS
from ..outcome import Limits
from .incumbent import Incumbent, incumbent_of
from .layout import Layout, Mask
from .shapes import SHAPES, Shape, freed
from .subproblem import solve_cut

SECONDS = 3.0
"""Time for a neighbourhood."""
SMALLEST, LARGEST, FIRST = 40.0, 8000.0, 300.0
"""Free choices in a neighbourhood: limits, and where the adaptation starts."""
FILLING = ("quick_restart_no_lp", "max_lp")
"""Searches that are quick where something is short; costs are for those with relaxations."""
PROMISING = 0.6
"""How often only promising choices are freed."""
MEMORY, LEAST_CHANCE = 0.7, 0.1
"""Weight of what was learnt before, and the chance of the worst shape beside the best."""


@dataclass
class _Kind:
    """A shape, and what was learnt about it."""

    shape: Shape
    size: float = FIRST
    """Choices that it frees."""
    gain: float | None = None
    """Cents that it saved in a second of late; None before it was tried."""

    def learn(self, saved: int, seconds: float, *, solved: bool) -> None:
        """Grow what helps or is solved to the end, shrink what is too much."""
        factor = 1.3 if solved else 1.1 if saved else 0.8
        self.size = min(LARGEST, max(SMALLEST, self.size * factor))
        gain = saved / max(seconds, 0.05)
        self.gain = gain if self.gain is None else MEMORY * self.gain + (1 - MEMORY) * gain


class Search:
    """Improves a plan until it is told to stop.

    Parameters
    ----------
    layout, price
        The model, and the cents for a hundredth of a person that a floor lacks.
    limits, budget
        When to stop.
    note
        Told of every better plan.
    good_enough
        Asked whether a plan will do.
    promising
        Asked for the choices that prices speak for, once there are prices.
    """

    def __init__(
        self,
        layout: Layout,
        price: int,
        limits: Limits,
        budget: Budget,
        note: Callable[[Incumbent], None],
        good_enough: Callable[[Incumbent], bool],
        promising: Callable[[], Mask | None],
    ) -> None:
        self._layout, self._price = layout, price
        self._limits = replace(limits, gap=0.0, on_progress=lambda _: None)
        self._budget = budget
        self._note, self._good_enough = note, good_enough
        self._promising = promising
        self._draw = random.Random(limits.seed)
        self._kinds = [_Kind(shape) for shape in SHAPES]

    def improve(self, plan: Incumbent) -> Incumbent:
        """Search neighbourhood after neighbourhood."""
        while self._budget.left > 0 and not self._good_enough(plan):
            found = self._attempt(plan)
            if found is None or found.total > plan.total:
                continue
            if found.total < plan.total:
                self._note(found)
            if plan.shortage and not found.shortage:
                self._forget()
            plan = found
        return plan

    def _attempt(self, plan: Incumbent) -> Incumbent | None:
        """Choose a neighbourhood and solve it."""
        kind = self._kind()
        among = self._layout.is_choice
        promising = self._promising()
        if promising is not None and self._draw.random() < PROMISING:
            among = promising
        choices = kind.shape(self._layout, among, plan, round(kind.size), self._draw)
        free = freed(self._layout, plan, choices)
        limits = replace(self._limits, seed=self._draw.randrange(1 << 30))
        seconds = min(SECONDS, self._budget.left)
        strategies = FILLING if plan.shortage else FEW_WORKERS
        values, run = solve_cut(
            self._layout.program, plan.values, free, limits, seconds, strategies=strategies
        )
        self._budget.spend(run.deterministic_time)
        found = None if values is None else incumbent_of(self._layout, values, self._price)
        saved = 0 if found is None else max(0, plan.total - found.total)
        kind.learn(saved, run.seconds, solved=run.verdict[0] == "optimal")
        return found

    def _forget(self) -> None:
        """Learn anew: what is good at shortages may be bad at cost."""
        for kind in self._kinds:
            kind.gain = None

    def _kind(self) -> _Kind:
        """Draw a shape: each once, then rather those that saved much."""
        untried = [kind for kind in self._kinds if kind.gain is None]
        if untried:
            return untried[0]
        gains = [kind.gain or 0.0 for kind in self._kinds]
        least = LEAST_CHANCE * max(gains) or 1.0
        return self._draw.choices(self._kinds, [max(gain, least) for gain in gains])[0]
