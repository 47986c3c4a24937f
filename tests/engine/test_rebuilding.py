"""Rosters without a master: paths, what rows cost, and people who are rebuilt one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from test_columns import COVER, LIMITS, root, ward

from scheduler import Instance, check
from scheduler.engine.budget import Allowance, Budget
from scheduler.engine.columns import bids as bids_module
from scheduler.engine.columns import paths as paths_module
from scheduler.engine.columns import programming
from scheduler.engine.columns import root as root_module
from scheduler.engine.columns import tied as tied_module
from scheduler.engine.columns.bids import Bids
from scheduler.engine.columns.diving import dive
from scheduler.engine.columns.generation import Search
from scheduler.engine.columns.graph import Graph, build_graph
from scheduler.engine.columns.master import Master
from scheduler.engine.columns.paths import Paths
from scheduler.engine.columns.rebuilding import Rebuilder, rebuilder_for
from scheduler.engine.columns.routes import pricings_for
from scheduler.engine.columns.run import solve_by_columns
from scheduler.engine.columns.shortfall import Shortfall
from scheduler.engine.columns.staff import group_staff
from scheduler.engine.columns.team_program import Integers, team_program
from scheduler.formulation.employee_block import EmployeeBlock
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options

PRICE = 1e6


def begin(instance: Instance) -> Search:
    """Give a search that has no column yet."""
    budget, formulation = Budget(LIMITS), Formulation(instance, permitted_options(instance))
    program = team_program(formulation)
    groups = group_staff(formulation, program)
    master = Master(program, groups, PRICE, LIMITS, budget)
    pricings = pricings_for(groups, LIMITS)
    return Search(program, groups, pricings, master, LIMITS, budget, lambda *_: None)


def rebuilder(instance: Instance) -> Rebuilder:
    """Give a rebuilder that has a roster for everybody."""
    found = rebuilder_for(begin(instance))
    assert found is not None
    assert found.complete()
    return found


def test_rows_cost_what_a_linear_program_makes_of_them() -> None:
    """The team's own variables need no solver where each has its row for itself."""
    search = root(ward(), by_search=False)
    shortfall = Shortfall.of(search.program, PRICE)
    assert shortfall is not None
    people = search.groups[0].count
    for number, column in enumerate(search.master.columns[0]):
        search.master.at_least(0, number, people)
        solved = search.master.solve()
        search.master.at_least(0, number, 0)
        assert solved is not None
        used = np.zeros(len(search.program.posted))
        used[column.rows] = column.use * people
        rows = float(shortfall.by_row(used).sum())
        assert round(rows) == round(solved.value) - column.cost * people


def test_a_unit_is_worth_what_it_saves() -> None:
    """Missing people are worth their price, those beyond cost theirs."""
    search = begin(ward())
    shortfall = Shortfall.of(search.program, PRICE)
    assert shortfall is not None
    nobody = shortfall.worth(np.zeros(len(search.program.posted)))
    crowd = shortfall.worth(np.full(len(search.program.posted), 5.0))
    assert set(nobody.tolist()) == {100 * 100.0}
    assert set(crowd.tolist()) == {-10 * 100.0}


FAIR = {"kind": "fair_shares", "count": "shifts", "max_spread": 0, "weight": 5}


def test_rows_that_share_variables_cost_what_a_linear_program_makes_of_them() -> None:
    """A floor that ties days to each other is priced with its own small program."""
    found = rebuilder(ward(floors=[COVER, FAIR]))
    search = found.search
    shortfall = Shortfall.of(search.program, PRICE)
    assert shortfall is not None
    assert shortfall.knots
    used = np.zeros(len(search.program.posted))
    columns = [column for mine in found.rosters for column in mine]
    for group, mine in enumerate(found.rosters):
        numbers = {c.worked: i for i, c in enumerate(search.master.columns[group])}
        for worked, times in Counter(column.worked for column in mine).items():
            search.master.at_least(group, numbers[worked], times)
    for column in columns:
        used[column.rows] += column.use
    solved = search.master.solve()
    assert solved is not None
    own = sum(column.cost for column in columns)
    assert round(float(shortfall.by_row(used).sum())) == round(solved.value) - own


