"""The root: first rosters, columns, a dive and repairs, each with its share of the time.

Where rosters are priced fast, everybody has one within seconds, and it is made better until the
end; columns are generated if there is time for the rounds that it takes.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ...formulation.model import Formulation
from ..budget import Allowance, Budget
from ..neighbourhood import Choices
from ..outcome import Limits
from ..relaxation import Relaxed, relax
from .beside import Beside
from .diving import dive
from .generation import Note, Search, starting_prices
from .master import Floats, Master
from .rebuilding import Rebuilder, rebuilder_for
from .repairing import Repair, named
from .routes import pricings_for
from .staff import Column, group_staff
from .team_program import TeamProgram, team_program

RELAXING, BUILDING, GENERATING, DIVING = 0.05, 0.4, 0.5, 0.6
"""Shares of the time left for the relaxation, the graphs of rosters, columns, and the dive."""
SETTLING, REPAIRING = 0.15, 0.9
"""Shares of the time left for the first rosters, and for making the last ones better."""
MENDING, AGAIN = 0.2, 0.4
"""Shares of the time left for closing the gaps of rosters, and for first ones that remain."""
READING = 4.0
"""Times that the model took without which its relaxation is left alone."""
LAST = 0.3
"""Share of the time that the model took that is left for putting rosters into it."""
ALONGSIDE = 0.8
"""Share of that time for a relaxation in another thread: to read a large model takes some, too."""
ROUNDS = 20
"""Rounds of pricing without whose time columns are not gone on with, if there are rosters."""
CHANCES, HOPELESS = 2, 10
"""Rounds to measure that, and the number without whose time there is no other chance."""


class Root:
    """Rosters for everybody, and a bound.

    Parameters
    ----------
    formulation
        The model of record.
    limits, budget
        When to stop.
    note
        Told about progress.
    """

    def __init__(
        self,
        formulation: Formulation,
        limits: Limits,
        budget: Budget,
        note: Note,
    ) -> None:
        # Rosters are put into a model of their own in the end, which takes its part of this one.
        last = 0.0 if limits.deterministic else formulation.size.build_seconds * LAST
        budget = Allowance(budget, budget.left - last)
        self._formulation, self._limits, self._budget = formulation, limits, budget
        program = team_program(formulation)
        groups = group_staff(formulation, program)
        master = Master(program, groups, _scale(program), limits, budget)
        # In deterministic mode, graphs are no work that the budget knows.
        building = Allowance(budget, budget.left * BUILDING)
        pricings = pricings_for(groups, limits, lambda: building.left <= 0)
        self.search = Search(program, groups, pricings, master, limits, budget, note)
        self._whole: tuple[int, list[list[Column]]] | None = None
        """The cheapest rosters with which nothing is missing, and what they cost."""
        self._rebuilder = self._first_rosters()
        self._generated = False
        self._beside: Beside | None = None

    def _first_rosters(self) -> Rebuilder | None:
        """Build rosters for everybody, one by one, if there is a way to; then let them settle."""
        rebuilder = rebuilder_for(self.search)
        if rebuilder is None:
            return None
        if all(pricing.is_exact for pricing in self.search.pricings):
            zeros = np.zeros(len(self.search.program.posted))
            self.search.generate(zeros, rounds=0)  # a bound, whatever comes
        if self.search.infeasible or not rebuilder.complete():
            return None
        self._settle(rebuilder, SETTLING)
        if rebuilder.missing:
            self._settle(rebuilder, MENDING)
        self.search.note("first rosters", self.search.bound)
        return rebuilder

    def _settle(self, rebuilder: Rebuilder, share: float) -> None:
        """Make rosters better, and keep such without gaps: others may turn out to have some."""
        allowance = Allowance(self._budget, self._budget.left * share)
        if rebuilder.settle(allowance) and (self._whole is None or rebuilder.cost < self._whole[0]):
            self._whole = rebuilder.cost, rebuilder.rosters

    def generate(self) -> None:
        """Generate columns if they are needed, or there is time for the rounds that it takes."""
        search = self.search
        search.budget = Allowance(self._budget, self._budget.left * GENERATING)
        if self._budget.left <= 0:
            return
        if self._rebuilder is None:
            search.generate(self._starting_prices())
        else:
            if not self._has_time():
                return
            self._begin_beside(self._rebuilder)
            search.generate()
        self._generated = True

    def _begin_beside(self, rebuilder: Rebuilder) -> None:
        """Let another thread make the first rosters better, if there may be one."""
        if self._limits.workers > 1 and not self._limits.deterministic:
            soon = Allowance(self._budget, self._budget.left * REPAIRING)
            self._beside = Beside(self._formulation, self.search, rebuilder.rosters, soon)

    def _has_time(self) -> bool:
        """Price once; tell whether there is time for the rounds that columns take.

        Now and then a graph is built in a round, so a slow one gets another chance.
        """
        if not all(pricing.is_exact for pricing in self.search.pricings):
            return False  # columns would not come to an end
        for _ in range(CHANCES):
            before = self.search.budget.left
            self.search.generate(rounds=1)
            left = self.search.budget.left
            if (before - left) * ROUNDS <= left:
                return True
            if (before - left) * HOPELESS > left:
                break
        return False

    def _starting_prices(self) -> Floats:
        """Give the prices of the linear relaxation, or zeros."""
        seconds = None if self._limits.deterministic else self._budget.left * RELAXING
        relaxed = self._relax(seconds)
        if relaxed is not None:
            self.search.note("relaxation", relaxed.bound)
        if relaxed is None or not relaxed.is_optimal:
            zeros: Floats = np.zeros(len(self.search.program.posted))
            return zeros
        dearest = float(np.abs(relaxed.prices).max(initial=0.0))
        self.search.master.reprice(max(2 * dearest, self.search.master.price))
        return starting_prices(self.search.program, relaxed.prices)

    def _relax(self, seconds: float | None) -> Relaxed | None:
        """Solve the relaxation if there is time for more than reading it, which nothing stops."""
        reading = self._formulation.size.build_seconds * READING
        if seconds is not None and seconds < reading:
            return None
        return relax(self._formulation.model, self._limits.interrupt, seconds)

    def rosters(self) -> Choices | None:
        """Give everybody's options, as good as there is time for; None if nothing is found."""
        search, rebuilder = self.search, self._rebuilder
        if rebuilder is not None and not self._generated:
            self._rebuild(rebuilder)
            return named(search, self._without_gaps(rebuilder))
        rosters = self._dive() if self._budget.left > 0 or rebuilder is not None else None
        if rosters is None:
            return None
        repair = Repair(self._formulation, search, rosters, rebuilder, self._beside)
        search.budget = Allowance(self._budget, self._budget.left * REPAIRING)
        repair.run()
        if self._beside is not None:
            self._beside.stop()
        if rebuilder is None:
            return named(search, repair.rosters)
        rebuilder.take(repair.rosters)
        return named(search, self._without_gaps(rebuilder))

    def _repair(self, rebuilder: Rebuilder) -> None:
        """Improve some people at a time, and let it go on where that no longer helps."""
        self._settle(rebuilder, AGAIN)
        self.search.budget = Allowance(self._budget, self._budget.left * REPAIRING)
        repair = Repair(self._formulation, self.search, rebuilder.rosters, rebuilder)
        repair.run()
        rebuilder.take(repair.rosters)
        rebuilder.improve(self.search.budget)

    def _without_gaps(self, rebuilder: Rebuilder) -> list[list[Column]]:
        """Give the last rosters, or others if these have gaps that cannot be closed."""
        if rebuilder.missing:
            self._settle(rebuilder, MENDING)
        if rebuilder.missing and self._whole is not None:
            return self._whole[1]
        return rebuilder.rosters

    def _rebuild(self, rebuilder: Rebuilder) -> None:
        """Rebuild until the end, while another thread proves what the relaxation can."""
        allowance = Allowance(self._budget, self._budget.left * REPAIRING)
        if self._limits.workers < 2 or self._limits.deterministic:
            self._repair(rebuilder)
            return
        with ThreadPoolExecutor(max_workers=1) as pool:
            relaxed = pool.submit(self._relax, allowance.left * ALONGSIDE)
            self._repair(rebuilder)
            found = relaxed.result()
        if found is not None:
            self.search.note("relaxation", found.bound)

    def _dive(self) -> list[list[Column]] | None:
        """Dive where fractions say anything; keep the rosters from before if they are better."""
        search, rebuilder = self.search, self._rebuilder
        search.budget = Allowance(self._budget, self._budget.left * DIVING)
        if rebuilder is None:
            return dive(search)
        first, cost, bids = rebuilder.rosters, rebuilder.with_gaps, rebuilder.bids
        rosters = dive(search, until=cost) if search.is_close else None
        if rosters is not None and search.centre is not None:
            rebuilder.take(rosters)
            rebuilder.bids = bids.at(search.centre)
            if rebuilder.complete():
                rebuilder.improve(self._budget, len(rosters))  # an attempt for each group
                if rebuilder.missing:
                    self._settle(rebuilder, MENDING)
                if rebuilder.with_gaps < cost:
                    return rebuilder.rosters
            rebuilder.take(first)
            rebuilder.bids = bids
        if rebuilder.missing:
            self._settle(rebuilder, AGAIN)
        return rebuilder.rosters


def _scale(program: TeamProgram) -> float:
    """Give a price that no shift is worth: the dearest variable, some times."""
    dearest = max(np.abs(program.x_cost).max(initial=1), np.abs(program.z_cost).max(initial=1))
    return 10.0 * float(dearest)
