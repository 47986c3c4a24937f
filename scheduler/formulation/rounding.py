"""Rounded covering rows: what whole people must reach, where paces are parts of a person.

From Σ_j a_j x_j ≥ b over whole numbers follows, for any d with β = b mod d > 0, the mixed-integer
rounding row

    Σ_j (⌊a_j/d⌋ β + min(a_j mod d, β)) x_j ≥ ⌈b/d⌉ β

(Nemhauser and Wolsey 1990). One person of pace 0.9 does not do the work of one; the row for d = 99
says so: 2 x_1.0 + x_0.9 ≥ 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Rounded = tuple[Mapping[int, int], int]
"""The new factor of each factor, and the new right side."""
_Row = tuple[tuple[int, ...], int]


@lru_cache(maxsize=4096)
def rounded_rows(factors: tuple[int, ...], need: int) -> tuple[Rounded, ...]:
    """Give the rows that are hardest on each kind of person alone.

    Parameters
    ----------
    factors
        Different positive factors of a row.
    need
        Its right side; where it is not positive, nothing follows.
    """
    if need <= 0 or not factors:
        return ()
    d = np.arange(2, max((*factors, need)) + 1)
    d = d[need % d > 0]
    rest = need % d
    rows = np.array([a // d * rest + np.minimum(a % d, rest) for a in factors])
    sides = -(-need // d) * rest
    found: dict[_Row, None] = {}
    for place, factor in enumerate(factors):
        hardest = _hardest(rows, sides, place)
        if hardest is not None:
            row, side = tuple(rows[:, hardest].tolist()), int(sides[hardest])
            if side * factor > need * row[place]:
                found.setdefault((row, side))
    return tuple((dict(zip(factors, row, strict=True)), side) for row, side in found)


def _hardest(rows: Integers, sides: Integers, place: int) -> int | None:
    """Rank rows (given as columns) by how many of one kind alone they ask for, then of all."""
    usable = np.flatnonzero(rows[place])
    if not len(usable):
        return None
    alone = sides[usable] / rows[place, usable]
    hardest = usable[alone == alone.max()]
    return int(hardest[np.argmin(rows[:, hardest].sum(axis=0) / sides[hardest])])
