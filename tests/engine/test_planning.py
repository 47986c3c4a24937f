"""Planning by numbers: relaxations rounded, shares of everybody's time, and names for numbers."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from random_instances import random_instance

from scheduler import Instance, check, solve
from scheduler.engine import auto
from scheduler.engine.branching import branch
from scheduler.engine.budget import Allowance, Budget
from scheduler.engine.layout import Layout
from scheduler.engine.outcome import Limits
from scheduler.engine.parts import naming, planning
from scheduler.engine.parts.beginning import Beginning
from scheduler.engine.parts.completing import complete
from scheduler.engine.parts.incumbent import Incumbent, incumbent_of
from scheduler.engine.parts.moves import Surroundings
from scheduler.engine.parts.naming import named
from scheduler.engine.parts.numbers import whole_numbers
from scheduler.engine.parts.part_program import Most, PartProgram
from scheduler.engine.parts.reach import Reach
from scheduler.engine.parts.replanning import Replanning
from scheduler.engine.parts.rosters import Rosters
from scheduler.engine.parts.shares import NAMED, Shares
from scheduler.engine.parts.starting import Starter
from scheduler.engine.parts.team import Team
from scheduler.engine.parts.windows import improved_numbers
from scheduler.engine.polish import shortage_price
from scheduler.engine.program import Floats
from scheduler.engine.rounding import rounded
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options

LIMITS = Limits(time_limit=60, workers=1)


def planned(instance: Instance) -> tuple[Layout, Rosters, Incumbent]:
    """Give a model, and a plan as it comes first, as long as the rules let everybody work."""
    options = permitted_options(instance)
    price = shortage_price(instance, options)
    layout = Layout(Formulation(instance, options, price))
    rosters, budget = Rosters(layout, LIMITS), Budget(LIMITS)
    team = Team(layout, rosters, budget)
    if not Starter(instance, team, price, random.Random(0)).build(budget, budget):
        pytest.skip("somebody has no roster")
    rosters.settle(team.values)
    found = complete(layout, team.values, LIMITS, budget)
    assert found is not None
    return layout, rosters, incumbent_of(layout, found, price)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("known", [True, False])
def test_what_is_rounded_is_a_solution(seed: int, known: bool) -> None:
    """Whatever the relaxation is: every row holds, what is not free stays, and a plan that is
    known is never left for a dearer one.
    """
    layout, _, plan = planned(random_instance(seed))
    day = random.Random(seed).randrange(len(layout.parts))
    free = (layout.part_of == day) | (layout.owner >= 0) & ~layout.is_choice
    owner = np.where(layout.is_choice, layout.owner, -1)
    values = rounded(layout.program, plan.values, free, owner, 5.0, Budget(LIMITS), known=known)
    if known:
        assert values is not None
        assert layout.program.cost @ values <= layout.program.cost @ plan.values
    if values is not None:
        assert layout.program.holds(values)
        assert (values == plan.values)[~free].all()


def test_rounding_stops_when_it_is_told_to() -> None:
    """Who asks to stop does not wait for the end of a dive, and keeps what was known."""
    layout, _, plan = planned(random_instance(1))
    over = Allowance(Budget(LIMITS), 0.0)
    owner = np.where(layout.is_choice, layout.owner, -1)
    everything = np.ones(len(owner), dtype=bool)
    assert rounded(layout.program, plan.values, everything, owner, 5, over, known=False) is None


@pytest.mark.parametrize("seed", range(8))
def test_numbers_only_get_cheaper_window_by_window(seed: int) -> None:
    """Every row of the part holds, nobody works more than allowed, and the optimum is a floor."""
    layout, _, _ = planned(random_instance(seed))
    number = random.Random(seed).randrange(len(layout.parts))
    part, people = PartProgram(layout, layout.parts[number]), len(layout.formulation.employees)
    most = Most(part.shifts, np.full(len(part.people), 480.0 * people))
    answer = part.solve(np.zeros(people), most)
    assert answer is not None
    budget, draw = Budget(LIMITS), random.Random(seed)
    begun = whole_numbers(part, answer.values, most, 0.2, budget)
    assert begun is not None
    program = part.within(most)
    same = improved_numbers(layout, part, begun, most, Allowance(budget, 0.0), draw)
    assert same is begun
    found = improved_numbers(layout, part, begun, most, Allowance(budget, 1.0), draw)
    assert program.holds(found)
    everything = np.ones(len(found), dtype=bool)
    best, is_optimal = branch(program, found, everything, 10.0, 0)
    assert best is not None
    assert is_optimal
    assert program.cost @ best <= program.cost @ found + 1e-6
    assert program.cost @ found <= program.cost @ begun + 1e-6


@pytest.mark.parametrize("seed", range(4))
def test_parts_together_use_no_more_than_there_is(seed: int) -> None:
    """Whoever takes all of every share ends with the whole horizon's time and no more."""
    layout, _, _ = planned(random_instance(seed))
    people = len(layout.formulation.employees)
    draw = np.random.default_rng(seed)
    shifts, minutes = np.full(people, 3.0), draw.integers(600, 2400, people).astype(float)
    parts = [PartProgram(layout, part) for part in layout.parts]
    shares = Shares(shifts, minutes, draw.random(len(parts)))
    used_shifts, used_minutes = np.zeros(people), np.zeros(people)
    for number, part in enumerate(parts):
        most = shares.of(number, part)
        numbers = np.zeros(len(part.kind))
        for kind, mine in enumerate(part.people):
            first = int(np.flatnonzero(part.kind == kind)[0])
            numbers[first] = min(
                most.shifts[kind], most.minutes[kind] // max(1.0, part.minutes[first])
            )
            used_shifts[mine] += numbers[first] / len(mine)
            used_minutes[mine] += numbers[first] * part.minutes[first] / len(mine)
        shares.note(number, part, numbers)
    assert used_shifts.sum() <= shifts.sum() + 1e-6
    assert used_minutes.sum() <= minutes.sum() + 1e-6


