"""Rounded covering rows: what whole people must reach, where paces are parts of a person.

From Σ_j a_j x_j ≥ b over whole numbers follows, for any d with β = b mod d > 0, the mixed-integer
rounding row

    Σ_j (⌊a_j/d⌋ β + min(a_j mod d, β)) x_j ≥ ⌈b/d⌉ β

(Nemhauser and Wolsey 1990). One person of pace 0.9 does not do the work of one; the row for d = 99
says so: 2 x_1.0 + x_0.9 ≥ 2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

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
        Its right side.
    """
    rows = [_rounded(factors, need, d) for d in range(2, max((*factors, need)) + 1) if need % d]
    found: dict[_Row, None] = {}
    for place, factor in enumerate(factors):
        hardest = max((row for row in rows if row[0][place]), key=_hardness(place), default=None)
        if hardest is not None and hardest[1] * factor > need * hardest[0][place]:
            found.setdefault(hardest)
    return tuple((dict(zip(factors, row, strict=True)), side) for row, side in found)


def _rounded(factors: tuple[int, ...], need: int, d: int) -> _Row:
    rest = need % d
    return tuple(a // d * rest + min(a % d, rest) for a in factors), -(-need // d) * rest


def _hardness(place: int) -> Callable[[_Row], tuple[float, float]]:
    """Rank rows by how many of one kind alone they ask for, and of all others."""
    return lambda row: (row[1] / row[0][place], -sum(row[0]) / row[1])
