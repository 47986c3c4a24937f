"""Solving by parts: what is cut out, priced and proved is true of the whole model."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from random_instances import random_instance
from scipy import sparse
from toys import MONDAY, make_instance

from scheduler import Instance, check, solve
from scheduler.engine import auto
from scheduler.engine.budget import Budget
from scheduler.engine.layout import Layout
from scheduler.engine.outcome import Interrupt, Limits
from scheduler.engine.parts.incumbent import Incumbent
from scheduler.engine.parts.opening import Opening
from scheduler.engine.parts.part_program import PartProgram
from scheduler.engine.parts.placing import Placing
from scheduler.engine.parts.pricing import Bounding
from scheduler.engine.parts.reach import Reach
from scheduler.engine.parts.rosters import Rosters
from scheduler.engine.parts.run import PROVING, ByParts
from scheduler.engine.parts.sharing import Helper
from scheduler.engine.parts.workbench import Workbench
from scheduler.engine.polish import shortage_price
from scheduler.engine.propagation import tightened
from scheduler.engine.subproblem import solve_cut
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options
from scheduler.models.result import Result


def layout_of(instance: Instance) -> Layout:
    """Build the model that parts are cut from."""
    options = permitted_options(instance)
    return Layout(Formulation(instance, options, shortage_price(instance, options)))


def by_parts_of(instance: Instance, limits: Limits) -> ByParts:
    """Set up a solve."""
    return ByParts(Workbench(instance, permitted_options(instance), limits, Budget(limits)))


def bounding_of(layout: Layout, limits: Limits, interrupt: Interrupt) -> Bounding:
    """Look for prices of all parts."""
    rosters = Rosters(layout, limits)
    reach = Reach(layout, rosters, limits)
    programs = cache(lambda number: PartProgram(layout, layout.parts[number], reach.most))
    return Bounding(layout, rosters, reach, programs, limits, interrupt)


@cache
def solved_exactly(seed: int) -> Result:
    """Solve a random instance in one model, once for all tests."""
    return solve(random_instance(seed), engine="exact", time_limit=30, workers=2)


@pytest.fixture
def by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every instance for a large one."""
    monkeypatch.setattr(auto, "is_small", lambda _: False)
    monkeypatch.setattr(auto, "rosters_decide", lambda _: False)


@pytest.mark.usefixtures("by_parts")
def test_with_one_thread_prices_wait_for_a_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound is of little use to whoever has no schedule: gaps are closed first."""
    phases: list[str] = []
    search, prices = Workbench.search, ByParts._find_bound

    def searched(self: Workbench, plan: Incumbent, *more: Any) -> Incumbent:
        phases.append("search")
        return search(self, plan, *more)

    def priced(self: ByParts, bounding: Bounding) -> None:
        phases.append("prices")
        prices(self, bounding)

    monkeypatch.setattr(Workbench, "search", searched)
    monkeypatch.setattr(ByParts, "_find_bound", priced)
    solve(random_instance(1), time_limit=3, workers=1)
    assert phases[:3] == ["search", "prices", "search"]


@pytest.mark.usefixtures("by_parts")
def test_a_single_part_is_filled_until_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the time is for one model, which is no use while something is short."""
    shares: list[float] = []

    def searched(self: Workbench, plan: Incumbent, budget: Budget, *_: Any) -> Incumbent:
        assert len(self.layout.parts) == 1
        assert plan.shortage
        shares.append(budget.left / self.budget.left)
        return plan

    monkeypatch.setattr(Opening, "by_numbers", lambda _: None)
    monkeypatch.setattr(Workbench, "search", searched)
    solve(random_instance(1), time_limit=10, workers=2)
    assert shares[0] > PROVING + 0.2


@pytest.mark.parametrize(("infeasible", "known"), [(False, None), (True, None), (False, 4)])
def test_the_second_thread_does_not_hold_up_the_first_bound(
    monkeypatch: pytest.MonkeyPatch, infeasible: bool, known: int | None
) -> None:
    """It may prove that nothing can be done: until then, there is one try to fill between two
    programs. Then plans are made cheaper as well, and nothing else once prices have ended; where
    planning has proved a bound, from the start.
    """
    done: list[str] = []

    class Proving:
        """Says what it did before and after there is a bound."""

        bound = known
        promising = None
        interrupt = Interrupt()

        def run(self, note: Callable[[str], None]) -> None:
            note("relaxation")
            self.bound = 5
            note("bound")
            done.append("priced")

    monkeypatch.setattr(Helper, "help", lambda *_: done.append("filled, as long as possible"))
    monkeypatch.setattr(Helper, "fill", lambda _: done.append("filled"))
    monkeypatch.setattr(Helper, "polish", lambda _: done.append("polished"))
    monkeypatch.setattr(Helper, "go_on", lambda *_: done.append("went on"))
    parts = by_parts_of(random_instance(1), Limits(workers=2))
    proving: Any = Proving()
    proving.infeasible = infeasible
    parts._help(proving, Budget(Limits()))
    filled = "filled, as long as possible"
    last = [] if infeasible else ["went on"]
    first = ["filled"] if known is None else [filled, "polished"]
    assert done == [filled, *first, filled, "polished", "priced", *last]
    assert parts._course.bound == 5


