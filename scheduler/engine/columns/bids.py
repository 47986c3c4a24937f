"""Bids: what is missing is cheap at first, and gets dearer row by row until somebody takes it.

Where everything is dear from the beginning, everybody's roster is bent to the gaps of a team that
is not there yet, and nobody's can be changed any more without another gap. Where only what *stays*
missing gets dearer, it is taken by those who mind it least: subgradient steps on the prices of rows
(Held, Wolfe and Crowder 1974), between them one roster after the other made the best there is.
"""

from __future__ import annotations

import numpy as np

from ..program import Floats
from .shortfall import Shortfall

LEAST = 1 / 32
"""Share of its price that a missing unit has at least."""
LEAST_SHARE = 0.1
"""Share of its cost that a unit has at least that may be missing."""
PACE, SLOWEST = 0.2, 0.02
"""Share by which what is missing gets dearer, at first and at last; all gets cheaper half as fast
when nothing is missing."""
SLOWER = 0.5
"""Factor of that when, after gaps, nothing is missing."""
MORE, LESS = 1.3, 0.97
"""Factors of the share of rows that cost something, and of all others."""
DEAREST = 1000
"""Times its price that a missing unit costs at most."""


class Bids:
    """Prices of rows that follow what is missing.

    Parameters
    ----------
    true
        What rows cost.
    """

    def __init__(self, true: Shortfall) -> None:
        self._true = true
        tied = np.concatenate([[], *(knot.rows for knot in true.knots)]).astype(np.int64)
        self._least = LEAST * true.price
        self._least[tied] = np.maximum(self._least, true.dearest)[tied]
        self._price, self._share = self._least, np.full(len(true.price), LEAST_SHARE)
        self._pace, self._lacked = PACE, False

    @property
    def shortfall(self) -> Shortfall:
        """Give what rows cost at the present prices."""
        # What is missing is never cheaper than what may be missing.
        price = np.maximum(self._price, self._share * self._true.dearest)
        return self._true.at(price, self._share)

    def at(self, prices: Floats) -> Bids:
        """Give others that begin at dual prices of the rows, where these are known."""
        worth, others = np.abs(prices), Bids(self._true)
        others._price = np.maximum(worth, self._least)
        share = worth / np.maximum(self._true.dearest, 1.0)
        others._share = np.clip(share, LEAST_SHARE, 1.0)
        return others

    def follow(self, used: Floats, missing: Floats) -> None:
        """Change prices after what rosters add up to in each row, and what is missing then."""
        lacks = missing > 0
        if lacks.any():
            dearer = np.minimum((1 + self._pace) * self._price, DEAREST * self._true.price)
            self._price = np.where(lacks, dearer, self._price)
        else:
            self._pace = max(SLOWEST, self._pace * SLOWER) if self._lacked else self._pace
            self._price = np.maximum((1 - self._pace / 2) * self._price, self._least)
        self._lacked = bool(lacks.any())
        costs = self._true.by_row(used) > 0
        share = np.where(costs, MORE * self._share, LESS * self._share)
        self._share = np.clip(share, LEAST_SHARE, 1.0)
