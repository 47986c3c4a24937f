"""Neighbourhoods of a few people: what they prove is true, and what can be found in them is."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from test_boxes import Ready
from test_columns import ward
from test_windows import weeks

from scheduler import Instance
from scheduler.engine.columns import few as few_module
from scheduler.engine.columns import windows
from scheduler.engine.columns.around import Person
from scheduler.engine.columns.few import Few, few_for
from scheduler.engine.columns.generation import PARTS
from scheduler.engine.columns.narrow import Narrow
from scheduler.engine.columns.ways import Ways


def everybody(ready: Ready, days: int) -> Few:
    """Free everybody on some days."""
    few = Few(ready.standing, days, random.Random(0))
    few.size = len(ready.standing.people)
    return few


@pytest.mark.parametrize(
    ("instance", "is_tight"), [(weeks(people=3), True), (weeks(people=4), True), (ward(), False)]
)
def test_with_everything_free_the_optimum_is_known_where_it_is_proved(
    instance: Instance, is_tight: bool
) -> None:
    """From rosters far off, columns come to their end, however long nothing changes at first; where
    their bound is short of the optimum, nothing is said to be exhausted.
    """
    ready = Ready(instance)
    box = ready.box(instance.horizon.days)
    while not box.is_exhausted:
        box.attempt()
    best = ready.standing.cost
    ready = Ready(instance)
    assert ready.standing.cost > best
    few = everybody(ready, instance.horizon.days)
    for _ in range(4):
        few.attempt()
        assert few.is_exhausted <= (ready.standing.cost == best)
    assert few.is_exhausted == is_tight


@pytest.mark.parametrize("seed", range(4))
def test_some_days_for_everybody_are_solved_to_the_end(seed: int) -> None:
    """A window is left with nothing better in it: a box of the same days finds none either."""
    ready = Ready(weeks(people=4), seed)
    few = Few(ready.standing, 7, random.Random(seed))
    few.size = len(ready.standing.people)
    few._draw = fixed = _First(seed)  # type: ignore[assignment]
    for _ in range(10):
        few.attempt()
        assert not few.is_exhausted  # other days were not free
    cost = ready.standing.cost
    assert ready.model.follow(ready.standing.rosters)
    layout = ready.model.layout
    free = layout.is_choice & (layout.day >= fixed.first) & (layout.day < fixed.first + 7)
    changed, is_optimal = ready.model.improve(free, 20.0, random.Random(0))
    assert is_optimal
    assert changed is not None
    ready.standing.take(changed)
    assert ready.standing.cost == cost


class _First(random.Random):
    """Draws the same first day each time."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.first = random.Random(seed).randrange(7)

    def randrange(self, *_: Any) -> int:
        """Give the first day."""
        return self.first


def test_costs_below_nothing_do_not_keep_columns_from_their_end() -> None:
    """Where other costs are given, the master's alone may be less than nothing: that says nothing
    about how far it is from its end, and each round is not the first.
    """
    days = range(2, 9)  # a wish for each, so that nobody is like anybody else
    wishes = [[{"wants": "off", "day": f"2026-03-0{day}", "weight": 5}] for day in days]
    people = [{"id": f"e{i}", "requests": wish} for i, wish in enumerate([*wishes, []])]
    search = Ready(weeks(employees=people)).search
    assert len(search.groups) == 2 * PARTS
    search.program = replace(search.program, offset=search.program.offset + 10_000_000)
    search.groups[0].cost[search.groups[0].chosen] -= 2_000_000
    search.generate(rounds=100)
    assert search.converged


def test_larger_ones_follow_where_nothing_is_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is proved in no time is no attempt: people are added until there is work to do."""
    ready = Ready(ward(people=6))
    few = Few(ready.standing, ready.model.layout.days, random.Random(0))
    few.size, sizes = 2.0, []
    plain = few._freed

    def freed() -> list[Person]:
        found = plain()
        sizes.append(len(found))
        return found

    monkeypatch.setattr(few, "_freed", freed)
    monkeypatch.setattr(few, "_choose", lambda _: (True, False))
    monkeypatch.setattr(few_module, "SECONDS", 120.0)
    assert not few.attempt()
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (2, 6)


def test_one_person_alone_can_be_freed() -> None:
    """There are never more people than there are, however many a neighbourhood should have."""
    ready = Ready(weeks(people=1))
    for few in few_for(ready.standing, random.Random(0)):
        for _ in range(5):
            few.attempt()
            assert few.size == 1


@pytest.mark.parametrize(("most", "left"), [(5, 5), (1, 3)])
def test_days_get_fewer_where_graphs_are_too_large(
    most: int, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A span too long for any graph is no reason to give up days at all; where even a few days are
    too many, whole rosters are not priced instead: another thread may be doing that.
    """
    ready = Ready(weeks(people=4))
    few = Few(ready.standing, 7, random.Random(0))
    plain = windows.build_graph

    def small(resources: Any, options: Any, days: range, *more: Any) -> Any:
        if len(days) > most:
            raise few_module.TooLargeError
        return plain(resources, options, days, *more)

    monkeypatch.setattr(windows, "build_graph", small)
    monkeypatch.setattr(few_module, "around_people", lambda *_: pytest.fail("priced whole"))
    ways = Ways(ready.standing, [], [few, *few_for(ready.standing, random.Random(0))], few._draw)
    assert few.attempt() <= few.can_help
    assert few._days == left
    assert few.can_help == (left >= few_module.FEWEST_DAYS)
    assert (few in [ways._way() for _ in range(40)]) == few.can_help


def test_spans_are_those_that_can_be_priced() -> None:
    """All days are free only where whole rosters are exact, and where nobody else prices them."""
    standing = Ready(weeks(people=2)).standing
    draw = random.Random(0)
    assert [few._days for few in few_for(standing, draw)] == [7, 14]
    assert [few._days for few in few_for(standing, draw, apart=True)] == [7]
    narrow = object.__new__(Narrow)
    standing.search.pricings = [narrow]
    assert [few._days for few in few_for(standing, draw)] == [7]
