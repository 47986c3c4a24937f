"""Beside columns: a second thread frees boxes while others generate columns, dive and repair.

Both have rosters of their own, and give each other what they find between two tries: what changed
since then on top of what the others have, if that is cheaper, else the cheaper ones of both.
"""

from __future__ import annotations

import random
import threading
from dataclasses import replace

from ...formulation.model import Formulation
from ..budget import Allowance, Budget, Until
from .around import Person, Rosters
from .boxes import boxes_for
from .choosing import lean
from .few import few_for
from .generation import Search
from .rebuilding import rebuilder_for
from .staff import Column
from .standing import Standing
from .ways import Ways

PATIENCE = 2.0
"""Seconds in which it may end by itself."""


class Beside:
    """Boxes in a thread of their own, from now on.

    Parameters
    ----------
    formulation
        The model of record.
    search
        The others', which is not touched.
    rosters
        The columns of each group's employees.
    budget
        When to stop.
    """

    def __init__(
        self, formulation: Formulation, search: Search, rosters: Rosters, budget: Budget
    ) -> None:
        self._budget = Allowance(budget, budget.left)
        limits = replace(search.limits, interrupt=Until(self._budget))
        own = replace(lean(search, 1), limits=limits, budget=self._budget)
        self._draw = random.Random(search.limits.seed + 1)  # not what the others draw, too
        self._standing = Standing(own, _copied(rosters), rebuilder_for(own))
        self._boxes = boxes_for(formulation, self._standing, self._draw)
        few = few_for(self._standing, self._draw, apart=True)
        self._ways = Ways(self._standing, self._boxes, few, self._draw)
        self._lock = threading.Lock()
        self._given, self._found = rosters, rosters
        """Rosters that the others have, and those that were found here."""
        self._cost = self._standing.cost
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._budget.close()
        self._thread.join(PATIENCE)

    def suggest(self, columns: Rosters) -> None:
        """Rather choose what some rosters of each group have."""
        self._standing.suggested = columns

    def exchange(self, standing: Standing) -> bool:
        """Give the others what was found, and take what they have; tell whether that helped."""
        with self._lock:
            found, cost = self._found, self._cost
        before = standing.cost
        changed = _changed(self._given, found)
        if changed and not standing.take(changed) and cost < before:
            standing.take(_changed(standing.rosters, found))
        with self._lock:
            self._given = _copied(standing.rosters)
        return standing.cost < before

    @property
    def _is_finished(self) -> bool:
        return self._standing.is_proved or self._ways.are_exhausted

    def _work(self) -> None:
        """Free box after box."""
        standing = self._standing
        while self._budget.left > 0 and self._boxes[0].can_help and not self._is_finished:
            with self._lock:
                given = self._given
            standing.take(_changed(standing.rosters, given))
            self._ways.attempt()
            with self._lock:
                self._found, self._cost = _copied(standing.rosters), standing.cost


def _copied(rosters: Rosters) -> list[list[Column]]:
    return [list(mine) for mine in rosters]


def _changed(before: Rosters, now: Rosters) -> list[tuple[Person, Column]]:
    """Give the rosters that are others than before."""
    return [
        ((g, i), column)
        for g, mine in enumerate(now)
        for i, column in enumerate(mine)
        if column is not before[g][i]
    ]
