"""Rosters made better one by one, as ways among others: rebuilt as they are, or at bids."""

from __future__ import annotations

from ..budget import Allowance
from ..trials import Trial
from .rebuilding import Rebuilder
from .standing import Standing

SECONDS = 3.0
"""Time for either."""


class _OneByOne(Trial):
    """Lets a rebuilder work for a while.

    Parameters
    ----------
    standing
        Everybody's rosters.
    rebuilder
        How rosters are rebuilt.
    """

    def __init__(self, standing: Standing, rebuilder: Rebuilder) -> None:
        super().__init__(SECONDS)
        self._standing, self._rebuilder = standing, rebuilder


class Rebuilding(_OneByOne):
    """Rebuilds a few people at a time."""

    def attempt(self) -> bool:
        """Rebuild for a while; tell whether that made it cheaper."""
        budget = self._standing.search.budget
        better = self._rebuilder.improve(Allowance(budget, SECONDS))
        return self._standing.follow() if better else False


class Settling(_OneByOne):
    """Rebuilds everybody several times, at prices that follow what is missing."""

    def attempt(self) -> bool:
        """Settle for a while; tell whether that made it cheaper."""
        self._rebuilder.settle(Allowance(self._standing.search.budget, SECONDS))
        return self._standing.follow()
