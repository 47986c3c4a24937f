"""Best breaks of every option of a profile, at given costs of beginning a break at a minute.

For the k-th start and a break b, f_b(o) = cost of beginning it at offset o + the least f_{b−1}
that leaves a permitted stretch of work in between. All options of a break group are placed at once:
their windows lie at the same distances from their starts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...formulation.breaks import BreakGroup
from ..program import Floats, Indices


@dataclass(frozen=True)
class _Break:
    begun: Indices
    """Variables: heads x offsets."""
    first: Indices
    last: Indices
    """Positions of the earliest and latest offsets of the break before that fit each offset."""


class Placing:
    """The options of a break group, and where their breaks can begin.

    Parameters
    ----------
    group
        The options.
    step
        Minutes of an interval.
    """

    def __init__(self, group: BreakGroup, step: int) -> None:
        self.group = group
        starts = np.array([head.option.duty.start for head in group.heads])
        self.heads: Indices = np.array([head.people.index for head in group.heads])
        shortest, longest = group.heads[0].option.spacing
        self._breaks: list[_Break] = []
        before = None
        for position, span in enumerate(group.breaks):
            offsets = np.arange(span.earliest, span.latest + 1, step)
            begun = group.begun[position]
            places = np.array(
                [[begun[int(start + offset)].index for offset in offsets] for start in starts]
            )
            first = last = np.zeros(len(offsets), dtype=np.int64)
            if before is not None:
                ended, minutes = before
                first = np.searchsorted(ended, offsets - minutes - longest, side="left")
                last = np.searchsorted(ended, offsets - minutes - shortest, side="right") - 1
            self._breaks.append(_Break(places, first, last))
            before = offsets, span.minutes

    def best(self, costs: Floats) -> tuple[Floats, Indices]:
        """Give the least cost of each option's breaks, and the variables of their beginnings.

        Parameters
        ----------
        costs
            Of every variable of the model.
        """
        rows = np.arange(len(self.heads))
        least = costs[self._breaks[0].begun]
        came: list[Indices] = []
        for pause in self._breaks[1:]:
            here = costs[pause.begun]
            origin = np.zeros(here.shape, dtype=np.int64)
            reached = np.full(here.shape, np.inf)
            for k, (first, last) in enumerate(zip(pause.first, pause.last, strict=True)):
                if first <= last:
                    window = least[:, first : last + 1]
                    at = window.argmin(axis=1)
                    origin[:, k] = first + at
                    reached[:, k] = window[rows, at]
            least = here + reached
            came.append(origin)
        at = least.argmin(axis=1)
        total = least[rows, at]
        chosen = [self._breaks[-1].begun[rows, at]]
        for pause, origin in zip(reversed(self._breaks[:-1]), reversed(came), strict=True):
            at = origin[rows, at]
            chosen.append(pause.begun[rows, at])
        return total, np.stack(chosen[::-1], axis=1)

    def in_turn(self, values: Indices) -> list[tuple[int, tuple[int, ...]]]:
        """Give head and beginnings of breaks of everybody in a solution, first in, first out."""
        people = np.repeat(self.heads, values[self.heads]).tolist()
        beginnings = []
        for begun in self.group.begun:
            places = np.array([begun[minute].index for minute in sorted(begun)])
            beginnings.append(np.repeat(places, values[places]).tolist())
        return list(zip(people, zip(*beginnings, strict=True), strict=True))

    def settle(self, values: Indices) -> None:
        """Count who has begun a break by each minute."""
        for begun, until in zip(self.group.begun, self.group.begun_until, strict=True):
            counts = np.cumsum(values[[people.index for people in begun.values()]])
            values[[people.index for people in until.values()]] = counts
