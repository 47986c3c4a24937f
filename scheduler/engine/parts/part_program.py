"""The linear program of a part, with people who are alike there taken together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse

from ..layout import Layout, Part
from ..linear import Linear
from ..outcome import Interrupt
from ..program import Floats, Indices
from ..repeated import PRIMAL, Repeated


@dataclass(frozen=True)
class Answer:
    """What a part's program says."""

    value: float
    """Cents, with hours at their prices."""
    prices: Floats
    """Dual price of each of the part's rows."""
    minutes: Floats
    """Minutes that each person works."""


class PartProgram:
    """The linear program of a part.

    Parameters
    ----------
    layout, part
        The model, and which part of it.
    interrupt
        Asked whether to stop.
    """

    def __init__(self, layout: Layout, part: Part, interrupt: Interrupt) -> None:
        program = layout.program
        self.rows = part.rows
        matrix = program.by_row[part.rows].tocsc()
        team = part.columns[layout.owner[part.columns] < 0]
        self.people, choices = _alike(layout, part, matrix)
        mine = np.concatenate([*choices, np.zeros(0, dtype=np.int64)]).astype(np.int64)
        kind = np.repeat(np.arange(len(choices)), [len(c) for c in choices])
        members = np.array([len(people) for people in self.people], dtype=float)
        shape = len(choices), len(mine)
        once = scipy.sparse.csr_array((np.ones(len(mine)), (kind, np.arange(len(mine)))), shape)
        self._minutes = layout.paid[mine].astype(float)
        self._kind = kind
        shifts = members * len(set(layout.day[mine].tolist()))
        self._cost = np.concatenate([program.cost[mine], program.cost[team]])
        without = np.full(len(members), -np.inf)
        self._row_low = np.concatenate([program.row_low[part.rows], without])
        self._row_high = np.concatenate([program.row_high[part.rows], shifts])
        linear = Linear(
            matrix=scipy.sparse.bmat(
                [[matrix[:, mine], matrix[:, team]], [once, None]], format="csr"
            ),
            row_low=self._row_low,
            row_high=self._row_high,
            low=np.concatenate([np.zeros(len(mine)), program.low[team]]),
            high=np.concatenate([members[kind], program.high[team]]),
            cost=self._cost,
        )
        self._linear = Repeated(linear, interrupt, PRIMAL)

    def solve(self, price: Floats) -> Answer | None:
        """Solve it; None if it has to stop early, or GLOP fails.

        Parameters
        ----------
        price
            Cents for a minute of each person; the same for people who are alike.
        """
        cost = self._cost.copy()
        first = np.array([people[0] for people in self.people], dtype=np.int64)
        cost[: len(self._minutes)] += price[first][self._kind] * self._minutes
        value = self._linear.solve(self._row_low, self._row_high, cost)
        if not np.isfinite(value):
            return None
        values = self._linear.values()[: len(self._minutes)]
        worked = np.bincount(self._kind, self._minutes * values, len(self.people))
        minutes = np.zeros_like(price)
        for amount, people in zip(worked, self.people, strict=True):
            minutes[people] = amount / len(people)
        return Answer(value, self._linear.prices()[: len(self.rows)], minutes)


def _alike(layout: Layout, part: Part, matrix: Any) -> tuple[list[list[int]], list[Indices]]:
    """Group people by the columns of their choices, and what these cost.

    Returns
    -------
    The people of each kind, and the choices of the first of them.
    """
    mine: dict[int, list[int]] = defaultdict(list)
    for column in part.columns[layout.day[part.columns] >= 0].tolist():
        mine[int(layout.owner[column])].append(column)
    kinds: dict[object, list[int]] = defaultdict(list)
    for person, columns in mine.items():
        inner = matrix[:, columns]
        seen = (inner.indptr, inner.indices, inner.data)
        priced = (layout.program.cost[columns], layout.paid[columns])
        kinds[tuple(array.tobytes() for array in (*seen, *priced))].append(person)
    people = list(kinds.values())
    return people, [np.array(mine[alike[0]], dtype=np.int64) for alike in people]