def test_filling_has_half_of_the_time_before_there_is_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Prices of samples are learnt in many small turns: filling after each would put off a bound
    by a minute, and none at all would put off a schedule.
    """
    spent = [0.0]
    monkeypatch.setattr(Budget, "left", property(lambda _: 1000.0 - sum(spent)))

    class Pricing:
        """Takes two seconds for each of twelve turns, of which none proves anything."""

        bound = promising = None
        interrupt, infeasible = Interrupt(), True

        def run(self, note: Callable[[str], None]) -> None:
            for _ in range(12):
                spent.append(2.0)
                note("prices")

    monkeypatch.setattr(Helper, "help", lambda *_: None)
    monkeypatch.setattr(Helper, "fill", lambda _: spent.append(6.0))
    parts = by_parts_of(random_instance(1), Limits(workers=2))
    pricing: Any = Pricing()
    parts._help(pricing, Budget(Limits()))
    assert spent.count(6.0) == 5
    assert spent[-2:] == [2.0, 6.0]


@pytest.mark.usefixtures("by_parts")
def test_what_the_second_thread_finds_last_is_handed_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search may have ended with a plan that is not the best any more."""
    finished: list[Incumbent] = []

    def improve(_: ByParts, plan: Incumbent, *__: Any) -> Incumbent:
        return replace(plan, total=plan.total + 1)

    def finish(self: ByParts, plan: Incumbent) -> None:
        assert plan is self._shared.best
        finished.append(plan)

    monkeypatch.setattr(ByParts, "_improve", improve)
    monkeypatch.setattr(ByParts, "_finish", finish)
    solve(random_instance(1), time_limit=3, workers=2)
    assert finished


def test_prices_end_with_their_time() -> None:
    """Programs are not even built once it is over; then there is no bound, and nothing is wrong."""
    layout, over = layout_of(random_instance(1)), Interrupt()
    over.set()
    bounding = bounding_of(layout, Limits(), over)
    bounding.run(lambda _: None)
    assert bounding.bound is None
    assert not bounding.infeasible


@pytest.mark.usefixtures("by_parts")
@pytest.mark.parametrize("seed", range(8))
def test_parts_never_contradict_the_single_model(seed: int) -> None:
    """No bound above the optimum, no cost below it, and infeasible only where it is."""
    instance = random_instance(seed)
    found = solve(instance, time_limit=2, workers=2, seed=seed)
    exact = solved_exactly(seed)
    if found.status == "infeasible":
        assert exact.status == "infeasible"
    if exact.status == "infeasible":
        assert found.schedule is None
    if exact.objective is not None and found.bound is not None:
        assert found.bound <= exact.objective
    if found.schedule is not None:
        assert check(instance, found.schedule).ok
        assert found.objective >= exact.bound


@pytest.mark.usefixtures("by_parts")
def test_what_soft_rules_charge_is_no_proof_of_infeasibility() -> None:
    """Where nobody is paid, unavoidable penalties are above all pay, and it is feasible."""
    instance = make_instance(
        horizon={"start": MONDAY, "days": 3, "interval_minutes": 60},
        templates=[shift("day", "08:00", 8)],
        services=[
            {
                "id": "desk",
                "skill": "desk",
                "demand": {
                    "kind": "staff",
                    "pattern": [{"start": "08:00", "end": "16:00", "staff": 1}],
                },
            }
        ],
        rules=[{"kind": "max_consecutive_days", "days": 1, "weight": 100}],
    )
    result = solve(instance, time_limit=3, workers=2)
    assert result.schedule is not None
    assert result.objective == 200


