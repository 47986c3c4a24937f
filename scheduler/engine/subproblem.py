"""Subproblems: the true model with most variables kept, cut out of its arrays.

Nothing is posted again: rows lose what is kept, and rows that nothing free can break are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse
from ortools.sat.python import cp_model
from scipy.sparse.csgraph import connected_components

from .cpsat import FEW_WORKERS, Run
from .outcome import Limits
from .program import Floats, Indices, Mask, Program
from .propagation import activity, tightened

Values = Indices
"""A whole number for every variable of a model."""
LARGEST = 1 << 62
"""No limit, as the solver writes it."""


@dataclass(frozen=True)
class Cut:
    """Rows over free variables: row_low ≤ A x ≤ row_high, low ≤ x ≤ high."""

    free: Indices
    """The variables' positions in the whole model."""
    fixed: tuple[Indices, Values]
    """Others that were to be free, but have no choice, and their values."""
    low: Floats
    high: Floats
    matrix: scipy.sparse.csr_array
    row_low: Floats
    row_high: Floats

    def put_into(self, values: Values, numbers: Values) -> Values:
        """Give values of the whole model, with numbers for what is free."""
        found = values.copy()
        found[self.fixed[0]] = self.fixed[1]
        found[self.free] = numbers
        return found


def cut_out(program: Program, values: Values, free: Mask) -> Cut:
    """Cut out what is free, with the rest kept at its values; no more than can really move."""
    places = np.flatnonzero(free)
    touched = np.unique(program.by_column[:, places].indices)
    matrix = program.by_row[touched]
    given = matrix @ np.where(free, 0, values).astype(float)
    row_low, row_high = program.row_low[touched] - given, program.row_high[touched] - given
    inner = scipy.sparse.csr_array(matrix[:, places])
    low, high = tightened(inner, row_low, row_high, program.low[places], program.high[places])
    moves = np.flatnonzero(low < high)
    stays = np.flatnonzero(low >= high)
    given = inner[:, stays] @ low[stays]
    row_low, row_high = row_low - given, row_high - given
    inner = scipy.sparse.csr_array(inner[:, moves])
    fixed = places[stays], low[stays].astype(np.int64)
    low, high = low[moves], high[moves]
    least, most = activity(inner, low, high)
    needed = np.flatnonzero((least < row_low - 1e-6) | (most > row_high + 1e-6))
    return Cut(places[moves], fixed, low, high, inner[needed], row_low[needed], row_high[needed])


def pieces(cut: Cut, around: Indices, pairs: Indices) -> Iterator[Cut]:
    """Give what hangs together, each as a cut of its own.

    Parameters
    ----------
    around
        Variables of the whole model: only pieces with any of them are of interest.
    pairs
        Two rows of variables: those above each other stay together, if both are free.
    """
    size = len(cut.free)
    around = np.searchsorted(cut.free, around[np.isin(around, cut.free)])
    pairs = np.searchsorted(cut.free, pairs[:, np.isin(pairs, cut.free).all(axis=0)])
    tied = scipy.sparse.coo_array((np.ones(pairs.shape[1]), tuple(pairs)), (size, size))
    square = scipy.sparse.bmat([[tied, cut.matrix.T], [cut.matrix, None]], format="csr")
    _, label = connected_components(square, directed=False)
    columns, rows = label[:size], label[size:]
    for number in np.unique(columns[around]):
        yield _piece(cut, np.flatnonzero(rows == number), np.flatnonzero(columns == number))


def _piece(cut: Cut, rows: Indices, columns: Indices) -> Cut:
    return Cut(
        free=cut.free[columns],
        fixed=(cut.fixed[0][:0], cut.fixed[1][:0]),
        low=cut.low[columns],
        high=cut.high[columns],
        matrix=scipy.sparse.csr_array(cut.matrix[rows][:, columns]),
        row_low=cut.row_low[rows],
        row_high=cut.row_high[rows],
    )


def model_of(cut: Cut) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Post a cut, without what it costs."""
    model = cp_model.CpModel()
    variables = [
        model.new_int_var(int(least), int(most), "")
        for least, most in zip(cut.low, cut.high, strict=True)
    ]
    factors = np.rint(cut.matrix.data).astype(np.int64).tolist()
    columns, begins = cut.matrix.indices.tolist(), cut.matrix.indptr.tolist()
    for row in range(len(cut.row_low)):
        here = slice(begins[row], begins[row + 1])
        total = cp_model.LinearExpr.weighted_sum(
            [variables[i] for i in columns[here]], factors[here]
        )
        model.add_linear_constraint(total, _whole(cut.row_low[row]), _whole(cut.row_high[row]))
    return model, variables


def solve_cut(
    program: Program,
    values: Values,
    free: Mask,
    limits: Limits,
    seconds: float,
    *,
    presolve: bool = False,
    hinted: bool = True,
    relaxed: bool = True,
    strategies: Sequence[str] = FEW_WORKERS,
    patience: float = math.inf,
) -> tuple[Values | None, Run]:
    """Find better values for what is free.

    Parameters
    ----------
    values
        Where to begin; what is not free stays as it is.
    presolve
        Whether the solver makes it simpler first.
    hinted
        Whether the values are a solution, and worth beginning with.
    relaxed, strategies, patience
        See `Run`.

    Returns
    -------
    Values of the whole model, or None where nothing was found in time, and the run.
    """
    cut = cut_out(program, values, free)
    model, variables = model_of(cut)
    cost = np.rint(program.cost[cut.free]).astype(np.int64).tolist()
    model.minimize(cp_model.LinearExpr.weighted_sum(variables, cost))
    if hinted:
        for variable, value in zip(variables, values[cut.free].tolist(), strict=True):
            model.add_hint(variable, value)
    run = Run(
        model,
        limits,
        seconds,
        "neighbourhood",
        presolve=presolve,
        relaxed=relaxed,
        strategies=strategies,
        patience=patience,
    )
    if not run.found:
        return None, run
    return cut.put_into(values, run.values), run


def _whole(limit: float) -> int:
    """Give a limit as the solver writes it."""
    if np.isinf(limit):
        return LARGEST if limit > 0 else -LARGEST
    return int(np.rint(limit))
