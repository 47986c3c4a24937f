"""What everybody is able to work on some day, with all else as it is in a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse

from ..layout import Layout
from ..program import Floats, Indices, Mask
from ..propagation import tightened
from ..subproblem import Values

TOLERANCE = 1e-6


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
    works = np.bincount(layout.owner[some], values[some], people)
    apart = works > 1
    apart[rules.charged] = True
    return Able(rules.choices & ~apart[layout.owner], rules.must & ~apart, apart)


class _Rules:
    """The rules of people, with all choices but some as they are."""

    def __init__(self, layout: Layout, values: Values, some: Mask) -> None:
        program = layout.program
        follows = (layout.owner >= 0) & ~layout.is_choice
        free = some | follows
        self._places = np.flatnonzero(free)
        rows = np.unique(program.by_column[:, self._places].indices)
        rows = rows[layout.is_rule[rows]]
        outer = program.by_row[rows]
        given = outer @ np.where(free, 0, values)
        self._matrix = scipy.sparse.csr_array(outer[:, self._places])
        self._row_low = program.row_low[rows] - given
        self._row_high = program.row_high[rows] - given
        self._owner = layout.owner[self._places].astype(np.int64)
        self._is_choice = some[self._places]
        self._people = len(layout.formulation.employees)
        self._low, self._high = tightened(
            self._matrix,
            self._row_low,
            self._row_high,
            program.low[self._places],
            program.high[self._places],
        )
        self._cost = program.cost[self._places]
        self._size = len(free)
        self._must = np.zeros(self._people, dtype=bool)
        self._can = self._alone()

    @property
    def choices(self) -> Mask:
        """Of all variables: choices that keep the rules."""
        found = np.zeros(self._size, dtype=bool)
        found[self._places[self._can]] = True
        return found

    @property
    def must(self) -> Mask:
        """Of all people: who cannot stay away."""
        return self._must

    @property
    def charged(self) -> Indices:
        """People whose rules charge something that is not settled whatever is chosen."""
        is_loose = ~self._is_choice & (self._low < self._high)
        return np.unique(self._owner[is_loose & (self._cost != 0)])

    def _alone(self) -> Mask:
        """Tell which choices keep every single row, with no other choice of the person."""
        low, high = (np.where(self._is_choice, 0.0, limit) for limit in (self._low, self._high))
        least, most = _activity(self._matrix, low, high)
        broken = self._is_broken(least, most, slice(None))
        owner = np.zeros(len(broken), dtype=np.int64)
        entries = self._matrix.tocoo()
        owner[entries.row] = self._owner[entries.col]
        to_mend = np.bincount(owner[broken], minlength=self._people)
        self._must = to_mend > 0
        mine = self._is_choice[entries.col]
        row, col, data = entries.row[mine], entries.col[mine], entries.data[mine]
        breaks = self._is_broken(least[row] + data, most[row] + data, row)
        size = len(self._places)
        mends = np.bincount(col[broken[row]], minlength=size)
        fits = (np.bincount(col[breaks], minlength=size) == 0) & (mends == to_mend[self._owner])
        found: Mask = self._is_choice & fits & (self._high >= 1)
        return found

    def _is_broken(self, least: Floats, most: Floats, rows: Indices | slice) -> Mask:
        broken: Mask = (least > self._row_high[rows] + TOLERANCE) | (
            most < self._row_low[rows] - TOLERANCE
        )
        return broken


def _activity(matrix: scipy.sparse.csr_array, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Give the least and the most that rows can come to."""
    rising, falling = matrix.maximum(0), matrix.minimum(0)
    return rising @ low + falling @ high, rising @ high + falling @ low
