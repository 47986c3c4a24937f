"""Boxes: some people on some days choose anew, on the true model.

Columns see one person over all days; a box sees everybody on a few days, or some people over some
weeks. Where columns come to their end slowly, or not at all, it is boxes that save most. CP-SAT
saves more than branch and bound in the same time, once it may simplify the box first
(docs/tried.md).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import numpy as np

from ...formulation.model import Formulation
from ..budget import Allowance
from ..program import Mask
from ..trials import Trial
from .standing import Standing
from .true_model import TrueModel, true_model_of

SECONDS, LEAST_SECONDS, LEFT_SHARE = 6.0, 2.0, 0.1
"""Time for a box: at most, at least, and its share of what is left."""
SMALLEST, LARGEST, FIRST = 60.0, 20_000.0, 1000.0
"""Free choices of a box: limits, and where the adaptation starts."""
EASY = 0.2
"""Share of its time in which a box was solved that was too small."""
AT_COSTS = 0.7
"""How often a box is put where the team's rows cost something."""
SPANS = (7, 14, 28)
"""Days of a box that has some of the people."""


class Box(Trial):
    """Frees some people on some days, as many as can be solved.

    Parameters
    ----------
    standing
        Everybody's rosters.
    model
        Gives the true model; None where there is none.
    days
        Days that are free, for as many people as fit; as many days as fit for everybody, if None.
    draw
        Source of chance.
    guided
        Whether only choices of suggested rosters are freed, besides those that are taken.
    """

    def __init__(
        self,
        standing: Standing,
        model: Callable[[], TrueModel | None],
        days: int | None,
        draw: random.Random,
        *,
        guided: bool = False,
    ) -> None:
        super().__init__(SECONDS)
        self._standing, self._model, self._days, self._draw = standing, model, days, draw
        self._guided = guided
        self.size = FIRST
        """Choices that it frees."""
        self._suggested: Mask | None = None
        self.is_exhausted = False
        """Whether everything was free, and nothing better found."""

    @property
    def can_help(self) -> bool:
        """Whether there is a true model, and what is to guide it."""
        has_guide = not self._guided or self._standing.suggested is not None
        return has_guide and self._model() is not None

    def attempt(self) -> bool:
        """Free boxes for a while, larger and larger ones; tell whether that made it cheaper."""
        budget = self._standing.search.budget
        model = self._model()
        if model is None or not model.follow(self._standing.rosters):
            return False
        seconds = min(SECONDS, max(LEAST_SECONDS, LEFT_SHARE * budget.left))
        soon = Allowance(budget, EASY * seconds)
        better = self._try(model, seconds)
        while soon.left > 0 and not (better or self.is_exhausted or self.size >= LARGEST):
            better = self._try(model, seconds)
        return better

    def _try(self, model: TrueModel, seconds: float) -> bool:
        """Free a box; tell whether that made it cheaper."""
        budget = self._standing.search.budget
        before = budget.left
        choices = self._choices(model)
        changed, is_optimal = model.improve(choices, seconds, self._draw)
        better = bool(changed) and self._standing.take(changed or [])
        everything = np.count_nonzero(choices) == np.count_nonzero(model.layout.is_choice)
        self.is_exhausted = everything and is_optimal and not better
        self._grow((before - budget.left) / seconds, is_optimal=is_optimal, better=better)
        return better

    def _choices(self, model: TrueModel) -> Mask:
        """Give the choices of a box."""
        layout = model.layout
        each = np.count_nonzero(layout.is_choice) / layout.days
        days = self._days or max(1, round(self.size / each))
        among = self._span(model, days)
        if self._guided:
            among &= self._promising(model) | (model.values > 0)
        return layout.of_some(among, self.size, self._draw)

    def _span(self, model: TrueModel, days: int) -> Mask:
        """Give the choices of some days in a row."""
        layout = model.layout
        last = max(0, layout.days - days)
        first = self._draw.randint(0, last)
        dear = model.dear_days()
        if dear.any() and self._draw.random() < AT_COSTS:
            day = self._draw.choices(range(layout.days), dear.tolist())[0]
            first = self._draw.randint(max(0, day - days + 1), min(day, last))
        found: Mask = (layout.day >= first) & (layout.day < first + days)
        return found

    def _promising(self, model: TrueModel) -> Mask:
        """Give the choices that suggested rosters have."""
        if self._suggested is None:
            self._suggested = model.choices_of(self._standing.suggested or [])
        return self._suggested

    def _grow(self, share: float, *, is_optimal: bool, better: bool) -> None:
        """Free more next time where this one was little work, less where it was too much."""
        easy, hard = 2.0 if share < EASY else 1.3, 1.1 if better else 0.8
        factor = easy if is_optimal else hard
        self.size = min(LARGEST, max(SMALLEST, factor * self.size))


def boxes_for(formulation: Formulation, standing: Standing, draw: random.Random) -> list[Box]:
    """Give boxes of all kinds; none can be freed where there is no true model to look at."""

    @cache
    def model() -> TrueModel | None:
        return true_model_of(formulation, standing.search, standing.price)

    days = formulation.instance.horizon.days
    spans = (None, *(span for span in SPANS if span < days), days)
    return [Box(standing, model, n, draw, guided=guided) for guided in (False, True) for n in spans]
