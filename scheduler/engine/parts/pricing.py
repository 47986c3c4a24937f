"""Prices of the team's rows, found part by part, and the bound that they prove.

The rules of people tie the days together. Without them, every part has a linear program of its own,
in which people who are alike are counted together. So that nobody works more than a horizon allows,
an hour of theirs gets a price, the same in all parts, that rises while the parts ask for more.

Whatever the prices are, they prove a bound, computed exactly from everybody's cheapest roster under
all their rules (Lagrange; Geoffrion 1974). With one price for an hour in all parts, it is at least
the sum of what the parts cost, less what the hours are worth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.sparse

from ..columns.lagrangian import Prices
from ..columns.routes import pricings_for
from ..linear import Linear, solve_linear
from ..outcome import Interrupt, Limits
from ..program import Floats, Indices
from .layout import Layout, Mask, Part
from .rosters import LIMIT_SECONDS, Rosters

PROMISING = 0.25
"""Share of all choices that prices speak for."""
COARSE = 1_000
"""Cents that a unit stands for where only units matter."""
TURNS = 6
"""How often the prices of hours are set, at most."""


class PartProgram:
    """The linear program of a part, with people who are alike taken together.

    Parameters
    ----------
    layout, part
        The model, and which part of it.
    """

    def __init__(self, layout: Layout, part: Part) -> None:
        program = layout.program
        self.rows = part.rows
        matrix = program.by_row[part.rows].tocsc()
        team = part.columns[layout.owner[part.columns] < 0]
        self._people, choices = _alike(layout, part, matrix)
        mine = np.concatenate([*choices, np.zeros(0, dtype=np.int64)]).astype(np.int64)
        kind = np.repeat(np.arange(len(choices)), [len(c) for c in choices])
        members = np.array([len(people) for people in self._people], dtype=float)
        shape = len(choices), len(mine)
        once = scipy.sparse.csr_array((np.ones(len(mine)), (kind, np.arange(len(mine)))), shape)
        self._minutes = layout.paid[mine].astype(float)
        self._kind = kind
        self._matrix = scipy.sparse.bmat(
            [[matrix[:, mine], matrix[:, team]], [once, None]], format="csr"
        )
        shifts = members * len(set(layout.day[mine].tolist()))
        self._row_low = np.concatenate([program.row_low[part.rows], np.full(len(members), -np.inf)])
        self._row_high = np.concatenate([program.row_high[part.rows], shifts])
        self._low = np.concatenate([np.zeros(len(mine)), program.low[team]])
        self._high = np.concatenate([members[kind], program.high[team]])
        self._cost = np.concatenate([program.cost[mine], program.cost[team]])

    def solve(self, price: Floats, interrupt: Interrupt) -> tuple[Floats, Floats] | None:
        """Give the dual price of each of the part's rows, and the minutes that each person works.

        Parameters
        ----------
        price
            Cents for a minute of each person.

        Returns
        -------
        None if it has to stop early, or GLOP fails.
        """
        mean = np.array([price[people].mean() for people in self._people])
        cost = self._cost.copy()
        cost[: len(self._minutes)] += mean[self._kind] * self._minutes
        linear = Linear(self._matrix, self._row_low, self._row_high, self._low, self._high, cost)
        solved = solve_linear(linear, interrupt)
        if solved is None or not solved.is_optimal:
            return None
        values = solved.values
        worked = np.bincount(
            self._kind, self._minutes * values[: len(self._minutes)], len(self._people)
        )
        minutes = np.zeros_like(price)
        for amount, people in zip(worked, self._people, strict=True):
            minutes[people] = amount / len(people)
        return solved.prices[: len(self.rows)], minutes


def _alike(layout: Layout, part: Part, matrix: Any) -> tuple[list[list[int]], list[Indices]]:
    """Group people by the columns of their choices, and what these cost.

    Returns
    -------
    The people of each kind, and the choices of the first of them.
    """
    mine: dict[int, list[int]] = defaultdict(list)
    for column in part.columns[layout.day[part.columns] >= 0].tolist():
        mine[int(layout.owner[column])].append(column)
    kinds: dict[object, list[int]] = defaultdict(list)
    for person, columns in mine.items():
        inner = matrix[:, columns]
        seen = (inner.indptr, inner.indices, inner.data)
        priced = (layout.program.cost[columns], layout.paid[columns])
        kinds[tuple(array.tobytes() for array in (*seen, *priced))].append(person)
    people = list(kinds.values())
    return people, [np.array(mine[alike[0]], dtype=np.int64) for alike in people]


class Bounding:
    """Finds prices part after part, and a bound once all are known.

    Parameters
    ----------
    layout, rosters
        The model, and everybody in it.
    limits
        For what has to be left to CP-SAT.
    interrupt
        Asked whether to stop.
    """

    def __init__(
        self, layout: Layout, rosters: Rosters, limits: Limits, interrupt: Interrupt
    ) -> None:
        self._layout, self._rosters, self._interrupt = layout, rosters, interrupt
        # Pricing remembers what it learnt: shared with a search beside it, it would mix things up.
        self._pricings = pricings_for(rosters.groups, limits)
        self.bound: int | None = None
        """Best proved lower bound in cents."""
        self.prices: Floats = np.zeros(len(layout.program.row_low))
        """Dual prices of the model's rows that proved it."""
        self.infeasible = False
        """Whether somebody has no roster."""

    def stop(self) -> None:
        """Ask it to stop; what is proved stays."""
        self._interrupt.set()

    def run(self, note: Callable[[str], None]) -> None:
        """Solve every part's program and prove a bound with their prices, some times.

        Parameters
        ----------
        note
            Told what was done.
        """
        layout = self._layout
        programs = [PartProgram(layout, part) for part in layout.parts]
        least, most = self._reach()
        price = np.zeros(len(most))
        prices = np.zeros(len(layout.program.row_low))
        dearest = _dearest_minute(layout)
        for turn in range(1, TURNS + 1):
            minutes = np.zeros(len(most))
            for number, program in enumerate(programs, 1):
                found = program.solve(price, self._interrupt)
                if self._interrupt.is_set():
                    return
                if found is not None:
                    prices[program.rows] = found[0]
                    minutes += found[1]
                note(f"relaxation {number} of {len(programs)}")
            self._prove(prices)
            note("bound")
            beyond = (np.maximum(0, minutes - most) - 2 * np.maximum(0, least - minutes)) / most
            spare = np.where((price > 0) & (minutes < most), minutes / most - 1, 0)
            if self.infeasible or not beyond.any():
                return
            price += dearest / turn * (beyond + spare)
            price = np.where(least > 0, price, np.maximum(price, 0))

    def promising(self) -> Mask | None:
        """Give the choices that the best prices speak for; None before there are any."""
        if self.bound is None:
            return None
        program, layout = self._layout.program, self._layout
        reduced = program.cost - program.by_column.T @ self.prices
        worth = np.where(layout.is_choice, reduced + reduced[self._rosters.head], np.inf)
        worth[self._rosters.head == np.arange(len(worth))] /= 2
        found: Mask = worth <= np.quantile(worth[layout.is_choice], PROMISING)
        return found

    def _reach(self) -> tuple[Floats, Floats]:
        """Give the least and most minutes that a roster of each person can have."""
        people = len(self._layout.formulation.employees)
        least, most = np.zeros(people), np.zeros(people)
        for index, group in enumerate(self._rosters.groups):
            paid = np.array([self._layout.paid[c.worked.index] for c in group.blocks[0].choices])
            members = [self._rosters.number_of[block.employee.id] for block in group.blocks]
            least[members] = self._extreme(index, paid)
            most[members] = max(1.0, -self._extreme(index, -paid))
        return least, most

    def _extreme(self, group: int, units: Indices) -> float:
        """Give the least sum of units, one number for each choice, that a roster can have."""
        costs = np.zeros(len(self._rosters.groups[group].cost), dtype=np.int64)
        costs[self._rosters.groups[group].chosen] = COARSE * units
        found = self._pricings[group].price(costs, 1, LIMIT_SECONDS)
        return 0.0 if found.bound is None else found.bound / COARSE

    def _prove(self, of_rows: Floats) -> None:
        """Compute what prices prove."""
        team, rosters = self._rosters.program, self._rosters
        prices = Prices(team, of_rows[~self._layout.is_rule])
        cheapest = []
        for group, pricing in zip(rosters.groups, self._pricings, strict=True):
            found = pricing.price(prices.costs(group), prices.scale, LIMIT_SECONDS)
            if found.bound is None:
                self.infeasible = True
                return
            cheapest.append(found.bound)
        proved = prices.bound(rosters.groups, cheapest)
        if self.bound is None or proved > self.bound:
            self.bound, self.prices = proved, of_rows.copy()


def _dearest_minute(layout: Layout) -> float:
    """Give the most that a choice costs for a paid minute, in cents."""
    paid = layout.is_choice & (layout.paid > 0)
    found = layout.program.cost[paid] / layout.paid[paid]
    return float(found.max(initial=0.0))
