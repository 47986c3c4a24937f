"""Diving: from fractions of rosters to one roster for everybody.

The roster with the largest weight is fixed, the others' are priced again, and so on; in a large
team some at a time, and one at a time in the end, where the last gaps are closed. More are fixed at
once where time would not be enough.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator

from ..budget import Allowance
from .choosing import lean
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
WHOLE = 1 - 1e-6


def dive(
    search: Search, *, rounds: int = ROUNDS, until: Callable[[], int] | None = None
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

    Returns
    -------
    For every group, a column for each of its employees.
    """
    search = lean(search, KNOWN)
    search.solved = search.master.solve()
    return None if search.solved is None else _Dive(search, search.solved).run(rounds, until)


class _Dive:
    """Fixes rosters, some at a time, and prices whoever is left."""

    def __init__(self, search: Search, solved: Mastered) -> None:
        self._search, self._budget = search, search.budget
        self._fixed: list[Counter[int]] = [Counter() for _ in search.groups]
        self._step = max(1, round(SHARE * sum(group.count for group in search.groups)))
        self._solved = solved
        self._value = solved.value
        """The master's value when whoever is left was priced last."""
        self._hardly = HARDLY * abs(solved.value + search.program.offset)

    def run(self, rounds: int, until: Callable[[], int] | None) -> list[list[Column]]:
        """Go down; see `dive`."""
        search, hasty, pace = self._search, 1, 0.0
        while left := _without_roster(search, self._fixed):
            before = self._budget.left
            self._fix(left, max(hasty, 1, min(self._step, sum(left.values()) // LAST)))
            if search.active and self._budget.left > 0:
                self._price(rounds)
                if until is not None and (self._solved.lacks or self._cost >= until()):
                    break
            seconds = before - self._budget.left
            pace = (1 - RECENT) * pace + RECENT * seconds if pace else seconds
            hasty = _fitting(sum(left.values()), pace, self._budget.left)
        return [
            [search.master.columns[g][number] for number in sorted(taken.elements())]
            for g, taken in enumerate(self._fixed)
        ]

    @property
    def _cost(self) -> float:
        """Cents that all rosters cost, as far as the master knows."""
        return self._solved.value + self._search.program.offset

    def _fix(self, left: dict[int, int], some: int) -> None:
        """Give some of those who are left a roster."""
        search = self._search
        for g, number, times in _next(self._solved, self._fixed, left, some):
            self._fixed[g][number] += times
            search.master.at_least(g, number, self._fixed[g][number])
        search.active = set(_without_roster(search, self._fixed))
        for g in left.keys() - search.active:
            search.master.close(g, self._fixed[g])

    def _price(self, rounds: int) -> None:
        """Price whoever is left, if steps have cost something since that was done last."""
        search = self._search
        now = search.solved = search.master.solve() or self._solved
        if now.lacks or now.value - self._value > self._hardly:
            search.budget = Allowance(self._budget, STEP * self._budget.left)
            _go_on(search, self._value, rounds)
            search.budget = self._budget
            now = search.solved or now
            self._value = now.value
        self._solved = now


def _go_on(search: Search, value: float, rounds: int) -> None:
    """Price whoever is left, for longer where the last step cost much or a row lacks something."""
    search.generate(rounds=rounds, idle=1)
    for _ in range(MORE_ROUNDS // rounds):
        if search.solved is None or search.converged or search.budget.left <= 0:
            return
        now = search.solved.value
        leap = LEAP * abs(now + search.program.offset)
        if not search.solved.lacks and now - value <= leap:
            return
        search.generate(rounds=rounds, idle=STALLED)
        if search.solved is not None and now - search.solved.value <= leap / 2:
            return


def _fitting(people: int, pace: float, left: float) -> int:
    """Give how many to fix in a step of so many seconds, so that the time is enough."""
    return max(1, math.ceil(people * pace / left)) if left > 0 else people


def _without_roster(search: Search, fixed: list[Counter[int]]) -> dict[int, int]:
    """Count, by group, who has no roster yet."""
    missing = (
        group.count - taken.total() for group, taken in zip(search.groups, fixed, strict=True)
    )
    return {g: people for g, people in enumerate(missing) if people}


def _next(
    solved: Mastered, fixed: list[Counter[int]], left: dict[int, int], step: int
) -> Iterator[tuple[int, int, int]]:
    """Give (group, column, people) to fix: whole people, and the largest fractions."""
    open_weights = [
        (weight - fixed[g][number], g, number)
        for g in left
        for number, weight in solved.weights[g].items()
    ]
    open_weights.sort(key=lambda item: (-item[0], item[1], item[2]))
    for weight, g, number in open_weights:
        times = int(weight + 1 - WHOLE)
        if not times and step > 0:
            step, times = step - 1, 1
        times = min(times, left[g])
        left[g] -= times
        if times:
            yield g, number, times
