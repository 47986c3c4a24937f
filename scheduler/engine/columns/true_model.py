"""The true model beside columns: everybody's rosters as values of all its variables, and back."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ...formulation.model import Formulation
from ..improving import improved
from ..layout import Layout
from ..program import Floats, Indices, Mask
from ..subproblem import Values, solve_cut
from .around import Person
from .generation import Search
from .staff import Column

READING = 3.0
"""Times that the model took to build without which it is not read as arrays."""
FOLLOWING = 3.0
"""Seconds for what follows from rosters."""
DAY = 24 * 60

Changed = list[tuple[Person, Column]]
"""People with other rosters."""


class TrueModel:
    """The model of record, which stands where the rosters stand.

    Parameters
    ----------
    formulation
        The model.
    search
        Employees, as columns see them; how to solve, and when to stop.
    price
        Cents for a unit that a row of the team lacks.
    """

    def __init__(self, formulation: Formulation, search: Search, price: float) -> None:
        self.layout = Layout(formulation)
        self._search, self._groups, self._price = search, search.groups, price
        self._limits = replace(search.limits, workers=1, gap=0.0, on_progress=lambda _: None)
        self._team: Indices = np.flatnonzero(~self.layout.is_rule)
        self._values: Values | None = None
        self._standing: dict[Person, Column] = {}
        self._proposed: tuple[dict[Person, Column], Values] | None = None
        """Rosters that were found last, and values for them."""

    @property
    def is_whole(self) -> bool:
        """Whether the arrays say all that the model says."""
        return self.layout.program.is_whole

    @property
    def values(self) -> Values:
        """Values of all variables, as they follow from the rosters."""
        assert self._values is not None
        return self._values

    def choices_of(self, columns: Sequence[Iterable[Column]]) -> Mask:
        """Give the choices that any of some columns have, by group, for all its employees."""
        found = np.zeros(len(self.layout.owner), dtype=bool)
        for group, mine in zip(self._groups, columns, strict=True):
            worked = sorted({choice for column in mine for choice in column.worked})
            for block in group.blocks:
                found[group.chosen[worked] + block.variables.start] = True
        return found

    def follow(self, rosters: Sequence[Sequence[Column]]) -> bool:
        """Work out what follows from rosters; tell whether that was possible in time."""
        every = {(g, i): c for g, mine in enumerate(rosters) for i, c in enumerate(mine)}
        if self._proposed is not None and not _changed(self._proposed[0], every):
            self._standing, self._values = self._proposed
        changed = _changed(self._standing, every)
        if not changed:
            return True
        nothing = np.zeros(len(self.layout.owner), dtype=np.int64)
        before = nothing if self._values is None else self._values
        values = before.copy()
        for person in changed:
            places = self._choices(person)
            values[places] = 0
            values[places[list(every[person].worked)]] = 1
        found = self._followed(values, self._following(changed, values != before))
        if found is None:
            return False
        self._standing, self._values = every, found
        return True

    def _following(self, changed: Sequence[Person], moved: Mask) -> Mask:
        """Give what follows from the choices of some people."""
        layout = self.layout
        free = layout.owner < 0 if self._values is None else self._tied_to(moved)
        for person in changed:
            free[self._block(person)] = True
        following: Mask = free & ~layout.is_choice
        return following

    def _followed(self, values: Values, free: Mask) -> Values | None:
        """Give values for what is free; rows of the team may be missed."""
        program = self.layout.program.missable(self._team, self._price)
        added = len(program.low) - len(values)
        found, run = solve_cut(
            program,
            np.concatenate([values, np.zeros(added, dtype=np.int64)]),
            np.concatenate([free, np.ones(added, dtype=bool)]),
            self._limits,
            min(FOLLOWING, self._search.budget.left),
            presolve=True,
            hinted=False,
        )
        self._search.budget.spend(run.deterministic_time)
        return None if found is None else found[: len(values)]

    def dear_days(self) -> Floats:
        """Give the cents that the team's rows cost on each day, as far as they have one."""
        assert self._values is not None
        layout, days = self.layout, np.zeros(self.layout.days)
        costs = np.where(layout.owner < 0, layout.program.cost * self._values, 0.0)
        missed, units = layout.program.missed(self._values)
        for row, lacks, beyond in zip(missed.tolist(), *np.split(units, 2), strict=True):
            # Where nobody can ever do anything about it, a row has no variable at all.
            first = layout.program.by_row[[row]].indices[:1]
            costs[first] += self._price * (lacks + beyond)
        dear = np.flatnonzero(costs > 0)
        day = layout.moments[0][dear] // DAY
        is_known = (day >= 0) & (day < layout.days)
        np.add.at(days, day[is_known], costs[dear][is_known])
        return days

    def improve(
        self, choices: Mask, seconds: float, draw: random.Random
    ) -> tuple[Changed | None, bool]:
        """Choose some choices anew; `follow` comes before.

        Returns
        -------
        Who has another roster then, None where nothing is found in time; and whether there is
        nothing better.
        """
        assert self._values is not None
        layout, values, program = self.layout, self._values, self.layout.program
        people = np.zeros(len(layout.formulation.employees) + 1, dtype=bool)
        people[layout.owner[choices]] = True
        people[-1] = False
        free = choices | (people[layout.owner] & ~layout.is_choice) | self._tied_to(choices)
        missed, units = program.missed(values)
        if len(missed):
            program = program.missable(missed, self._price, units)
            values = np.concatenate([values, units.astype(np.int64)])
            free = np.concatenate([free, units > 0])
        limits = replace(self._limits, seed=draw.randrange(1 << 30))
        budget = self._search.budget
        found, is_optimal = improved(program, values, free, limits, budget, seconds, branches=False)
        if found is None:
            return None, is_optimal
        found = found[: len(self._values)]
        owners = np.unique(layout.owner[(found != self._values) & layout.is_choice])
        changed = [(person, self._column(person, found)) for person in self._people(owners)]
        self._proposed = {**self._standing, **dict(changed)}, found
        return changed, is_optimal

    def _people(self, owners: Indices) -> list[Person]:
        ids = {self.layout.formulation.employees[owner].employee.id for owner in owners.tolist()}
        return [p for p in self._standing if self._employee(p) in ids]

    def _employee(self, person: Person) -> str:
        g, i = person
        return self._groups[g].blocks[i].employee.id

    def _column(self, person: Person, values: Values) -> Column:
        group, mine = self._groups[person[0]], values[self._block(person)]
        return group.column(mine, int(group.cost @ mine))

    def _block(self, person: Person) -> slice:
        g, i = person
        variables = self._groups[g].blocks[i].variables
        return slice(variables.start, variables.stop)

    def _choices(self, person: Person) -> Indices:
        g, i = person
        return self._groups[g].chosen + self._groups[g].blocks[i].variables.start

    def _tied_to(self, choices: Mask) -> Mask:
        """Give the team's variables in the parts of some choices."""
        layout = self.layout
        parts = np.zeros(len(layout.parts) + 1, dtype=bool)
        parts[layout.part_of[choices]] = True
        parts[-1] = False
        found: Mask = (layout.owner < 0) & parts[layout.part_of]
        return found


def true_model_of(formulation: Formulation, search: Search, price: float) -> TrueModel | None:
    """Read the true model, where its arrays say all that it says, and there is time for it."""
    if search.budget.left <= READING * formulation.size.build_seconds:
        return None
    model = TrueModel(formulation, search, price)
    return model if model.is_whole else None


def _changed(before: Mapping[Person, Column], now: Mapping[Person, Column]) -> list[Person]:
    return [person for person, column in now.items() if before.get(person) is not column]
