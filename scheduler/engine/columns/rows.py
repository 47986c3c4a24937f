"""Rows of the team, and those that others imply, where what a preferred number lacks has a price.

    there ≥ a,  there + u ≥ b,  0 ≤ u ≤ U,  u has a price and is in no other row

is the same as there + u ≥ b, 0 ≤ u ≤ min(U, b − a): one row to price, where two would only have to
share the price.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, MutableSequence, Sequence
from dataclasses import dataclass

from ..program import UNBOUNDED

Terms = dict[int, int]


@dataclass
class Row:
    """Limits of a sum of variables."""

    terms: Terms
    low: float
    high: float
    posted: int
    """Position in the CP-SAT model of the constraint that it stands for."""
    implies: tuple[int, ...] = ()
    """Positions of the constraints that are left out for it."""


def without_implied(
    rows: Sequence[Row], costs: Mapping[int, int], low: Sequence[int], high: MutableSequence[int]
) -> list[Row]:
    """Leave minima out that other rows imply, once upper limits of variables are lowered for that.

    Parameters
    ----------
    rows, costs
        The program.
    low, high
        Limits of all variables, of which `high` is changed.
    """
    appears = Counter(variable for row in rows for variable in row.terms)
    priced = {v for v, cost in costs.items() if cost >= 0 and low[v] == 0 and appears[v] == 1}
    minima = {_key(row.terms): row for row in rows if _is_minimum(row)}
    implied = set()
    for row in rows:
        for missing in _missing(row, priced):
            rest = minima.get(_key({v: f for v, f in row.terms.items() if v != missing}))
            if rest is not None and rest.low <= row.low and rest is not row:
                high[missing] = min(high[missing], round(row.low - rest.low))
                row.implies = (*row.implies, rest.posted)
                implied.add(id(rest))
    return [row for row in rows if id(row) not in implied]


def _key(terms: Terms) -> frozenset[tuple[int, int]]:
    return frozenset(terms.items())


def _is_minimum(row: Row) -> bool:
    return row.high >= UNBOUNDED and row.low > -UNBOUNDED


def _missing(row: Row, priced: Collection[int]) -> list[int]:
    """Give what a minimum may be missed by, if it is one variable."""
    found = [v for v, factor in row.terms.items() if v in priced and factor == 1]
    return found if len(found) == 1 and _is_minimum(row) else []
