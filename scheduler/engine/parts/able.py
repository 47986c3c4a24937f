"""What everybody is able to work on some day, with all else as it is in a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse

from ..layout import Layout
from ..program import Floats, Indices, Mask
from ..propagation import TOLERANCE, activity, tightened
from ..subproblem import Values


@dataclass(frozen=True)
class Able:
    """What is possible for one person at a time, at most one choice each."""

    choices: Mask
    """Of all variables of the model: choices that keep a person's rules."""
    must: Mask
    """Of all people: who cannot stay away."""
    apart: Mask
    """Of all people: those whose rules charge something that depends on what they choose, or who
    work more than one of these choices; for them, the other two say nothing."""


def able(layout: Layout, values: Values, some: Mask) -> Able:
    """Find what people are able to work among some choices.

    What rules count besides (days worked, weekends) follows from choices: it is regarded as far as
    propagation of bounds goes, so that a choice may be found that breaks a rule after all.

    Parameters
    ----------
    layout, values
        The model, and a plan.
    some
        The choices that may change.
    """
    rules = _Rules(layout, values, some)
    people = len(layout.formulation.employees)
    apart = np.bincount(layout.owner[some], values[some], people) > 1
    apart[rules.charged] = True
    can, must = rules.alone(people)
    choices = np.zeros(len(some), dtype=bool)
    choices[rules.places[can]] = True
    return Able(choices & ~apart[layout.owner], must & ~apart, apart)


class _Rules:
    """The rules of people, with all choices but some as they are."""

    def __init__(self, layout: Layout, values: Values, some: Mask) -> None:
        program = layout.program
        free = some | ((layout.owner >= 0) & ~layout.is_choice)
        self.places = np.flatnonzero(free)
        """The choices, and what follows from them, in the model."""
        rows = np.unique(program.by_column[:, self.places].indices)
        rows = rows[layout.is_rule[rows]]
        outer = program.by_row[rows]
        given = outer @ np.where(free, 0, values)
        self._matrix = scipy.sparse.csr_array(outer[:, self.places])
        self._sides = program.row_low[rows] - given, program.row_high[rows] - given
        self._owner = layout.owner[self.places].astype(np.int64)
        self._is_choice = some[self.places]
        self._cost = program.cost[self.places]
        limits = program.low[self.places], program.high[self.places]
        self._low, self._high = tightened(self._matrix, *self._sides, *limits)

    @property
    def charged(self) -> Indices:
        """People whose rules charge something that is not settled whatever is chosen."""
        is_loose = ~self._is_choice & (self._low < self._high)
        return np.unique(self._owner[is_loose & (self._cost != 0)])

    def alone(self, people: int) -> tuple[Mask, Mask]:
        """Tell which choices keep every single row, with no other choice of the person.

        Returns
        -------
        For each place, whether it is such a choice; for each of the people, whether no choice at
        all breaks a row.
        """
        low, high = (np.where(self._is_choice, 0.0, limit) for limit in (self._low, self._high))
        least, most = activity(self._matrix, low, high)
        broken = self._are_broken(least, most, slice(None))
        entries = self._matrix.tocoo()
        owner = np.zeros(len(broken), dtype=np.int64)
        owner[entries.row] = self._owner[entries.col]
        to_mend = np.bincount(owner[broken], minlength=people)
        mine = self._is_choice[entries.col]
        row, column, data = entries.row[mine], entries.col[mine], entries.data[mine]
        breaks = self._are_broken(least[row] + data, most[row] + data, row)
        size = len(self.places)
        broken_by = np.bincount(column[breaks], minlength=size)
        mended_by = np.bincount(column[broken[row]], minlength=size)
        fits = (broken_by == 0) & (mended_by == to_mend[self._owner])
        return self._is_choice & fits & (self._high >= 1), to_mend > 0

    def _are_broken(self, least: Floats, most: Floats, rows: Indices | slice) -> Mask:
        low, high = self._sides
        found: Mask = (least > high[rows] + TOLERANCE) | (most < low[rows] - TOLERANCE)
        return found
