"""Types and small helpers that the queue models share."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def floats(values: ArrayLike, what: str) -> FloatArray:
    """Read finite numbers that are not negative.

    Raises
    ------
    ValueError
        If one of them is negative, infinite or no number.
    """
    array = np.asarray(values, dtype=np.float64)
    if not (np.isfinite(array) & (array >= 0)).all():
        raise ValueError(f"{what}: expected numbers of at least 0, found {array}")
    return array


def whole(values: ArrayLike, what: str) -> FloatArray:
    """Read whole numbers that are not negative."""
    array = floats(values, what)
    if (array != np.floor(array)).any():
        raise ValueError(f"{what}: expected whole numbers, found {array}")
    return array


def broadcast(*arrays: FloatArray) -> tuple[tuple[int, ...], list[FloatArray]]:
    """Give the common shape, and every array in it, flat."""
    together = np.broadcast_arrays(*arrays)
    return together[0].shape, [array.ravel() for array in together]


def positive(value: float, what: str) -> float:
    """Read one finite number above 0."""
    if not 0 < value < np.inf:
        raise ValueError(f"{what}: expected a number above 0, found {value}")
    return float(value)
