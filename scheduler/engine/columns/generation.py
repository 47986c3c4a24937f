"""Column generation: prices from the master, rosters from pricing, a bound at every step.

Prices are smoothed towards those of the best bound (Wentges 1997), the more so as long as few
rosters are known: then the master's prices are wild. Where smoothed prices find nothing new, the
master's own are tried; where these find nothing either, its linear program is solved.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..budget import Budget
from ..outcome import Limits
from .choosing import best_columns
from .lagrangian import Prices
from .master import Floats, Master, Mastered
from .pricing import Priced, Pricing
from .staff import Column, Group
from .team_program import TeamProgram

FAR, NEAR = 0.8, 0.5
"""Share of the best prices in the next ones: while the master is far from them, and later."""
USEFUL = 0.2
"""Share of the master's value within which the bound is near it."""
CLOSE = 1e-4
"""Share of the master's value within which the bound is as good as it gets."""
DEARER = 10.0
"""Factor by which what rows lack gets dearer when the master still lacks something."""
DEAREST = 1e11
"""Cents for a unit that a row lacks, at most."""
SMALL = 1e-3
"""Cents that nobody saves."""
PARTS = 4
"""Parts into which groups are divided while prices are far off."""
FAST, STEADILY = 0.05, 0.01
"""Shares of itself by which the master's value falls in a round then, and while what proves a
better bound is not worth its time."""
KEPT, MANY = 4, 8
"""Columns for each row of the master that are left when others rest, and from how many on they do.
"""
FAST_ENOUGH = 5000
"""Columns up to which none need rest: it takes more rounds without them."""
LEFT_SHARE = 0.2
"""Share of the time left that a round of pricing may take."""


class Note(Protocol):
    """Told about progress: a phase, the bound, and the cost of rosters that lack nothing."""

    def __call__(self, phase: str, bound: int | None, cost: int | None = None, /) -> None:
        """Tell it."""