def test_a_unit_of_tied_rows_is_worth_what_it_saves() -> None:
    """Prices are those of one unit more: those of one unit less may be far from it."""
    search = begin(ward(floors=[COVER, FAIR]))
    shortfall = Shortfall.of(search.program, PRICE)
    assert shortfall is not None
    used = np.zeros(len(search.program.posted))
    worth, before = shortfall.worth(used), shortfall.by_row(used).sum()
    for row in range(len(used)):
        more = used.copy()
        more[row] += 1
        assert before - shortfall.by_row(more).sum() == pytest.approx(worth[row], abs=1.0)


def test_rows_are_left_to_the_master_where_too_many_are_tied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A program of the whole team is not solved for every roster."""
    monkeypatch.setattr(tied_module, "LARGEST", 3)
    search = begin(ward(floors=[COVER, FAIR]))
    assert Shortfall.of(search.program, PRICE) is None
    assert rebuilder_for(search) is None


def deserted() -> Rebuilder:
    """Give a ward that asks for two early shifts a day, where nobody works."""
    hard = {"kind": "shift_cover", "cover": [{"template": "early", "minimum": 2}]}
    found = rebuilder(ward(floors=[hard]))
    nobody = [
        [group.column(np.zeros(len(group.cost), dtype=np.int64), 0)] * group.count
        for group in found.search.groups
    ]
    found.take(nobody)
    return found


def test_gaps_get_dearer_until_they_are_closed() -> None:
    """Where wishes are dearer than what is missing at first, there are gaps: in the end none."""
    found = deserted()
    assert found.missing == 14
    assert found.settle(Budget(LIMITS))
    assert found.missing == 0
    assert found.cost == found.with_gaps


def test_settling_ends_with_the_best_rosters_and_true_costs() -> None:
    """Prices wander below and above what rows cost: what is kept is the best on the way."""
    found = rebuilder(ward())
    before = found.with_gaps
    found.settle(Budget(LIMITS))
    assert found.with_gaps <= before
    again = rebuilder(ward())
    again.take(found.rosters)
    assert again.cost == found.cost
    assert found.cost >= root(ward()).bound


def test_only_what_is_missing_gets_dearer() -> None:
    """A row that is short costs more each time, to a limit; all fall once nothing is short."""
    hard = {"kind": "shift_cover", "cover": [{"template": "early", "minimum": 2}]}
    true = Shortfall.of(begin(ward(floors=[hard])).program, PRICE)
    assert true is not None
    bids = Bids(true)
    first = bids.shortfall.price
    used = np.where(np.arange(len(true.low)) == 0, true.low - 1, true.low)
    assert (first < true.price).all()
    bids.follow(used, true.missing(used))
    then = bids.shortfall.price
    assert then[0] > first[0]
    assert (then[1:] == first[1:]).all()
    for _ in range(300):
        bids.follow(used, true.missing(used))
    assert bids.shortfall.price[0] == bids_module.DEAREST * true.price[0]
    bids.follow(true.low, true.missing(true.low))
    assert bids.shortfall.price[0] < bids_module.DEAREST * true.price[0]


def test_what_may_be_missing_is_never_dearer_than_what_may_not() -> None:
    """Else rosters would leave hard floors to save soft ones; nothing costs more than it does."""
    search = begin(ward())
    true = Shortfall.of(search.program, PRICE)
    assert true is not None
    bids = Bids(true)
    nobody = np.zeros(len(true.low))
    shares = []
    for _ in range(20):
        shortfall = bids.shortfall
        assert (shortfall.price >= shortfall.share * true.dearest).all()
        shares.append(float(shortfall.share.max()))
        bids.follow(nobody, true.missing(nobody))
    assert shares == sorted(shares)
    assert shares[0] == bids_module.LEAST_SHARE
    assert shares[-1] == 1.0


def test_bids_can_begin_at_dual_prices() -> None:
    """What a master found each row to be worth is what it costs, within limits."""
    true = Shortfall.of(begin(ward()).program, PRICE)
    assert true is not None
    others = Bids(true).at(np.full(len(true.price), -PRICE)).shortfall
    assert (others.price == PRICE).all()
    assert (others.share == 1.0).all()


@pytest.mark.parametrize("floors", [[COVER], [COVER, FAIR]])
def test_some_rows_cost_what_they_add_to_all(floors: list[dict[str, object]]) -> None:
    """A roster's rows, and those tied to them, are all that it can change."""
    found = rebuilder(ward(floors=floors))
    shortfall = Shortfall.of(found.search.program, PRICE)
    assert shortfall is not None
    nothing = np.zeros(len(found.search.program.posted))
    for column in (column for mine in found.rosters for column in mine):
        after = nothing.copy()
        after[column.rows] += column.use
        whole = shortfall.by_row(after).sum() - shortfall.by_row(nothing).sum()
        some = shortfall.of_rows(after, column.rows) - shortfall.of_rows(nothing, column.rows)
        assert some == pytest.approx(whole)


