"""What is what in a model's arrays: choices, presence, the team's decisions, and parts.

Without the rules of people, the rows of a model usually fall apart into *parts* that share no
variable: the days, where no shift crosses midnight. A part is an easier problem than the whole.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from ..formulation.model import Formulation
from .moments import moments_of
from .program import Floats, Indices, Mask, Program, program_of

DAY = 24 * 60


@dataclass(frozen=True)
class Part:
    """Rows that share variables with each other only, and these variables."""

    rows: Indices
    columns: Indices


class Layout:
    """A model as arrays, with the meaning of its variables.

    Parameters
    ----------
    formulation
        The model; hard floors at a price, so that every roster fits.
    """

    def __init__(self, formulation: Formulation) -> None:
        self.formulation = formulation
        self.program: Program = program_of(formulation.model)
        size = len(self.program.low)
        self.owner: NDArray[np.int32] = np.full(size, -1, dtype=np.int32)
        """Index of the employee that a variable belongs to; -1 for the team's."""
        self.day: NDArray[np.int32] = np.full(size, -1, dtype=np.int32)
        """Day on which a choice starts; -1 for other variables."""
        self.start: NDArray[np.int64] = np.zeros(size, dtype=np.int64)
        self.end: NDArray[np.int64] = np.zeros(size, dtype=np.int64)
        """Minutes at which a choice starts and ends."""
        self.paid: NDArray[np.int64] = np.zeros(size, dtype=np.int64)
        """Paid minutes of a choice."""
        ruled = np.zeros(len(formulation.model.proto.constraints), dtype=bool)
        for index, block in enumerate(formulation.employees):
            self.owner[block.variables.start : block.variables.stop] = index
            ruled[block.constraints.start : block.constraints.stop] = True
            for choice in block.choices:
                place, duty = choice.worked.index, choice.duty
                self.day[place] = duty.day
                self.start[place], self.end[place] = duty.start, duty.end
                self.paid[place] = duty.paid_minutes
        self.is_rule: Mask = ruled[self.program.posted]
        """Whether a row belongs to the rules of one person."""
        self.profile: NDArray[np.int32] = np.full(size, -1, dtype=np.int32)
        """Index of the profile whose presence a variable counts, or whose member chooses."""
        self.is_presence: Mask = np.zeros(size, dtype=bool)
        """Whether a variable counts who is there or rests: what rosters and breaks decide."""
        self.is_head: Mask = np.zeros(size, dtype=bool)
        """Whether a variable counts the people of a profile who work an option."""
        for index, profile in enumerate(formulation.coverage.profiles):
            self.is_head[[head.people.index for head in profile.heads]] = True
            for block in profile.blocks:
                self.profile[[c.worked.index for c in block.choices]] = index
            counted = [v.index for v in profile.counts if self.owner[v.index] < 0]
            self.profile[counted] = index
            self.is_presence[counted] = True

    @property
    def is_choice(self) -> Mask:
        """Whether a variable says that somebody works an option."""
        return self.day >= 0

    @cached_property
    def is_decision(self) -> Mask:
        """Whether a variable decides something; all others follow."""
        found = np.zeros(len(self.owner), dtype=bool)
        found[[variable.index for _, variable in self.formulation.decisions()]] = True
        return found

    def of_some(self, among: Mask, size: float, draw: random.Random) -> Mask:
        """Keep the choices of people drawn one after the other, until there are enough."""
        people = len(self.formulation.employees)
        owned = among & (self.owner >= 0)
        numbers = np.bincount(self.owner[owned], minlength=people)
        order = np.array(draw.sample(range(people), people), dtype=np.int64)
        enough = int(np.searchsorted(np.cumsum(numbers[order]), size)) + 1
        drawn = np.zeros(people + 1, dtype=bool)
        drawn[order[:enough]] = True
        mask: Mask = owned & drawn[self.owner]
        return mask

    @property
    def days(self) -> int:
        """Number of planned days."""
        return self.formulation.instance.horizon.days

    @cached_property
    def start_step(self) -> int:
        """Minutes between two times of the day at which shifts may start, at least."""
        starts = np.unique(self.start[self.is_choice] % DAY)
        return int(np.diff(starts).min(initial=DAY))

    @cached_property
    def lacking(self) -> Indices:
        """Variables of what floors lack."""
        shortages = self.formulation.coverage.shortages
        return np.array([short.missing.index for short in shortages], dtype=np.int64)

    @cached_property
    def lacking_units(self) -> Floats:
        """Hundredths of a person that one of each of these stands for."""
        shortages = self.formulation.coverage.shortages
        return np.array([short.unit for short in shortages], dtype=float)

    def short_parts(self, values: Indices) -> list[int]:
        """Give the parts in which a floor lacks something."""
        parts = self.part_of[self.lacking[values[self.lacking] > 0]]
        return sorted({int(part) for part in parts if part >= 0})

    @property
    def dearest(self) -> int:
        """Cents that no plan exceeds in which nothing is short, whatever rules charge."""
        program = self.program
        most = np.maximum(program.cost * program.low, program.cost * program.high)
        most[self.lacking] = 0
        return math.ceil(float(most.sum()) + program.offset)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Parts with choices in them, in order of their first day."""
        team = np.flatnonzero(~self.is_rule)
        matrix = self.program.by_row[team]
        square = scipy.sparse.bmat([[None, matrix], [matrix.T, None]], format="csr")
        _, label = connected_components(square, directed=False)
        of_row, of_column = label[: len(team)], label[len(team) :]
        first: dict[int, int] = {}
        for place in np.flatnonzero(self.is_choice):
            part = int(of_column[place])
            first[part] = min(first.get(part, self.days), int(self.day[place]))
        return tuple(
            Part(team[of_row == part], np.flatnonzero(of_column == part))
            for part in sorted(first, key=lambda part: (first[part], part))
        )

    @cached_property
    def moments(self) -> tuple[Indices, Indices]:
        """First and last minute that each variable is about."""
        return moments_of(self)

    @cached_property
    def part_of(self) -> NDArray[np.int32]:
        """Index of the part of each variable; -1 for those of people only."""
        found = np.full(len(self.owner), -1, dtype=np.int32)
        for index, part in enumerate(self.parts):
            found[part.columns] = index
        return found
