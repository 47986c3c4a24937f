"""Planning by numbers: how many people work what in every part, then who they are.

People who are alike are a number in a part's linear program, and a part is a near miss where many
are. Each part in turn is solved within its share of everybody's time and rounded; then names are
given, and what nobody can take is left for others to repair.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np

from ..budget import Allowance, Budget, Until
from ..layout import Layout
from ..outcome import Limits
from ..program import Floats
from ..subproblem import Values
from .naming import named
from .numbers import whole_numbers
from .part_program import Answer, Most, PartProgram
from .reach import Reach
from .rosters import Rosters
from .shares import Shares
from .windows import improved_numbers

ROUGH = 10.0
"""Times that a sample of a part takes that planning the part will, besides branch and bound."""
ALIKE = 3.0
"""People of a kind, on average, with whom rounding costs little, and names lose little; on a single
day, any number of them."""
LATE, AFTER = 0.75, 0.03
"""Share of the time left by when planning by numbers is to be done, else it is given up; and how
many seconds sooner, for each day of a person, to be begun: what names lose is planned anew."""
BRANCHING_SHARE, LEAST_SECONDS, MOST_SECONDS = 0.15, 2.0, 8.0
"""Time for each search by branch and bound: all of them together, and limits of one."""
IMPROVING_SHARE, LEAST_IMPROVING = 0.2, 6.0
"""Time for making the numbers of all parts cheaper, and how much of it a part needs at least."""
FULL = 0.75
"""Share of the minutes that people can work in all which parts may call for together: where it is
more, names lose much of what was planned, and rosters have as good a plan sooner."""
LACKING = 100.0
"""Hundredths of person-intervals that a part may lack within its share: where it lacks more, people
have too few hours to be divided beforehand, and others find them sooner."""
NAMING_SECONDS = 30.0
"""Time to give names, at most; as a rule it takes one."""
FIRST_SECONDS, CROWD, AT_MOST = 0.03, 200, 3.0
"""Seconds of a thread that first rosters are expected to take, for each day of a person; how many
people count, since more of them take hardly more time; and times of that which they may take."""


class Meanwhile(Protocol):
    """Does something else while parts are planned."""

    def __call__(self, budget: Budget, *, goes_on: bool) -> None:
        """Do it until the budget is used up; no longer than of use, unless it goes on."""


class Planning:
    """One try.

    Parameters
    ----------
    layout, rosters, reach
        The model, everybody in it, and how much they can work.
    program
        Gives the linear program of a part, by its number.
    limits, budget
        When to stop.
    """

    def __init__(
        self,
        layout: Layout,
        rosters: Rosters,
        reach: Reach,
        program: Callable[[int], PartProgram],
        limits: Limits,
        budget: Budget,
    ) -> None:
        self._layout, self._rosters, self._reach = layout, rosters, reach
        self._program, self._limits, self._budget = program, limits, budget
        self._parts = len(layout.parts)
        self._threads = min(limits.workers, self._parts)
        self._soon = Allowance(budget, LATE * budget.left)
        instance = layout.formulation.instance
        people, days = len(instance.employees), instance.horizon.days
        self._first = FIRST_SECONDS * min(people, CROWD) * days
        """Seconds of a thread that first rosters are expected to take."""
        self._expected = 0.0
        """Seconds of a thread that planning is expected to take."""
        self._spare = AFTER * people * days
        """Seconds by which it should be done sooner, to be begun."""
        each = BRANCHING_SHARE * budget.left * self._threads / self._parts
        self._seconds = min(MOST_SECONDS, max(LEAST_SECONDS, each))
        improving = IMPROVING_SHARE * budget.left * self._threads / self._parts
        self._improving = improving if improving >= LEAST_IMPROVING else 0.0
        self._lock = threading.Lock()
        self._has_failed = False
        self._answers: dict[int, Answer] = {}
        self.planned: Values = np.zeros(len(layout.owner), dtype=np.int64)
        """Values of the team's variables, as they were planned before anybody had a name."""

    def run(self, note: Callable[[str], None], meanwhile: Meanwhile) -> Values | None:
        """Plan.

        Parameters
        ----------
        note
            Told what was done.
        meanwhile
            Makes first rosters: before parts are planned where there is time for both, beside them
            where there is a thread that would have nothing to do.

        Returns
        -------
        Values of everybody's variables, and of what the team decides in every part; None where
        few are alike, nearly all their time is needed, or there is no time for it.
        """
        if self._parts > 1 and not _are_alike(self._program(0)):
            return None
        wanted = self._wanted()
        if wanted is None:
            return None
        reach = self._reach
        if wanted.sum() > FULL * reach.most.sum():
            return None
        note("planning")
        shares = Shares(reach.shifts, reach.most, wanted)

        def plan(number: int) -> None:
            # No "|=": it would read the old value before the part is planned, and write that back.
            if not self._plan(number, shares):
                self._has_failed = True
            note("planning")

        goes_on = self._limits.workers > self._parts
        rosters = Allowance(self._soon, self._for_rosters(goes_on=goes_on))
        with ThreadPoolExecutor(max_workers=self._threads + goes_on) as pool:
            others = pool.submit(meanwhile, rosters, goes_on=goes_on)
            list(pool.map(plan, range(self._parts)))
            rosters.close()
            others.result()
        if self._has_failed:
            return None
        seconds = min(NAMING_SECONDS, self._budget.left)
        return named(self._layout, self._rosters, self.planned, self._limits, seconds)

    @property
    def answers(self) -> list[Answer]:
        """What the linear programs of all parts said; nothing unless all were solved."""
        if len(self._answers) < self._parts:
            return []
        return [self._answers[number] for number in range(self._parts)]

    def _wanted(self) -> Floats | None:
        """Give the minutes that each part calls for, roughly; None where there is no time."""
        found = []
        for number in range(self._parts):
            started = time.perf_counter()
            part = self._program(number)
            part.obey(Until(self._soon))
            answer = part.solve_sample(np.zeros(len(self._layout.formulation.employees)))
            seconds = ROUGH * (time.perf_counter() - started) + 2 * LEAST_SECONDS
            seconds += self._improving
            parts_left = self._parts - number
            if answer is None or not self._has_time(seconds, parts_left, self._spare):
                return None
            found.append(answer.minutes.sum())
            self._expected += seconds
        return np.array(found)

    def _for_rosters(self, *, goes_on: bool) -> float:
        """Give the seconds that first rosters may take beside all parts, or before them."""
        if goes_on:
            return self._soon.left
        has_time = self._has_time(self._expected + self._first, 1, self._spare)
        return AT_MOST * self._first if has_time else 0.0

    def _has_time(self, seconds: float, parts: int, spare: float = 0.0) -> bool:
        """Tell whether there is time for some parts, of so many seconds each, and some to spare."""
        return seconds * parts / self._threads <= self._soon.left - spare

    def _plan(self, number: int, shares: Shares) -> bool:
        """Plan a part; tell whether there are numbers for it."""
        if self._has_failed:
            return False
        started, part = time.perf_counter(), self._program(number)
        part.obey(Until(self._soon))
        with self._lock:
            most = shares.of(number, part)
        people = len(self._layout.formulation.employees)
        answer = part.solve(np.zeros(people), most)
        if answer is None or self._lacks(part, answer.values) > LACKING:
            return False
        self._answers[number] = answer
        limits = [most]
        if self._parts > 1:  # better to lose a name than to lack people from the start
            with self._lock:
                limits.insert(0, shares.granted(number, part, most))
        found = self._numbers(number, part, answer, limits)
        if found is None:
            return False
        with self._lock:
            shares.note(number, part, found[: len(part.kind)].astype(float))
            self._put(part, found)
        left = self._parts - number - 1
        # Once half is done, it is worth going on.
        done = left <= self._parts / 2
        return done or self._has_time(time.perf_counter() - started, left)

    def _numbers(
        self, number: int, part: PartProgram, answer: Answer, limits: list[Most]
    ) -> Values | None:
        """Give whole numbers within the first of some limits that do, or the last that have any."""
        found, within = None, limits[0]
        for each in limits:
            again = whole_numbers(part, answer.values, each, self._seconds, self._soon)
            if again is not None:
                found, within = again, each
                if self._lacks(part, found) <= LACKING:
                    break
        if found is None:
            return None
        draw = random.Random(self._limits.seed + number)
        soon = Allowance(self._soon, self._improving)
        return improved_numbers(self._layout, part, found, within, soon, draw)

    def _lacks(self, part: PartProgram, values: Floats | Values) -> float:
        """Give the hundredths of person-intervals that floors lack in a part."""
        units = np.zeros(len(self._layout.owner))
        units[self._layout.lacking] = self._layout.lacking_units
        return float(units[part.team] @ values[len(part.kind) :])

    def _put(self, part: PartProgram, found: Values) -> None:
        """Take over what the team decides; where one person is a kind, also what they work."""
        numbers = found[: len(part.kind)]
        self.planned[part.team] = found[len(part.kind) :]
        alone = self._rosters.head[part.choices] == part.choices
        self.planned[part.choices[alone]] = numbers[alone]


def _are_alike(part: PartProgram) -> bool:
    """Tell whether there are few kinds of people."""
    return sum(map(len, part.people)) >= ALIKE * len(part.people)
