"""What is short in a plan is filled, also by a second thread; what two of them find is joined."""

from __future__ import annotations

import random
import threading
from dataclasses import replace

import numpy as np
import pytest
from ortools.sat.python import cp_model
from random_instances import random_instance
from test_moves import LIMITS, planned, started

from scheduler.engine.budget import Allowance, Budget, Until
from scheduler.engine.cpsat import Run
from scheduler.engine.parts import rostering
from scheduler.engine.parts.cutting import Cutting
from scheduler.engine.parts.filling import SMALLEST, Filling
from scheduler.engine.parts.incumbent import Incumbent, incumbent_of
from scheduler.engine.parts.mending import Mending
from scheduler.engine.parts.moves import SECONDS, Move, Surroundings
from scheduler.engine.parts.replanning import Replanning
from scheduler.engine.parts.resting import RestingAround
from scheduler.engine.parts.rostering import TURNS, Exchanging
from scheduler.engine.parts.search import PATIENCE, QUICK, QUICK_FAILURES, Search
from scheduler.engine.parts.sharing import Helper, Shared
from scheduler.engine.parts.shifting import Shifting
from scheduler.engine.parts.team import Staying, Team
from scheduler.engine.subproblem import solve_cut

SHORT = (1, 6, 12, 24, 26)
"""Seeds of random instances whose first plan is short; only in 24 that can be helped."""


def surroundings(seed: int) -> tuple[Surroundings, Incumbent]:
    """Give a first plan, and what a move needs."""
    layout, rosters, team, price = started(random_instance(seed))
    budget = Budget(LIMITS)
    around = Surroundings(layout, rosters, price, LIMITS, budget, random.Random(0), lambda: None)
    return around, planned(layout, rosters, team, price)


@pytest.mark.parametrize("seed", SHORT)
def test_as_little_is_short_as_can_be(seed: int) -> None:
    """With everybody free everywhere, nobody could do better, whatever the plan then costs."""
    around, plan = surroundings(seed)
    filling = Filling(around)
    assert filling.can_help(plan)
    filling.size = 1_000
    found = filling.attempt(plan)
    layout = around.layout
    cost = np.zeros(len(layout.program.cost))
    cost[layout.lacking] = layout.program.cost[layout.lacking]
    only_short = replace(layout.program, cost=cost)
    everything = np.ones(len(cost), dtype=bool)
    best, run = solve_cut(only_short, plan.values, everything, LIMITS, 20.0, presolve=True)
    assert best is not None and run.verdict[0] == "optimal"
    least = incumbent_of(layout, best, around.price).shortage
    assert (plan if found is None else found).shortage == least
    assert (found is not None) == (least < plan.shortage)
    assert found is None or layout.program.holds(found.values)


def test_more_choose_where_these_cannot_help() -> None:
    """What was answered with no gets more people; never more than there are, never too few."""
    around, plan = surroundings(6)
    filling = Filling(around)
    filling.size = SMALLEST
    assert filling.attempt(plan) is None
    assert filling.size > SMALLEST
    for _ in range(9):
        filling.attempt(plan)
    layout = around.layout
    assert filling.size == len(layout.formulation.employees) * len(layout.parts)
    filling.around = replace(around, budget=Allowance(around.budget, 0.0))
    filling.attempt(plan)
    assert filling.size >= SMALLEST


def test_what_is_near_a_shortage_is_tried_before_what_takes_longer() -> None:
    """Of what is not quick, everything that takes little has one turn, the least work first."""
    around, plan = surroundings(24)
    search = Search(around, Shared(around.layout, around.price, lambda _: None), lambda _: False)
    search._quick_failures = QUICK_FAILURES
    tried = []
    for _ in range(6):
        tried.append(search._move(plan))
        tried[-1].remember(saved=0, seconds=SECONDS)
    kinds = [type(move) for move in tried]
    assert kinds == [RestingAround, Cutting, Exchanging, Shifting, Replanning, Filling]
    assert not tried[-1].can_help(replace(plan, values=np.zeros_like(plan.values)))


