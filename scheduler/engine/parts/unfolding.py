"""A part's linear program with breaks of every shift on their own, solved in half the time.

The model counts beginnings of breaks over all shifts of a group, with rows that keep every window
(see `formulation.breaks`): few variables, but most of a part's rows. Here every shift has its own:
z[k, b, t] people who work k begin its break b at t, and Σ_t z[k, b, t] of them work k. That says
the same of windows, as who starts first may rest first. Work between two breaks is left out.

What rows that are left out cost is found afterwards: with the prices of all others, breaks of a
group are a problem of their own, solved for one person on every shift. The best breaks of a shift
do not depend on how many work it, so these prices are best for any numbers, and regard the work
between breaks again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse

from ...formulation.breaks import BreakGroup
from ..layout import Layout
from ..linear import Linear, solve_linear
from ..outcome import Interrupt
from ..program import Floats, Indices, Mask, Program
from ..repeated import PRIMAL, Repeated

DIGITS = 6
"""Decimals of a cent that costs of breaks have: less is noise, in which GLOP loses its way."""


@dataclass(frozen=True)
class Solution:
    """What the unfolded program says of the program as it was."""

    value: float
    values: Floats
    """Of every variable."""
    prices: Floats
    """Dual price of every row."""


class Unfolding:
    """A part's program, and what it is unfolded to.

    Parameters
    ----------
    layout
        The model.
    program, columns
        The part's program, and which of the model's variables each of its variables is.
    """

    def __init__(self, layout: Layout, program: Program, columns: Indices) -> None:
        place = np.full(len(layout.owner), -1, dtype=np.int64)
        place[columns] = np.arange(len(columns))
        groups = [*_groups_within(layout, place)]
        self._is_break, self._is_head = np.zeros((2, len(columns)), dtype=bool)
        for group in groups:
            self._is_break[place[[people.index for people in group.counts]]] = True
            self._is_head[place[[head.people.index for head in group.heads]]] = True
        entries = abs(program.by_row)
        about_others = entries @ ~(self._is_break | self._is_head) > 0
        self._left_out: Mask = (entries @ self._is_break > 0) & ~about_others
        self._folded = program
        own = _own_breaks(groups, place)
        same = scipy.sparse.eye_array(len(columns), format="csc")[:, ~self._is_break]
        counted = _counting(groups, place)[:, own.begun]
        self._fold: Any = scipy.sparse.hstack([same, counted], format="csr")
        """Every variable of the program as it was, from those of the unfolded one."""
        self.program: Program = self._unfolded(own)
        """The unfolded program: variables that count no breaks come first, as they were, and so do
        rows that are kept."""
        self._breaks = self._breaks_of_one_each()
        self._interrupt = Interrupt()

    @cached_property
    def _linear(self) -> Repeated:
        return Repeated(Linear.of(self.program), self._interrupt, PRIMAL)

    def obey(self, interrupt: Interrupt) -> None:
        """Ask somebody else whether to stop from now on."""
        self._interrupt = interrupt

    def within(self, row_high: Floats) -> Program:
        """Give the unfolded program with other upper limits of the rows as they were."""
        kept = row_high[~self._left_out]
        high = np.concatenate([kept, self.program.row_high[len(kept) :]])
        return replace(self.program, row_high=high)

    def solve(self, cost: Floats, row_high: Floats) -> Solution | None:
        """Solve it; None if it has to stop early, or GLOP fails.

        Parameters
        ----------
        cost, row_high
            Of every variable, and of every row, of the program as it was.
        """
        program = self.within(row_high)
        self._linear.interrupt = self._interrupt
        value = self._linear.solve(program.row_low, program.row_high, self._fold.T @ cost)
        if not np.isfinite(value):
            return None
        prices = np.zeros(len(self._left_out))
        prices[~self._left_out] = self._linear.prices()[: np.count_nonzero(~self._left_out)]
        reduced = (cost - self._folded.by_column.T @ prices)[self._is_break]
        breaks = replace(self._breaks, cost=np.round(reduced, DIGITS))
        solved = solve_linear(breaks, self._interrupt)
        if self._interrupt.is_set():
            return None
        if solved is not None:  # all prices are good, also none
            prices[self._left_out] = solved.prices
        return Solution(value, self._fold @ self._linear.values(), prices)

    def _unfolded(self, own: _OwnBreaks) -> Program:
        """Put the unfolded program together."""
        old, kept, same = self._folded, ~self._left_out, ~self._is_break
        of_same = np.cumsum(same) - 1
        added, new = len(own.begun), len(own.heads)
        ones = np.ones(added), (own.shift, np.arange(added))
        heads = -np.ones(new), (np.arange(new), of_same[own.heads])
        sums = scipy.sparse.hstack(
            [
                scipy.sparse.coo_array(heads, (new, np.count_nonzero(same))),
                scipy.sparse.coo_array(ones, (new, added)),
            ]
        )
        matrix = scipy.sparse.vstack([old.by_row[kept] @ self._fold, sums], format="coo")
        most = old.high[own.heads][own.shift]
        return Program(
            low=np.concatenate([old.low[same], np.zeros(added)]),
            high=np.concatenate([old.high[same], most]),
            cost=self._fold.T @ old.cost,
            offset=old.offset,
            row_low=np.concatenate([old.row_low[kept], np.zeros(new)]),
            row_high=np.concatenate([old.row_high[kept], np.zeros(new)]),
            rows=matrix.row.astype(np.int64),
            columns=matrix.col.astype(np.int64),
            entries=matrix.data,
            posted=np.concatenate([old.posted[kept], np.full(new, -1)]),
            is_whole=old.is_whole,
        )

    def _breaks_of_one_each(self) -> Linear:
        """Give the rows that are left out, with one person on every shift."""
        old, out = self._folded, self._left_out
        rows = old.by_row[out]
        there = rows @ self._is_head.astype(float)
        inner = scipy.sparse.csr_array(rows[:, self._is_break])
        size = inner.shape[1]
        return Linear(
            matrix=inner,
            row_low=old.row_low[out] - there,
            row_high=old.row_high[out] - there,
            low=np.zeros(size),
            high=np.full(size, np.inf),
            cost=np.zeros(size),
        )


@dataclass(frozen=True)
class _OwnBreaks:
    """Variables of breaks of single shifts; all by their places in the program as it was."""

    begun: Indices
    """What counts the beginning that each of them is."""
    shift: Indices
    """Index in `heads` of the shift that it is a break of."""
    heads: Indices
    """People on a shift, once for each of its breaks."""


def _groups_within(layout: Layout, place: Indices) -> Iterator[BreakGroup]:
    """Give the groups of breaks in a part."""
    for profile in layout.formulation.coverage.profiles:
        for group in profile.groups:
            heads = [head.people.index for head in group.heads]
            if (place[[*heads, *(people.index for people in group.counts)]] >= 0).all():
                yield group


def _own_breaks(groups: list[BreakGroup], place: Indices) -> _OwnBreaks:
    begun: list[int] = []
    shift: list[int] = []
    heads: list[int] = []
    for group in groups:
        for position, of_minute in enumerate(group.begun):
            for head in group.heads:
                minutes = group.beginnings(head, position)
                begun += [of_minute[minute].index for minute in minutes]
                shift += [len(heads)] * len(minutes)
                heads.append(head.people.index)
    of_begun, of_heads = (place[np.array(found, dtype=np.int64)] for found in (begun, heads))
    return _OwnBreaks(of_begun, np.array(shift, dtype=np.int64), of_heads)


def _counting(groups: list[BreakGroup], place: Indices) -> Any:
    """Give the matrix that tells from beginnings alone what counts them, and what counts up."""
    size = int(place.max(initial=-1)) + 1
    counts, begun = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for group in groups:
        for of_minute, until in zip(group.begun, group.begun_until, strict=True):
            mine = place[[of_minute[minute].index for minute in until]]
            so_far = place[[people.index for people in until.values()]]
            later, earlier = np.tril_indices(len(mine))
            counts += [so_far[later], mine[1:]]
            begun += [mine[earlier], mine[1:]]
    rows, columns = np.concatenate(counts), np.concatenate(begun)
    return scipy.sparse.csc_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
