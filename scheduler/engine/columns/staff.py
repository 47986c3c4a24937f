"""Staff: employees who are alike, and what the team's rows see of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from scipy import sparse

from ...formulation.employee_block import EmployeeBlock
from ...formulation.ledger import Ledger
from ...formulation.model import Formulation
from ...formulation.options import Option
from ..program import Program
from .team_program import Integers, TeamProgram


@dataclass(frozen=True)
class Column:
    """One whole roster of an employee."""

    worked: tuple[int, ...]
    """Positions of the choices that are worked, in order."""
    cost: int
    """Cents."""
    use: Integers
    """What it adds to each row of the team's program, times `rows`."""
    rows: Integers

    def reduced(self, prices: NDArray[np.float64]) -> float:
        """Give what it costs at prices of the rows, in cents."""
        return self.cost - float(self.use @ prices[self.rows])


@dataclass(frozen=True, eq=False)
class Group:
    """Employees with the same block, seen in the same way by every row."""

    blocks: tuple[EmployeeBlock, ...]
    cost: Integers
    """Cost of each variable of the block."""
    link: sparse.csc_array
    """The rows' factors: rows of the team's program x variables of the block."""

    @property
    def count(self) -> int:
        """Number of employees."""
        return len(self.blocks)

    @cached_property
    def by_variable(self) -> sparse.csr_array:
        """`link`, turned round."""
        return self.link.T.tocsr()

    @cached_property
    def chosen(self) -> Integers:
        """Position in the block of the variable of each choice."""
        first = self.blocks[0].variables.start
        return np.array([c.worked.index - first for c in self.blocks[0].choices], dtype=np.int64)

    @cached_property
    def reads_choices_only(self) -> bool:
        """Tell whether nothing but choices has a row."""
        seen = np.flatnonzero(np.diff(self.link.indptr))
        return bool(np.isin(seen, self.chosen).all())

    def column(self, values: Integers, cost: int) -> Column:
        """Give the column of a solution of the block."""
        # Few variables count, of rows there may be a hundred thousand: only theirs are looked at.
        counted = np.flatnonzero(values)
        mine = self.link[:, counted]
        rows, place = np.unique(mine.indices, return_inverse=True)
        use = np.zeros(len(rows), dtype=np.int64)
        np.add.at(use, place, mine.data * np.repeat(values[counted], np.diff(mine.indptr)))
        used = np.flatnonzero(use)
        worked = tuple(np.flatnonzero(values[self.chosen]).tolist())
        return Column(worked, cost, use[used], rows[used].astype(np.int64))

    def again(self, column: Column) -> Column:
        """Give the column of the same roster as these rows see it."""
        values = np.zeros(self.link.shape[1], dtype=np.int64)
        values[self.chosen[list(column.worked)]] = 1
        return self.column(values, column.cost)

    def options(self, column: Column) -> tuple[Option, ...]:
        """Give the options of a column."""
        choices = self.blocks[0].choices
        return tuple(choices[i].option for i in column.worked)


def block_alone(block: EmployeeBlock) -> tuple[cp_model.CpModel, EmployeeBlock]:
    """Post an employee block once more, in a model of its own; variables keep their order."""
    model, options = cp_model.CpModel(), [choice.option for choice in block.choices]
    alone = EmployeeBlock(model, Ledger(), block.instance, block.employee, options)
    if len(alone.variables) != len(block.variables):
        raise AssertionError(f"the block of '{block.employee.id}' is not the same when alone")
    return model, alone


def group_staff(
    formulation: Formulation, program: TeamProgram, arrays: Program | None = None
) -> list[Group]:
    """Find who is alike.

    Parameters
    ----------
    formulation, program
        The model, and what its team's rows see.
    arrays
        The whole model, if it has been read already: it saves posting blocks again.
    """
    found: dict[object, list[Group]] = defaultdict(list)
    for block in formulation.employees:
        mine = block.variables
        link = program.x_rows[:, mine.start : mine.stop].tocsc()
        cost = program.x_cost[mine.start : mine.stop]
        key = (
            block.employee.model_copy(update={"id": ""}),
            tuple(choice.option for choice in block.choices),
            cost.tobytes(),
            *(part.tobytes() for part in (link.data, link.indices, link.indptr)),
        )
        found[_hashable(key)].append(Group((block,), cost, link))
    return [group for alike in found.values() for group in _merged(alike, arrays)]


def _hashable(key: tuple[object, ...]) -> object:
    return (key[0].model_dump_json(), *key[1:])  # type: ignore[attr-defined]


def _merged(alike: list[Group], arrays: Program | None) -> Iterator[Group]:
    """Merge groups whose blocks are the same to the letter."""
    if len(alike) == 1:
        yield from alike
        return
    same: dict[object, list[Group]] = defaultdict(list)
    for group in alike:
        same[_letters(group.blocks[0], arrays)].append(group)
    for groups in same.values():
        blocks = tuple(block for group in groups for block in group.blocks)
        yield Group(blocks, groups[0].cost, groups[0].link)


def _letters(block: EmployeeBlock, arrays: Program | None) -> object:
    """Give what a block says, wherever in the model it says it."""
    if arrays is None or not arrays.is_whole:
        return str(block_alone(block)[0].proto)
    mine, constraints = block.variables, block.constraints
    rows = slice(*np.searchsorted(arrays.posted, [constraints.start, constraints.stop]))
    matrix = arrays.by_row[rows]
    said = (
        *(limit[mine.start : mine.stop] for limit in (arrays.low, arrays.high)),
        *(limit[rows] for limit in (arrays.row_low, arrays.row_high)),
        *(matrix.data, matrix.indices - mine.start, matrix.indptr),
    )
    return tuple(part.tobytes() for part in said)
