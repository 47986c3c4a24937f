"""The engine of columns: valid bounds, true schedules, and rules and floors that it never met."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar, Literal

import numpy as np
import pytest
from random_instances import random_instance
from toys import make_instance

from scheduler import Floor, Instance, Rule, solve
from scheduler.engine.budget import Budget
from scheduler.engine.columns import graphs
from scheduler.engine.columns.generation import Search
from scheduler.engine.columns.master import Master
from scheduler.engine.columns.pricing import BlockPricing
from scheduler.engine.columns.programming import Programme
from scheduler.engine.columns.routes import pricings_for
from scheduler.engine.columns.staff import group_staff
from scheduler.engine.columns.team_program import team_program
from scheduler.engine.outcome import Interrupt, Limits, Progress
from scheduler.engine.program import program_of
from scheduler.formulation.model import Formulation
from scheduler.formulation.options import permitted_options
from scheduler.models.result import Result

LIMITS = Limits(time_limit=20, workers=1)


def root(instance: Instance, rounds: int | None = None, *, by_search: bool = True) -> Search:
    """Generate columns from nothing, by CP-SAT or by what suits the rules."""
    budget, formulation = Budget(LIMITS), Formulation(instance, permitted_options(instance))
    program = team_program(formulation)
    groups = group_staff(formulation, program)
    master = Master(program, groups, 1e6, LIMITS, budget)
    pricings = (
        [BlockPricing(group, LIMITS) for group in groups]
        if by_search
        else pricings_for(groups, LIMITS)
    )
    assert by_search or all(isinstance(pricing, Programme) for pricing in pricings)
    search = Search(program, groups, pricings, master, LIMITS, budget, lambda *_: None)
    search.generate(np.zeros(len(program.posted)), rounds=rounds)
    return search


def agree(instance: Instance, **more: Any) -> tuple[Result, Result]:
    """Solve with `exact` and `columns`, and compare what they say."""
    exact = solve(instance, engine="exact", time_limit=30, workers=2)
    found = solve(instance, engine="columns", **{"time_limit": 30, "workers": 2, **more})
    assert exact.status != "unknown"
    assert (found.schedule is None) or found.report.ok
    if exact.objective is None:
        assert found.schedule is None
        return exact, found
    assert found.status != "infeasible"
    assert found.bound is None or found.bound <= exact.objective
    assert found.objective is None or found.objective >= exact.bound
    if found.status == exact.status == "optimal":
        assert found.objective == exact.objective
    return exact, found


def same(instance: Instance) -> Result:
    """Demand that both engines prove the same."""
    exact, found = agree(instance)
    assert (found.status, found.objective) == (exact.status, exact.objective)
    return found


@pytest.mark.parametrize("seed", (0, 1, 2, 3, 4, 6, 7, 9, 11))
def test_random_instances_have_the_optimum_of_the_single_model(seed: int) -> None:
    """Nothing is lost or gained by taking a model apart, and the bound is never above the cost."""
    same(random_instance(seed))


@pytest.mark.parametrize("seed", (17, 18))
def test_what_nobody_can_do_is_no_reason_to_fail(seed: int) -> None:
    """A floor for which there is nobody at all stays missing until time is over."""
    agree(random_instance(seed), time_limit=4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", (5, 8, 10, *range(12, 44)))
def test_many_random_instances_agree_with_the_single_model(seed: int) -> None:
    """For many: no bound above the optimum, no cost below it, and nothing false is proved."""
    agree(random_instance(seed), time_limit=10)


@pytest.mark.parametrize("seed", range(20, 28))
def test_the_bound_of_any_round_is_valid(seed: int) -> None:
    """Column generation that is cut short, or goes on to its end, never proves too much."""
    instance = random_instance(seed)
    exact = solve(instance, engine="exact", time_limit=30, workers=2)
    for rounds in (0, 1, 2, None):
        search = root(instance, rounds)
        if exact.objective is not None:
            assert not search.infeasible
            assert search.bound <= exact.objective * 100


@pytest.mark.parametrize("limit", [0.001, 0.2])
def test_the_bound_is_valid_when_time_is_short(limit: float) -> None:
    """A solve that hardly begins says nothing false."""
    for seed in (0, 9, 19):
        agree(random_instance(seed), time_limit=limit)


def test_an_interrupt_keeps_what_is_proved() -> None:
    """A signal in the middle of the columns ends the solve at once, with a valid bound."""
    interrupt, seen = Interrupt(), []

    def stop(progress: Progress) -> None:
        seen.append(progress.point)
        if "rosters" in progress.phase:
            interrupt.set()

    found = solve(random_instance(9), engine="columns", interrupt=interrupt, on_progress=stop)
    assert found.stop_reason in ("interrupted", "proved")
    assert found.bound is None or found.bound <= Decimal("788.10")
    assert seen


def test_deterministic_runs_give_the_same_schedule() -> None:
    """With limits that do not look at the clock, the same seed gives the same answer."""
    one, other = (
        solve(random_instance(5), engine="columns", time_limit=0.5, workers=2, deterministic=True)
        for _ in range(2)
    )
    assert (one.schedule, one.bound, one.status) == (other.schedule, other.bound, other.status)


def test_a_given_schedule_is_never_made_worse() -> None:
    """Whoever begins with a good schedule keeps it, also where the time is too short for more."""
    instance = random_instance(5)
    first = solve(instance, engine="exact", time_limit=30, workers=2)
    found = solve(
        instance, engine="columns", start=first.schedule, time_limit=1, workers=2, gap=0.5
    )
    assert found.objective == first.objective


SHIFTS = [
    {"id": "early", "start": "06:00", "length": 480},
    {"id": "late", "start": "14:00", "length": 480},
]
COVER = {
    "kind": "shift_cover",
    "cover": [
        {"template": "early", "preferred": 2, "weight_under": 100, "weight_over": 10},
        {"template": "late", "preferred": 1, "weight_under": 100, "weight_over": 10},
    ],
}


def ward(people: int = 6, **more: Any) -> Instance:
    """Give a week of early and late shifts."""
    return make_instance(
        horizon={"start": "2026-03-02", "days": 7},
        templates=SHIFTS,
        services=[],
        **{
            "employees": [{"id": f"e{i}"} for i in range(people)],
            "floors": [COVER],
            "rules": [
                {"kind": "max_consecutive_days", "days": 3},
                {"kind": "min_consecutive_days", "days": 2},
                {"kind": "total_minutes", "max_minutes": 1920},
            ],
            "pay": {"hourly_rate": 1},
            **more,
        },
    )


def test_a_ward_is_solved_at_the_root() -> None:
    """Runs of days are inside the columns: their bound needs no branching."""
    instance = ward()
    search = root(instance)
    assert search.converged
    assert search.bound == same(instance).objective * 100


BOOKS = {
    "runs": [
        {"kind": "max_consecutive_days", "days": 3, "weight": 7},
        {"kind": "min_consecutive_days", "days": 2, "at_end": "closed"},
        {"kind": "min_consecutive_days_off", "days": 2},
        {"kind": "max_consecutive_template_days", "templates": ["late"], "days": 2},
    ],
    "sums": [
        {"kind": "total_minutes", "min_minutes": 1440, "max_minutes": 1920},
        {"kind": "weekly_shifts", "max_shifts": 2, "weight": 3},
        {"kind": "template_shifts", "limits": [{"templates": ["late"], "max_shifts": 1}]},
    ],
    "rest": [
        {"kind": "min_rest", "rest_minutes": 660},
        {"kind": "forbidden_successions", "successions": [{"first": "late", "then": ["late"]}]},
        {"kind": "max_weekends", "weekends": 0, "weight": 11},
    ],
}


@pytest.mark.parametrize("handy", [0, 150_000])
@pytest.mark.parametrize("book", sorted(BOOKS))
def test_both_ways_of_pricing_prove_the_same(
    book: str, handy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dynamic programmes lose no roster, and prove no more where they leave limits out."""
    monkeypatch.setattr(graphs, "HANDY", handy)
    wishes = [
        {"wants": "on", "day": f"2026-03-0{2 + i}", "template": "late", "weight": 9 + i}
        for i in range(4)
    ]
    people = [
        {"id": "a", "requests": wishes},
        {"id": "b", "forbidden": [{"day": "2026-03-04"}]},
        {"id": "c"},
        {"id": "d"},
    ]
    overtime = {"contracted_minutes_per_week": 960, "percent": 150}
    pay = {"hourly_rate": 1, "overtime": overtime}
    instance = ward(employees=people, rules=BOOKS[book], pay=pay)
    searched, programmed = root(instance), root(instance, by_search=False)
    assert searched.converged
    assert programmed.converged
    assert programmed.bound <= searched.bound
    if handy or book != "sums":
        assert programmed.bound == searched.bound
    same(instance)


