"""How much everybody can work in the whole horizon, as far as their rules say."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ..columns.pricing import Pricing
from ..columns.routes import pricings_for
from ..columns.staff import Group
from ..layout import Layout
from ..outcome import Limits
from ..program import Floats, Indices
from .rosters import LIMIT_SECONDS, Rosters

COARSE = 1_000
"""Cents that a unit stands for where only units matter."""


class Reach:
    """What rosters of each person can amount to; an index is a person's.

    Parameters
    ----------
    layout, rosters
        The model, and everybody in it.
    limits
        For what has to be left to CP-SAT.
    """

    def __init__(self, layout: Layout, rosters: Rosters, limits: Limits) -> None:
        self._layout, self._rosters, self._limits = layout, rosters, limits

    @cached_property
    def pricings(self) -> list[Pricing]:
        """Pricing remembers what it learnt: shared with a search beside it, that would mix."""
        return pricings_for(self._rosters.groups, self._limits)

    @cached_property
    def least(self) -> Floats:
        """The least minutes."""
        return np.ceil(self._least_of([self.paid(group) for group in self._rosters.groups]))

    @cached_property
    def most(self) -> Floats:
        """The most minutes."""
        return np.floor(-self._least_of([-self.paid(group) for group in self._rosters.groups]))

    @cached_property
    def shifts(self) -> Floats:
        """The most shifts."""
        ones = [-np.ones_like(self.paid(group)) for group in self._rosters.groups]
        return np.floor(-self._least_of(ones))

    def paid(self, group: Group) -> Indices:
        """Give the paid minutes of each choice that people of a group have."""
        return np.array([self._layout.paid[c.worked.index] for c in group.blocks[0].choices])

    def _least_of(self, units: list[Indices]) -> Floats:
        """Give the least sum of units, one number for each choice of a group, in a roster."""
        found = np.zeros(len(self._layout.formulation.employees))
        for number, (group, own) in enumerate(zip(self._rosters.groups, units, strict=True)):
            costs = np.zeros(len(group.cost), dtype=np.int64)
            costs[group.chosen] = COARSE * own
            bound = self.pricings[number].price(costs, 1, LIMIT_SECONDS).bound
            members = [self._rosters.number_of[block.employee.id] for block in group.blocks]
            found[members] = 0.0 if bound is None else bound / COARSE
        return found
