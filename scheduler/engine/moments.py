"""When what a variable counts can happen: what is free around some shifts need not be a whole week.

Shifts and breaks have their minutes. A row is about the moments that all of them in it share, such
as an interval, or about all of theirs if they share none, such as a day; what the team decides is
about the moments of its rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse

from .program import Indices

if TYPE_CHECKING:
    from .layout import Layout

FOREVER = 1 << 40


def moments_of(layout: Layout) -> tuple[Indices, Indices]:
    """Give the first and last minute that each variable is about; all, where nothing tells."""
    since, until = _of_presence(layout)
    matrix = scipy.sparse.csr_array(layout.program.by_row[~layout.is_rule])
    for _ in range(2):  # sums of what the team decides have rows of their own
        told = since < FOREVER
        row_since, row_until = _of_rows(matrix, since, until, told)
        by_column = scipy.sparse.csc_array(matrix)
        first = _reduce(np.minimum, row_since, by_column, FOREVER)
        last = _reduce(np.maximum, row_until, by_column, -FOREVER)
        since, until = np.where(told, since, first), np.where(told, until, last)
    nothing = since >= FOREVER
    return np.where(nothing, 0, since), np.where(nothing, FOREVER, until)


def _of_presence(layout: Layout) -> tuple[Indices, Indices]:
    """Give the minutes of choices, headcounts and breaks."""
    since = np.where(layout.is_choice, layout.start, FOREVER)
    until = np.where(layout.is_choice, layout.end, -FOREVER)
    for profile in layout.formulation.coverage.profiles:
        for head in profile.heads:
            place, duty = head.people.index, head.option.duty
            since[place], until[place] = duty.start, duty.end
        for group in profile.groups:
            places = [count.index for count in group.counts]
            since[places] = min(head.option.duty.start for head in group.heads)
            until[places] = max(head.option.duty.end for head in group.heads)
    return since, until


def _of_rows(
    matrix: scipy.sparse.csr_array, since: Indices, until: Indices, told: np.ndarray
) -> tuple[Indices, Indices]:
    """Give what all that is told in a row has in common, or else what it spans."""
    shared_since = _reduce(np.maximum, np.where(told, since, -FOREVER), matrix, -FOREVER)
    shared_until = _reduce(np.minimum, np.where(told, until, FOREVER), matrix, FOREVER)
    first = _reduce(np.minimum, since, matrix, FOREVER)
    last = _reduce(np.maximum, until, matrix, -FOREVER)
    shares = (shared_since < shared_until) & (first < FOREVER)
    return np.where(shares, shared_since, first), np.where(shares, shared_until, last)


def _reduce(how: np.ufunc, of: Indices, matrix: scipy.sparse.csr_array, nothing: int) -> Indices:
    """Reduce, for every row (of a transposed matrix, every column), what its entries have."""
    begins = np.asarray(matrix.indptr[:-1])
    filled = np.diff(matrix.indptr) > 0
    found = np.full(len(begins), nothing, dtype=np.int64)
    if filled.any():
        found[filled] = how.reduceat(of[matrix.indices], begins[filled])
    return found