def test_exchanges_go_on_while_they_fill_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where three tenths of what is short are filled, the next try is one more; else others are."""
    around, plan = surroundings(24)
    search = Search(around, Shared(around.layout, around.price, lambda _: None), lambda _: False)
    plan = replace(plan, shortage=100)
    for left, goes_on in ((70, True), (71, False), (0, False)):
        found = replace(plan, shortage=left, total=plan.total - 1)
        monkeypatch.setattr(search._exchanging, "attempt", lambda _, found=found: found)
        search._is_first, search._quick_failures = True, QUICK_FAILURES
        assert search._attempt(plan) is found
        assert search._is_first is goes_on


@pytest.mark.parametrize(("dearer", "is_tried"), [(1.1, True), (1.2, False)])
def test_a_plan_that_was_shaken_too_much_is_left(
    dearer: float, is_tried: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From much farther away there is no time to come back: it goes on from the best plan."""
    around, plan = surroundings(24)
    plan = replace(plan, total=1000)
    shaken = replace(plan, total=round(1000 * dearer))
    search = Search(around, Shared(around.layout, around.price, lambda _: None), lambda _: False)
    tried: list[bool] = []
    budget = Allowance(around.budget, 60.0)

    def attempt(plan: Incumbent) -> None:
        tried.append(plan is shaken)
        search._failures += 1
        if len(tried) > PATIENCE:
            budget.close()

    search._around = replace(around, budget=budget)
    monkeypatch.setattr(search, "_attempt", attempt)
    monkeypatch.setattr(search._exchanging, "shaken", lambda _: shaken)
    assert search.improve(plan) is plan
    assert not any(tried[:PATIENCE])
    assert tried[PATIENCE] is is_tried


def test_rosters_are_exchanged_soon_once_nothing_is_short() -> None:
    """First plans have much to spare, and no larger move sees it as soon: once for each time."""
    around, plan = surroundings(24)
    search = Search(around, Shared(around.layout, around.price, lambda _: None), lambda _: False)
    whole = replace(plan, shortage=0, lacking=(), values=np.zeros_like(plan.values))
    for _ in range(2):
        search._forget()
        tried = []
        for _ in range(4):
            tried.append(search._move(whole))
            tried[-1].remember(saved=0, seconds=SECONDS)
        assert [type(move) for move in tried] == [Cutting, Exchanging, Shifting, Replanning]


def test_what_is_short_is_filled_before_exchanges_only_while_that_is_quick() -> None:
    """What is short is often little, and a break or a few people away; in a large team it takes
    long to see that.
    """
    around, plan = surroundings(24)
    search = Search(around, Shared(around.layout, around.price, lambda _: None), lambda _: False)
    for kind in (RestingAround, Filling):
        quick = next(move for move in search._moves if isinstance(move, kind))
        assert search._move(plan) is quick
        search._is_first, search._quick_failures = True, QUICK_FAILURES
        assert search._move(plan) is search._exchanging
        search._quick_failures = 0
        quick.remember(saved=0, seconds=4 * QUICK)
    assert search._move(plan) is search._exchanging


