"""What is around some people: a column generation of their own, with all others taken for given.

Over a long horizon only some weeks of theirs are free, too: then rosters are priced in small
graphs, and only the rows of these weeks are left in the master.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from .generation import Search
from .master import Floats, Master
from .pricing import Pricing
from .rebuilding import Rebuilder
from .staff import Column, Group
from .team_program import Integers, TeamProgram
from .windows import WindowPricing

Person = tuple[int, int]
"""Group, and which of its employees."""
Rosters = Sequence[Sequence[Column]]
SEEDS = 40
"""Known rosters of each group to begin with."""


def around_people(
    search: Search,
    rosters: Rosters,
    freed: Sequence[Person],
    key: Callable[[Column], float],
    price: float,
) -> Search:
    """Make a search of their own for some people.

    Parameters
    ----------
    search
        Everybody's.
    rosters
        The columns of each group's employees.
    freed
        Who gets new rosters.
    key
        Sorts known columns, the best first.
    price
        Cents for a unit that a row lacks.
    """
    given, cost = _others(search, rosters, freed)
    program = search.program
    rest = replace(
        program,
        row_low=program.row_low - given,
        row_high=program.row_high - given,
        offset=program.offset + cost,
    )
    groups, pricings, seeds = [], [], []
    for g in sorted({g for g, _ in freed}):
        places = [i for i in range(len(rosters[g])) if (g, i) in freed]
        blocks = tuple(search.groups[g].blocks[i] for i in places)
        groups.append(Group(blocks, search.groups[g].cost, search.groups[g].link))
        pricings.append(search.pricings[g])
        known = sorted(search.master.columns[g], key=key)[:SEEDS]
        seeds.append([*(rosters[g][i] for i in places), *known])
    return _search(search, rest, groups, pricings, seeds, price)


def around_days(
    search: Search,
    rebuilder: Rebuilder,
    freed: Sequence[Person],
    days: range,
    price: float,
) -> tuple[Search, Integers]:
    """Make a search of their own for some people on some days; give its rows, too.

    Parameters
    ----------
    search, rebuilder
        Everybody's, with their rosters.
    freed, days
        Who gets new ones, and when they may differ.
    price
        Cents for a unit that a row lacks.

    Raises
    ------
    TooLargeError
        If there is no graph of these days.
    """
    rosters, program = rebuilder.rosters, search.program
    given, cost = _others(search, rosters, freed)
    pricings = [
        WindowPricing(search.groups[g], search.pricings[g].resources, rosters[g][i], days)
        for g, i in freed
    ]
    rows = _rows_of(program, [pricing.rows for pricing in pricings])
    outside = np.ones(len(given), dtype=bool)
    outside[rows] = False
    cost += round(float(rebuilder.by_row[outside].sum()))
    rest = _some_rows(program, rows, given, cost)
    groups, seeds = [], []
    for pricing, (g, i) in zip(pricings, freed, strict=True):
        group = search.groups[g]
        mine = Group((group.blocks[i],), group.cost, group.link.tocsr()[rows].tocsc())
        pricing.group = mine
        groups.append(mine)
        seeds.append([mine.again(rosters[g][i])])
    return _search(search, rest, groups, pricings, seeds, price), rows


def _others(search: Search, rosters: Rosters, freed: Sequence[Person]) -> tuple[Floats, int]:
    """Add up what all but some people do, and what their rosters cost."""
    given, cost, chosen = np.zeros(len(search.program.posted)), 0, set(freed)
    for g, mine in enumerate(rosters):
        for i, column in enumerate(mine):
            if (g, i) not in chosen:
                given[column.rows] += column.use
                cost += column.cost
    return given, cost


def _search(
    search: Search,
    program: TeamProgram,
    groups: list[Group],
    pricings: Sequence[Pricing],
    seeds: Sequence[Sequence[Column]],
    price: float,
) -> Search:
    master = Master(program, groups, price, search.limits, search.budget)
    for index, columns in enumerate(seeds):
        for column in columns:
            master.add(index, column)
    return Search(program, groups, pricings, master, search.limits, search.budget, lambda *_: None)


def _rows_of(program: TeamProgram, free: Sequence[Integers]) -> Integers:
    """Give rows of some people together, and those that are tied to them."""
    inside = np.zeros(len(program.posted), dtype=bool)
    for rows in free:
        inside[rows] = True
    matrix = abs(program.z_rows)
    while True:
        tied = matrix @ (matrix.T @ inside > 0) > 0
        if not (tied & ~inside).any():
            return np.flatnonzero(inside)
        inside |= tied


def _some_rows(program: TeamProgram, rows: Integers, given: Floats, cost: int) -> TeamProgram:
    """Leave out all rows but some, with what is given taken off."""
    z_rows = program.z_rows.tocsr()[rows].tocsc()
    kept = np.flatnonzero(np.diff(z_rows.indptr))
    return replace(
        program,
        x_rows=program.x_rows.tocsr()[rows].tocsc(),
        z_rows=z_rows[:, kept],
        row_low=(program.row_low - given)[rows],
        row_high=(program.row_high - given)[rows],
        z_low=program.z_low[kept],
        z_high=program.z_high[kept],
        z_cost=program.z_cost[kept],
        posted=program.posted[rows],
        implied=(),
        offset=program.offset + cost,
    )
