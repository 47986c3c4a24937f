"""Ruin and recreate: one or two people leave and come back, one after the other, at best.

With all others in place, dual prices say what one more person is worth in every slot; the best
roster at these prices is exact, breaks and rules included (Schrimpf et al. 2000). Two at a time
went down fastest: of three and more most attempts fail, and one alone soon finds nothing.
"""

from __future__ import annotations

import random

import numpy as np

from ..budget import Allowance, Budget
from ..program import Floats
from .incumbent import Incumbent, complete, incumbent_of
from .moves import SECONDS, Move, Surroundings
from .resting import RestingAround
from .team import Team
from .worth import MOST_MARGIN, margins

MOST_REMOVED = 2
PATIENCE = 4
"""Attempts in a row that find nothing, for each person, after which to stop."""
LEAST_PATIENCE = 40
KEPT = 0.8
"""Share of a margin that is left after a try."""
FAILURES = 3
"""Places in a row where breaks placed anew do not help, after which to stop."""
SHAKEN, NOISE = 2, 0.3
"""People whose rosters are shaken, and by which share prices are wrong then."""


def exchange(team: Team, soon: Budget, draw: random.Random) -> float:
    """Improve a plan while that helps.

    Parameters
    ----------
    team
        Who all have a roster.
    soon
        When to stop.
    draw
        Source of chance.

    Returns
    -------
    Cents that were saved, with fractions of people where they serve.
    """
    first = cost = team.cost()
    failures = 0
    patience = max(LEAST_PATIENCE, PATIENCE * len(team.people))
    while failures < patience and soon.left > 0 and team.people:
        count = min(draw.randint(1, MOST_REMOVED), len(team.people))
        removed = draw.sample(team.people, count)
        before = [team.mine[person] for person in removed]
        for person in removed:
            team.replace(person, None)
        for person in removed:
            team.replace_best(person, 1.0)
        now = team.cost() if all(team.mine[person] for person in removed) else float("inf")
        failures = 0 if now < cost - 0.5 else failures + 1
        if now <= cost:
            cost = now
        else:
            for person, roster in zip(removed, before, strict=True):
                team.replace(person, roster)
    return first - cost


class Exchanging(Move):
    """Lets one or two people at a time work something else: quick, but with fractions of people.

    Where whole people then lack something, a little more is asked for from the next time on.
    """

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        layout = around.layout
        self._team = Team(layout, around.rosters, around.budget)
        self._resting = RestingAround(around)
        self._most = margins(layout, MOST_MARGIN)
        self._margins: Floats = np.zeros(len(layout.owner))
        self._done: tuple[bytes, bytes] | None = None

    def can_help(self, plan: Incumbent) -> bool:
        """Tell whether it has not already ended where the plan is, and asked for the same."""
        return self._done != self._state(plan)

    def attempt(self, plan: Incumbent) -> Incumbent | None:
        """Exchange rosters for a while."""
        here, team = self.around, self._team
        if self._done is None:
            self._learn(plan)
        self._done = self._state(plan)
        team.take(here.rosters.read(plan.values))
        saved = exchange(team, Allowance(here.budget, SECONDS), here.draw)
        return None if saved < 1 else self._served(plan)

    def shaken(self, plan: Incumbent) -> Incumbent | None:
        """Give a plan nearby, in which a few people have rosters that are good but not the best."""
        here, team = self.around, self._team
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
        return self._served(plan)

    def _served(self, plan: Incumbent) -> Incumbent | None:
        """Let the team serve with people where they are now."""
        here, team = self.around, self._team
        values = np.where(here.layout.is_choice | here.layout.is_presence, team.values, plan.values)
        here.rosters.settle(values)
        found = complete(here.layout, values, here.limits, here.budget, plan.values)
        if found is None:
            return None
        served = incumbent_of(here.layout, found, here.price)
        self._learn(served)
        return self._rested(served)

    def _rested(self, plan: Incumbent) -> Incumbent:
        """Place breaks anew where whole people lack something, as long as that helps."""
        in_vain = 0
        while in_vain < FAILURES and self._resting.can_help(plan):
            found = self._resting.attempt(plan)
            helped = found is not None and found.total < plan.total
            in_vain = 0 if helped else in_vain + 1
            plan = found if found is not None and helped else plan
        return plan

    def _learn(self, plan: Incumbent) -> None:
        """Ask for more where a plan lacks something."""
        self._margins = np.minimum(np.floor(KEPT * self._margins) + plan.values, self._most)
        self._team.ask_more(self._margins)

    def _state(self, plan: Incumbent) -> tuple[bytes, bytes]:
        return plan.values.tobytes(), self._margins.tobytes()
