"""Who serves what, with people where they are: each part by itself, in whole people."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from ..budget import Budget
from ..layout import Layout
from ..linear import solve_whole
from ..outcome import Limits
from ..program import Mask
from ..rounding import linear_of
from ..subproblem import Values, cut_out, solve_cut

SECONDS, GAP = 3.0, 0.01
"""Limits of who serves what in one part."""


def everything_but_people(layout: Layout) -> Mask:
    """Give what follows once everybody's shifts and breaks are known."""
    free: Mask = ~layout.is_choice & ~layout.is_presence
    return free


def complete(
    layout: Layout,
    values: Values,
    limits: Limits,
    budget: Budget,
    before: Values | None = None,
    *,
    served: bool = False,
) -> Values | None:
    """Let the team serve with people where they are, and charge what rules and floors lack.

    Parameters
    ----------
    before
        A solution: where its people are the same in a part, they go on serving what they served.
    served
        Whether who serves what stays as it is, too.

    Returns
    -------
    Values of a solution, or None where the rosters break a hard rule, or there is no time.
    """
    everything = everything_but_people(layout) & ~(layout.is_decision & served)
    seconds = min(SECONDS, budget.left)

    def solved(part: int) -> tuple[Values | None, float]:
        """Serve one part: parts share nothing that is still to be found. Give its work, too."""
        mine = layout.part_of == part
        free = everything & mine
        people = ~everything & (mine | (part < 0))
        if not free.any():
            return values, 0.0
        if before is not None and (before == values)[people].all():
            return before, 0.0
        found, work = _served(layout, values, free, limits, seconds)
        if before is None:
            return found, work
        # In no time, a part can come out worse than who served what when there were fewer people.
        as_before = np.where(free, before, values)
        known = [one for one in (found, as_before) if one is not None and _holds(layout, one, free)]
        return min(known, key=lambda one: layout.program.cost @ one, default=None), work

    together = values.copy()
    with ThreadPoolExecutor(limits.workers) as pool:
        parts = range(-1, len(layout.parts))
        for part, (found, work) in zip(parts, pool.map(solved, parts), strict=True):
            budget.spend(work)
            if found is None:
                pool.shutdown(cancel_futures=True)
                return None
            mine = layout.part_of == part
            together[mine] = found[mine]
    return together


def _served(
    layout: Layout, values: Values, free: Mask, limits: Limits, seconds: float
) -> tuple[Values | None, float]:
    """Find who serves what; give the work that it took, where that counts."""
    program = layout.program
    if not limits.deterministic:
        cut = cut_out(program, values, free)
        linear = linear_of(cut, program.cost)
        numbers = solve_whole(linear, limits.interrupt, seconds, GAP)
        found = None if numbers is None else cut.put_into(values, numbers)
        if found is not None and _holds(layout, found, free):
            return found, 0.0
    quick = replace(limits, gap=GAP, workers=1, on_progress=lambda _: None)
    found, run = solve_cut(program, values, free, quick, seconds, presolve=True, hinted=False)
    return found, run.deterministic_time


def _holds(layout: Layout, values: Values, free: Mask) -> bool:
    """Tell whether values keep all rows of what was free: others may be kept by nothing yet."""
    program = layout.program
    rows = np.unique(program.by_column[:, np.flatnonzero(free)].indices)
    return program.keeps(values, rows)
