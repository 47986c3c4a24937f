"""A dive fixes rosters, takes back those that cost much, and begins anew elsewhere."""

from __future__ import annotations

import random
from typing import Any

import pytest
from test_columns import COVER, root, ward

from scheduler.engine.budget import Allowance, Budget
from scheduler.engine.columns import diving
from scheduler.engine.columns import root as root_module
from scheduler.engine.columns.choosing import lean
from scheduler.engine.columns.diving import dive
from scheduler.engine.columns.fixing import Fixed, Step
from scheduler.engine.columns.generation import Search
from scheduler.engine.columns.repairing import Repair
from scheduler.engine.columns.root import Root
from scheduler.engine.outcome import Limits
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options

FAIR = {"kind": "fair_shares", "count": "shifts", "max_spread": 0, "weight": 5}


@pytest.fixture(name="search", params=["alike", "each"])
def some_search(request: pytest.FixtureRequest) -> Search:
    """Give columns of a ward whose people are alike, or of one where each is a group."""
    different: dict[str, Any] = {
        "employees": [
            {"id": f"e{i}", "forbidden": [{"day": f"2026-03-0{2 + i}"}]} for i in range(6)
        ]
    }
    more = different if request.param == "each" else {}
    found = root(ward(floors=[COVER, FAIR], **more), by_search=False)
    found = lean(found, 20)
    found.solved = found.master.solve()
    return found


def value(search: Search) -> float:
    """Solve the master."""
    solved = search.master.solve()
    assert solved is not None
    return solved.value


def fix_all(search: Search, fixed: Fixed) -> list[Step]:
    """Fix one roster after the other, until everybody has one."""
    steps = []
    while fixed.left:
        solved = search.master.solve()
        assert solved is not None
        steps.append(fixed.fix(solved, 1))
    return steps


def test_steps_that_are_taken_back_leave_the_master_as_it_was(search: Search) -> None:
    """Also those that closed a group, which others of it are looked for again then."""
    fixed = Fixed(search)
    before, left = value(search), fixed.left
    steps = fix_all(search, fixed)
    assert value(search) >= before - 1e-6
    assert not search.active
    for step in reversed(steps):
        fixed.change(step, -1)
    assert fixed.left == left
    assert search.active == set(left)
    assert not any(fixed.rosters)
    assert value(search) == pytest.approx(before)


def test_what_is_left_out_is_not_used_until_it_is_readmitted(search: Search) -> None:
    """Else the same step would be tried again, or never any more."""
    fixed = Fixed(search)
    assert search.solved is not None
    step = fixed.fix(search.solved, 1)
    whole = [(g, n) for g, n, _ in step]
    assert fixed.take_back(step)
    solved = search.master.solve()
    assert solved is not None
    assert not any(n in solved.weights[g] for g, n in whole)
    others = fixed.fix(solved, 1)
    assert not {(g, n) for g, n, _ in others} & set(whole)
    fixed.change(others, -1)
    assert (again := search.master.solve()) is not None
    assert not any(n in again.weights[g] for g, n in whole)
    fixed.readmit()
    fixed.change([])
    for g, n in whole:
        search.master.at_least(g, n, 1)
    assert (used := search.master.solve()) is not None
    assert all(used.weights[g][n] >= 1 - 1e-6 for g, n in whole)