def test_what_an_exchange_lacks_is_mended_by_further_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cheaper plan is not left for a tenth of a person; a dearer one is not worth the time."""
    around, plan = surroundings(24)
    whole = replace(plan, shortage=0, cost=100, total=100, values=np.zeros_like(plan.values))
    cheaper = replace(whole, shortage=5, cost=90, total=500)
    mended = replace(whole, cost=95, total=95)
    dearer = replace(cheaper, cost=101)
    exchanging, tries = Exchanging(around), []

    def attempt(*answers: Incumbent | None) -> Incumbent | None:
        tries.clear()
        served = iter(answers)
        monkeypatch.setattr(exchanging, "served", lambda _: next(served))
        return exchanging.attempt(whole)

    def exchange(base: Incumbent, *, is_first: bool) -> bool:
        tries.append((base, is_first))
        return True

    monkeypatch.setattr(exchanging, "_exchange", exchange)
    assert attempt(cheaper, cheaper, mended) is mended
    assert tries == [(whole, True), (cheaper, False), (cheaper, False)]
    assert attempt(dearer) is dearer
    assert len(tries) == 1
    assert attempt(cheaper, None) is cheaper
    assert attempt(*[cheaper] * TURNS) is cheaper
    monkeypatch.setattr(rostering, "BRANCHING_SECONDS", -1.0)
    assert attempt(cheaper) is cheaper


@pytest.mark.parametrize("seed", range(8))
def test_who_mends_moves_as_little_as_that_takes(seed: int) -> None:
    """A roster at prices of nothing stays as it is, breaks included; elsewhere all is free."""
    layout, rosters, team, price = started(random_instance(seed))
    everywhere = Staying(layout.is_choice, 100 * price)
    nowhere = Staying(np.zeros_like(layout.is_choice), price)
    for person in team.people:
        before = team.mine[person]
        assert before is not None
        found = rosters.best(person, everywhere.charges(before), 5.0)
        assert found is not None
        assert everywhere.as_before(before, found) == before
        assert not nowhere.charges(before).any()
        assert nowhere.as_before(before, found) == found


@pytest.mark.parametrize("seed", SHORT)
def test_nobody_moves_for_a_mend_that_mends_nothing(seed: int) -> None:
    """Whatever moves has to be served anew, so it moves only where floors cost less then."""
    around, plan = surroundings(seed)
    exchanging = Exchanging(around)
    exchanging.learn(plan)
    team = exchanging.team
    team.take(around.rosters.read(plan.values))
    before, floors = team.values.copy(), team.cost_of_floors()
    if exchanging._mend(plan):
        assert team.cost_of_floors() < floors
    else:
        assert (team.values == before).all()


def test_what_lacks_is_dearer_only_for_the_last_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """At ten times its price a shift is worked for next to nothing: its price comes first, and in
    the end nothing is left of either.
    """
    around, plan = surroundings(24)
    mending = Mending(around.layout, around.rosters, around.price)
    team = Team(around.layout, around.rosters, around.budget)
    team.take(around.rosters.read(plan.values))
    bids: list[float] = []
    monkeypatch.setattr(team, "bid", lambda shares: bids.append(float(shares.max())))
    mending.mend(team, [0], Allowance(around.budget, 0.0), around.draw)
    assert bids == [1.0, 10.0, 1.0]


def test_a_mend_that_asks_for_nothing_ends_at_once() -> None:
    """Nobody is drawn where nothing lacks, nor where nobody could do better."""
    around, plan = surroundings(24)
    mending = Mending(around.layout, around.rosters, around.price)
    team = Team(around.layout, around.rosters, around.budget)
    team.take(around.rosters.read(plan.values))
    before = team.values.copy()
    assert not mending.mend(team, [], around.budget, around.draw)
    assert not mending.mend(team, [0], Allowance(around.budget, 0.0), around.draw)
    assert (team.values == before).all()


def test_a_helper_fills_until_nothing_can_be_done() -> None:
    """It begins with the best plan and hands its own back; without time it does nothing."""
    around, plan = surroundings(24)
    noted: list[Incumbent] = []
    shared = Shared(around.layout, around.price, noted.append)
    assert not Helper(around, shared).fill()
    assert not noted
    shared.improved(None, plan)
    Helper(around, shared).help(Allowance(around.budget, 0.0))
    assert noted == [plan]
    Helper(around, shared).help(Allowance(around.budget, 4.0))
    assert shared.best is noted[-1]
    assert shared.best.shortage < plan.shortage


def test_a_helper_makes_plans_cheaper_once_nothing_is_short(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It waits until there is a plan, fills it first, and ends with its time."""
    around, plan = surroundings(24)
    budget = Allowance(around.budget, 5.0)
    helper = Helper(
        replace(around, budget=budget), Shared(around.layout, around.price, lambda _: None)
    )
    assert not helper.polish()
    tried: list[tuple[str, Incumbent]] = []

    def attempt(self: Move, plan: Incumbent) -> Incumbent:
        tried.append((type(self).__name__, plan))
        if isinstance(self, Filling):
            return replace(plan, shortage=0, values=np.zeros_like(plan.values), total=900)
        return replace(plan, total=plan.total - 1)

    monkeypatch.setattr(Filling, "attempt", attempt)
    monkeypatch.setattr(Cutting, "attempt", attempt)
    helper._shared.improved(None, plan)
    threading.Timer(0.3, budget.close).start()
    helper.go_on(Until(budget))
    filled = [name for name, _ in tried].index("Filling")
    assert filled == 1  # what is near a shortage comes first
    later = [name for name, _ in tried[2:]]
    assert later
    assert "Filling" not in later
    assert helper._shared.best is not None
    assert helper._shared.best.total == 900 - len(later)


def test_two_changes_are_joined_where_they_go_together() -> None:
    """Both are kept if that is a plan, and better; else the better one of the two is."""
    around, plan = surroundings(24)
    layout, price = around.layout, around.price
    one, other = layout.lacking[:2]

    def lacking(more: dict[int, int]) -> Incumbent:
        values = plan.values.copy()
        for place, number in more.items():
            values[place] += number
        return incumbent_of(layout, values, price)

    base = lacking({one: 1, other: 1})
    assert layout.program.holds(base.values)
    noted: list[Incumbent] = []
    shared = Shared(layout, price, noted.append)
    assert shared.improved(None, base) is base
    assert shared.improved(base, lacking({other: 1})) is noted[-1]
    assert shared.improved(base, lacking({one: 1})).total == plan.total
    assert len(noted) == 3
    assert shared.improved(base, base) is noted[-1]
    impossible = lacking({one: 1, other: -plan.values[other] - 1})
    assert shared.improved(base, impossible).total == min(impossible.total, plan.total)
    assert len(noted) == 3 + (impossible.total < plan.total)


def test_a_search_without_progress_is_stuck_but_not_where_the_clock_is_none() -> None:
    """Patience counts from the last better solution; with work instead of time it never ends."""
    for limits, is_stuck in ((LIMITS, True), (replace(LIMITS, deterministic=True), False)):
        model = cp_model.CpModel()
        model.minimize(model.new_int_var(1, 3, "x"))
        run = Run(model, limits, 5.0, "test", patience=60.0)
        assert run.verdict == ("optimal", "proved")
        assert not run._is_stuck
        run._progressed -= 61.0
        assert run._is_stuck == is_stuck
        run._note_solution(1.0, 1.0)
        assert not run._is_stuck
