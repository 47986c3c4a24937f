"""Prices of the team's rows, found part by part, and the bound that they prove.

The rules of people tie the days together. Without them, every part has a linear program of its own,
in which people who are alike are counted together. So that nobody works more than a horizon allows,
an hour of theirs gets a price, the same in all parts.

Whatever the prices are, they prove a bound, computed exactly from everybody's cheapest roster under
all their rules (Lagrange; Geoffrion 1974). With one price for an hour in all parts, it is at least
the sum of what the parts cost, less what the hours are worth.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from ..columns.lagrangian import Prices
from ..columns.paths import NEVER
from ..columns.staff import Group
from ..layout import Layout
from ..outcome import Interrupt, Limits
from ..program import Floats, Indices, Mask
from .first_prices import classes_of, first_prices
from .hours import HourPrices, cuts_of, sums
from .part_program import Answer, PartProgram
from .reach import Reach
from .rosters import LIMIT_SECONDS, Rosters
from .sharpening import apart, sharpened

PROMISING = 0.25
"""Share of all choices that prices speak for."""
TURNS = 60
"""How often the prices of hours are set, at most."""
TOLERANCE = 1.0
"""Cents by which what a part costs may be wrong that is computed in floating point."""
FIRST_STEP = 0.25
"""Share of the dearest hour's pay by which the first step may change a price."""


class Bounding:
    """Finds prices part after part, and a bound once all are known.

    Parameters
    ----------
    layout, rosters, reach
        The model, everybody in it, and how much they can work.
    program
        Gives the linear program of a part, by its number.
    limits
        Whether the clock may matter, and what chance begins with.
    interrupt
        Asked whether to stop.
    """

    def __init__(
        self,
        layout: Layout,
        rosters: Rosters,
        reach: Reach,
        program: Callable[[int], PartProgram],
        limits: Limits,
        interrupt: Interrupt,
    ) -> None:
        self._layout, self._rosters, self.interrupt = layout, rosters, interrupt
        self._reach, self._program, self._limits = reach, program, limits
        self.bound: int | None = None
        """Best proved lower bound in cents."""
        self.prices: Floats = np.zeros(len(layout.program.row_low))
        """Dual prices of the model's rows that proved it."""
        self.infeasible = False
        """Whether somebody has no roster."""

    def stop(self) -> None:
        """Ask it to stop; what is proved stays."""
        self.interrupt.set()

    def prove(self, answers: list[Answer]) -> None:
        """Prove a bound with the prices of any answers, one for each part: all prices are good."""
        programs = [self._program(number) for number in range(len(answers))]
        self._prove(programs, answers, np.zeros(len(self._reach.most)))

    def run(self, note: Callable[[str], None]) -> None:
        """Solve every part's program and prove a bound with their prices, some times.

        Parameters
        ----------
        note
            Told what was done.
        """
        layout = self._layout
        programs: list[PartProgram] = []
        for number in range(len(layout.parts)):
            if self.interrupt.is_set():
                return
            programs.append(self._program(number))
            programs[-1].obey(self.interrupt)
        kind = classes_of(programs, len(self._reach.most))
        step = FIRST_STEP * _dearest_minute(layout)
        least, most = sums(kind, self._reach.least), sums(kind, self._reach.most)
        hours = HourPrices(least, most, len(programs), step, self.interrupt)
        price: Floats | None = first_prices(programs, kind, hours, note)
        best: list[Answer] = []
        for _ in range(TURNS):
            answers = None if price is None else self._solve(programs, price[kind], note)
            if price is None or answers is None:
                break
            self._prove(programs, answers, price[kind])
            note("bound")
            if self.infeasible:
                return
            hours.learn(cuts_of(answers, kind, price), sum(answer.value for answer in answers))
            best = answers if hours.best is price else best
            if hours.is_done:
                break
            price = hours.ask()
        if best and not self._limits.deterministic:
            self._sharpen(programs, best, hours, kind, note)

    def _sharpen(
        self,
        programs: list[PartProgram],
        answers: list[Answer],
        hours: HourPrices,
        kind: Indices,
        note: Callable[[str], None],
    ) -> None:
        """Raise the bound by what parts cost in whole numbers, at the best prices of hours."""
        values = [answer.value for answer in answers]
        besides = apart(self._layout, programs) - hours.worth(hours.best)
        price, seed = hours.best[kind], self._limits.seed
        for total in sharpened(programs, values, price, self.interrupt, seed):
            proved = math.floor(total + besides - TOLERANCE * len(programs))
            self.bound = proved if self.bound is None else max(self.bound, proved)
            note("whole numbers")

    def _solve(
        self, programs: list[PartProgram], price: Floats, note: Callable[[str], None]
    ) -> list[Answer] | None:
        """Solve every part; None if one has no answer, or it is time to stop."""
        answers = []
        for number, program in enumerate(programs, 1):
            found = program.solve(price)
            if found is None or self.interrupt.is_set():
                return None
            answers.append(found)
            note(f"relaxation {number} of {len(programs)}")
        return answers

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

    def _prove(self, programs: list[PartProgram], answers: list[Answer], price: Floats) -> None:
        """Compute what prices prove."""
        of_rows = np.zeros(len(self._layout.program.row_low))
        for program, answer in zip(programs, answers, strict=True):
            of_rows[program.rows] = answer.prices
        team, rosters = self._rosters.program, self._rosters
        prices = Prices(team, of_rows[~self._layout.is_rule])
        cheapest = []
        for group, pricing in zip(rosters.groups, self._reach.pricings, strict=True):
            if self.interrupt.is_set():
                return
            costs = prices.costs(group)
            found = pricing.price(costs, prices.scale, LIMIT_SECONDS)
            if found.bound is None:
                self.infeasible = True
                return
            cheapest.append(max(found.bound, self._by_day(group, costs, prices.scale, price)))
        proved = prices.bound(rosters.groups, cheapest)
        if self.bound is None or proved > self.bound:
            self.bound, self.prices = proved, of_rows

    def _by_day(self, group: Group, costs: Indices, scale: int, price: Floats) -> int:
        """Bound the cost of a roster by its cheapest shift of every day, with hours at a price.

        Pricing leaves out what is too large for its graphs; what this leaves out is something else.
        """
        if (np.delete(costs, group.chosen) < 0).any():
            return -NEVER
        person = self._rosters.number_of[group.blocks[0].employee.id]
        minute = round(float(price[person]) * scale)
        allowed = self._reach.most[person] if minute > 0 else self._reach.least[person]
        cheapest = np.zeros(self._layout.days, dtype=np.int64)
        days = [choice.duty.day for choice in group.blocks[0].choices]
        np.minimum.at(cheapest, days, costs[group.chosen] + minute * self._reach.paid(group))
        return int(cheapest.sum()) - minute * int(allowed)


def _dearest_minute(layout: Layout) -> float:
    """Give the most that a choice costs for a paid minute, in cents."""
    paid = layout.is_choice & (layout.paid > 0)
    found = layout.program.cost[paid] / layout.paid[paid]
    return float(found.max(initial=0.0))
