"""The best plan so far, shared by those who improve it at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from ..budget import Budget
from ..layout import Layout
from .filling import Filling
from .incumbent import Incumbent, incumbent_of
from .moves import Surroundings


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
    """Fills what is short in the best plan, beside a search.

    Parameters
    ----------
    around
        The model, and when to stop.
    shared
        Where the best plan is.
    """

    def __init__(self, around: Surroundings, shared: Shared) -> None:
        self._shared, self._filling = shared, Filling(around)

    def help(self, budget: Budget) -> None:
        """Fill what is short until nothing is, or the budget is used up."""
        while budget.left > 0 and self.attempt():
            pass

    def attempt(self) -> bool:
        """Try once to fill something; tell whether anything was short."""
        plan = self._shared.best
        if plan is None or not self._filling.can_help(plan):
            return False
        found = self._filling.attempt(plan)
        if found is not None:
            self._shared.improved(plan, found)
        return True
