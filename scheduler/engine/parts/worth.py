"""What one more person would be worth: dual prices of a part's floors, with everybody in place.

Shifts and breaks are given; what is left of a part is who serves what, and what floors lack: a
small linear program. Its dual prices, at slightly more people than there are, say what each slot
of further presence would save.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import scipy.sparse

from ..layout import Layout, Part
from ..linear import Linear
from ..program import Floats
from ..repeated import Repeated
from ..subproblem import Values

MORE, DIVIDED = 0.05, 1.0
"""People of each profile that are added everywhere before prices are read, since whoever is one too
many is worth nothing; and how many are divided by the size of the team, where that is less: all
profiles together would cover what a large team lacks, and nobody would be asked."""
MOST_MARGIN = 100.0
"""Hundredths of a person that a floor may ask for beyond what it promises."""


class PartWorth:
    """The linear program of what is left of a part.

    Parameters
    ----------
    layout, part
        The model, and which part of it.
    """

    def __init__(self, layout: Layout, part: Part) -> None:
        program = layout.program
        is_team = (layout.owner < 0) & ~layout.is_presence
        team = part.columns[is_team[part.columns]]
        inner = program.by_row[part.rows][:, team].tocsr()
        used = np.flatnonzero(np.diff(inner.indptr))
        self.rows = part.rows[used]
        fixed = scipy.sparse.diags_array((~is_team).astype(float))
        self._given = scipy.sparse.csr_array(program.by_row[self.rows] @ fixed)
        self._peopled = np.flatnonzero(np.diff(self._given.indptr))
        """Rows of people: what one more is worth depends on no others."""
        more = min(MORE, DIVIDED / max(1, len(layout.formulation.employees)))
        self._more = more * _step(self._given[:, np.flatnonzero(layout.is_head)])
        self._cost = program.cost[team]
        self._lacks = np.isin(team, layout.lacking)
        self._lacking = team[self._lacks]
        self._shares = np.ones(len(self._lacking))
        self._promised = program.row_low[self.rows], program.row_high[self.rows]
        self._limits = self._promised
        self._of_rows = program.by_row[self.rows]
        # More than is promised may be asked for, and lacking.
        limits = program.low[team], program.high[team] + MOST_MARGIN * self._lacks
        inner = scipy.sparse.csr_array(inner[used])
        linear = Linear(inner, *self._limits, *limits, self._cost)
        self._there, self._more_there = Repeated(linear), Repeated(linear)
        self._asked: tuple[Floats, float] | None = None
        self._priced: tuple[Floats, float, Floats] | None = None
        """What was asked last, and the answer."""

    @property
    def known(self) -> Floats | None:
        """Prices as they were last; None if something else has been asked for since."""
        return None if self._priced is None else self._priced[2]

    def ask_more(self, margins: Floats) -> None:
        """See `Worth.ask_more`."""
        more = self._of_rows @ margins
        low, high = self._promised
        self._limits = low + more, high + more
        self._asked = self._priced = None

    def cost(self, values: Values) -> float:
        """Give the least cost with people where they are."""
        given = self._given @ values.astype(float)
        if self._asked is None or not np.array_equal(given, self._asked[0]):
            self._asked = given, self._solve(self._there, given, 1.0)
        return self._asked[1]

    def bid(self, shares: Floats) -> None:
        """See `Worth.bid`."""
        self._shares = shares[self._lacking]
        self._asked = self._priced = None

    def note_missing(self, values: Values, missing: Floats) -> None:
        """See `Worth.missing`."""
        self._solve(self._there, self._given @ values.astype(float), 1.0)
        missing[self._lacking] = self._there.values()[self._lacks]

    def prices(self, values: Values, factor: float) -> Floats:
        """Give the dual price of each row of people, with slightly more than there are; else 0.

        Parameters
        ----------
        factor
            Of the cost of what floors lack.
        """
        given = self._given @ values.astype(float) + self._more
        before = self._priced
        if before is not None and before[1] == factor and np.array_equal(given, before[0]):
            return before[2]
        self._solve(self._more_there, given, factor)
        prices = self._more_there.prices(self._peopled)
        self._priced = given, factor, prices
        return prices

    def _solve(self, linear: Repeated, given: Floats, factor: float) -> float:
        low, high = self._limits
        cost = self._cost.copy()
        cost[self._lacks] *= factor * self._shares
        return linear.solve(low - given, high - given, cost)


def margins(layout: Layout, hundredths: float) -> Floats:
    """Give so many hundredths of a person for every floor and interval that may lack something."""
    found = np.zeros(len(layout.owner))
    found[layout.lacking] = hundredths / layout.lacking_units
    return found


def _step(heads: scipy.sparse.csr_array) -> Floats:
    """Give what one person more changes in each row."""
    if not all(heads.shape):
        return np.zeros(heads.shape[0])
    step: Floats = (heads.max(axis=1) + heads.min(axis=1)).toarray().ravel()
    return step


class Worth:
    """The worth of presence in every part, as far as it has been asked for.

    Parameters
    ----------
    layout
        The model.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._parts = [PartWorth(layout, part) for part in layout.parts]

    def ask_more(self, margins: Floats) -> None:
        """Ask for more than is promised from now on.

        Parameters
        ----------
        margins
            For each variable of the model, how much of it would not count: of what floors lack,
            how much more they ask for, up to `MOST_MARGIN`.
        """
        for part in self._parts:
            part.ask_more(margins)

    def cost(self, values: Values) -> float:
        """Give what all parts cost beside presence, with fractions of people."""
        return sum(part.cost(values) for part in self._parts)

    def bid(self, shares: Floats) -> None:
        """Charge a share of its price for what floors lack from now on.

        Parameters
        ----------
        shares
            For each variable of the model; only those of what floors lack count.
        """
        for part in self._parts:
            part.bid(shares)

    def missing(self, values: Values) -> Floats:
        """Give what floors lack, in the variables of the model, with fractions of people."""
        missing = np.zeros(len(self._layout.owner))
        for part in self._parts:
            part.note_missing(values, missing)
        return missing

    def costs(self, values: Values, factor: float, among: Collection[int] | None = None) -> Floats:
        """Give what one more in each variable costs, less what it is worth.

        Parameters
        ----------
        factor
            Of the cost of what floors lack.
        among
            Numbers of parts that matter; in others, what was last known will do.
        """
        program = self._layout.program
        prices = np.zeros(len(program.row_low))
        for number, part in enumerate(self._parts):
            if among is not None and number not in among and part.known is not None:
                prices[part.rows] = part.known
            else:
                prices[part.rows] = part.prices(values, factor)
        reduced: Floats = program.cost - program.by_column.T @ prices
        return reduced
