"""The best plan so far, shared by those who improve it at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np

from ..budget import Budget
from ..cpsat import POLL_SECONDS
from ..layout import Layout
from ..outcome import Interrupt
from ..trials import drawn
from .cutting import cuttings
from .filling import Filling
from .incumbent import Incumbent, incumbent_of
from .moves import SECONDS, Move, Surroundings
from .shifting import Shifting


class Shared:
    """Keeps the best plan.

    Parameters
    ----------
    layout, price
        The model, and cents for a hundredth of a person that a floor lacks.
    note
        Told of every better plan.
    """

    def __init__(self, layout: Layout, price: int, note: Callable[[Incumbent], None]) -> None:
        self._layout, self._price, self._note = layout, price, note
        self._lock = threading.Lock()
        self.best: Incumbent | None = None

    def improved(self, base: Incumbent | None, found: Incumbent) -> Incumbent:
        """Give the best plan, once what was found is taken over.

        Parameters
        ----------
        base
            The best plan when the search for what was found began; if there is another one by now,
            what was changed is changed there, too, as far as both go together.
        """
        with self._lock:
            best = self.best
            known = [plan for plan in (best, found, self._both(base, found)) if plan is not None]
            self.best = min(known, key=lambda plan: plan.rank)
            if self.best is not best:
                self._note(self.best)
            return self.best

    def _both(self, base: Incumbent | None, found: Incumbent) -> Incumbent | None:
        """Change in the best plan what was changed in another."""
        if self.best is None or base is None or self.best is base:
            return None
        changed = found.values != base.values
        values = np.where(changed, found.values, self.best.values)
        if not self._layout.program.holds(values):
            return None
        return incumbent_of(self._layout, values, self._price)


class Helper:
    """Fills what is short in the best plan, or makes it cheaper, beside a search.

    Parameters
    ----------
    around
        The model, and when to stop.
    shared
        Where the best plan is.
    """

    def __init__(self, around: Surroundings, shared: Shared) -> None:
        self._around, self._shared = around, shared
        near, *others = cuttings(around)
        self._filling: list[Move] = [near, Shifting(around), Filling(around), *others]
        # Others than these: what is good at shortages may be bad at cost.
        self._cutting: list[Move] = [Shifting(around), *cuttings(around)]

    def help(self, budget: Budget) -> None:
        """Fill what is short until nothing is, or the budget is used up."""
        while budget.left > 0 and self.fill():
            pass

    def go_on(self, interrupt: Interrupt) -> None:
        """Fill, or make the plan cheaper, until somebody asks to stop."""
        while not interrupt.is_set():
            if not self.fill() and not self.polish():
                time.sleep(POLL_SECONDS)

    def fill(self) -> bool:
        """Try once to fill something; tell whether anything was short."""
        plan = self._shared.best
        if plan is None or not self._around.layout.short_parts(plan.values):
            return False
        self._try(drawn(self._filling, SECONDS, self._around.draw), plan)
        return True

    def polish(self) -> bool:
        """Improve a neighbourhood of the best plan; tell whether there is any plan."""
        plan = self._shared.best
        if plan is not None:
            self._try(drawn(self._cutting, SECONDS, self._around.draw), plan)
        return plan is not None

    def _try(self, move: Move, plan: Incumbent) -> None:
        before = self._around.budget.left
        found = move.attempt(plan)
        saved = 0
        if found is not None and found.rank < plan.rank:
            saved = max(0, plan.total - found.total)
            self._shared.improved(plan, found)
        move.remember(saved, before - self._around.budget.left)
