"""The linear program of a part, with people who are alike there taken together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import scipy.sparse

from ..branching import least
from ..layout import Layout, Part
from ..outcome import Interrupt
from ..program import Floats, Indices, Program
from .kinds import firsts_of, kinds_of
from .sample import Sample
from .unfolding import Unfolding


@dataclass(frozen=True)
class Most:
    """What the people of each kind work at most in a part, all together."""

    shifts: Floats
    minutes: Floats


@dataclass(frozen=True)
class Worked:
    """What a part's program says of hours."""

    value: float
    """Cents, with hours at their prices."""
    minutes: Floats
    """Minutes that each person works."""


@dataclass(frozen=True)
class Answer(Worked):
    """What a part's program says."""

    prices: Floats
    """Dual price of each of the part's rows."""
    values: Floats
    """Of every variable of `PartProgram.program`."""


class PartProgram:
    """The linear program of a part.

    Parameters
    ----------
    layout, part
        The model, and which part of it.
    most
        Minutes that each person can work in the whole horizon: people are alike together, but a
        shift of more minutes than anybody has is nobody's. No limit, if None.
    """

    def __init__(self, layout: Layout, part: Part, most: Floats | None = None) -> None:
        program = layout.program
        self.rows = part.rows
        matrix = program.by_row[part.rows].tocsc()
        self.team: Indices = part.columns[layout.owner[part.columns] < 0]
        """The team's variables of the part, which come last in `program`."""
        kinds = kinds_of(layout, part, matrix)
        self.people: list[list[int]] = [list(kind) for kind in kinds]
        firsts = firsts_of(kinds)
        mine, once, members = firsts.choices, firsts.sums, firsts.members
        self.choices: Indices = mine
        """Choices of the first of each kind, which come first in `program`."""
        self.kind: Indices = firsts.kind
        """Index in `people` of those who have each of these."""
        self.minutes: Floats = layout.paid[mine].astype(float)
        """Minutes paid for each choice of a kind."""
        each = np.full(len(layout.formulation.employees), np.inf) if most is None else most
        longest = np.array([each[people].max() for people in self.people])
        is_possible = self.minutes <= longest[self.kind]
        hours = once @ scipy.sparse.diags_array(self.minutes)
        self.shifts: Floats = members * len(set(layout.day[mine].tolist()))
        """Most shifts that the people of each kind can work."""
        entries = scipy.sparse.bmat(
            [[matrix[:, mine], matrix[:, self.team]], [once, None], [hours, None]], format="coo"
        )
        without = np.full(2 * len(members), -np.inf)
        self.program = Program(
            low=np.concatenate([np.zeros(len(mine)), program.low[self.team]]),
            high=np.concatenate([members[self.kind] * is_possible, program.high[self.team]]),
            cost=np.concatenate([program.cost[mine], program.cost[self.team]]),
            offset=0.0,
            row_low=np.concatenate([program.row_low[part.rows], without]),
            row_high=self._row_high(program.row_high[part.rows], None),
            rows=entries.row.astype(np.int64),
            columns=entries.col.astype(np.int64),
            entries=entries.data,
            posted=np.concatenate([program.posted[part.rows], np.full(len(without), -1)]),
            is_whole=program.is_whole,
        )
        """The part with people who are alike as numbers."""
        self.unfolding = Unfolding(layout, self.program, np.concatenate([mine, self.team]))
        """The same in another form, in which it is solved; choices come first there, too."""
        self._interrupt = Interrupt()

    def obey(self, interrupt: Interrupt) -> None:
        """Ask somebody else whether to stop from now on."""
        self._interrupt = interrupt
        self.unfolding.obey(interrupt)

    def _row_high(self, of_rows: Floats, most: Most | None) -> Floats:
        shifts, minutes = self.shifts, np.full(len(self.people), np.inf)
        if most is not None:
            shifts, minutes = np.minimum(shifts, most.shifts), most.minutes
        return np.concatenate([of_rows, shifts, minutes])

    def within(self, most: Most) -> Program:
        """Give the part in which the people of each kind work no more than this."""
        high = self._row_high(self.program.row_high[: len(self.rows)], most)
        return replace(self.program, row_high=high)

    def solve(self, price: Floats, most: Most | None = None) -> Answer | None:
        """Solve it; None if it has to stop early, or GLOP fails.

        Parameters
        ----------
        price
            Cents for a minute of each person; the same for people who are alike.
        most
            What the people of each kind work at most; all that they can, if None.
        """
        program = self.program if most is None else self.within(most)
        found = self.unfolding.solve(self._costs(price), program.row_high)
        if found is None:
            return None
        minutes = self._worked(found.values, len(price))
        return Answer(found.value, minutes, found.prices[: len(self.rows)], found.values)

    def least(self, price: Floats, seconds: float, seed: int) -> float | None:
        """Give what it costs at least in whole numbers, as far as that is proved in time.

        Parameters
        ----------
        price
            Cents for a minute of each person; the same for people who are alike.
        """
        return least(replace(self.program, cost=self._costs(price)), seconds, seed)

    def _costs(self, price: Floats) -> Floats:
        """Give what each variable costs, with hours at their prices."""
        cost = self.program.cost.copy()
        cost[: len(self.kind)] += self._of_hours(price)
        return cost

    def solve_sample(self, price: Floats) -> Worked | None:
        """Solve it with a sample of its choices; None if it has to stop early, or GLOP fails.

        Parameters
        ----------
        price
            Cents for a minute of each person; the same for people who are alike.
        """
        cost = self.unfolding.program.cost.copy()
        cost[: len(self.kind)] += self._of_hours(price)
        values = self._sample.solve(cost, self._interrupt)
        if values is None:
            return None
        return Worked(float(cost @ values), self._worked(values, len(price)))

    @cached_property
    def _sample(self) -> Sample:
        return Sample(self.unfolding.program, self.kind)

    def _of_hours(self, price: Floats) -> Floats:
        """Give what the hours of every choice cost, at the price of a minute of each person."""
        first = np.array([people[0] for people in self.people], dtype=np.int64)
        found: Floats = price[first][self.kind] * self.minutes
        return found

    def _worked(self, values: Floats, people: int) -> Floats:
        """Give the minutes that each of so many people works; choices come first in values."""
        return self.of_each(self.minutes * values[: len(self.kind)], people)

    def of_each(self, amounts: Floats, people: int) -> Floats:
        """Divide what every choice amounts to among those of its kind.

        Returns
        -------
        The amount of each of so many people.
        """
        of_kinds = np.bincount(self.kind, amounts, len(self.people)).astype(float)
        return self.divided(of_kinds, people)

    def divided(self, amounts: Floats, people: int) -> Floats:
        """Divide an amount of each kind among those of it; give that of each of so many people."""
        found = np.zeros(people)
        for amount, alike in zip(amounts, self.people, strict=True):
            found[alike] = amount / len(alike)
        return found
