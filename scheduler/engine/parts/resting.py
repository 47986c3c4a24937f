"""Breaks placed anew, with shifts as they are: of a day, or around a moment where something lacks.

The relaxation of breaks alone is nearly whole: a day of thirty people is proved in seconds.
"""

from __future__ import annotations

import numpy as np

from ..layout import DAY
from ..program import Indices
from .incumbent import Incumbent
from .moves import SECONDS, Move, Surroundings
from .shapes import freed

AROUND = 90
"""Minutes before and after a moment that breaks may move in."""
SOON = 1.0
"""Seconds for the breaks around a moment."""


class Resting(Move):
    """Places the breaks of everybody on a day anew."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        layout, team = around.layout, around.layout.owner < 0
        since, until = layout.moments
        self._columns = [
            np.flatnonzero(
                (layout.day == day) | (team & (since < (day + 1) * DAY) & (until > day * DAY))
            )
            for day in range(layout.days)
        ]
        self._done: dict[int, bytes] = {}
        """Days that were proved, as they were then."""

    def can_help(self, plan: Incumbent) -> bool:
        """Tell whether any day has changed."""
        return bool(self._changed(plan))

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Place the breaks of a day."""
        layout = self.around.layout
        day = self.around.draw.choice(self._changed(plan))
        worked = (layout.day == day) & (plan.values > 0)
        if not worked.any():
            self._done[day] = self._state(plan, day)
            return None
        found, is_optimal = self.around.improve(plan, freed(layout, plan, worked), SECONDS)
        best = plan if found is None else found
        if is_optimal or best.total == plan.total:
            self._done[day] = self._state(best, day)
        return found

    def _changed(self, plan: Incumbent) -> list[int]:
        """Give the days that have changed; while something is short, those where it is."""
        days = sorted(self._short(plan)) or range(len(self._columns))
        return [day for day in days if self._done.get(day) != self._state(plan, day)]

    def _short(self, plan: Incumbent) -> set[int]:
        slots = self.around.layout.formulation.instance.horizon.slots
        days = {slots[slot].day for lacking in plan.lacking for slot in lacking}
        return {min(day, len(self._columns) - 1) for day in days}

    def _state(self, plan: Incumbent, day: int) -> bytes:
        return plan.values[self._columns[day]].tobytes()


class RestingAround(Move):
    """Places breaks anew around a moment where something is short, and lets the team serve there.

    What whole people lack is often little and in one place: this is tried before anything larger.
    """

    is_quick = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around, SOON)
        self._done: dict[int, bytes] = {}
        """Slots around which it was tried, and what was decided there then."""
        self._places: dict[int, Indices] = {}

    def can_help(self, plan: Incumbent) -> bool:
        """Tell whether there is a shortage around which it has not been tried."""
        return bool(self._left(plan))

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Place the breaks around a shortage."""
        slot = self.around.draw.choice(self._left(plan))
        near = self._near(slot)
        free = np.zeros(len(plan.values), dtype=bool)
        free[near] = True
        found, _ = self.around.improve(plan, free, SOON)
        best = plan if found is None else found
        self._done[slot] = best.values[near].tobytes()
        return found

    def _near(self, slot: int) -> Indices:
        """Give the team's variables about the time of a slot; found once, since asked so often."""
        if slot not in self._places:
            self._places[slot] = self._find_near(slot)
        return self._places[slot]

    def _find_near(self, slot: int) -> Indices:
        layout = self.around.layout
        step = layout.formulation.instance.horizon.interval_minutes
        since, until = layout.moments
        near = (since < (slot + 1) * step + AROUND) & (until > slot * step - AROUND)
        return np.flatnonzero(near & (layout.owner < 0))

    def _left(self, plan: Incumbent) -> list[int]:
        short = sorted({slots[len(slots) // 2] for slots in plan.lacking})
        return [s for s in short if self._done.get(s) != plan.values[self._near(s)].tobytes()]
