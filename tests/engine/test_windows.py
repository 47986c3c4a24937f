"""Long horizons: weeks of some people with everything else kept, and rosters without a graph."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from test_columns import COVER, LIMITS, SHIFTS
from test_rebuilding import FAIR, begin, rebuilder
from toys import make_instance

from scheduler import Instance, check
from scheduler.engine.budget import Budget
from scheduler.engine.columns import few, graphs, repairing, routes
from scheduler.engine.columns.around import around_days
from scheduler.engine.columns.narrow import Narrow
from scheduler.engine.columns.programming import Programme
from scheduler.engine.columns.repairing import Repair
from scheduler.engine.columns.run import solve_by_columns
from scheduler.engine.columns.staff import Group
from scheduler.engine.columns.windows import WindowPricing
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options

RULES: list[dict[str, Any]] = [
    {"kind": "max_consecutive_days", "days": 3},
    {"kind": "min_consecutive_days", "days": 2},
    {"kind": "min_consecutive_days_off", "days": 2, "weight": 3},
    {"kind": "total_minutes", "min_minutes": 1440, "max_minutes": 2880},
    {"kind": "template_shifts", "limits": [{"templates": ["late"], "max_shifts": 2}]},
]


def weeks(number: int = 2, people: int = 3, **more: Any) -> Instance:
    """Give a ward of some weeks."""
    return make_instance(
        horizon={"start": "2026-03-02", "days": 7 * number},
        templates=SHIFTS,
        services=[],
        **{
            "employees": [{"id": f"e{i}"} for i in range(people)],
            "floors": [COVER],
            "rules": RULES,
            "pay": {"hourly_rate": 1},
            **more,
        },
    )


def cheap(group: Group, seed: int) -> Any:
    """Draw costs at which some shifts are worth something."""
    return np.random.default_rng(seed).integers(-900, 400, len(group.cost))


@pytest.mark.parametrize("seed", range(4))
def test_a_window_gives_the_cheapest_roster_that_differs_there_only(seed: int) -> None:
    """Days outside stay as they are and count for every rule; what is proved is what is found."""
    search = begin(weeks())
    group, pricing = search.groups[0], search.pricings[0]
    assert isinstance(pricing, Programme)
    start = pricing.price(cheap(group, 100 + seed), 1, 9.0).columns[0]
    days, costs = range(3, 9), cheap(group, seed)
    window = WindowPricing(group, pricing.resources, start, days)
    priced = window.price(costs, 1, 9.0)
    choices = group.blocks[0].choices
    # The whole graph finds the same where leaving the roster on other days is made too dear.
    fixed = costs.copy()
    for i, choice in enumerate(choices):
        if choice.duty.day not in days:
            fixed[group.chosen[i]] += -100_000 if i in start.worked else 100_000
    kept = [i for i in start.worked if choices[i].duty.day not in days]
    best = pricing.price(fixed, 1, 9.0)
    assert best.bound is not None
    assert priced.bound == best.bound + 100_000 * len(kept)
    assert priced.columns[0].worked == best.columns[0].worked
    assert priced.columns[0].cost == best.columns[0].cost
    assert all(set(kept) <= set(column.worked) for column in priced.columns)


@pytest.mark.parametrize("seed", range(4))
def test_a_narrow_search_keeps_every_rule(seed: int) -> None:
    """What it finds is a path of the graph of all automata, and costs what that does."""
    search = begin(weeks())
    group, whole = search.groups[0], search.pricings[0]
    memories = routes.Memories(tuple(c.option for c in group.blocks[0].choices), 14)
    costs = cheap(group, seed)
    found = Narrow(group, whole.resources, memories, LIMITS).price(costs, 1, 9.0)
    (column,) = found.columns
    exact = whole.price(costs, 1, 9.0)
    assert found.bound is not None
    assert exact.bound is not None
    value = column.cost + int((costs - group.cost)[group.chosen[list(column.worked)]].sum())
    assert found.bound <= exact.bound <= value
    same = WindowPricing(group, whole.resources, column, range(14))
    assert same.price(costs, 1, 9.0).bound == exact.bound
    nothing_free = WindowPricing(group, whole.resources, column, range(13, 14))
    again = nothing_free.price(np.zeros_like(costs), 1, 9.0).columns
    assert (column.worked, column.cost) in {(c.worked, c.cost) for c in again}


def test_a_roster_for_a_year_is_found_where_hours_are_tight() -> None:
    """Who works only when it is worth most is left with more hours than days in the end."""
    rules = [
        {"kind": "max_consecutive_days", "days": 5},
        {"kind": "min_consecutive_days_off", "days": 2},
        {"kind": "total_minutes", "min_minutes": 480 * 250, "max_minutes": 480 * 252},
    ]
    search = begin(weeks(52, people=1, rules=rules))
    group = search.groups[0]
    memories = routes.Memories(tuple(c.option for c in group.blocks[0].choices), 364)
    pricing = Narrow(group, search.pricings[0].resources, memories, LIMITS)
    days = np.array([c.duty.day for c in group.blocks[0].choices])
    costs = np.zeros(len(group.cost), dtype=np.int64)
    costs[group.chosen] = np.where(days < 250, 300, -1000)
    (column,) = pricing.price(costs, 1, 9.0).columns
    assert 250 <= len(column.worked) <= 252


@pytest.mark.parametrize("floors", [[COVER], [COVER, FAIR]])
def test_rows_outside_a_window_keep_their_cost(floors: list[Any]) -> None:
    """A neighbourhood of some days counts the same as the whole: else it takes over worse ones."""
    found = rebuilder(weeks(floors=floors))
    groups = enumerate(found.search.groups)
    freed = [(g, i) for g, group in groups for i in range(group.count)][:2]
    sub, rows = around_days(found.search, found, freed, range(5, 10), found.price)
    solved = sub.master.solve()
    assert solved is not None
    assert round(solved.value + sub.program.offset) == found.cost
    assert len(rows) == len(sub.program.posted)


def test_repairs_in_weeks_only_get_better_and_end_in_a_schedule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The cost that is carried along is that of the rosters, and the checker agrees."""
    monkeypatch.setattr(few, "SPANS", (4, 6))
    monkeypatch.setattr(repairing, "PATIENCE", 8)
    found, instance = rebuilder(weeks()), weeks()
    before = found.cost
    formulation = Formulation(instance, permitted_options(instance))
    repair = Repair(formulation, found.search, found.rosters, found)
    repair.run()
    assert repair.cost <= before
    found.take(repair.rosters)
    assert found.cost == repair.cost


def test_without_any_graph_there_is_a_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where graphs are too large and the horizon is long, rosters are searched for narrowly."""
    monkeypatch.setattr(graphs, "HANDY", 0)
    monkeypatch.setattr(graphs, "LARGEST", 0)
    monkeypatch.setattr(routes, "LONG", 7)
    instance = weeks()
    search = begin(instance)
    assert all(isinstance(pricing, Narrow) for pricing in search.pricings)
    formulation = Formulation(instance, permitted_options(instance))
    limits = replace(LIMITS, time_limit=6)
    outcome = solve_by_columns(formulation, limits, Budget(limits))
    assert outcome.schedule is not None
    assert check(instance, outcome.schedule).ok
