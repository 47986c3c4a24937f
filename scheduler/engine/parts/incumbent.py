"""The best plan so far, as values of every variable of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...formulation.model import Decision
from ..budget import Budget
from ..layout import Layout
from ..neighbourhood import Plan, plan_with
from ..outcome import Limits
from ..program import Mask
from ..subproblem import Values, solve_cut
from .rosters import Rosters

COMPLETING_SECONDS, COMPLETING_GAP = 3.0, 0.01
"""Limits of who serves what in one part, with people where they are."""


@dataclass(frozen=True)
class Incumbent:
    """A plan that may still be short."""

    values: Values
    cost: int
    """Cents, without the price of shortages."""
    shortage: int
    """Hundredths of person-intervals that hard floors lack."""
    lacking: tuple[tuple[int, ...], ...]
    """Slots of each shortage."""
    total: int
    """Cents, with the price of shortages."""

    @property
    def rank(self) -> tuple[bool, int]:
        """Less for a better plan: no price buys a promise that was kept already."""
        return self.shortage > 0, self.total


def incumbent_of(layout: Layout, values: Values, price: int) -> Incumbent:
    """Price the values of a solution."""
    program = layout.program
    total = round(float(program.cost @ values) + program.offset)
    lacks = [
        (short.slots, int(values[short.missing.index]) * short.unit)
        for short in layout.formulation.coverage.shortages
        if values[short.missing.index]
    ]
    shortage = sum(hundredths for _, hundredths in lacks)
    slots = tuple(slots for slots, _ in lacks)
    return Incumbent(values, total - price * shortage, shortage, slots, total)


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
    quick = replace(limits, gap=COMPLETING_GAP, on_progress=lambda _: None)
    everything = everything_but_people(layout) & ~(layout.is_decision & served)
    for part in range(-1, len(layout.parts)):
        seconds = min(COMPLETING_SECONDS, budget.left)
        free = everything & (layout.part_of == part)
        if not free.any():
            continue
        mine = layout.part_of == part
        people = ~everything & (mine | (part < 0))
        if before is not None and (before == values)[people].all():
            values = np.where(mine, before, values)
            continue
        found, run = solve_cut(
            layout.program, values, free, quick, seconds, presolve=True, hinted=False
        )
        budget.spend(run.deterministic_time)
        if found is None:
            return None
        values = found
    return values


def values_of(layout: Layout, rosters: Rosters, decided: Mapping[Decision, int]) -> Values:
    """Take over what was decided in a model of the same instance; what follows is left at 0."""
    values = np.zeros(len(layout.owner), dtype=np.int64)
    for decision, variable in layout.formulation.decisions():
        values[variable.index] = decided.get(decision, 0)
    rosters.count(values)
    return values


def plan_from_values(layout: Layout, values: Values, price: int) -> Plan | None:
    """Make a plan of values; None where they are no solution of the model."""
    program = layout.program
    if not program.holds(values):
        return None
    total = round(float(program.cost @ values) + program.offset)
    return plan_with(layout.formulation, values, total, price)
