"""Diving: from fractions of rosters to one roster for everybody.

The roster with the largest weight is fixed, the others' are priced again, and so on; in a large
team some at a time, and one at a time in the end, where the last gaps are closed. More are fixed at
once where time would not be enough.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from .generation import Search
from .master import Mastered
from .staff import Column

ROUNDS = 8
"""Rounds of pricing after each step, the last of which hardly helps."""
KNOWN = 20
"""Known rosters of each employee to begin with, the best ones: more would slow the master down."""
MORE_ROUNDS = 40
"""Further rounds while a row lacks something."""
LAST = 20
"""People without a roster for each that is fixed in a step: one at a time in the end."""
SHARE = 0.04
"""Share of the staff that is fixed in a step, if there is time for it."""
HASTE = 2.0
"""How much faster steps are on average than the present one: fewer and fewer are left."""
WHOLE = 1 - 1e-6


def dive(
    search: Search, *, completely: bool = True, rounds: int = ROUNDS
) -> list[list[Column]] | None:
    """Fix rosters until everybody has one; None if the master cannot be solved.

    Once time is over, whoever is left gets the roster with the largest weight; or none, unless it
    is to be done completely.

    Returns
    -------
    For every group, a column for each of its employees.
    """
    search = search.lean(KNOWN)
    search.solved = search.master.solve()
    fixed: list[Counter[int]] = [Counter() for _ in search.groups]
    step, hasty = max(1, round(SHARE * sum(group.count for group in search.groups))), 1
    while (left := _without_roster(search, fixed)) and search.solved is not None:
        if not completely and search.budget.left <= 0:
            break
        before = search.budget.left
        some = max(hasty, 1, min(step, sum(left.values()) // LAST))
        for g, number, times in _next(search.solved, fixed, left, some):
            fixed[g][number] += times
            search.master.at_least(g, number, fixed[g][number])
        search.active = set(_without_roster(search, fixed))
        if search.active and search.budget.left > 0:
            search.generate(rounds=rounds, idle=1)
            if search.solved is not None and search.solved.missed > 1e-6:
                search.generate(rounds=MORE_ROUNDS, idle=1)
        hasty = _fitting(sum(left.values()), before - search.budget.left, search.budget.left)
    if search.solved is None:
        return None
    return [
        [search.master.columns[g][number] for number in sorted(taken.elements())]
        for g, taken in enumerate(fixed)
    ]


def _fitting(people: int, last: float, left: float) -> int:
    """Give how many to fix in a step so that the time is enough: steps get faster on the way."""
    return max(1, math.ceil(people * last / (HASTE * left))) if left > 0 else people


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
