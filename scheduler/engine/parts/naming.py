"""Names for numbers: everybody's shifts, so that as many of the planned ones as can be are taken.

Planned numbers know nothing of rest or of whole weeks. A model of the rules of all who have the
same skills, without floors and breaks, says who takes which shift, at least cost; what nobody can
take is left out.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import scipy.sparse

from ..layout import Layout
from ..outcome import Limits
from ..program import Indices, Mask, Program
from ..subproblem import Values, solve_cut
from .rosters import Rosters

UNTAKEN, GAP = 10, 0.001
"""Price of a planned shift that nobody takes, in dearest shifts; and how near to the least cost is
near enough."""


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
    values = np.zeros(len(free), dtype=np.int64)
    quick = replace(limits, gap=max(GAP, limits.gap), on_progress=lambda _: None)
    everyone, end = np.unique(profile[free]).tolist(), time.perf_counter() + seconds
    for done, alike in enumerate(everyone):
        share = (end - time.perf_counter()) / (len(everyone) - done)
        mine = free & (profile == alike)
        found, _ = solve_cut(loose, values, mine, quick, share, presolve=True, hinted=False)
        if found is None:
            return None
        values = found
    values = np.where(owned, values[: len(owned)], planned)
    rosters.leave_out(values, planned)
    return values


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
