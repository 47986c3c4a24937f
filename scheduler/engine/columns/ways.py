"""Ways to make rosters better, tried the more often the more they saved of late."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from ..trials import drawn
from .boxes import Box
from .few import Few
from .one_by_one import Rebuilding, Settling
from .standing import Standing

Way = Few | Box | Rebuilding | Settling


class Ways:
    """Several ways.

    Parameters
    ----------
    standing
        Everybody's rosters.
    boxes
        Those of all kinds.
    others
        Other ways.
    draw
        Source of chance.
    """

    def __init__(
        self,
        standing: Standing,
        boxes: Sequence[Box],
        others: Sequence[Way],
        draw: random.Random,
    ) -> None:
        self._standing, self._boxes, self._draw = standing, boxes, draw
        self._others = others

    def attempt(self) -> bool:
        """Try one of them; tell whether that made it cheaper."""
        standing, way = self._standing, self._way()
        before, cost, lacked = standing.search.budget.left, standing.cost, standing.lacks
        better = way.attempt()
        way.remember(max(0, cost - standing.cost), before - standing.search.budget.left)
        if lacked and not standing.lacks:
            # What filled gaps saved more than anything else ever will.
            for each in (*self._boxes, *self._others):
                each.forget()
        return better

    def renew(self) -> None:
        """Begin anew, with rosters that may be others than those of the last time."""
        for way in self._ended:
            way.is_exhausted = False

    @property
    def are_exhausted(self) -> bool:
        """Whether one of them had everything free, and found nothing better."""
        return any(way.is_exhausted for way in self._ended)

    @property
    def _ended(self) -> list[Few | Box]:
        """Those that know when they have come to their end."""
        return [way for way in (*self._boxes, *self._others) if isinstance(way, Few | Box)]

    def _way(self) -> Way:
        boxes = [box for box in self._boxes if box.can_help]
        others = [way for way in self._others if not isinstance(way, Few) or way.can_help]
        return drawn([*boxes[:2], *others, *boxes[2:]], math.inf, self._draw)