@pytest.mark.parametrize("seed", range(8))
def test_prices_of_parts_prove_no_more_than_the_optimum(seed: int) -> None:
    """The bound is computed from all rules, whatever the prices are."""
    instance = random_instance(seed)
    exact = solved_exactly(seed)
    layout = layout_of(instance)
    limits = Limits(workers=2)
    bounding = bounding_of(layout, limits, Interrupt())
    bounding.run(lambda _: None)
    if exact.objective is not None:
        assert bounding.bound is not None
        assert bounding.bound <= exact.objective * 100


@pytest.mark.parametrize("seed", range(5))
def test_a_cut_with_everything_free_is_the_whole_model(seed: int) -> None:
    """Cutting out loses no row and no cost."""
    instance = random_instance(seed)
    layout = layout_of(instance)
    program = layout.program
    limits = Limits(workers=2)
    nothing = np.zeros(len(program.low), dtype=np.int64)
    everything = np.ones(len(program.low), dtype=bool)
    values, _ = solve_cut(program, nothing, everything, limits, 20, presolve=True, hinted=False)
    exact = solved_exactly(seed)
    assert values is not None
    activity = program.by_row @ values
    assert (activity >= program.row_low).all()
    assert (activity <= program.row_high).all()
    if exact.status == "optimal":
        assert round(program.cost @ values + program.offset) <= exact.objective * 100


def shift(name: str, start: str, hours: int) -> dict[str, object]:
    """Give a template of one start and one length."""
    return {
        "id": name,
        "start": {"earliest": start, "latest": start, "step_minutes": 60},
        "length": {"min_minutes": 60 * hours, "max_minutes": 60 * hours},
    }


def test_days_are_parts_unless_a_night_ties_them() -> None:
    """A shift over midnight serves on two days, which then are one part."""
    days = [shift("early", "05:00", 8), shift("day", "08:00", 8)]
    nights = [*days, shift("late", "14:00", 8), shift("night", "21:00", 9)]
    for templates, expected in ((days, 3), (nights, 1)):
        instance = make_instance(
            horizon={"start": MONDAY, "days": 3, "interval_minutes": 60},
            templates=templates,
            floors=[{"kind": "coverage", "service": "desk", "staff": 1}],
        )
        assert len(layout_of(instance).parts) == expected


@pytest.mark.parametrize("seed", range(10))
def test_breaks_are_placed_best(seed: int) -> None:
    """The recursion finds what trying all beginnings finds, for every option of a group."""
    instance = random_instance(seed, ("three_breaks", "two_breaks_with_stretches"))
    layout = layout_of(instance)
    step = instance.horizon.interval_minutes
    costs = np.random.default_rng(seed).uniform(-1, 1, len(layout.owner))
    for profile in layout.formulation.coverage.profiles:
        for group in profile.groups:
            least, chosen = Placing(group, step).best(costs)
            for head, cost, places in zip(group.heads, least, chosen, strict=True):
                assert cost == pytest.approx(costs[places].sum())
                assert cost == pytest.approx(_by_hand(group, head.option, costs, step))


def _by_hand(group, option, costs, step: int) -> float:
    shortest, longest = option.spacing
    spans = [range(s.earliest, s.latest + 1, step) for s in group.breaks]
    best = np.inf
    for begun in itertools.product(*spans):
        ends = [b + s.minutes for b, s in zip(begun, group.breaks, strict=True)]
        if all(shortest <= b - e <= longest for e, b in zip(ends[:-1], begun[1:], strict=True)):
            minutes = [option.duty.start + b for b in begun]
            best = min(
                best,
                sum(
                    costs[group.begun[position][minute].index]
                    for position, minute in enumerate(minutes)
                ),
            )
    return best


@given(
    matrix=arrays.arrays(np.int64, (3, 4), elements=st.integers(-3, 3)),
    limits=st.lists(st.tuples(st.integers(-6, 6), st.integers(0, 8)), min_size=3, max_size=3),
)
def test_tightening_loses_no_solution(matrix: np.ndarray, limits: list[tuple[int, int]]) -> None:
    """Whatever keeps the rows keeps the tightened bounds."""
    low, high = np.zeros(4), np.full(4, 2.0)
    row_low = np.array([float(least) for least, _ in limits])
    row_high = row_low + [width for _, width in limits]
    found = tightened(sparse.csr_array(matrix.astype(float)), row_low, row_high, low, high)
    for values in itertools.product(range(3), repeat=4):
        activity = matrix @ values
        if (activity >= row_low).all() and (activity <= row_high).all():
            assert (found[0] <= values).all()
            assert (found[1] >= values).all()
