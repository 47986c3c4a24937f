"""Names for numbers: everybody's shifts, so that as many of the planned ones as can be are taken.

Planned numbers know nothing of rest or of whole weeks. One person after the other takes as many
hours of them as their rules allow. From there, a model of the rules of all who have the same
skills, without floors and breaks, says who takes which shift, at least cost; what nobody can take
is left out.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import scipy.sparse

from ..layout import Layout
from ..outcome import Limits
from ..program import Floats, Indices, Mask, Program
from ..subproblem import Values, solve_cut
from .rosters import Rosters

UNTAKEN, GAP = 10, 0.001
"""Price of a planned shift that nobody takes, in dearest shifts; and how near to the least cost is
near enough."""
TAKING, HOURS = 0.4, 1000.0
"""Share of the time in which people take what is left, and what a minute of it is worth, in cents:
so much that nothing else counts."""
LEAST_SECONDS = 0.5
"""Time for those with the same skills, at least: what was planned until then is worth it."""


def named(
    layout: Layout, rosters: Rosters, planned: Values, limits: Limits, seconds: float
) -> Values | None:
    """Give everybody shifts of a plan.

    Parameters
    ----------
    planned
        Values of the team's variables: how many people work which option, and rest when.
    seconds
        Time for it.

    Returns
    -------
    Values of everybody's variables too, with the plan for the shifts that are taken; None where
    nothing is found in time.
    """
    owned = layout.owner >= 0
    wanted = layout.is_choice & (planned[rosters.head] > 0)
    loose, lacks = _program(layout, rosters, planned, wanted)
    free = np.concatenate([owned & (~layout.is_choice | wanted), np.ones(len(lacks), dtype=bool)])
    profile = np.concatenate([_profiles(layout), lacks])
    end = time.perf_counter() + seconds
    taken = _taken(layout, rosters, planned, TAKING * seconds)
    choices = np.flatnonzero(wanted)
    quick = replace(limits, gap=max(GAP, limits.gap), on_progress=lambda _: None)
    values = np.zeros(len(free), dtype=np.int64)
    everyone = np.unique(profile[free]).tolist()
    for done, alike in enumerate(everyone):
        mine = free & (profile == alike)
        values[choices] = np.where(mine[choices], taken[choices], values[choices])
        share = (end - time.perf_counter()) / (len(everyone) - done)
        found = _named(loose, values, mine, choices, quick, max(share, LEAST_SECONDS))
        if found is None:
            return None
        values = found
    values = np.where(owned, values[: len(owned)], planned)
    rosters.leave_out(values, planned)
    return values


def _named(
    loose: Program, begun: Values, mine: Mask, choices: Indices, limits: Limits, seconds: float
) -> Values | None:
    """Say who of those with the same skills takes what, from what they have taken so far."""
    follows = mine.copy()
    follows[choices] = False
    first, _ = solve_cut(loose, begun, follows, limits, seconds, hinted=False)
    start = begun if first is None else first
    found, _ = solve_cut(
        loose, start, mine, limits, seconds, presolve=True, hinted=first is not None
    )
    return first if found is None else found


def _taken(layout: Layout, rosters: Rosters, planned: Values, seconds: float) -> Values:
    """Let one person after the other take the most hours of what is left of a plan.

    Returns
    -------
    For each variable of the model, whether it is a choice that is taken.
    """
    end = time.perf_counter() + seconds
    taken = np.zeros(len(layout.owner), dtype=np.int64)
    left = planned.copy()
    for person, block in enumerate(layout.formulation.employees):
        remaining = end - time.perf_counter()
        if remaining <= 0:
            break
        chosen = np.array([choice.worked.index for choice in block.choices], dtype=np.int64)
        heads = rosters.head[chosen]
        day = layout.day[chosen].astype(np.int64)
        costs = HOURS * _wishes(day, layout.paid[chosen], np.maximum(left[heads], 0))
        found = rosters.cheapest(person, costs, remaining)
        if found is not None:
            mine = chosen[list(found.worked)]
            taken[mine] = 1
            left[rosters.head[mine]] -= 1
    return taken


def _wishes(day: Indices, paid: Indices, left: Indices) -> Floats:
    """Give what shifts cost whoever looks for hours: days on which many are left come first."""
    hours = np.bincount(day, paid * left) if len(day) else np.zeros(1)
    wanted = 1 + hours[day] / max(1.0, hours.max())
    return np.where(left > 0, -paid * wanted, paid + 1.0)


def _profiles(layout: Layout) -> Indices:
    """Give the profile of whoever a variable belongs to; -1 for the team's."""
    of_person = np.full(len(layout.formulation.employees) + 1, -1, dtype=np.int64)
    of_person[layout.owner[layout.is_choice]] = layout.profile[layout.is_choice]
    found: Indices = of_person[layout.owner]
    return found


def _program(
    layout: Layout, rosters: Rosters, planned: Values, wanted: Mask
) -> tuple[Program, Indices]:
    """Give the rules of people, with rows for what is planned, which may lack some at a price.

    Returns
    -------
    The program, and the profile of whoever could take what each of its last variables lacks.
    """
    program = layout.program
    rules = program.by_row[np.flatnonzero(layout.is_rule)]
    choices = np.flatnonzero(wanted)
    heads, first, row = np.unique(rosters.head[choices], return_index=True, return_inverse=True)
    ones = np.ones(len(choices))
    takes = scipy.sparse.csr_array((ones, (row, choices)), (len(heads), rules.shape[1]))
    entries = scipy.sparse.bmat(
        [[rules, None], [takes, scipy.sparse.eye_array(len(heads))]], format="coo"
    )
    numbers = planned[heads].astype(float)
    price = UNTAKEN * float(program.cost[layout.is_choice].max(initial=1.0))
    return Program(
        low=np.concatenate([program.low, np.zeros(len(heads))]),
        high=np.concatenate([program.high, numbers]),
        cost=np.concatenate([program.cost, np.full(len(heads), price)]),
        offset=0.0,
        row_low=np.concatenate([program.row_low[layout.is_rule], numbers]),
        row_high=np.concatenate([program.row_high[layout.is_rule], numbers]),
        rows=entries.row.astype(np.int64),
        columns=entries.col.astype(np.int64),
        entries=entries.data,
        posted=np.full(entries.shape[0], -1),
        is_whole=program.is_whole,
    ), layout.profile[choices[first]].astype(np.int64)