def test_nobody_is_left_without_columns(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a group has hardly any, nothing is taken back: the master would have no solution."""
    monkeypatch.setattr("scheduler.engine.columns.fixing.ENOUGH", 10**6)
    fixed = Fixed(search)
    assert search.solved is not None
    step = fixed.fix(search.solved, 1)
    rosters = fixed.rosters
    assert not fixed.take_back(step)
    assert fixed.rosters == rosters


def test_a_column_that_rests_can_be_fixed(search: Search) -> None:
    """Columns are put aside in long dives, also those of a step that was taken back."""
    fixed = Fixed(search)
    assert search.solved is not None
    step = fixed.fix(search.solved, 1)
    assert fixed.take_back(step)
    used = search.master.solve()
    assert used is not None
    search.master.rest([set(mine) for mine in used.weights])
    fixed.readmit()
    fixed.change(step)
    solved = search.master.solve()
    assert solved is not None
    assert all(solved.weights[g][n] >= times - 1e-6 for g, n, times in step)


@pytest.mark.parametrize("others", [0, 2])
def test_a_step_that_costs_much_gives_way_to_one_that_costs_less(
    search: Search, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:
    """Of those that are tried, the cheapest stays; without others, the first."""
    monkeypatch.setattr(diving, "OTHERS", others)
    monkeypatch.setattr(diving, "LEAP", -1.0)
    monkeypatch.setattr(diving, "LAST", 1)
    monkeypatch.setattr(diving, "SHARE", 0.0)
    tried: list[float] = []
    chosen: list[tuple[float, list[float]]] = []
    price, down = diving._Dive._price, diving._Dive._go_down

    def priced(self: Any, *args: Any) -> None:
        price(self, *args)
        tried.append(self._solved.value)

    def gone_down(self: Any, *args: Any) -> None:
        tried.clear()
        down(self, *args)
        if tried:
            chosen.append((self._solved.value, list(tried)))

    monkeypatch.setattr(diving._Dive, "_price", priced)
    monkeypatch.setattr(diving._Dive, "_go_down", gone_down)
    rosters = dive(search)
    assert rosters is not None
    assert [len(mine) for mine in rosters] == [group.count for group in search.groups]
    assert max(len(values) for _, values in chosen) == 1 + others
    assert all(value == pytest.approx(min(values)) for value, values in chosen)


def test_chance_changes_which_roster_is_fixed_first(search: Search) -> None:
    """Dives that begin anew would end where the first one did; everybody still gets a roster."""
    found = set()
    for seed in range(8):
        rosters = dive(search, draw=random.Random(seed))
        assert rosters is not None
        assert [len(mine) for mine in rosters] == [group.count for group in search.groups]
        found.add(tuple(column.worked for mine in rosters for column in mine))
    assert len(found) > 1
    solved = search.master.solve()
    assert solved is not None
    first = {
        tuple(Fixed(lean(search, 20), random.Random(seed)).fix(solved, 1)) for seed in range(20)
    }
    assert len(first) > 1


def root_of(**limits: Any) -> Root:
    """Give a root that has generated columns."""
    instance = ward(floors=[COVER, FAIR])
    given = Limits(time_limit=60, **limits)
    formulation = Formulation(instance, permitted_options(instance))
    found = Root(formulation, given, Budget(given), lambda *_: None)
    found.generate()
    return found


def test_first_rosters_are_improved_no_longer_than_columns_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They used to take 85 s of ten minutes where columns take one; here, it would be all of it."""
    monkeypatch.setattr(root_module, "BEGINNING", 1.0)
    seconds: list[float] = []
    monkeypatch.setattr(Repair, "run", lambda self: seconds.append(self._search.budget.left))
    found = root_of(workers=1)
    assert found._generated
    assert 0 < seconds[0] <= found._expected


@pytest.mark.parametrize("better", [False, True])
def test_what_begins_anew_is_kept_where_it_is_cheaper(
    monkeypatch: pytest.MonkeyPatch, better: bool
) -> None:
    """It begins with a dive at random each time, until time is over, and gives back the best. What
    a second thread has found meanwhile is asked for each time.
    """
    found = root_of(workers=1)
    repair, rebuilder = found._repair, found._rebuilder
    assert repair is not None
    assert rebuilder is not None
    repair.run()
    best = [list(mine) for mine in repair.rosters]
    cost = repair.cost
    worst = [sorted(columns, key=lambda c: -c.cost) for columns in found.search.master.columns]
    poor = [[w[0]] * len(mine) for w, mine in zip(worst, best, strict=True)]
    if better:
        repair._standing.rosters = [list(mine) for mine in poor]
        repair._standing.cost = repair._standing._ask()
    monkeypatch.setattr(Repair, "is_finished", property(lambda _: False))
    found.search.budget = Allowance(found._budget, 1.0)
    draws: list[random.Random] = []

    def dived(search: Search, *, draw: random.Random) -> list[list[Any]]:
        assert search.budget.left > 0
        draws.append(draw)
        if len(draws) == 3:
            whole.close()
        return best if better and len(draws) == 2 else poor

    monkeypatch.setattr(root_module, "dive", dived)
    monkeypatch.setattr(Repair, "run", lambda _: None)
    exchanged: list[Repair] = []
    monkeypatch.setattr(Repair, "exchange", lambda self: bool(exchanged.append(self)))
    whole = found.search.budget
    found._begin_anew(rebuilder, repair)
    assert exchanged == [repair] * 3
    assert len(draws) == 3
    assert repair.cost == cost
    assert len({id(draw) for draw in draws}) == 1
