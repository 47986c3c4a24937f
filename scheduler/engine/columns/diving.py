"""Diving: from fractions of rosters to one roster for everybody.

The roster with the largest weight is fixed, the others' are priced again, and so on: one at a time
if there is time for it, else as many as the time allows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from .generation import Search
from .master import Mastered
from .staff import Column

ROUNDS = 8
"""Rounds of pricing after each step."""
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
    fixed: list[Counter[int]] = [Counter() for _ in search.groups]
    step = 1
    while (left := _without_roster(search, fixed)) and search.solved is not None:
        if not completely and search.budget.left <= 0:
            break
        before = search.budget.left
        for g, number, times in _next(search.solved, fixed, left, step):
            fixed[g][number] += times
            search.master.at_least(g, number, fixed[g][number])
        search.active = set(_without_roster(search, fixed))
        if search.active and search.budget.left > 0:
            search.generate(rounds=rounds)
        step = _fitting(sum(left.values()), before - search.budget.left, search.budget.left)
    search.active = None
    search.master.release()
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