def test_what_is_missing_is_what_no_variable_takes_up() -> None:
    """Counted row by row, tied or not: soft floors take up everything."""
    hard = {"kind": "shift_cover", "cover": [{"template": "early", "minimum": 2}]}
    for floors, units in (([hard], 14), ([COVER], 0), ([COVER, FAIR], 0), ([hard, FAIR], 14)):
        shortfall = Shortfall.of(begin(ward(floors=floors)).program, PRICE)
        assert shortfall is not None
        assert shortfall.missing(np.zeros(len(shortfall.low))).sum() == pytest.approx(units)


def test_rosters_that_take_long_are_not_completed_when_time_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A year of many people would go on for a minute after the limit."""
    found = rebuilder_for(begin(ward()))
    assert found is not None
    found.search.budget = Allowance(found.search.budget, 0.0)
    assert found.complete()
    found.take([])
    monkeypatch.setattr(programming.Programme, "is_exact", False)
    assert not found.complete()


def test_rebuilding_never_makes_it_dearer_and_keeps_its_count() -> None:
    """The cost that is carried along is that of the rosters, and it only falls."""
    found = rebuilder(ward())
    costs = [found.cost]
    for _ in range(30):
        found.attempt()
        costs.append(found.cost)
    assert costs == sorted(costs, reverse=True)
    again = rebuilder(ward())
    again.take(found.rosters)
    assert again.cost == found.cost
    assert found.cost >= root(ward()).bound


def test_missing_rosters_are_completed() -> None:
    """A dive that is cut short leaves people without a roster: they get one, others keep theirs."""
    found = rebuilder(ward())
    partial = [mine[:2] for mine in found.rosters]
    found.take(partial)
    assert found.complete()
    assert [mine[:2] for mine in found.rosters] == partial
    assert [len(mine) for mine in found.rosters] == [6]


def test_a_dive_ends_once_it_costs_as_much_as_others_do_by_then() -> None:
    """What is left of the time is for those, which a second thread may have found meanwhile;
    without them, everybody gets a roster.
    """
    search = root(ward(floors=[COVER, FAIR]), by_search=False)
    search.generate()
    people = sum(group.count for group in search.groups)
    for until in (None, lambda: 1 << 40):
        whole = dive(search, until=until)
        assert whole is not None
        assert sum(map(len, whole)) == people
    costs = iter([1 << 40, 0])
    lost, sooner = dive(search, until=lambda: next(costs)), dive(search, until=lambda: 0)
    assert lost is not None
    assert sooner is not None
    assert 0 < sum(map(len, sooner)) < sum(map(len, lost)) < people


@pytest.mark.parametrize("both_ways", [0, 1_000_000])
def test_the_cheapest_path_is_the_cheapest_roster(
    both_ways: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against all rosters of a week: the least cost, and other paths at their true costs."""
    monkeypatch.setattr(paths_module, "BOTH_WAYS", both_ways)
    graph, paths, block = _week_of_one()
    found = list(paths.several(4))
    every = _costs_of_all(graph, paths.costs, block)
    assert found[0][0] == paths.best == min(every.values())
    assert len({tuple(variables) for _, variables in found}) == len(found) == 4
    assert all(every[tuple(variables)] == value for value, variables in found)


