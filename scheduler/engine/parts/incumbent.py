"""The best plan so far, as values of every variable of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ...formulation.model import Decision
from ..layout import Layout
from ..neighbourhood import Plan, plan_with
from ..subproblem import Values
from .rosters import Rosters


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


def is_complete(plan: Incumbent) -> bool:
    """Tell whether nothing is short."""
    return not plan.shortage


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
