"""Ruin and recreate: one or two people leave and come back, one after the other, at best.

With all others in place, dual prices say what one more person is worth in every slot; the best
roster at these prices is exact, breaks and rules included (Schrimpf et al. 2000). Two at a time
went down fastest: of three and more most attempts fail, and one alone soon finds nothing.
"""

from __future__ import annotations

import random

from ..budget import Budget
from .team import Team

MOST_REMOVED = 2
PATIENCE = 4
"""Attempts in a row that find nothing, for each person, after which to stop."""
LEAST_PATIENCE = 40


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
