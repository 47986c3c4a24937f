"""Which columns to go on with: those in use, and the most promising of all others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...formulation.options import Option
from .master import Master
from .staff import Column

if TYPE_CHECKING:
    from .generation import Search


def best_columns(search: Search, number: int) -> list[list[int]]:
    """Give columns for each employee, by group: those in use, and those of least reduced cost."""
    solved, found = search.solved, []
    for index, columns in enumerate(search.master.columns):
        used = {} if solved is None else solved.weights[index]
        costs = [0.0 if solved is None else c.reduced(solved.prices) for c in columns]
        order = sorted(range(len(columns)), key=lambda i: (i not in used, costs[i]))
        found.append(order[: number * search.groups[index].count])
    return found


def lean(search: Search, number: int) -> Search:
    """Give a search of its own, which knows the same, but has the best columns only.

    Parameters
    ----------
    search
        The search.
    number
        Columns for each employee.
    """
    master = Master(
        search.program, search.groups, search.master.price, search.limits, search.budget
    )
    for index, best in enumerate(best_columns(search, number)):
        for i in best:
            master.add(index, search.master.columns[index][i])
    return replace(search, master=master, solved=None, note=lambda *_: None)


def columns_in_use(search: Search) -> list[list[Column]]:
    """Give the rosters of each group that are in use."""
    used = ({},) * len(search.groups) if search.solved is None else search.solved.weights
    return [
        [search.master.columns[g][number] for number in used[g]] for g in range(len(search.groups))
    ]


def options_in_use(search: Search) -> dict[str, tuple[Option, ...]]:
    """Give the options of every employee that rosters in use have."""
    found: dict[str, tuple[Option, ...]] = {}
    for group, columns in zip(search.groups, columns_in_use(search), strict=True):
        worked = sorted({choice for column in columns for choice in column.worked})
        for block in group.blocks:
            found[block.employee.id] = tuple(block.choices[i].option for i in worked)
    return found
