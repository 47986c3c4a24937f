"""Ways to make a plan better: cut out a neighbourhood, place breaks anew, exchange rosters."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..budget import Allowance, Budget
from ..cpsat import FEW_WORKERS, Run
from ..outcome import Limits
from .exchanging import exchange
from .incumbent import Incumbent, complete, incumbent_of
from .layout import Layout, Mask
from .rosters import Rosters
from .shapes import Shape, freed
from .subproblem import solve_cut
from .team import Team

SECONDS = 3.0
"""Time for a move."""
SMALLEST, LARGEST, FIRST = 40.0, 8000.0, 100.0
"""Free choices in a neighbourhood: limits, and where the adaptation starts."""
FILLING = ("quick_restart_no_lp", "max_lp")
"""Searches that are quick where something is short; costs are for those with relaxations."""
DAY = 24 * 60
PROMISING = 0.6
"""How often only promising choices are freed."""
SHAKEN, NOISE = 2, 0.3
"""People whose rosters are shaken, and by which share prices are wrong then."""


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
        self, plan: Incumbent, free: Mask, strategies: tuple[str, ...]
    ) -> tuple[Incumbent | None, Run]:
        """Improve what is free."""
        # A promise that is not kept yet comes before the bound, which a thread looks for meanwhile.
        workers = self.limits.workers if plan.shortage else self.workers()
        limits = replace(self.limits, seed=self.draw.randrange(1 << 30), workers=workers)
        seconds = min(SECONDS, self.budget.left)
        program = self.layout.program
        values, run = solve_cut(program, plan.values, free, limits, seconds, strategies=strategies)
        self.budget.spend(run.deterministic_time)
        return None if values is None else incumbent_of(self.layout, values, self.price), run


class Move(ABC):
    """A way to make a plan better.

    Parameters
    ----------
    around
        What every move needs.
    """

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


class Cutting(Move):
    """Frees choices of a shape, and grows or shrinks with success.

    Parameters
    ----------
    around
        What every move needs.
    shape
        Which choices are free together.
    """

    def __init__(self, around: Surroundings, shape: Shape) -> None:
        super().__init__(around)
        self._shape = shape
        self.size = FIRST
        """Choices that it frees."""

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Give the best plan of the neighbourhood that was found in time."""
        here = self.around
        among, promising = here.layout.is_choice, here.promising()
        if promising is not None and here.draw.random() < PROMISING:
            among = promising
        choices = self._shape(here.layout, among, plan, round(self.size), here.draw)
        free = freed(here.layout, plan, choices)
        found, run = here.solve(plan, free, FILLING if plan.shortage else FEW_WORKERS)
        saved = found is not None and found.total < plan.total
        factor = 1.3 if run.verdict[0] == "optimal" else 1.1 if saved else 0.8
        self.size = min(LARGEST, max(SMALLEST, self.size * factor))
        return found


class Resting(Move):
    """Places the breaks of everybody on a day anew, with shifts as they are.

    The relaxation of breaks alone is nearly whole: a day of thirty people is proved in seconds.
    """

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
        found, run = self.around.solve(plan, freed(layout, plan, worked), FEW_WORKERS)
        best = plan if found is None else found
        if run.verdict[0] == "optimal" or best.total == plan.total:
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


class Exchanging(Move):
    """Lets one or two people at a time work something else: quick, but blind to whole services."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._team = Team(around.layout, around.rosters, around.budget)
        self._done: bytes | None = None

    def can_help(self, plan: Incumbent) -> bool:
        """Tell whether it has not already ended where the plan is."""
        return self._done != plan.values.tobytes()

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Exchange rosters for a while."""
        here, team = self.around, self._team
        team.take(here.rosters.read(plan.values))
        saved = exchange(team, Allowance(here.budget, SECONDS), here.draw)
        self._done = plan.values.tobytes()
        return None if saved < 1 else self._served(plan)

    def shaken(self, plan: Incumbent) -> Incumbent | None:
        """Give a plan nearby, in which a few people have rosters that are good but not the best."""
        here, team = self.around, self._team
        team.take(here.rosters.read(plan.values))
        for person in here.draw.sample(team.people, min(SHAKEN, len(team.people))):
            before = team.mine[person]
            team.replace(person, None)
            costs = team.worth(1.0)
            noise = np.random.default_rng(here.draw.randrange(1 << 30)).uniform(
                -NOISE, NOISE, len(costs)
            )
            team.rebuild(person, costs * (1 + noise))
            if team.mine[person] is None:
                team.replace(person, before)
        return self._served(plan)

    def _served(self, plan: Incumbent) -> Incumbent | None:
        """Let the team serve with people where they are now."""
        here, team = self.around, self._team
        values = np.where(here.layout.is_choice | here.layout.is_presence, team.values, plan.values)
        here.rosters.settle(values)
        found = complete(here.layout, values, here.limits, here.budget)
        return None if found is None else incumbent_of(here.layout, found, here.price)
