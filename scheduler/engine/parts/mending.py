"""What is short mended: those who could best help leave and come back, and all else stays.

What changes has to be served anew, which takes longer than an exchange, and whole people may lack
something else then. So whoever comes back had better work what they worked, with the breaks they
had, wherever nothing is short.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from ..budget import Allowance, Budget
from ..layout import Layout
from ..program import Floats, Indices
from .exchanging import exchange_once
from .rosters import Rosters
from .team import Staying, Team

DEARER = 1.0, 10.0
"""Times its price that what is missing costs, first and then: at its price, a few hundredths of a
person are not worth a shift, and dear people would rather go; at ten times, a shift is worked for
next to nothing, so that this is for the last of it."""
PATIENCE = 40
"""Attempts in a row that fill nothing, after which to stop."""
ROUGHLY = 0.5
"""How often last known prices will do where nothing is short: that takes a fraction of the time,
but who has no hours left had better know them."""
ALONE = 0.5
"""How often one person is to help without another, drawn from all, who makes room."""


class Mending:
    """Lets those who could help fill what is short.

    Parameters
    ----------
    layout, rosters
        The model, and everybody in it.
    price
        Cents for a hundredth of a person that a floor lacks.
    """

    def __init__(self, layout: Layout, rosters: Rosters, price: int) -> None:
        self._layout, self._rosters, self._price = layout, rosters, price
        self._choices = np.flatnonzero(layout.is_choice)
        self._days = layout.days
        self._place: Indices = layout.owner[self._choices] * self._days + layout.day[self._choices]
        """Whose choice on which day."""

    def mend(self, team: Team, short: Collection[int], soon: Budget, draw: random.Random) -> bool:
        """Fill what a team lacks; tell whether anything was filled.

        Parameters
        ----------
        team
            Who all have a roster, and charge for what is short alone.
        short
            Numbers of the parts in which something is short.
        soon
            When to stop.
        draw
            Source of chance.
        """
        layout = self._layout
        is_short = np.isin(layout.part_of, list(short))
        staying = Staying(layout.is_choice & ~is_short, self._price)
        filled = False
        for before, dear in enumerate(DEARER):
            team.bid(np.full(len(is_short), dear))
            share = Allowance(soon, soon.left / (len(DEARER) - before))
            filled |= self._fill(team, staying, short, share, draw)
        team.bid(np.ones(len(is_short)))
        return filled

    def _fill(
        self,
        team: Team,
        staying: Staying,
        short: Collection[int],
        soon: Budget,
        draw: random.Random,
    ) -> bool:
        """Fill what a team lacks, at what that costs now; tell whether anything was filled."""
        near = replace(staying, moving=short)
        first = cost = team.cost()
        gains, failures = self._gains(team, near), 0
        while failures < PATIENCE and soon.left > 0 and team.cost_of_floors() >= self._price:
            if not gains.any():
                break  # nobody could help
            some = draw.choices(team.people, gains.tolist())
            if draw.random() > ALONE:
                some += [one for one in draw.sample(team.people, 1) if one not in some]
            is_rough = draw.random() < ROUGHLY
            now = exchange_once(team, cost, some, near if is_rough else staying)
            gains[some[0]] *= is_rough
            failures += 1
            if now < cost:
                gains, failures, cost = self._gains(team, near), 0, now
        return cost < first

    def _gains(self, team: Team, staying: Staying) -> Floats:
        """Give what everybody could save at most by another shift on one day, breaks aside.

        What they would save by not working at all does not count: it fills nothing.
        """
        choices, head = self._choices, self._rosters.head[self._choices]
        worth = team.worth(1.0, staying.moving)
        costs = np.where(head == choices, 0.0, worth[choices]) + worth[head]
        size = len(team.people) * self._days
        now = np.bincount(self._place, costs * (team.values[choices] > 0), size)
        least = np.zeros(size)
        np.minimum.at(least, self._place, np.where(staying.choices[choices], 0.0, costs))
        gains = (np.minimum(now, 0.0) - least).reshape(len(team.people), self._days)
        return np.asarray(gains.max(axis=1, initial=0.0))
