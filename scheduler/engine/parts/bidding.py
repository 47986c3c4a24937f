"""Bids: what floors lack is cheap at first, and gets dearer while it stays lacking.

Exchanges at full price end where nobody can leave without another gap, such as weekends that some
would have to swap. At prices that follow what stays lacking, people go where others mind more:
subgradient steps on the prices of what is missing (Held, Wolfe and Crowder 1974), between them
exchanges of rosters. Rosters of `columns` settle in the same way, row by row.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from ..budget import Budget
from ..layout import Layout
from ..program import Floats
from .exchanging import drawn_people, exchange_once
from .rosters import Roster
from .team import Team

LEAST = 1 / 64
"""Share of its price that what is missing costs at least."""
PACE, SLOWEST = 0.5, 0.02
"""Share by which what is missing gets dearer, at first and at last; all gets cheaper half as fast
when nothing is missing."""
SLOWER = 0.5
"""Factor of that when, after gaps, nothing is missing."""
SMALL = 1e-3
"""Hundredths of a person that nobody misses."""
PATIENCE = 12
"""Rounds in a row without cheaper rosters, after which to stop."""


class Bids:
    """Shares of their price at which floors lack something.

    Parameters
    ----------
    layout
        The model.
    """

    def __init__(self, layout: Layout) -> None:
        self._price = np.zeros(len(layout.owner))
        self._price[layout.lacking] = layout.program.cost[layout.lacking]
        self.shares = np.full(len(layout.owner), LEAST)
        self._pace, self._lacked = PACE, False

    def hidden(self, missing: Floats) -> float:
        """Give the cents that what is missing costs at its price beyond what is charged for it."""
        return float(self._price @ ((1 - self.shares) * missing))

    def follow(self, missing: Floats) -> None:
        """Charge more for what is missing, or less for everything once nothing is."""
        lacks = missing > SMALL
        if lacks.any():
            dearer = np.minimum((1 + self._pace) * self.shares, 1.0)
            self.shares = np.where(lacks, dearer, self.shares)
        else:
            self._pace = max(SLOWEST, self._pace * SLOWER) if self._lacked else self._pace
            self.shares = np.maximum((1 - self._pace / 2) * self.shares, LEAST)
        self._lacked = bool(lacks.any())


def settle(
    team: Team, bids: Bids, soon: Budget, draw: random.Random, enough: float
) -> Sequence[Roster | None] | None:
    """Exchange rosters at prices that follow what is missing, until nothing is or nothing helps.

    Parameters
    ----------
    team
        Who all have a roster; they are left with those of the last prices, and full prices.
    bids
        The prices.
    soon
        When to stop.
    draw
        Source of chance.
    enough
        Cents, at full price: only what costs less is of interest.

    Returns
    -------
    The cheapest rosters at full price, if any were cheap enough.
    """
    best, failures = None, 0
    while soon.left > 0 and failures < PATIENCE:
        team.bid(bids.shares)
        cost = team.cost()
        for _ in team.people:
            if soon.left > 0:
                cost = exchange_once(team, cost, drawn_people(team, draw))
        missing = team.missing()
        full = cost + bids.hidden(missing)
        failures += 1
        if full < enough:
            best, enough, failures = list(team.mine), full, 0
        bids.follow(missing)
        if best is not None and not (missing > SMALL).any():
            break
    team.bid(np.ones_like(bids.shares))
    return best
