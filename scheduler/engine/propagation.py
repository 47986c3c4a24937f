"""Bounds of variables, tightened by the rows they stand in."""

from __future__ import annotations

import numpy as np
import scipy.sparse

from .program import Floats

ROUNDS = 12
TOLERANCE = 1e-6


def tightened(
    matrix: scipy.sparse.csr_array, row_low: Floats, row_high: Floats, low: Floats, high: Floats
) -> tuple[Floats, Floats]:
    """Tighten the bounds of whole numbers by row_low ≤ A x ≤ row_high.

    Notes
    -----
    With the least activity L of a row, a x_j ≤ row_high − (L − least a x_j); likewise from below.
    Rounds go on until nothing moves, at most `ROUNDS`.
    """
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    columns, factors = matrix.indices, matrix.data
    rising = factors > 0
    low, high = low.copy(), high.copy()
    for _ in range(ROUNDS):
        at_low, at_high = factors * low[columns], factors * high[columns]
        least, most = np.minimum(at_low, at_high), np.maximum(at_low, at_high)
        fewest = np.bincount(rows, least, matrix.shape[0])
        greatest = np.bincount(rows, most, matrix.shape[0])
        with np.errstate(invalid="ignore"):
            ceiling = (row_high[rows] - fewest[rows] + least) / factors
            floor = (row_low[rows] - greatest[rows] + most) / factors
        upper = np.where(rising, ceiling, floor)
        lower = np.where(rising, floor, ceiling)
        before = high.sum() - low.sum()
        np.minimum.at(high, columns, np.floor(upper + TOLERANCE))
        np.maximum.at(low, columns, np.ceil(lower - TOLERANCE))
        if high.sum() - low.sum() >= before:
            break
    return low, high


def activity(matrix: scipy.sparse.csr_array, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Give the least and the most that rows can come to."""
    rising, falling = matrix.maximum(0), matrix.minimum(0)
    return rising @ low + falling @ high, rising @ high + falling @ low
