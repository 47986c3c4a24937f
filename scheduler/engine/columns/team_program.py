"""The team's linear program: the coverage block read off the model, in whole numbers.

Every constraint outside the employee blocks that has a linear counterpart is a row over two kinds
of variables: those of employees (x), which columns will replace, and those of the team (z). What
has none is left out, which keeps the bound valid.

A team variable that an equation defines by employees alone, such as a headcount, is put in for:
the rows get fewer, and a headcount's dual price needs not be guessed.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ...formulation.model import Formulation
from ..program import UNBOUNDED, linear_row
from .rows import Row, Terms, without_implied

Integers = NDArray[np.int64]

FEW_ROWS = 4
"""A variable is put in for only where it appears in no more rows: others would fill up."""


@dataclass(frozen=True)
class TeamProgram:
    """minimise cost · (x, z) + offset, row_low ≤ A_x x + A_z z ≤ row_high, z_low ≤ z ≤ z_high.

    Everything is an integer, but for limits that are infinite. x has a place for every variable of
    the CP-SAT model, of which only those of employees are used.
    """

    x_rows: sparse.csc_array
    z_rows: sparse.csc_array
    row_low: NDArray[np.float64]
    row_high: NDArray[np.float64]
    z_low: Integers
    z_high: Integers
    x_low: Integers
    x_high: Integers
    x_cost: Integers
    z_cost: Integers
    offset: int
    posted: Integers
    """Position in the CP-SAT model of the constraint that each row stands for."""
    implied: tuple[tuple[int, int], ...]
    """Rows, and positions of further constraints that these imply."""

    @cached_property
    def z_reach(self) -> NDArray[np.float64]:
        """The largest that each team variable can be, either way."""
        reach: NDArray[np.float64] = np.maximum(abs(self.z_low), abs(self.z_high)).astype(float)
        return reach

    @cached_property
    def z_sizes(self) -> sparse.csr_array:
        """Sizes of the factors that each team variable has in rows."""
        return abs(self.z_rows).T.tocsr()

    @cached_property
    def x_sizes(self) -> sparse.csr_array:
        """Sizes of the factors that each variable of an employee has in rows."""
        return abs(self.x_rows).T.tocsr()

    @cached_property
    def grain(self) -> int:
        """Greatest common divisor of all costs: the objective moves in such steps."""
        return max(1, math.gcd(*map(int, self.x_cost), *map(int, self.z_cost)))

    @cached_property
    def dearest(self) -> int:
        """Give a cost that no schedule exceeds: a bound above it proves that there is none."""
        people = np.maximum(self.x_cost * self.x_low, self.x_cost * self.x_high)
        team = np.maximum(self.z_cost * self.z_low, self.z_cost * self.z_high)
        return self.offset + int(people.sum()) + int(team.sum())

    @cached_property
    def x_reach(self) -> NDArray[np.float64]:
        """The largest that each variable of an employee can be, either way."""
        reach: NDArray[np.float64] = np.maximum(abs(self.x_low), abs(self.x_high)).astype(float)
        return reach

    def rounded_up(self, bound: int) -> int:
        """Give the least cost that the objective can have from a bound on."""
        return self.offset - (self.offset - bound) // self.grain * self.grain


def team_program(formulation: Formulation) -> TeamProgram:
    """Read the coverage block off a model."""
    proto = formulation.model.proto
    owned = np.zeros(len(proto.variables), dtype=bool)
    mine: set[int] = set()
    for block in formulation.employees:
        owned[block.variables.start : block.variables.stop] = True
        mine.update(block.constraints)
    rows = []
    for position, constraint in enumerate(proto.constraints):
        row = None if position in mine else linear_row(constraint)
        if row is not None:
            terms: Terms = defaultdict(int)
            for variable, factor in zip(row[0], row[1], strict=True):
                terms[variable] += factor
            rows.append(Row(terms, row[2], row[3], position))
    costs: Terms = defaultdict(int)
    for variable, factor in zip(proto.objective.vars, proto.objective.coeffs, strict=True):
        costs[variable] += factor
    domains = [v.domain for v in proto.variables]
    low = [domain[0] for domain in domains]
    high = [domain[len(domain) - 1] for domain in domains]
    put_in = _Substitution(owned, low, high)
    rows = put_in.eliminate(rows)
    costs, offset = put_in.replaced(costs)
    rows = without_implied(rows, costs, low, high)
    return _assembled(rows, costs, offset + round(proto.objective.offset), owned, low, high)


class _Substitution:
    """Team variables that are sums of employees' variables, found row by row."""

    def __init__(self, owned: NDArray[np.bool_], low: list[int], high: list[int]) -> None:
        self._owned = owned
        self._low, self._high = low, high
        self._defined: dict[int, tuple[Terms, int]] = {}

    def eliminate(self, rows: list[Row]) -> list[Row]:
        """Put in for every variable that can be; give the rows that are left."""
        appears = Counter(variable for row in rows for variable in row.terms)
        kept = []
        for row in rows:
            defined = self._defines(row, appears)
            if defined is None:
                kept.append(row)
            elif not self._implies(defined):
                kept.append(self._as_limits(defined, row.posted))
        left = []
        for row in kept:
            terms, constant = self.replaced(row.terms)
            if terms:
                left.append(Row(terms, row.low - constant, row.high - constant, row.posted))
        return left

    def _defines(self, row: Row, appears: Counter[int]) -> int | None:
        """Take an equation for the definition of its only team variable, if it is one."""
        if row.low != row.high:
            return None
        terms, constant = self.replaced(row.terms)
        unknown = [v for v in terms if not self._owned[v]]
        if len(unknown) != 1 or abs(terms[unknown[0]]) != 1:
            return None
        if len(terms) > 2 and appears[unknown[0]] > FEW_ROWS + 1:
            return None
        sign = terms.pop(unknown[0])
        definition = {v: -sign * factor for v, factor in terms.items()}
        self._defined[unknown[0]] = definition, sign * (round(row.low) - constant)
        return unknown[0]

    def _implies(self, variable: int) -> bool:
        """Tell whether a definition keeps its variable's limits by itself."""
        terms, constant = self._defined[variable]
        ends = [sorted((f * self._low[v], f * self._high[v])) for v, f in terms.items()]
        least, most = (constant + sum(end[side] for end in ends) for side in (0, 1))
        return self._low[variable] <= least and most <= self._high[variable]

    def _as_limits(self, variable: int, posted: int) -> Row:
        return Row({variable: 1}, float(self._low[variable]), float(self._high[variable]), posted)

    def replaced(self, terms: Terms) -> tuple[Terms, int]:
        """Give terms with every defined variable put in for, and the constant that comes out."""
        found: Terms = defaultdict(int)
        constant = 0
        for variable, factor in terms.items():
            if variable in self._defined:
                inner, more = self._defined[variable]
                constant += factor * more
                for v, f in inner.items():
                    found[v] += factor * f
            else:
                found[variable] += factor
        return {v: f for v, f in found.items() if f}, constant


