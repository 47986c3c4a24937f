"""Everybody's rosters as values of the model, one person's at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ..columns.routes import pricings_for
from ..columns.staff import Column, group_staff
from ..columns.team_program import TeamProgram
from ..layout import Layout
from ..outcome import Limits
from ..program import Floats, Indices
from ..subproblem import Values
from .placing import Placing
from .worth import Worth

SCALE = 16
"""Grid points of a cent in the costs of rosters."""
LIMIT_SECONDS = 5.0
"""Time for one person's roster, where CP-SAT has to find it."""


def team_rows(layout: Layout) -> TeamProgram:
    """Give the rows that tie the team, as they stand in the model."""
    program = layout.program
    kept = np.flatnonzero(~layout.is_rule)
    matrix = program.by_row[kept].astype(np.int64).tocsc()
    owned = layout.owner >= 0
    mine = sparse.diags_array(owned.astype(np.int64), dtype=np.int64)
    return TeamProgram(
        x_rows=sparse.csc_array(matrix @ mine),
        z_rows=matrix[:, np.flatnonzero(~owned)],
        row_low=program.row_low[kept],
        row_high=program.row_high[kept],
        z_low=program.low[~owned].astype(np.int64),
        z_high=program.high[~owned].astype(np.int64),
        x_low=program.low.astype(np.int64),
        x_high=program.high.astype(np.int64),
        x_cost=np.where(owned, program.cost, 0).astype(np.int64),
        z_cost=program.cost[~owned].astype(np.int64),
        offset=round(program.offset),
        posted=program.posted[kept],
        implied=(),
    )


@dataclass(frozen=True)
class Stint:
    """One shift of a person: variables that are one larger for it."""

    choice: int
    head: int
    begun: tuple[int, ...]


@dataclass(frozen=True)
class Roster:
    """Everything one person works."""

    stints: tuple[Stint, ...] = ()
    cost: int = 0
    """Cents."""


class Rosters:
    """Finds one person's best roster, with breaks, at given costs of presence.

    Parameters
    ----------
    layout
        The model.
    limits
        For what has to be left to CP-SAT.
    """

    def __init__(self, layout: Layout, limits: Limits) -> None:
        self._layout = layout
        self.program = team_rows(layout)
        self.groups = group_staff(layout.formulation, self.program, layout.program)
        self.pricings = pricings_for(self.groups, limits, one_will_do=True)
        self.group_of: dict[str, int] = {
            block.employee.id: index
            for index, group in enumerate(self.groups)
            for block in group.blocks
        }
        self.number_of: dict[str, int] = {
            block.employee.id: number for number, block in enumerate(layout.formulation.employees)
        }
        self.worth = Worth(layout)
        """What presence is worth: programs that every team may ask, one after the other."""
        step = layout.formulation.instance.horizon.interval_minutes
        self.placings: list[list[Placing]] = []
        """The options of each profile, by their breaks."""
        self.head: Indices = np.arange(len(layout.owner))
        """Variable that counts the people who work a choice's option; itself for all others."""
        for profile in layout.formulation.coverage.profiles:
            self.placings.append([Placing(group, step) for group in profile.groups])
            by_option = {head.option: head.people.index for head in profile.heads}
            for block in profile.blocks:
                for choice in block.choices:
                    self.head[choice.worked.index] = by_option[choice.option]

    def best(self, employee: int, costs: Floats, seconds: float) -> Roster | None:
        """Give the cheapest roster that was found.

        Parameters
        ----------
        employee
            Index of the employee's block.
        costs
            What one more in each variable of presence costs, less what it is worth, in cents.
        """
        block = self._layout.formulation.employees[employee]
        if not block.choices:
            return Roster()
        chosen = np.array([choice.worked.index for choice in block.choices])
        profile = int(self._layout.profile[chosen[0]])
        extra = np.zeros(len(costs))
        begun: dict[int, tuple[int, ...]] = {}
        for placing in self.placings[profile]:
            least, places = placing.best(costs)
            extra[placing.heads] = least
            begun.update(zip(placing.heads.tolist(), map(tuple, places.tolist()), strict=True))
        heads = self.head[chosen]
        wanted = np.where(heads == chosen, 0.0, costs[chosen]) + costs[heads] + extra[heads]
        best = self.cheapest(employee, wanted, seconds)
        if best is None:
            return None
        stints = (
            Stint(int(chosen[i]), int(heads[i]), begun.get(int(heads[i]), ())) for i in best.worked
        )
        return Roster(tuple(stints), best.cost)

    def cheapest(self, employee: int, costs: Floats, seconds: float) -> Column | None:
        """Give the cheapest roster that was found, whatever its breaks.

        Parameters
        ----------
        employee
            Index of the employee's block.
        costs
            Of each choice of the block, in cents.
        """
        number = self.group_of[self._layout.formulation.employees[employee].employee.id]
        group = self.groups[number]
        grid = SCALE * group.cost
        grid[group.chosen] = np.rint(SCALE * costs).astype(np.int64)
        found = self.pricings[number].price(grid, SCALE, seconds)
        return found.columns[0] if found.columns else None

    def read(self, values: Values) -> list[Roster]:
        """Give everybody's roster in a solution; breaks go in turn to who started first."""
        program, owner = self._layout.program, self._layout.owner
        stints: list[list[Stint]] = [[] for _ in self._layout.formulation.employees]
        waiting: dict[int, list[int]] = {}
        for choice in np.flatnonzero(self._layout.is_choice & (values > 0)).tolist():
            waiting.setdefault(int(self.head[choice]), []).append(choice)
        for placing in (placing for placings in self.placings for placing in placings):
            for head, begun in placing.in_turn(values):
                choice = waiting[head].pop()
                stints[owner[choice]].append(Stint(choice, head, begun))
        for head, choices in waiting.items():
            for choice in choices:
                stints[owner[choice]].append(Stint(choice, head, ()))
        mine = owner >= 0
        costs = np.bincount(owner[mine], (program.cost * values)[mine], len(stints))
        return [
            Roster(tuple(own), round(cost))
            for own, cost in zip(stints, costs.tolist(), strict=True)
        ]

    def put(self, values: Values, roster: Roster, sign: int) -> None:
        """Add a roster to values, or take it away."""
        for stint in roster.stints:
            values[stint.choice] += sign
            if stint.head != stint.choice:
                values[stint.head] += sign
            values[list(stint.begun)] += sign

    def count(self, values: Values) -> None:
        """Count, from choices and beginnings of breaks, what else presence is made of."""
        counted = np.flatnonzero(self.head != np.arange(len(self.head)))
        values[self.head[counted]] = 0
        np.add.at(values, self.head[counted], values[counted])
        self.settle(values)

    def leave_out(self, values: Values, planned: Values) -> None:
        """Leave out shifts that nobody works, and their breaks.

        Parameters
        ----------
        values
            Who works what, and the breaks of all planned shifts, of which some go.
        planned
            How many people should work what, and their breaks.
        """
        left = np.bincount(self.head, values * self._layout.is_choice, len(values))
        for placing in (placing for placings in self.placings for placing in placings):
            for head, begun in placing.in_turn(planned):
                left[head] -= 1
                if left[head] < 0:
                    values[list(begun)] -= 1
        self.count(values)

    def settle(self, values: Values) -> None:
        """Count who has begun a break by each minute."""
        for placings in self.placings:
            for placing in placings:
                placing.settle(values)