def test_other_paths_are_the_cheapest_with_another_choice_of_a_day() -> None:
    """They may differ before that day, too: else columns are so alike that dives end badly."""
    graph, paths, block = _week_of_one()
    first = block.variables.start
    place = {
        choice.worked.index - first: (day, numbers[choice.option])
        for day, numbers in enumerate(graph.classes)
        for choice in block.on(day)
    }
    least: dict[tuple[int, int], int] = {}
    for variables, cost in _costs_of_all(graph, paths.costs, block).items():
        worked = dict(place[variable] for variable in variables)
        for day in range(7):
            key = day, worked.get(day, 0)
            least[key] = min(cost, least.get(key, cost))
    assert [value for value, _ in paths.several(100)] == sorted(set(least.values()))


def _week_of_one() -> tuple[Graph, Paths, EmployeeBlock]:
    """Give one person's graph of a week, and its paths at costs that were drawn."""
    instance = ward(
        people=1,
        rules=[
            {"kind": "max_consecutive_days", "days": 2, "weight": 3},
            {"kind": "min_consecutive_days", "days": 2},
        ],
    )
    search = begin(instance)
    block = search.groups[0].blocks[0]
    rules = instance.rules_of(block.employee)
    resources = [r for rule in rules for r in rule.resources(block.employee, instance) or ()]
    graph = build_graph(resources, [c.option for c in block.choices], range(7), 10_000)
    assert graph is not None
    costs = np.random.default_rng(1).integers(-900, 400, len(search.groups[0].cost))
    choices = []
    for day, numbers in enumerate(graph.classes):
        first = block.variables.start
        pairs = np.array(sorted((numbers[c.option], c.worked.index - first) for c in block.on(day)))
        classes, begins = np.unique(pairs[:, 0], return_index=True)
        choices.append((pairs[:, 1], classes, begins))
    return graph, Paths(graph, choices, costs, 1), block


def _costs_of_all(
    graph: Graph, costs: Integers, block: EmployeeBlock
) -> dict[tuple[int, ...], int]:
    """Walk through the graph in every way, day by day."""
    found = {}
    first = block.variables.start
    later = [*(layer.after[0] for layer in graph.layers[1:]), graph.last]
    for roster in product(*([None, *block.on(day)] for day in range(7))):
        node, cost = 0, 0
        for layer, numbers, nodes, choice in zip(
            graph.layers, graph.classes, later, roster, strict=True
        ):
            number = 0 if choice is None else numbers[choice.option]
            cost += 0 if choice is None else int(costs[choice.worked.index - first])
            cost += 0 if layer.cents is None else int(layer.cents[number, node])
            node = int(layer.after[number, node])
            if node == len(nodes):
                break
        else:
            variables = tuple(c.worked.index - first for c in roster if c is not None)
            found[variables] = cost + int(graph.last[node])
    return found


def test_without_time_for_columns_there_is_a_schedule_and_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where rounds of pricing take too long, rosters are rebuilt until the end, and checked."""
    monkeypatch.setattr(root_module, "ROUNDS", 1e9)
    formulation = Formulation(ward(), permitted_options(ward()))
    limits = replace(LIMITS, workers=2, time_limit=3)
    outcome = solve_by_columns(formulation, limits, Budget(limits))
    assert outcome.schedule is not None
    assert outcome.objective is not None
    assert outcome.bound is not None
    assert outcome.bound <= root(ward()).bound <= outcome.objective
    assert check(ward(), outcome.schedule).ok
    costs = [point.cost for point in outcome.trace if point.cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert 100 * costs[-1] == outcome.objective
    assert len(costs) > 1, "rosters have a cost before they are in the model"
