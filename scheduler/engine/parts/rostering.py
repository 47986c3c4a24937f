"""Moves that let people work something else, and whole people serve with what that gives."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from ..budget import Allowance
from ..program import Floats
from .bidding import Bids, settle
from .completing import complete
from .exchanging import exchange
from .incumbent import Incumbent, incumbent_of
from .mending import Mending
from .moves import BRANCHING_SECONDS, SECONDS, Move, Surroundings
from .resting import RestingAround
from .team import Team
from .worth import MORE, MOST_MARGIN, margins

KEPT = 0.8
"""Share of a margin that is left after a try."""
VISIBLE = 100 * MORE
"""Hundredths of a person below which nothing is missed where prices are read."""
FAILURES = 3
"""Places in a row where breaks placed anew do not help, after which to stop."""
TURNS = 4
"""Exchanges in a row: each is told of what whole people lacked after the one before."""
LONG = 0.15
"""Share of the time left that mending may take, as long as it helps."""
SHAKEN, NOISE = 2, 0.3
"""People whose rosters are shaken, and by which share prices are wrong then."""


class Rostering(Move):
    """A move whose rosters are made with fractions of people where they serve.

    Where whole people then lack something, a little more is asked for from the next time on.
    """

    def __init__(self, around: Surroundings, expected: float = SECONDS) -> None:
        super().__init__(around, expected)
        layout = around.layout
        self._resting = RestingAround(around)
        self._most, self._visible = margins(layout, MOST_MARGIN), margins(layout, VISIBLE)
        self._margins: Floats = np.zeros(len(layout.owner))

    @cached_property
    def team(self) -> Team:
        """Everybody's rosters as they are tried; others may have been asked about since."""
        return Team(self.around.layout, self.around.rosters, self.around.budget)

    def served(self, plan: Incumbent) -> Incumbent | None:
        """Let the team serve with people where they are now; others than in `plan`, perhaps."""
        here, layout = self.around, self.around.layout
        values = np.where(layout.is_choice | layout.is_presence, self.team.values, plan.values)
        here.rosters.settle(values)
        # Another thread helps meanwhile.
        limits = replace(here.limits, workers=max(1, here.limits.workers - 1))
        found = complete(layout, values, limits, here.budget, plan.values)
        if found is None:
            return None
        served = incumbent_of(layout, found, here.price)
        self.learn(served)
        return self._rested(served)

    def _rested(self, plan: Incumbent) -> Incumbent:
        """Place breaks anew where whole people lack something, as long as that helps."""
        soon, in_vain = Allowance(self.around.budget, SECONDS), 0
        while soon.left > 0 and in_vain < FAILURES and self._resting.can_help(plan):
            found = self._resting.attempt(plan)
            helped = found is not None and found.rank < plan.rank
            in_vain = 0 if helped else in_vain + 1
            plan = found if found is not None and helped else plan
        return plan

    def learn(self, plan: Incumbent) -> None:
        """Ask for more where a plan lacks something; prices do not see a little alone."""
        margins = np.floor(KEPT * self._margins) + self._lacks(plan)
        self._margins = np.minimum(margins, self._most)
        self.team.ask_more(self._margins)

    def _lacks(self, plan: Incumbent) -> Floats:
        """Give what a plan lacks, and so much more that it is seen where prices are read."""
        return np.where(plan.values > 0, plan.values + self._visible, 0.0)


class Exchanging(Rostering):
    """Lets one or two people at a time work something else: quick, but blind to whole people."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._mending = Mending(around.layout, around.rosters, around.price)
        self._done: tuple[bytes, bytes] | None = None
        self._is_large = False
        """Whether there was no time for everybody, the last time."""

    def can_help(self, plan: Incumbent) -> bool:
        """Tell whether it has not already come to its end here, and asked for the same."""
        return self._done != self._state(plan)

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Exchange rosters for a while, and then what whole people lack with these."""
        before = self.around.budget.left
        self.team.resume()
        if plan.shortage:  # what was asked for before has not been enough
            self.learn(plan)
        state, base, best = self._state(plan), plan, None
        for turn in range(TURNS):
            if not self._exchange(base, is_first=turn == 0):
                break
            found = self.served(base)
            if found is None:
                break
            is_worse = plan.shortage > 0 and base.shortage <= found.shortage
            is_dearer = not plan.shortage and found.cost >= plan.cost
            best = found if best is None or found.rank < best.rank else best
            left = self.around.budget.left
            is_late = left <= 0 or (not plan.shortage and before - left > BRANCHING_SECONDS)
            if is_worse or is_dearer or is_late or best.rank < plan.rank:
                break
            base = found
        self._done = None if self._is_large else state
        return best

    def _exchange(self, plan: Incumbent, *, is_first: bool) -> bool:
        """Mend what is short in a plan; make rosters cheaper if that is the first there is to do.

        Returns
        -------
        Whether anything was saved.
        """
        here, team = self.around, self.team
        team.take(here.rosters.read(plan.values))
        if plan.shortage and self._mend(plan):
            return True
        if not is_first:
            return False
        soon = Allowance(here.budget, SECONDS)
        saved = exchange(team, soon, here.draw)
        self._is_large = soon.left <= 0
        return saved >= 1

    def _mend(self, plan: Incumbent) -> bool:
        """Fill what is short, and nothing else; tell whether anything was filled."""
        here, team, layout = self.around, self.team, self.around.layout
        short = layout.short_parts(plan.values)
        asked = np.maximum(self._margins, self._lacks(plan))
        team.ask_more(np.where(np.isin(layout.part_of, short), np.minimum(asked, self._most), 0.0))
        soon = Allowance(here.budget, max(SECONDS, LONG * here.budget.left))
        filled = self._mending.mend(team, short, soon, here.draw)
        team.ask_more(self._margins)
        return filled

    def shaken(self, plan: Incumbent) -> Incumbent | None:
        """Give a plan nearby, in which a few people have rosters that are good but not the best."""
        here, team = self.around, self.team
        team.resume()
        team.take(here.rosters.read(plan.values))
        for person in here.draw.sample(team.people, min(SHAKEN, len(team.people))):
            before = team.mine[person]
            team.replace(person, None)
            costs = team.worth(1.0)
            noise = np.random.default_rng(here.draw.randrange(1 << 30)).uniform(
                -NOISE, NOISE, len(costs)
            )
            team.rebuild(person, costs * (1 + noise))
            if team.mine[person] is None:
                team.replace(person, before)
        return self.served(plan)

    def _state(self, plan: Incumbent) -> tuple[bytes, bytes]:
        return plan.values.tobytes(), self._margins.tobytes()


class Bidding(Rostering):
    """Lets rosters settle at bids while something is short; goes on from where it was."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around, BRANCHING_SECONDS)
        self._bids: Bids | None = None
        self._least = 0.0
        """Cents at full price of the cheapest rosters that were served."""

    def can_help(self, plan: Incumbent) -> bool:
        """Tell whether something is short."""
        return plan.shortage > 0

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Let rosters settle for a while; serve those that are better than before."""
        here, team = self.around, self.team
        team.resume()
        if self._bids is None:
            self._bids = Bids(here.layout)
            team.take(here.rosters.read(plan.values))
            self._least = team.cost()
        best = settle(team, self._bids, Allowance(here.budget, SECONDS), here.draw, self._least)
        if best is None:
            return None
        last = list(team.mine)
        team.take(best)
        found = self.served(plan)
        self._least = team.cost()
        team.take(last)
        return found
