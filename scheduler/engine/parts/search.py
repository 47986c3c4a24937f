"""Search from a plan that may be short: whatever move helped of late is tried more often."""

from __future__ import annotations

from collections.abc import Callable

from ..trials import drawn
from .cutting import cuttings
from .filling import Filling
from .incumbent import Incumbent
from .moves import SECONDS, Move, Surroundings
from .replanning import Replanning
from .resting import Resting, RestingAround
from .rostering import Bidding, Exchanging
from .sharing import Shared
from .shifting import Shifting

QUICK = 1.0
"""Seconds of late that make a move quick, if it is by nature."""
QUICK_FAILURES = 3
"""Quick moves in a row that find nothing, after which others have their turn."""
MUCH = 0.3
"""Share of what is short from which on an exchange fills much: then the next move is one more."""
PATIENCE = 8
"""Other moves in a row that find nothing, after which a plan that is short is shaken."""
NEARBY = 1.1
"""Times the cost of the best plan that a shaken one may cost, shortages included: from farther away
there is no time to come back."""


class Search:
    """Improves a plan until it is told to stop.

    Parameters
    ----------
    around
        The model, and when to stop.
    shared
        Where the best plan is; others may improve it meanwhile.
    good_enough
        Asked whether a plan will do.
    """

    def __init__(
        self,
        around: Surroundings,
        shared: Shared,
        good_enough: Callable[[Incumbent], bool],
    ) -> None:
        self._around, self._shared, self._good_enough = around, shared, good_enough
        self._failures = self._quick_failures = 0
        """Moves that found nothing since something was saved: quick ones, and others."""
        self._exchanging = Exchanging(around)
        self._is_first = False
        """Whether rosters are exchanged before all else, since that filled much the last time."""
        near, *others = cuttings(around)
        self._moves: list[Move] = [
            RestingAround(around),
            near,
            self._exchanging,
            Shifting(around),
            Replanning(around),
            Filling(around),
            Resting(around),
            Bidding(around),
            *others,
        ]

    def improve(self, plan: Incumbent) -> Incumbent:
        """Try move after move; while something is short and nothing helps, shake the plan."""
        best = plan
        while self._around.budget.left > 0 and not self._good_enough(best):
            found = self._attempt(plan)
            if found is not None and found.rank <= plan.rank:
                plan = found
            known = self._shared.improved(best, plan)
            if known is not best:
                if best.shortage and not known.shortage:
                    self._forget()
                plan = best = known
            if self._failures >= PATIENCE and best.shortage:
                shaken = self._exchanging.shaken(best)
                is_near = shaken is not None and shaken.total <= NEARBY * best.total
                plan = shaken if shaken is not None and is_near else best
                self._failures = self._quick_failures = 0
        return best

    def _attempt(self, plan: Incumbent) -> Incumbent | None:
        """Choose a move, try it, and learn how much it gains."""
        move, before = self._move(plan), self._around.budget.left
        found = move.attempt(plan)
        better = found is not None and found.rank < plan.rank
        saved = 0 if found is None or not better else max(0, plan.total - found.total)
        if better:
            self._failures = self._quick_failures = 0
        elif move.is_quick:
            self._quick_failures += 1
        else:
            self._failures += 1
        if move is self._exchanging:
            self._is_first = _fills_much(plan, found)
        move.remember(saved, before - self._around.budget.left)
        return found

    def _forget(self) -> None:
        """Learn anew: what is good at shortages may be bad at cost."""
        self._is_first = False
        for move in self._moves:
            move.forget()

    def _move(self, plan: Incumbent) -> Move:
        """Draw a move: what is quick first, then so that time goes to those that save much."""
        moves = [move for move in self._moves if move.can_help(plan)]
        quick = [move for move in moves if move.is_quick and move.seconds <= QUICK]
        if quick and self._quick_failures < QUICK_FAILURES:
            return quick[0]
        if self._is_first and self._exchanging in moves:
            return self._exchanging
        return drawn(moves, SECONDS, self._around.draw)


def _fills_much(plan: Incumbent, found: Incumbent | None) -> bool:
    """Tell whether much of what a plan lacks is filled in another."""
    return found is not None and 0 < found.shortage <= (1 - MUCH) * plan.shortage
