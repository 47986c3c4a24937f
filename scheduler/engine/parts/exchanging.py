"""Ruin and recreate: one or two people leave and come back, one after the other, at best.

With all others in place, dual prices say what one more person is worth in every slot; the best
roster at these prices is exact, breaks and rules included (Schrimpf et al. 2000). Two at a time
went down fastest: of three and more most attempts fail, and one alone soon finds nothing.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from ..budget import Budget
from .team import Staying, Team

MOST_REMOVED = 2
PATIENCE = 4
"""Attempts in a row that find nothing, for each person, after which to stop."""
LEAST_PATIENCE = 40
LEAST_SAVED = 0.5
"""Cents that a saving is, at least."""
HARDLY = 0.1
"""Share of what floors cost by which it hardly falls."""


def exchange(team: Team, soon: Budget, draw: random.Random, enough: float = 0.0) -> float:
    """Improve a plan while that helps.

    Parameters
    ----------
    team
        Who all have a roster.
    soon
        When to stop.
    draw
        Source of chance.
    enough
        Stop once floors cost less than this, in cents, or hardly less than before for as many
        attempts as may fail; 0 to go on while anything is saved.

    Returns
    -------
    Cents that were saved, with fractions of people where they serve.
    """
    first = cost = team.cost()
    failures = stalled = 0
    least = math.inf
    patience = max(LEAST_PATIENCE, PATIENCE * len(team.people))
    while failures < patience and soon.left > 0 and team.people:
        now = exchange_once(team, cost, drawn_people(team, draw))
        failures = 0 if now < cost - LEAST_SAVED else failures + 1
        cost = now
        if enough > 0:
            floors = team.cost_of_floors()
            stalled = 0 if floors < (1 - HARDLY) * least else stalled + 1
            least = min(least, floors)
            if floors < enough or stalled >= patience:
                break
    return first - cost


def drawn_people(team: Team, draw: random.Random) -> list[int]:
    """Draw one or two people."""
    return draw.sample(team.people, min(draw.randint(1, MOST_REMOVED), len(team.people)))


def exchange_once(
    team: Team, cost: float, removed: Sequence[int], staying: Staying | None = None
) -> float:
    """Let people leave and come back, unless that costs more; give what all cost.

    Parameters
    ----------
    cost
        What all cost now.
    removed
        Who leave, and come back in this order.
    staying
        What had better stay as it is; then, nobody moves unless floors cost less.
    """
    most = math.inf if staying is None else team.cost_of_floors() - LEAST_SAVED
    before = [team.mine[person] for person in removed]
    for person in removed:
        team.replace(person, None)
    for person, roster in zip(removed, before, strict=True):
        if staying is None or roster is None:
            team.replace_best(person, 1.0)
        else:
            team.come_back(person, roster, staying)
    if all(team.mine[person] for person in removed) and team.cost_of_floors() <= most:
        now = team.cost()
        if now <= cost:
            return now
    for person, roster in zip(removed, before, strict=True):
        team.replace(person, roster)
    return cost