@pytest.mark.parametrize("handy", [0, 150_000])
@pytest.mark.parametrize("book", sorted(BOOKS))
def test_where_one_roster_will_do_it_is_the_cheapest(
    book: str, handy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saving the time for others changes neither the first roster nor what is proved."""
    monkeypatch.setattr(graphs, "HANDY", handy)
    instance = ward(rules=BOOKS[book])
    formulation = Formulation(instance, permitted_options(instance))
    groups = group_staff(formulation, team_program(formulation))
    several, one = (pricings_for(groups, LIMITS, one_will_do=way) for way in (False, True))
    draw = np.random.default_rng(0)
    for group, many, single in zip(groups, several, one, strict=True):
        for _ in range(5):
            costs = group.cost - draw.integers(0, 200, len(group.cost))
            found, alone = many.price(costs, 1, 5.0), single.price(costs, 1, 5.0)
            assert alone.bound == found.bound
            assert [c.worked for c in alone.columns] == [c.worked for c in found.columns[:1]]


def test_people_who_are_alike_are_one_group() -> None:
    """Names make nobody different; wishes and rows of the team do."""
    wish = {"requests": [{"wants": "off", "day": "2026-03-03", "weight": 5}]}
    people = [{"id": "a"}, {"id": "b"}, {"id": "c", **wish}, {"id": "d"}, {"id": "e"}]
    assert _sizes(ward(employees=people[:2] + people[3:])) == [4]
    assert _sizes(ward(employees=people)) == [1, 4]


def _sizes(instance: Instance) -> list[int]:
    formulation = Formulation(instance, permitted_options(instance))
    program = team_program(formulation)
    groups = group_staff(formulation, program)
    again = group_staff(formulation, program, program_of(formulation.model))
    assert [group.blocks for group in groups] == [group.blocks for group in again]
    return sorted(group.count for group in groups)


class MidweekOff(Rule):
    """Nobody works on both Tuesday and Thursday of the week."""

    unit: ClassVar[str] = "pair"
    kind: Literal["midweek_off"] = "midweek_off"

    def post(self, block: Any) -> None:
        """Forbid the pair."""
        block.forbid(self, [block.works(1), block.works(3)])

    def check(self, roster: Any) -> Iterator[Any]:
        """Look for the pair."""
        if {1, 3} <= roster.worked_days:
            yield self.violation(roster, roster.label(1), 1, "Tuesday and Thursday")


class QuietSundays(Floor):
    """At most one person works on Sunday; the number of workers is rounded down to even ones."""

    promise: ClassVar[str] = "quality"
    kind: Literal["quiet_sundays"] = "quiet_sundays"

    @property
    def subject(self) -> str:
        """Sundays."""
        return "Sunday"

    def post(self, block: Any) -> None:
        """Count Sundays through each person's own block; part of it has no linear counterpart."""
        works = [member.works(6) for member in block.members.values()]
        even = block.model.new_int_var(0, len(works), "")
        block.model.add_division_equality(even, sum(works), 2)
        block.require(self, 0, 1 - block.total(works), 0, len(works), unit=100)

    def check(self, team: Any) -> Iterator[Any]:
        """Count Sundays."""
        people = sum(6 in roster.worked_days for roster in team.rosters)
        if people > 1:
            slot = team.instance.horizon.slots[0]
            yield self.violation(team, slot, people - 1, f"{people} people on Sunday")


# Other tests look at everything that is known: these two are, in this test alone.
del Rule.table["midweek_off"], Floor.table["quiet_sundays"]


@pytest.mark.parametrize("weight", [None, 30])
def test_rules_and_floors_of_others_work_in_every_engine(
    weight: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule and a floor that the package does not know, hard and weighted, change no engine."""
    monkeypatch.setitem(Rule.table, "midweek_off", MidweekOff)
    monkeypatch.setitem(Floor.table, "quiet_sundays", QuietSundays)
    price = {} if weight is None else {"weight": weight}
    rules = [{"kind": "midweek_off", **price}, {"kind": "max_consecutive_days", "days": 3}]
    plain = ward(rules=rules[1:])
    changed = ward(rules=rules, floors=[COVER, {"kind": "quiet_sundays", **price}])
    found = same(changed)
    assert found.objective > same(plain).objective, "rule and floor cost nothing here"
    assert solve(changed, engine="auto", time_limit=30).objective == found.objective
    assert root(changed).bound <= found.objective * 100
