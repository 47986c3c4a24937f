"""A day of a plan as a program: people who can take each other's place are numbers in it.

With all other days as they are, who is alike and able to work the same on a day is one variable for
each choice, whole but larger than one: less to branch on, and nobody is tried in place of somebody
just like them.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import scipy.sparse

from ..branching import branch
from ..layout import Layout, Part
from ..program import Indices, Mask, Program
from ..subproblem import Values
from .able import Able, able
from .kinds import Firsts, Kind, firsts_of

NAMING_SECONDS = 2.0
"""Time for what follows from choices that others took over, at most; it takes next to none."""


class DayProgram:
    """A day of a plan.

    Parameters
    ----------
    layout, part, kinds
        The model, a part of it, and who is alike there.
    day, plan
        The day, and values of a solution.
    """

    def __init__(
        self, layout: Layout, part: Part, kinds: list[Kind], day: int, plan: Values
    ) -> None:
        self._layout, self._plan = layout, plan
        mine = np.zeros(len(plan), dtype=bool)
        mine[part.columns] = True
        today = mine & (layout.day == day)
        found = able(layout, plan, today)
        self.kinds, must = _together(kinds, today, found)
        """People who can take each other's place, and what they are able to choose."""
        firsts = firsts_of(self.kinds)
        self.choices: Indices = firsts.choices
        """Choices of the first of each kind, which come first in `program`."""
        self.kind: Indices = firsts.kind
        """Index in `kinds` of those who have each of these."""
        apart = np.append(found.apart, False)[layout.owner] & (today | ~layout.is_choice)
        self.besides: Indices = np.flatnonzero((mine & (layout.owner < 0)) | apart)
        """Variables that come last in `program`: the team's, and those of people for themselves."""
        self.owner: Indices = np.concatenate([self.kind, np.full(len(self.besides), -1)])
        """Whose number each variable is; -1 for what comes last."""
        self.program: Program = self._program(part, apart, firsts, must)
        """What can change, everything else being as it is."""
        numbers = [sum(plan[own] for own in kind.values()) for kind in self.kinds]
        self.values: Values = np.concatenate([*numbers, plan[self.besides]]).astype(np.int64)
        """The plan in these numbers."""

    def _program(self, part: Part, apart: Mask, firsts: Firsts, must: Mask) -> Program:
        program, plan = self._layout.program, self._plan
        own_rows = np.unique(program.by_column[:, np.flatnonzero(apart)].indices)
        rows = np.union1d(part.rows, own_rows[self._layout.is_rule[own_rows]])
        free = np.zeros(len(plan), dtype=bool)
        free[self.besides] = True
        for kind in self.kinds:
            free[np.concatenate([*kind.values()])] = True
        matrix = program.by_row[rows]
        given = matrix @ np.where(free, 0, plan)
        inner, members = matrix.tocsc(), firsts.members
        entries = scipy.sparse.bmat(
            [[inner[:, self.choices], inner[:, self.besides]], [firsts.sums, None]], format="coo"
        )
        columns = np.concatenate([self.choices, self.besides])
        return Program(
            low=np.concatenate([np.zeros(len(self.kind)), program.low[self.besides]]),
            high=np.concatenate([members[self.kind], program.high[self.besides]]),
            cost=program.cost[columns],
            offset=0.0,
            row_low=np.concatenate(
                [program.row_low[rows] - given, np.where(must, members, -np.inf)]
            ),
            row_high=np.concatenate([program.row_high[rows] - given, members]),
            rows=entries.row.astype(np.int64),
            columns=entries.col.astype(np.int64),
            entries=entries.data,
            posted=np.full(entries.shape[0], -1),
            is_whole=program.is_whole,
        )

    def named(self, numbers: Values) -> Values | None:
        """Give the whole plan with other numbers; whoever can keeps what they work.

        Parameters
        ----------
        numbers
            Of the program's variables: a solution.

        Returns
        -------
        Values of a solution of the model; None where what follows breaks somebody's rules.
        """
        layout, values = self._layout, self._plan.copy()
        values[self.besides] = numbers[len(self.kind) :]
        for number, kind in enumerate(self.kinds):
            left = numbers[: len(self.kind)][self.kind == number].copy()
            others = []
            for person, own in kind.items():
                works = np.flatnonzero(self._plan[own])
                if len(works) and left[works[0]] > 0:
                    left[works[0]] -= 1
                    continue
                values[own] = 0
                others.append(person)
            for place, person in zip(np.repeat(np.arange(len(left)), left), others, strict=False):
                values[kind[person][place]] = 1
        if layout.program.holds(values):
            return values
        changed = np.unique(layout.owner[(values != self._plan) & layout.is_choice])
        follows = np.isin(layout.owner, changed) & ~layout.is_choice
        found, _ = branch(layout.program, values, follows, NAMING_SECONDS, 0, hinted=False)
        return found


def _together(kinds: list[Kind], today: Mask, found: Able) -> tuple[list[Kind], Mask]:
    """Part those who are alike by what they are able to choose today, and whether they must."""
    together: dict[tuple[int, bytes, bool], Kind] = defaultdict(dict)
    for number, kind in enumerate(kinds):
        for person, choices in kind.items():
            own = choices[today[choices]]
            may = found.choices[own]
            if may.any():
                same = number, may.tobytes(), bool(found.must[person])
                together[same][person] = own[may]
    return list(together.values()), np.array([must for *_, must in together], dtype=bool)
