"""Everybody's rosters as a plan, whose people can be taken out and put back at what is worth it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..budget import Budget
from ..layout import Layout
from ..program import Floats, Mask
from ..subproblem import Values
from .rosters import LIMIT_SECONDS, Roster, Rosters

WORK_OF_A_ROSTER = 0.05
"""Deterministic time of finding one."""


@dataclass(frozen=True)
class Staying:
    """Choices that had better stay as they are, so that what depends on them does, too.

    Parameters
    ----------
    choices
        Which choices of the model.
    price
        Cents for each that changes.
    moving
        Numbers of the parts that other choices belong to, if prices of others need not be new.
    """

    choices: Mask
    price: float
    moving: Collection[int] | None = None

    def charges(self, before: Roster) -> Floats:
        """Give what each variable costs besides, where somebody had this roster."""
        found = np.where(self.choices, self.price, 0.0)
        for stint in before.stints:
            found[stint.choice] *= -1
        return found

    def as_before(self, before: Roster, after: Roster) -> Roster:
        """Give a roster in which what stays has the breaks it had."""
        known = {s.choice: s for s in before.stints if self.choices[s.choice]}
        return replace(after, stints=tuple(known.get(s.choice, s) for s in after.stints))


class Team:
    """A plan, one roster for each person; nobody works at first.

    Parameters
    ----------
    layout, rosters
        The model, and how rosters are found.
    budget
        When to stop.
    """

    def __init__(self, layout: Layout, rosters: Rosters, budget: Budget) -> None:
        self._rosters, self._budget = rosters, budget
        self._worth = rosters.worth
        self._margins, self._shares = np.zeros(len(layout.owner)), np.ones(len(layout.owner))
        self.people = range(len(layout.formulation.employees))
        self.mine: list[Roster | None] = [None for _ in self.people]
        self.values: Values = np.zeros(len(layout.owner), dtype=np.int64)

    def resume(self) -> None:
        """Ask for what this team asks for, where another has asked for something else since."""
        self._worth.ask_more(self._margins)
        self._worth.bid(self._shares)

    def take(self, rosters: Sequence[Roster | None]) -> None:
        """Take over a plan."""
        for person, roster in enumerate(rosters):
            self.replace(person, roster)

    def cost(self) -> float:
        """Give what the plan costs, with fractions of people where they serve."""
        people = sum(roster.cost for roster in self.mine if roster is not None)
        return people + self.cost_of_floors()

    def cost_of_floors(self) -> float:
        """Give what floors lack, and what else the team costs, beside everybody's rosters."""
        return self._worth.cost(self.values)

    def ask_more(self, margins: Floats) -> None:
        """Ask for more than is promised; see `Worth`."""
        self._margins = margins
        self._worth.ask_more(margins)

    def bid(self, shares: Floats) -> None:
        """Charge shares of the price of what floors lack; see `Worth`."""
        self._shares = shares
        self._worth.bid(shares)

    def missing(self) -> Floats:
        """Give what floors lack, in the variables of the model, with fractions of people."""
        return self._worth.missing(self.values)

    def worth(self, factor: float, among: Collection[int] | None = None) -> Floats:
        """Give what one more in each variable costs, less what it is worth; see `Worth`."""
        return self._worth.costs(self.values, factor, among)

    def replace(self, person: int, roster: Roster | None) -> None:
        """Put a roster in the place of somebody's."""
        for one, sign in ((self.mine[person], -1), (roster, +1)):
            if one is not None:
                self._rosters.put(self.values, one, sign)
        self.mine[person] = roster

    def rebuild(self, person: int, costs: Floats) -> None:
        """Give somebody the best roster at what more presence costs."""
        seconds = max(0.05, min(LIMIT_SECONDS, self._budget.left))
        found = self._rosters.best(person, costs, seconds)
        self._budget.spend(WORK_OF_A_ROSTER)
        self.replace(person, found)

    def replace_best(self, person: int, factor: float) -> None:
        """Give somebody the best roster with everybody else in place; theirs if none is found.

        Parameters
        ----------
        factor
            Of the price of what floors lack.
        """
        before = self.mine[person]
        self.replace(person, None)
        self.rebuild(person, self.worth(factor))
        if self.mine[person] is None:
            self.replace(person, before)

    def come_back(self, person: int, before: Roster, staying: Staying) -> None:
        """Give somebody the best roster at full price, in which what had better stay does.

        Parameters
        ----------
        before
            What they had.
        """
        self.rebuild(person, self.worth(1.0, staying.moving) + staying.charges(before))
        found = self.mine[person]
        if found is not None:
            self.replace(person, staying.as_before(before, found))
