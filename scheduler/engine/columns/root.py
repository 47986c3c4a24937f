"""The root: first rosters, columns, a dive and repairs, each with its share of the time.

Where rosters are priced fast, everybody has one within seconds, and it is made better until the
end; columns are generated if there is time for the rounds that it takes.
"""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ...formulation.model import Formulation
from ..budget import Allowance, Budget
from ..neighbourhood import Choices
from ..outcome import Limits
from ..relaxation import Relaxed, relax
from .beside import Beside
from .choosing import columns_in_use
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
SETTLING, BEGINNING, REPAIRING = 0.05, 0.15, 0.9
"""Shares of the time left for letting first rosters settle, for making them better before columns
where one thread does both, unless columns take less time, and for making the last ones better."""
MENDING, LONGER = 0.2, 0.4
"""Shares of the time left for closing the gaps of rosters, and for settling without columns."""
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
        self._repair: Repair | None = None
        """Makes the rosters better, once everybody has one."""
        self._generated = False
        self._expected = 0.0
        """Time that columns are expected to take: that of some rounds."""
        self._rebuilder = self._first_rosters()

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
        self.search.note("first rosters", self.search.bound)
        self._repair = Repair(self._formulation, self.search, rebuilder.rosters, rebuilder)
        return rebuilder

    def _settle(self, rebuilder: Rebuilder, share: float) -> None:
        """Make rosters better, and keep such without gaps: others may turn out to have some."""
        allowance = Allowance(self._budget, self._budget.left * share)
        if rebuilder.settle(allowance) and (self._whole is None or rebuilder.cost < self._whole[0]):
            self._whole = rebuilder.cost, rebuilder.rosters

    def generate(self) -> None:
        """Generate columns if they are needed, or there is time for the rounds that it takes."""
        if self._budget.left <= 0:
            return
        self._take(GENERATING)
        if self._repair is None:
            self.search.generate(self._starting_prices())
        else:
            if not self._has_time():
                return
            self._begin(self._repair)
            self._take(GENERATING)
            self.search.generate()
        self._generated = True

    def _take(self, share: float) -> None:
        """Let the search have a share of the time left."""
        self.search.budget = Allowance(self._budget, self._budget.left * share)

    def _begin(self, repair: Repair) -> None:
        """Make the first rosters better: in another thread from now on, or for a while."""
        if self._limits.workers > 1 and not self._limits.deterministic:
            soon = Allowance(self._budget, self._budget.left * REPAIRING)
            repair.beside = Beside(self._formulation, self.search, repair.rosters, soon)
        else:
            seconds = min(self._expected, self._budget.left * BEGINNING)
            self.search.budget = Allowance(self._budget, seconds)
            repair.run()

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
            self._expected = (before - left) * ROUNDS
            if self._expected <= left:
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
        search, rebuilder, repair = self.search, self._rebuilder, self._repair
        if rebuilder is None or repair is None:
            return self._without_rebuilder()
        if self._generated:
            repair.exchange()
            if search.is_close:
                repair.suggest(columns_in_use(search))
                self._dive(rebuilder, repair)
            self._improve(rebuilder, repair)
        else:
            self._relax_beside(rebuilder, repair)
        return named(search, self._without_gaps(rebuilder))

    def stop(self) -> None:
        """End what goes on beside."""
        if self._repair is not None:
            self._repair.stop()

    def _without_rebuilder(self) -> Choices | None:
        """Dive, and make better what is found."""
        if self._budget.left <= 0:
            return None
        self._take(DIVING)
        rosters = dive(self.search)
        if rosters is None:
            return None
        self._take(REPAIRING)
        repair = Repair(self._formulation, self.search, rosters)
        if self.search.is_close:
            repair.suggest(columns_in_use(self.search))
        repair.run()
        return named(self.search, repair.rosters)

    def _improve(self, rebuilder: Rebuilder, repair: Repair) -> None:
        """Improve some people at a time; where that has come to its end, begin anew elsewhere."""
        self._take(REPAIRING)
        repair.run()
        if self.search.is_close:
            self._begin_anew(rebuilder, repair)
        rebuilder.take(repair.rosters)

    def _begin_anew(self, rebuilder: Rebuilder, repair: Repair) -> None:
        """Dive again and again, at random, and improve what that gives: it may end lower."""
        whole, draw = self.search.budget, random.Random(self._limits.seed)
        while whole.left > 0 and not repair.is_finished:
            self.search.budget = Allowance(whole, whole.left * DIVING)
            rosters = dive(self.search, draw=draw)
            if rosters is None:
                return
            self.search.budget = whole
            rebuilder.take(rosters)
            if not rebuilder.complete():
                return
            other = Repair(self._formulation, self.search, rebuilder.rosters, rebuilder)
            other.suggest(columns_in_use(self.search))
            other.run()
            repair.take(other.rosters)
            repair.exchange()

    def _improve_longer(self, rebuilder: Rebuilder, repair: Repair) -> None:
        """Settle first, improve some people at a time, and go on where that no longer helps."""
        self._settle(rebuilder, LONGER)
        repair.follow()
        self._improve(rebuilder, repair)
        rebuilder.improve(self.search.budget)

    def _without_gaps(self, rebuilder: Rebuilder) -> list[list[Column]]:
        """Give the last rosters, or others if these have gaps that cannot be closed."""
        if rebuilder.missing:
            self._settle(rebuilder, MENDING)
        if rebuilder.missing and self._whole is not None:
            return self._whole[1]
        return rebuilder.rosters

    def _relax_beside(self, rebuilder: Rebuilder, repair: Repair) -> None:
        """Improve until the end, while another thread proves what the relaxation can."""
        if self._limits.workers < 2 or self._limits.deterministic:
            self._improve_longer(rebuilder, repair)
            return
        with ThreadPoolExecutor(max_workers=1) as pool:
            relaxed = pool.submit(self._relax, self._budget.left * REPAIRING * ALONGSIDE)
            self._improve_longer(rebuilder, repair)
            found = relaxed.result()
        if found is not None:
            self.search.note("relaxation", found.bound)

    def _dive(self, rebuilder: Rebuilder, repair: Repair) -> None:
        """Dive; keep the rosters from before, or those found beside, if they are better."""
        search = self.search
        self._take(DIVING)
        rebuilder.take(repair.rosters)

        def until() -> int:
            repair.exchange()
            return rebuilder.with_gaps

        bids, rosters = rebuilder.bids, dive(search, until=until)
        if rosters is None or search.centre is None:
            return
        rebuilder.take(rosters)
        rebuilder.bids = bids.at(search.centre)
        if rebuilder.complete():
            rebuilder.improve(self._budget, len(rosters))  # an attempt for each group
            if rebuilder.missing:
                self._settle(rebuilder, MENDING)
            if repair.follow():
                return
        rebuilder.bids = bids


def _scale(program: TeamProgram) -> float:
    """Give a price that no shift is worth: the dearest variable, some times."""
    dearest = max(np.abs(program.x_cost).max(initial=1), np.abs(program.z_cost).max(initial=1))
    return 10.0 * float(dearest)
