"""Moves on one day of a plan, with people who can take each other's place taken together."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

import numpy as np

from ..program import Mask
from ..subproblem import Values
from .day_program import DayProgram
from .incumbent import Incumbent, incumbent_of
from .kinds import Kind, kinds_of
from .moves import SECONDS, Move, Surroundings


class Daily(Move):
    """Changes what people work on a day that is drawn: one on which something is short, if any."""

    at_shortages: ClassVar[float] = 1.0
    """How often it is one of those, while there are any."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around, SECONDS)
        self._kinds: dict[int, list[Kind]] = {}

    def can_help(self, plan: Incumbent) -> bool:  # noqa: ARG002
        """Tell whether it may take as long as it takes."""
        return not self.around.limits.deterministic and bool(self.around.layout.parts)

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Change a day; where nothing is short, nothing may become so."""
        here, layout = self.around, self.around.layout
        day = self._day(plan)
        free = self.free(day)
        if not plan.shortage:
            free[len(day.kind) :] &= ~np.isin(day.besides, layout.lacking)
        numbers = self.numbers(day, free)
        values = None if numbers is None else day.named(numbers)
        return None if values is None else incumbent_of(layout, values, here.price)

    @abstractmethod
    def free(self, day: DayProgram) -> Mask:
        """Tell which variables of a day's program are free."""

    @abstractmethod
    def numbers(self, day: DayProgram, free: Mask) -> Values | None:
        """Give other values of a day's program, or None where nothing was found in time."""

    def _day(self, plan: Incumbent) -> DayProgram:
        layout, draw = self.around.layout, self.around.draw
        short = layout.short_parts(plan.values)
        is_there = bool(short) and draw.random() < self.at_shortages
        number = draw.choice(short if is_there else [*range(len(layout.parts))])
        part = layout.parts[number]
        if number not in self._kinds:
            matrix = layout.program.by_row[part.rows].tocsc()
            self._kinds[number] = kinds_of(layout, part, matrix)
        days = np.unique(layout.day[part.columns])
        day = draw.choice(days[days >= 0].tolist())
        return DayProgram(layout, part, self._kinds[number], day, plan.values)