def test_what_earlier_parts_leave_is_for_later_ones() -> None:
    """Where nobody has worked yet, the last part may use all of everybody's time; one that is
    planned beside others leaves them their shares.
    """
    layout, _, _ = planned(random_instance(8))
    people = len(layout.formulation.employees)
    parts = [PartProgram(layout, part) for part in layout.parts]
    assert len(parts) > 1
    shifts, minutes = np.full(people, 10.0), np.full(people, 4800.0)
    alone, beside = (Shares(shifts, minutes, np.ones(len(parts))) for _ in range(2))
    for number, part in enumerate(parts):
        last, unsure = alone.of(number, part), beside.of(number, part)
        alone.note(number, part, np.zeros(len(part.kind)))
    mine = [person for kind in parts[-1].people for person in kind]
    assert last.minutes.sum() == pytest.approx(minutes[mine].sum())
    assert last.shifts.sum() == pytest.approx(shifts[mine].sum())
    longest = [parts[-1].minutes[parts[-1].kind == kind].max() for kind in range(len(last.shifts))]
    due = minutes[mine].sum() / len(parts)
    assert unsure.minutes.sum() == pytest.approx(due + sum(longest))


@pytest.mark.parametrize("seed", range(8))
def test_whoever_can_work_what_is_planned_does(seed: int) -> None:
    """Where a plan has names, others may be found, but no shift of it is left out."""
    layout, rosters, plan = planned(random_instance(seed))
    numbers = plan.values.copy()
    shared = layout.is_choice & (rosters.head != np.arange(len(numbers)))
    numbers[shared] = 0
    values = named(layout, rosters, numbers, LIMITS, 10.0)
    assert values is not None
    worked = layout.is_choice
    taken = np.bincount(rosters.head[worked], values[worked], len(values))
    there = np.bincount(rosters.head[worked], plan.values[worked], len(values))
    assert (taken == there).all()


@pytest.mark.parametrize("seed", range(8))
def test_what_nobody_takes_leaves_with_its_breaks(seed: int) -> None:
    """Planned once more than there are people for: what is left of the plan is still a solution."""
    layout, rosters, plan = planned(random_instance(seed))
    numbers = plan.values.copy()
    for placings in rosters.placings:
        for placing in placings:
            for head, begun in placing.in_turn(plan.values):
                numbers[head] += 1
                numbers[list(begun)] += 1
    values = named(layout, rosters, numbers, LIMITS, 10.0)
    assert values is not None
    found = complete(layout, values, LIMITS, Budget(LIMITS))
    assert found is not None
    assert layout.program.holds(found)


