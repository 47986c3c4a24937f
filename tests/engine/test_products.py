"""Graphs that grow, prices that need not be exact, columns that rest: faster ways to the same."""

from __future__ import annotations

import numpy as np
import pytest
from test_columns import root, ward
from test_rebuilding import begin
from test_windows import cheap, weeks

from scheduler.engine.columns import diving, graphs, stages
from scheduler.engine.columns.diving import dive
from scheduler.engine.columns.generation import Search
from scheduler.engine.columns.graph import Graph, build_graph
from scheduler.engine.columns.graphs import needed_of
from scheduler.engine.columns.master import Floats
from scheduler.engine.columns.paths import Paths
from scheduler.engine.columns.product import with_one_more
from scheduler.engine.columns.programming import Programme
from scheduler.engine.columns.staff import Group
from scheduler.engine.columns.stages import by_class


def best(graph: Graph, group: Group, seed: int) -> int:
    """Give the cost of the cheapest path at some costs."""
    block = group.blocks[0]
    first = block.variables.start
    choices = [
        by_class((numbers[c.option], c.worked.index - first) for c in block.on(day))
        for day, numbers in enumerate(graph.classes)
    ]
    return Paths(graph, choices, cheap(group, seed), 1).best


def test_a_graph_taken_further_is_the_graph_of_all_automata() -> None:
    """It has the same paths at the same costs, soft rules too, and is no larger."""
    search = begin(weeks())
    group, pricing = search.groups[0], search.pricings[0]
    needed = needed_of(pricing.resources)
    further = [r for r in pricing.resources if r.allowance is not None]
    assert further
    options, days = [c.option for c in group.blocks[0].choices], range(14)
    small = build_graph(needed, options, days, 10**6)
    whole = build_graph((*needed, *further), options, days, 10**6)
    assert small is not None
    assert whole is not None
    grown: Graph | None = small
    for resource in further:
        assert grown is not None
        grown = with_one_more(grown, resource, 10**6, lambda: False, 10**6)
    assert grown is not None
    assert grown.edges == whole.edges
    costs = [(best(whole, group, seed), best(grown, group, seed)) for seed in range(20)]
    assert all(one == other for one, other in costs)
    assert any(one != best(small, group, seed) for seed, (one, _) in enumerate(costs))


def test_nothing_is_taken_in_where_roughly_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prices stand for limits that are left out until a bound is wanted, which then gets exact."""
    whole = begin(weeks()).pricings[0]
    monkeypatch.setattr(graphs, "HANDY", 0)
    monkeypatch.setattr(stages, "EASY", 0)
    search = begin(weeks())
    group, pricing = search.groups[0], search.pricings[0]
    assert isinstance(pricing, Programme)
    weak = [
        seed
        for seed in range(20)
        if pricing.price(cheap(group, seed), 1, 9.0, roughly=True).bound
        != whole.price(cheap(group, seed), 1, 9.0).bound
    ]
    assert weak
    for _ in range(8):
        bound = pricing.price(cheap(group, weak[0]), 1, 9.0).bound
    assert bound == whole.price(cheap(group, weak[0]), 1, 9.0).bound


def test_what_is_taken_in_is_taken_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small graph that has been outgrown does not ask for the same again; bounds stay true."""
    whole = begin(weeks()).pricings[0]
    monkeypatch.setattr(graphs, "HANDY", 0)
    search = begin(weeks())
    group, pricing = search.groups[0], search.pricings[0]
    assert isinstance(pricing, Programme)
    assert pricing._exact is not None
    monkeypatch.setattr(stages, "EASY", pricing._exact.graph.edges)
    for seed in range(40):
        costs = cheap(group, seed)
        bound = pricing.price(costs, 1, 9.0, roughly=seed % 2 > 0).bound
        truth = whole.price(costs, 1, 9.0).bound
        assert bound is not None
        assert truth is not None
        assert bound <= truth
    assert pricing._exact is not pricing._rough
    assert pricing._rough is not None
    assert pricing._rough.is_easy
    before = pricing._taken
    assert before
    everything = list(range(len(group.cost)))
    monkeypatch.setattr(Programme, "_gather", lambda *_: everything)  # breaks all limits
    pricing.price(cheap(group, 0), 1, 9.0, roughly=True)
    assert pricing._taken == before


def test_columns_that_rest_are_not_lost() -> None:
    """The master is as cheap without those out of use, and one that comes back has its number."""
    search = begin(weeks())
    search.generate(np.zeros(len(search.program.posted)))
    master, solved = search.master, search.master.solve()
    assert solved is not None
    before, known = master.size, list(master.columns[0])
    master.rest([set(used) for used in solved.weights])
    again = master.solve()
    assert again is not None
    assert again.value == pytest.approx(solved.value)
    assert [set(used) for used in again.weights] == [set(used) for used in solved.weights]
    idle = next(i for i in range(len(known)) if i not in solved.weights[0])
    assert master.size < before
    assert master.add(0, known[idle])
    assert not master.add(0, known[idle])
    assert master.columns[0] == known


def test_a_dive_prices_nobody_as_long_as_it_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps are free up to a share of all costs; beyond it whoever is left is priced."""
    monkeypatch.setattr(diving, "HARDLY", 1.0)
    search = root(ward(), by_search=False)
    assert search.converged
    calls: list[Floats] = []
    monkeypatch.setattr(Search, "_price", lambda _, wanted: bool(calls.append(wanted)))
    assert dive(search) is not None
    assert not calls
    monkeypatch.setattr(diving, "HARDLY", -1.0)
    dive(search)
    assert calls


def test_a_closed_group_uses_what_it_has() -> None:
    """Whoever has a roster looks for no other one."""
    search = root(ward(), by_search=False)
    master = search.master
    worst = max(range(len(master.columns[0])), key=lambda i: master.columns[0][i].cost)
    master.at_least(0, worst, 6)
    master.close(0, {worst})
    solved = master.solve()
    assert solved is not None
    assert solved.weights[0] == {worst: pytest.approx(6.0)}