@dataclass
class Search:
    """What column generation knows.

    Parameters
    ----------
    program, groups, pricings
        The problem: rows, people, and how their rosters are found.
    master
        The columns so far.
    """

    program: TeamProgram
    groups: list[Group]
    pricings: Sequence[Pricing]
    master: Master
    limits: Limits
    budget: Budget
    note: Note
    """Told about progress."""
    bound: int | None = None
    """Best bound so far, in cents."""
    centre: Floats | None = None
    """Prices that proved it."""
    infeasible: bool = False
    """Whether somebody has no roster at all, or the bound is beyond every cost."""
    solved: Mastered | None = None
    """Last solution of the master."""
    converged: bool = False
    """Whether the master's program was solved to the end."""
    active: set[int] | None = None
    """Groups to price; all, if None. What is proved about some of them only is no bound."""
    _before: Mastered | None = None
    """What the master solved before the last round."""
    _is_rough: bool = False
    """Whether prices are so far off that rosters which are nearly the cheapest will do."""
    _mean: Floats | None = None
    """Mean of the master's prices, the last ones with the largest shares."""

    def generate(
        self,
        start: Floats | None = None,
        *,
        rounds: int | None = None,
        idle: int | None = None,
        until: int | None = None,
    ) -> None:
        """Generate columns until the master's program is solved, or time runs out.

        Parameters
        ----------
        start
            First prices.
        rounds
            At most so many rounds.
        idle
            At most so many rounds in a row that hardly help.
        until
            A bound that is enough.
        """
        self.converged = False
        if start is not None:
            self._price(start)
        done = stalled = 0
        before: Mastered | None = None
        proves = True  # whether smoothed prices prove something new: else the master's own are due
        while not (self.infeasible or self.budget.left <= 0 or self._reached(until)):
            solved = self.solved = self.master.solve() or self.solved
            stalled = stalled + 1 if self._stalls(before, solved) else 0
            # What is proved about some of the staff only is no bound in any case.
            self._is_rough = self.active is not None or self._falls(before, solved, STEADILY)
            if solved is None or done == rounds or stalled == (idle or -1):
                return
            self._thin_out()
            before = solved
            done += 1
            if self._close_enough():
                self.converged = True
                return
            if self._price_in_parts(solved):
                continue
            smoothed, bound = self._smoothed(solved), self.bound
            if smoothed is not None and proves and self._price(smoothed):
                proves = self.bound != bound
                continue
            proves = True
            found = self._price(solved.prices)
            if not found and self._is_rough:
                self._is_rough = False
                found = self._price(solved.prices)
            if found or self.budget.left <= 0 or self.infeasible:
                continue
            if solved.lacks and self.master.price < DEAREST:
                self.master.reprice(self.master.price * DEARER)
                continue
            self.converged = True
            return

    def _thin_out(self) -> None:
        """Let columns rest where there are so many that they slow the master down."""
        people = sum(group.count for group in self.groups)
        rows = len(self.program.posted) + len(self.groups)
        if self.master.size > max(FAST_ENOUGH, MANY * max(rows, people)):
            each = KEPT * max(rows, people) // people
            self.master.rest([set(best) for best in best_columns(self, each)])

    def _price_in_parts(self, solved: Mastered) -> bool:
        """Price some groups at a time; tell whether that is what should be done.

        As long as prices are far off, people who are all priced at once look for the same shifts,
        and most of what they find is of no use.
        """
        falls = self._before is None or self._falls(self._before, solved, FAST)
        self._before = solved
        few = len(self.groups) < 2 * PARTS or self.active is not None
        if not falls or few or self._is_useful(solved):
            return False
        self._is_rough = True
        for part in range(PARTS):
            self.active = set(range(part, len(self.groups), PARTS))
            self._price(solved.prices)
            self.active = None
            solved = self.solved = self.master.solve() or solved
            if self.budget.left <= 0 or self.infeasible:
                break
        return True

    @property
    def is_close(self) -> bool:
        """Tell whether columns are near their end: only then their fractions say anything."""
        return self.solved is not None and self._is_useful(self.solved)

    def _is_useful(self, solved: Mastered) -> bool:
        """Tell whether the bound is near enough to the master's value."""
        value = solved.value + self.program.offset
        return self.bound is not None and value - self.bound <= USEFUL * abs(value)

    def _stalls(self, before: Mastered | None, solved: Mastered | None) -> bool:
        """Tell whether a round has made the master hardly better, and no row lacks anything."""
        if before is None or solved is None or solved.lacks:
            return False
        value = solved.value + self.program.offset
        return before.value - solved.value <= CLOSE * abs(value)

    def _falls(self, before: Mastered | None, solved: Mastered | None, share: float) -> bool:
        """Tell whether a round has made the master cheaper by a share of all costs."""
        if before is None or solved is None:
            return False
        return before.value - solved.value > share * abs(before.value + self.program.offset)

    def _reached(self, until: int | None) -> bool:
        return until is not None and self.bound is not None and self.bound >= until

    def _close_enough(self) -> bool:
        if self.bound is None or self.solved is None or self.solved.lacks:
            return False
        value = self.solved.value + self.program.offset
        return value - self.bound <= CLOSE * abs(value)

    def _smoothed(self, solved: Mastered) -> Floats | None:
        """Mix the master's prices with the best ones if these are near, else with its last."""
        is_near = self._is_useful(solved)
        centre = self.centre if is_near else self._mean
        if centre is None:
            self._mean = solved.prices
            return None
        share = NEAR if is_near else FAR
        mixed: Floats = share * centre + (1 - share) * solved.prices
        self._mean = mixed
        return mixed

    def _price(self, wanted: Floats) -> int:
        """Find columns at prices, and what these prove; give the number of those of use."""
        prices = Prices(self.program, wanted)
        answers = self._answers(prices)
        self.budget.spend(sum(answer.work for answer in answers.values()))
        self._prove(prices, answers)
        new = sum(
            self.master.add(index, column) and self._improves(index, column)
            for index, answer in answers.items()
            for column in answer.columns
        )
        self.note(f"{sum(map(len, self.master.columns))} rosters", self.bound)
        return new

    def _improves(self, index: int, column: Column) -> bool:
        """Tell whether a column can improve the master's last solution: others do no harm."""
        if self.solved is None:
            return True
        earned = float(column.use @ self.solved.prices[column.rows]) + self.solved.worth[index]
        return bool(column.cost - earned < -SMALL)

    def _prove(self, prices: Prices, answers: dict[int, Priced]) -> None:
        """Take note of the bound that answers prove together."""
        bounds = [answer.bound for answer in answers.values() if answer.bound is not None]
        self.infeasible |= len(bounds) < len(answers)
        if len(bounds) == len(self.groups):
            proved = prices.bound(self.groups, bounds)
            if self.bound is None or proved > self.bound:
                self.bound, self.centre = proved, prices.grid / prices.scale
                self.infeasible |= proved > self.program.dearest

    def _answers(self, prices: Prices) -> dict[int, Priced]:
        """Price the groups, several at a time."""
        wanted = range(len(self.groups)) if self.active is None else sorted(self.active)
        seconds = max(0.05, self.budget.left * LEFT_SHARE / max(1, len(wanted)))
        seconds *= 1 if self.limits.deterministic else self.limits.workers

        def answer(index: int) -> Priced:
            costs = prices.costs(self.groups[index])
            return self.pricings[index].price(costs, prices.scale, seconds, roughly=self._is_rough)

        if not any(self.pricings[index].runs_apart for index in wanted):
            answers = {}
            for index in wanted:
                answers[index] = answer(index)
                if self.budget.left <= 0:
                    break
            return answers
        with ThreadPoolExecutor(max_workers=self.limits.workers) as pool:
            return dict(zip(wanted, pool.map(answer, wanted), strict=True))


def starting_prices(program: TeamProgram, relaxed: Floats) -> Floats:
    """Give the rows the prices that a relaxation of the whole model found for them."""
    prices: Floats = np.asarray(relaxed[program.posted], dtype=float)
    for row, position in program.implied:
        prices[row] += relaxed[position]
    return prices
