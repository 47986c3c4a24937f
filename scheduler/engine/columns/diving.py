"""Diving: from fractions of rosters to one roster for everybody.

The roster with the largest weight is fixed, the others' are priced again, and so on; in a large
team some at a time, and one at a time in the end, where the last gaps are closed. More are fixed at
once where time would not be enough. Where one that is fixed costs much, others are tried in its
place: limited backtracking, as in Sadykov, Vanderbeck, Pessoa, Tahiri and Uchoa (2019).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from ..budget import Allowance
from .choosing import lean
from .fixing import Fixed, Step
from .generation import Search
from .master import Mastered
from .staff import Column

ROUNDS = 8
"""Rounds of pricing after each step, the last of which hardly helps."""
KNOWN = 20
"""Known rosters of each employee to begin with, the best ones: more would slow the master down."""
MORE_ROUNDS, STALLED = 40, 4
"""Further rounds after a step that cost much, and how many in a row may hardly help."""
LEAP = 2e-3
"""Share of all costs from which on a step cost much: whoever is left lacks columns."""
OTHERS = 2
"""Others that are tried in the place of a roster that cost as much, where there is time for it."""
LAST = 20
"""People without a roster for each that is fixed in a step: one at a time in the end."""
SHARE = 0.04
"""Share of the staff that is fixed in a step, if there is time for it."""
HARDLY = 2e-4
"""Share of all costs that steps may cost together before anybody is priced again: as long
as known rosters fit each other, there is no need of others."""
STEP = 0.07
"""Share of the time left that pricing after a step may take."""
RECENT = 0.3
"""Weight of the last step in how long steps take."""


def dive(
    search: Search,
    *,
    rounds: int = ROUNDS,
    until: Callable[[], int] | None = None,
    draw: random.Random | None = None,
) -> list[list[Column]] | None:
    """Fix rosters until everybody has one; None if the master cannot be solved.

    Once time is over, whoever is left gets the roster with the largest weight.

    Parameters
    ----------
    search
        Columns, and how others are found.
    rounds
        Rounds of pricing after each step.
    until
        Tells the cents that other rosters cost by now. With these in hand, it ends where as many
        are reached, or a row lacks what nobody who is left can bring: then whoever is left has
        none.
    draw
        Source of chance: with one, fractions that are nearly as large may be fixed first.

    Returns
    -------
    For every group, a column for each of its employees.
    """
    search = lean(search, KNOWN)
    search.solved = search.master.solve()
    return None if search.solved is None else _Dive(search, search.solved, draw).run(rounds, until)


class _Dive:
    """Fixes rosters, some at a time, and prices whoever is left."""

    def __init__(self, search: Search, solved: Mastered, draw: random.Random | None) -> None:
        self._search, self._budget = search, search.budget
        self._fixed = Fixed(search, draw)
        self._step = max(1, round(SHARE * sum(group.count for group in search.groups)))
        self._solved = solved
        self._value = solved.value
        """The master's value when whoever is left was priced last."""
        self._hardly = HARDLY * abs(solved.value + search.program.offset)

    def run(self, rounds: int, until: Callable[[], int] | None) -> list[list[Column]]:
        """Go down; see `dive`."""
        hasty, others, pace = 1, OTHERS, 0.0
        while left := self._fixed.left:
            before, people = self._budget.left, sum(left.values())
            some = max(hasty, 1, min(self._step, people // LAST))
            self._go_down(some, rounds, others)
            if until is not None and self._goes_on and self._is_beyond(until()):
                break
            seconds = before - self._budget.left
            pace = (1 - RECENT) * pace + RECENT * seconds if pace else seconds
            hasty = _fitting(people, pace, self._budget.left)
            is_ample = _fitting(people, (1 + OTHERS) * pace, self._budget.left) == 1
            others = OTHERS if is_ample else 0
        return self._fixed.rosters

    @property
    def _goes_on(self) -> bool:
        """Whether there is anybody left, and time."""
        return bool(self._search.active) and self._budget.left > 0

    def _go_down(self, some: int, rounds: int, others: int) -> None:
        """Fix some rosters; where a single one costs much, rather another that costs less."""
        before, value = self._solved.value, self._value
        tried: list[tuple[float, Step]] = []
        while True:
            step = self._fixed.fix(self._solved, some)
            if not self._goes_on:
                break
            self._price(rounds)
            tried.append((self._solved.value, step))
            costs_much = self._solved.value - before > _leap(self._search, before)
            if some > 1 or not costs_much or len(tried) > others:
                break
            if not self._goes_on or not self._fixed.take_back(step):
                break
            self._solve()
            self._value = value
        self._fixed.readmit()
        cost, best = min(tried, key=lambda item: item[0], default=(0.0, step))
        if best is not step and self._goes_on:
            self._fixed.change(step, -1)
            self._fixed.change(best)
            self._solve()
            self._value = cost

    def _is_beyond(self, cost: int) -> bool:
        """Tell whether rosters cost as many cents, or lack what nobody can bring who is left."""
        return self._solved.lacks or self._solved.value + self._search.program.offset >= cost

    def _price(self, rounds: int) -> None:
        """Price whoever is left, if steps have cost something since that was done last."""
        search = self._search
        now = self._solve()
        if now.lacks or now.value - self._value > self._hardly:
            search.budget = Allowance(self._budget, STEP * self._budget.left)
            _go_on(search, self._value, rounds)
            search.budget = self._budget
            self._solved = search.solved or now
            self._value = self._solved.value

    def _solve(self) -> Mastered:
        """Solve the master as it is."""
        self._solved = self._search.solved = self._search.master.solve() or self._solved
        return self._solved


def _go_on(search: Search, value: float, rounds: int) -> None:
    """Price whoever is left, for longer where the last step cost much or a row lacks something."""
    search.generate(rounds=rounds, idle=1)
    for _ in range(MORE_ROUNDS // rounds):
        if search.solved is None or search.converged or search.budget.left <= 0:
            return
        now = search.solved.value
        leap = _leap(search, now)
        if not search.solved.lacks and now - value <= leap:
            return
        search.generate(rounds=rounds, idle=STALLED)
        if search.solved is not None and now - search.solved.value <= leap / 2:
            return


def _fitting(people: int, pace: float, left: float) -> int:
    """Give how many to fix in a step of so many seconds, so that the time is enough."""
    return max(1, math.ceil(people * pace / left)) if left > 0 else people


def _leap(search: Search, value: float) -> float:
    """Give the cents from which on a step costs much."""
    return LEAP * abs(value + search.program.offset)
