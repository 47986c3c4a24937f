"""Repairs: rosters for everybody, made better neighbourhood by neighbourhood.

A few people get new rosters by columns, some people on some days on the true model, or one after
the other by rebuilding: time goes to what saved most in it of late.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from ...formulation.model import Formulation
from ...formulation.options import Option
from .beside import Beside
from .boxes import boxes_for
from .few import few_for
from .generation import Search
from .one_by_one import Rebuilding, Settling
from .rebuilding import Rebuilder
from .staff import Column
from .standing import Standing
from .ways import Way, Ways

USELESS = 0.2
"""Share of the time after which it is given up where it has never helped."""
PATIENCE = 60
"""Neighbourhoods in a row without a better schedule, after which others may have better ideas."""


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
    """

    def __init__(
        self,
        formulation: Formulation,
        search: Search,
        rosters: list[list[Column]],
        rebuilder: Rebuilder | None = None,
    ) -> None:
        self.beside: Beside | None = None
        """Another thread, if there is one."""
        self._search = search
        self._draw = random.Random(search.limits.seed)
        self._standing = Standing(search, rosters, rebuilder)
        boxes = boxes_for(formulation, self._standing, self._draw)
        others: list[Way] = [*few_for(self._standing, self._draw)]
        if rebuilder is not None:
            others[:0] = [
                Rebuilding(self._standing, rebuilder),
                Settling(self._standing, rebuilder),
            ]
        self._ways = Ways(self._standing, boxes, others, self._draw)

    @property
    def rosters(self) -> list[list[Column]]:
        """The columns of each group's employees, in order."""
        return self._standing.rosters

    @property
    def cost(self) -> int:
        """Cents, with what is missing at its price."""
        return self._standing.cost

    def suggest(self, columns: Sequence[Sequence[Column]]) -> None:
        """Rather choose what some rosters of each group have, here and in another thread."""
        self._standing.suggested = columns
        if self.beside is not None:
            self.beside.suggest(columns)

    def run(self) -> None:
        """Try neighbourhoods until time is over, the bound is reached, or nothing helps."""
        search, failures, whole = self._search, 0, self._search.budget.left
        self._ways.renew()
        helped = self.exchange()
        while search.budget.left > 0 and failures < PATIENCE and not self.is_finished:
            better = self._ways.attempt() | self.exchange()
            failures = 0 if better else failures + 1
            helped |= better
            if not helped and search.budget.left < (1 - USELESS) * whole:
                return
            if better:
                rebuilder = self._standing.rebuilder
                cost = None if rebuilder is None else rebuilder.whole_cost
                search.note("better rosters", search.bound, cost)

    def follow(self) -> bool:
        """Take what the rebuilder has, if that is cheaper; tell whether it is."""
        return self._standing.follow()

    def stop(self) -> None:
        """End the other thread."""
        if self.beside is not None:
            self.beside.stop()

    def exchange(self) -> bool:
        """Take what another thread found; tell whether that helped."""
        return self.beside is not None and self.beside.exchange(self._standing)

    def take(self, rosters: Sequence[Sequence[Column]]) -> bool:
        """Take everybody's rosters from elsewhere, if these are cheaper; tell whether they are."""
        every = enumerate(rosters)
        return self._standing.take([((g, i), c) for g, mine in every for i, c in enumerate(mine)])

    @property
    def is_finished(self) -> bool:
        """Whether nothing can be cheaper."""
        return self._standing.is_proved or self._ways.are_exhausted


def named(search: Search, rosters: list[list[Column]]) -> dict[str, tuple[Option, ...]]:
    """Give everybody's options, from the columns of each group's employees."""
    return {
        block.employee.id: tuple(block.choices[w].option for w in column.worked)
        for group, mine in zip(search.groups, rosters, strict=True)
        for block, column in zip(group.blocks, mine, strict=True)
    }
