"""Repairs: rosters for everybody, made better neighbourhood by neighbourhood.

A few people get new rosters by columns, some people on some days by branch and bound on the true
model, or one after the other by rebuilding: time goes to what saved most in it of late.
"""

from __future__ import annotations

import math
import random

from ...formulation.model import Formulation
from ...formulation.options import Option
from ..trials import drawn
from .beside import Beside
from .boxes import Box, boxes_for
from .few import Few
from .generation import Search
from .one_by_one import Rebuilding, Settling
from .rebuilding import Rebuilder
from .staff import Column
from .standing import Standing

USELESS = 0.2
"""Share of the time after which it is given up where it has never helped."""
PATIENCE = 60
"""Neighbourhoods in a row without a better schedule, after which others may have better ideas."""

Way = Few | Box | Rebuilding | Settling


class Repair:
    """Whole rosters for everybody, made better neighbourhood by neighbourhood.

    Parameters
    ----------
    formulation
        The model of record.
    search
        Column generation at the root, with its columns and best prices.
    rosters
        The columns of each group's employees, in order.
    rebuilder
        Rebuilds rosters one by one, if there is one.
    beside
        Another thread, if there is one.
    """

    def __init__(
        self,
        formulation: Formulation,
        search: Search,
        rosters: list[list[Column]],
        rebuilder: Rebuilder | None = None,
        beside: Beside | None = None,
    ) -> None:
        self._search, self._beside = search, beside
        self._draw = random.Random(search.limits.seed)
        self._standing = Standing(search, rosters, rebuilder)
        self._few = Few(self._standing, self._draw)
        self._boxes = boxes_for(formulation, self._standing, self._draw)
        self._others: list[Way] = [self._few]
        if rebuilder is not None:
            self._others[:0] = [
                Rebuilding(self._standing, rebuilder),
                Settling(self._standing, rebuilder),
            ]

    @property
    def rosters(self) -> list[list[Column]]:
        """The columns of each group's employees, in order."""
        return self._standing.rosters

    @property
    def cost(self) -> int:
        """Cents, with what is missing at its price."""
        return self._standing.cost

    def run(self) -> None:
        """Try neighbourhoods until time is over, the bound is reached, or nothing helps."""
        search, failures, whole = self._search, 0, self._search.budget.left
        helped = self._exchange()
        while search.budget.left > 0 and failures < PATIENCE and not self._finished:
            better = self._attempt() | self._exchange()
            failures = 0 if better else failures + 1
            helped |= better
            if not helped and search.budget.left < (1 - USELESS) * whole:
                return
            if better:
                rebuilder = self._standing.rebuilder
                cost = None if rebuilder is None else rebuilder.whole_cost
                search.note("better rosters", search.bound, cost)

    def _exchange(self) -> bool:
        """Take what another thread found; tell whether that helped."""
        return self._beside is not None and self._beside.exchange(self._standing)

    @property
    def _finished(self) -> bool:
        tried: tuple[Few | Box, ...] = (self._few, *self._boxes)
        return self._standing.is_proved or any(way.is_exhausted for way in tried)

    def _attempt(self) -> bool:
        """Try a neighbourhood; tell whether it helped."""
        way, before, cost = self._way(), self._search.budget.left, self.cost
        better = way.attempt()
        way.remember(max(0, cost - self.cost), before - self._search.budget.left)
        return better

    def _way(self) -> Way:
        ways = self._others
        if self._boxes[0].can_help:
            ways = [*self._boxes[:2], *ways, *self._boxes[2:]]
        return drawn(ways, math.inf, self._draw)


def named(search: Search, rosters: list[list[Column]]) -> dict[str, tuple[Option, ...]]:
    """Give everybody's options, from the columns of each group's employees."""
    return {
        block.employee.id: tuple(block.choices[w].option for w in column.worked)
        for group, mine in zip(search.groups, rosters, strict=True)
        for block, column in zip(group.blocks, mine, strict=True)
    }