@pytest.mark.parametrize("seed", range(6))
def test_what_people_took_is_kept_where_nothing_is_optimised(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who takes what in turn keeps all rules, and no more than is planned; it does not get lost."""
    layout, rosters, plan = planned(random_instance(seed))
    numbers = plan.values.copy()
    numbers[layout.is_choice & (rosters.head != np.arange(len(numbers)))] = 0
    solved = naming.solve_cut

    def only_what_follows(*about: Any, presolve: bool = False, **how: Any) -> Any:
        return (None, None) if presolve else solved(*about, presolve=presolve, **how)

    monkeypatch.setattr(naming, "solve_cut", only_what_follows)
    values = named(layout, rosters, numbers, LIMITS, 10.0)
    assert values is not None
    worked = layout.is_choice
    taken = np.bincount(rosters.head[worked], values[worked], len(values))
    assert 0 < taken.sum() <= plan.values[worked].sum() or not plan.values[worked].any()
    assert (taken <= np.bincount(rosters.head[worked], plan.values[worked], len(values))).all()
    found = complete(layout, values, LIMITS, Budget(LIMITS))
    assert found is not None and layout.program.holds(found)


@pytest.mark.parametrize("seed", range(6))
def test_planning_anew_costs_no_more(seed: int) -> None:
    """A plan is not left for a dearer one, and where nothing is short nothing becomes so."""
    instance = random_instance(seed)
    layout, rosters, plan = planned(instance)
    around = Surroundings(
        layout=layout,
        rosters=rosters,
        price=shortage_price(instance, permitted_options(instance)),
        limits=LIMITS,
        budget=Budget(replace(LIMITS, time_limit=10)),
        draw=random.Random(seed),
        promising=lambda: None,
    )
    found = Replanning(around).attempt(plan)
    if found is not None:
        assert layout.program.holds(found.values)
        assert found.rank <= plan.rank


def test_what_names_lost_is_planned_anew_while_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days that are short are planned once more with whoever there is, until one does not help;
    a plan that lacks nothing stays.
    """
    layout, rosters, plan = planned(random_instance(8))
    short = [replace(plan, shortage=left, total=1000 * left) for left in (3, 2, 1)]
    whole = replace(plan, shortage=0, total=0)
    beginning = Beginning(layout, rosters, 1, LIMITS, Budget(LIMITS))
    begun: list[Incumbent] = []

    def replanned(*answers: Incumbent | None) -> Incumbent:
        begun.clear()
        found = iter(answers)

        def attempt(_: Replanning, plan: Incumbent) -> Incumbent | None:
            begun.append(plan)
            return next(found)

        monkeypatch.setattr(Replanning, "attempt", attempt)
        return beginning.replanned(short[0], lambda: None)

    assert replanned(short[1], whole) is whole
    assert [plan.shortage for plan in begun] == [3, 2]
    assert replanned(short[2], None) is short[2]
    assert replanned(short[1], short[0]) is short[1]
    assert beginning.replanned(whole, lambda: None) is whole


@pytest.mark.parametrize("seed", range(8))
def test_plans_by_numbers_never_contradict_the_single_model(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few are alike or idle: what is planned is checked, and never below the bound."""
    monkeypatch.setattr(auto, "is_small", lambda _: False)
    monkeypatch.setattr(auto, "rosters_decide", lambda _: False)
    monkeypatch.setattr(planning, "ALIKE", 0.0)
    monkeypatch.setattr(planning, "FULL", 10.0)
    monkeypatch.setattr(planning, "LEAST_SECONDS", 0.1)
    begun: list[Incumbent | None] = []
    plan = Beginning.by_numbers

    def noted(self: Beginning, *more: Any) -> Incumbent | None:
        begun.append(plan(self, *more))
        return begun[-1]

    monkeypatch.setattr(Beginning, "by_numbers", noted)
    instance = random_instance(seed)
    found = solve(instance, time_limit=4, workers=2, seed=seed)
    exact = solve(instance, engine="exact", time_limit=30, workers=2)
    assert begun
    if found.bound is not None and exact.objective is not None:
        assert found.bound <= exact.objective
    if found.status == "infeasible" or exact.status == "infeasible":
        assert exact.status == "infeasible"
        assert found.schedule is None
    elif found.schedule is not None:
        assert begun[0] is not None
        assert check(instance, found.schedule).ok
        assert found.objective >= exact.bound


def reach_of(layout: Layout, rosters: Rosters, shifts: Floats, most: Floats) -> Reach:
    """Say how much everybody can work, whatever their rules say."""
    reach = Reach(layout, rosters, LIMITS)
    vars(reach).update(shifts=shifts, most=most)
    return reach


def idle(budget: Budget, *, goes_on: bool) -> None:
    """Do nothing beside."""


def test_one_part_without_numbers_ends_planning(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that fails beside others which do not is not forgotten: half a plan has no names."""
    layout, rosters, _ = planned(random_instance(8))
    programs = [PartProgram(layout, part) for part in layout.parts]
    monkeypatch.setattr(planning, "_are_alike", lambda _: True)
    monkeypatch.setattr(planning.Planning, "_wanted", lambda _: np.ones(len(programs)))
    others_run, failed = threading.Event(), threading.Event()

    def plan(_: planning.Planning, number: int, __: Shares) -> bool:
        if number == 0:
            others_run.wait(5)
            failed.set()
            return False
        others_run.set()
        failed.wait(5)
        time.sleep(0.2)
        return True

    monkeypatch.setattr(planning.Planning, "_plan", plan)
    people = len(layout.formulation.employees)
    reach = reach_of(layout, rosters, np.full(people, 10.0), np.full(people, 4800.0))
    limits = replace(LIMITS, workers=2)
    tried = planning.Planning(layout, rosters, reach, programs.__getitem__, limits, Budget(limits))
    assert len(programs) > 1
    assert tried.run(lambda _: None, idle) is None


@pytest.mark.parametrize(("workers", "goes_on"), [(1, False), (99, True)])
def test_first_rosters_are_made_before_parts_or_beside_them(
    monkeypatch: pytest.MonkeyPatch, workers: int, *, goes_on: bool
) -> None:
    """There is a schedule early, and nobody goes on with it who should plan; it ends with them."""
    layout, rosters, _ = planned(random_instance(8))
    programs = [PartProgram(layout, part) for part in layout.parts]
    monkeypatch.setattr(planning, "_are_alike", lambda _: True)
    monkeypatch.setattr(planning.Planning, "_wanted", lambda _: np.ones(len(programs)))
    done: list[str] = []

    def plan(_: planning.Planning, number: int, __: Shares) -> bool:
        done.append(f"part {number}")
        return False

    def meanwhile(budget: Budget, *, goes_on: bool) -> None:
        assert budget.left > 0
        done.append("rosters")
        while goes_on and budget.left > 0:
            time.sleep(0.01)
        told.append(goes_on)

    monkeypatch.setattr(planning.Planning, "_plan", plan)
    told: list[bool] = []
    people = len(layout.formulation.employees)
    reach = reach_of(layout, rosters, np.full(people, 10.0), np.full(people, 4800.0))
    limits = replace(LIMITS, workers=workers, time_limit=10)
    tried = planning.Planning(layout, rosters, reach, programs.__getitem__, limits, Budget(limits))
    assert tried.run(lambda _: None, meanwhile) is None
    assert told == [goes_on]
    assert tried._soon.left > 0
    assert done[0] == "rosters"
    assert len(done) == 1 + len(programs)


def begun(layout: Layout, rosters: Rosters) -> planning.Planning:
    """Begin to plan for people with time enough."""
    people = len(layout.formulation.employees)
    reach = reach_of(layout, rosters, np.full(people, 10.0), np.full(people, 4800.0))
    part = PartProgram(layout, layout.parts[0])
    return planning.Planning(layout, rosters, reach, lambda _: part, LIMITS, Budget(LIMITS))


def test_rosters_wait_where_there_is_no_time_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a plan is worth nothing: where planning takes nearly all the time, it has it all."""
    layout, rosters, _ = planned(random_instance(8))
    tried = begun(layout, rosters)
    assert tried._for_rosters(goes_on=False) > 0
    monkeypatch.setattr(tried, "_expected", LIMITS.time_limit)
    assert tried._for_rosters(goes_on=False) == 0
    assert tried._for_rosters(goes_on=True) > 0


def test_a_crowd_has_rosters_first_as_a_large_team_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand people take hardly longer than some hundreds: nobody waits for all the numbers."""
    layout, rosters, _ = planned(random_instance(8))
    people, days = len(layout.formulation.employees), layout.formulation.instance.horizon.days
    monkeypatch.setattr(planning, "AFTER", 0.0)
    monkeypatch.setattr(planning, "FIRST_SECONDS", LIMITS.time_limit * planning.LATE / days / 1.5)
    monkeypatch.setattr(planning, "CROWD", people)
    assert people > 1
    assert begun(layout, rosters)._for_rosters(goes_on=False) == 0
    monkeypatch.setattr(planning, "CROWD", 1)
    assert begun(layout, rosters)._for_rosters(goes_on=False) > 0


@pytest.mark.parametrize("seed", range(4))
def test_whole_numbers_of_parts_at_once_leave_some_time(seed: int) -> None:
    """Parts that are planned at the same time do not count on the same people, nor on all time."""
    layout, _, _ = planned(random_instance(seed))
    people = len(layout.formulation.employees)
    part = PartProgram(layout, layout.parts[0])
    each = 2.0, 960.0
    shares = Shares(np.full(people, each[0]), np.full(people, each[1]), np.ones(2))
    due = [shares.of(number, part) for number in range(2)]
    granted = [shares.granted(number, part, due[number]) for number in range(2)]
    members = np.array([len(kind) for kind in part.people])
    assert (due[0].shifts + due[1].shifts > each[0] * members).any()
    assert (granted[0].shifts + granted[1].shifts <= NAMED * each[0] * members).all()
    assert (granted[0].minutes + granted[1].minutes <= NAMED * each[1] * members + 1e-6).all()
    shares.note(0, part, np.zeros(len(part.kind)))  # it used nothing: all is the other's
    again = shares.granted(1, part, due[1])
    assert (again.shifts >= granted[1].shifts).all()
    assert (again.shifts > granted[1].shifts).any()


def test_teams_that_are_needed_nearly_all_the_time_are_not_planned_by_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Names lose what numbers planned where hardly anybody has time to spare: nothing is planned.

    With a minute more for each person, parts are planned.
    """
    layout, rosters, _ = planned(random_instance(8))
    programs = [PartProgram(layout, part) for part in layout.parts]
    people = len(layout.formulation.employees)
    monkeypatch.setattr(planning, "_are_alike", lambda _: True)
    wanted = np.full(len(programs), 60.0)
    monkeypatch.setattr(planning.Planning, "_wanted", lambda _: wanted)
    begun: list[int] = []
    monkeypatch.setattr(planning.Planning, "_plan", lambda _, number, __: begun.append(number))
    enough = wanted.sum() / planning.FULL / people
    for minutes, parts in ((enough - 1, 0), (enough + 1, len(programs))):
        reach = reach_of(layout, rosters, np.full(people, 10.0), np.full(people, minutes))
        tried = planning.Planning(
            layout, rosters, reach, programs.__getitem__, LIMITS, Budget(LIMITS)
        )
        assert tried.run(lambda _: None, idle) is None
        assert len(begun) == parts


def test_a_single_part_may_use_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names lose nothing there, and there is nobody else to leave time for."""
    layout, rosters, _ = planned(random_instance(1))
    assert len(layout.parts) == 1
    part, people = PartProgram(layout, layout.parts[0]), len(layout.formulation.employees)
    reach = reach_of(layout, rosters, np.full(people, 1.0), np.full(people, 480.0))
    within: list[Most] = []

    def noted(_: PartProgram, __: Floats, most: Most, *___: Any) -> None:
        within.append(most)

    monkeypatch.setattr(planning, "LACKING", np.inf)
    monkeypatch.setattr(planning, "whole_numbers", noted)
    tried = planning.Planning(layout, rosters, reach, lambda _: part, LIMITS, Budget(LIMITS))
    assert not tried._plan(0, Shares(reach.shifts, reach.most, np.ones(1)))
    members = np.array([len(kind) for kind in part.people])
    assert len(within) == 1
    assert (within[0].shifts == members).all()
    assert (within[0].minutes == 480.0 * members).all()


def test_hours_that_cannot_be_divided_end_planning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a part lacks people within its share, no other is planned: that would take all time.

    Nobody may work here, and nobody is needed on the first day.
    """
    layout, rosters, _ = planned(random_instance(8))
    programs = [PartProgram(layout, part) for part in layout.parts]
    monkeypatch.setattr(planning, "_are_alike", lambda _: True)
    monkeypatch.setattr(planning.Planning, "_wanted", lambda _: np.ones(len(programs)))
    asked: list[int] = []
    solved = PartProgram.solve

    def counted(part: PartProgram, *args: Any) -> Any:
        asked.append(programs.index(part))
        return solved(part, *args)

    monkeypatch.setattr(PartProgram, "solve", counted)
    people = len(layout.formulation.employees)
    nobody = reach_of(layout, rosters, np.zeros(people), np.full(people, 4800.0))
    tried = planning.Planning(layout, rosters, nobody, programs.__getitem__, LIMITS, Budget(LIMITS))
    assert tried.run(lambda _: None, idle) is None
    assert LIMITS.workers == 1
    assert asked == [0, 1] < [*range(len(programs))]