def _assembled(
    rows: list[Row],
    costs: Terms,
    offset: int,
    owned: NDArray[np.bool_],
    low: list[int],
    high: list[int],
) -> TeamProgram:
    team = sorted(
        {v for row in rows for v in row.terms if not owned[v]} | {v for v in costs if not owned[v]}
    )
    place = {v: i for i, v in enumerate(team)}
    x_entries: list[tuple[int, int, int]] = []
    z_entries: list[tuple[int, int, int]] = []
    for i, row in enumerate(rows):
        for v, factor in row.terms.items():
            if owned[v]:
                x_entries.append((factor, i, v))
            else:
                z_entries.append((factor, i, place[v]))
    x_cost = np.zeros(len(owned), dtype=np.int64)
    z_cost = np.zeros(len(team), dtype=np.int64)
    for v, factor in costs.items():
        (x_cost if owned[v] else z_cost)[v if owned[v] else place[v]] = factor
    return TeamProgram(
        x_rows=_matrix(x_entries, (len(rows), len(owned))),
        z_rows=_matrix(z_entries, (len(rows), len(team))),
        row_low=np.array([r.low if r.low > -UNBOUNDED else -math.inf for r in rows]),
        row_high=np.array([r.high if r.high < UNBOUNDED else math.inf for r in rows]),
        z_low=np.array([low[v] for v in team], dtype=np.int64),
        z_high=np.array([high[v] for v in team], dtype=np.int64),
        x_low=np.array(low, dtype=np.int64),
        x_high=np.array(high, dtype=np.int64),
        x_cost=x_cost,
        z_cost=z_cost,
        offset=offset,
        posted=np.array([row.posted for row in rows], dtype=np.int64),
        implied=tuple((i, other) for i, row in enumerate(rows) for other in row.implies),
    )


def _matrix(entries: list[tuple[int, int, int]], shape: tuple[int, int]) -> sparse.csc_array:
    values, rows, columns = (
        (np.array(e, dtype=np.int64) for e in zip(*entries, strict=True))
        if (entries)
        else (np.zeros(0, dtype=np.int64),) * 3
    )
    return sparse.csc_array((values, (rows, columns)), shape=shape, dtype=np.int64)
