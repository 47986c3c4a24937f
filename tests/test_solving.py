"""`solve`: known optima, statuses, limits, and everything that an instance can ask for."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from random_instances import random_instance
from toys import EARLY, LATE, MONDAY, TWO_LENGTHS, make_instance, staffed

from scheduler import Instance, Interrupt, Progress, solve, solving
from scheduler.engine.exact import run_exact
from scheduler.engine.outcome import nothing_found
from scheduler.models.result import Result
from scheduler.models.schedule import Schedule

SLOW = 5
"""A random instance whose proof takes seconds, while schedules come at once."""
SHOP = staffed("desk", "desk", 1, 1, 2, 2, 1, 1, 1, 1)


def shop(**more: Any) -> Instance:
    """Give a desk that is open from 8 to 16 and needs a second person from 10 to 12."""
    return make_instance(
        **{
            "horizon": {"start": MONDAY, "days": 1},
            "templates": [
                {"id": "day", "start": "08:00", "length": 480},
                {
                    "id": "part",
                    "start": {"earliest": "08:00", "latest": "12:00", "step_minutes": 60},
                    "length": {"min_minutes": 120, "max_minutes": 240},
                },
            ],
            "employees": [{"id": name} for name in ("Ana", "Ben", "Chi")],
            "services": [SHOP],
            "pay": {"hourly_rate": 15},
            **more,
        }
    )


def large() -> Instance:
    """Give a week that is too large to be proved optimal in a moment."""
    hours = [{"start": f"{h:02d}:00", "end": f"{h + 1:02d}:00", "staff": 3 + h % 4} for h in
             range(7, 20)]  # fmt: skip
    return make_instance(
        horizon={"start": MONDAY, "days": 7, "interval_minutes": 15},
        templates=[
            {
                "id": "flexible",
                "start": {"earliest": "07:00", "latest": "13:00", "step_minutes": 15},
                "length": {"min_minutes": 240, "max_minutes": 480, "step_minutes": 30},
                "break_sets": [
                    {"from_shift_minutes": 300, "breaks": [{"id": "lunch", "minutes": 30}]}
                ],
            }
        ],
        employees=[{"id": f"e{i}", "skills": {"desk": 1 + i % 3 / 10}} for i in range(12)],
        services=[{"id": "desk", "skill": "desk", "demand": {"kind": "staff", "pattern": hours}}],
        floors=[{"kind": "coverage", "service": "desk", "weight": 40, "over_weight": 3}],
        rules=[
            {"kind": "min_rest", "rest_minutes": 660},
            {"kind": "weekly_minutes", "min_minutes": 1200, "max_minutes": 2400},
            {"kind": "max_consecutive_days", "days": 5},
        ],
        pay={"hourly_rate": 17.5},
    )


def quick(instance: Instance, **more: Any) -> Result:
    """Solve to the end with the model of record."""
    result = solve(instance, **{"engine": "exact", "time_limit": 20, "workers": 2, **more})
    assert result.report is None or result.report.ok
    return result


@pytest.mark.parametrize("engine", ["exact", "auto"])
def test_a_known_optimum(engine: str) -> None:
    """Eight hours and two hours at 15.00: a shop that everybody can do in the head."""
    result = solve(shop(), engine=engine, time_limit=20, workers=2)
    assert (result.status, result.stop_reason) == ("optimal", "proved")
    assert result.objective == result.bound == Decimal(150)
    assert result.gap == 0
    assert result.cost == {"pay": Decimal(150)}
    assert result.report.ok


def test_a_proved_infeasible_instance() -> None:
    """One person cannot be two, and that is a result, not an error."""
    result = quick(shop(employees=[{"id": "Ana"}]))
    assert (result.status, result.stop_reason) == ("infeasible", "proved")
    assert result.schedule is result.objective is result.bound is result.gap is result.cost is None
    with pytest.raises(ValueError, match="no schedule: infeasible"):
        result.to_frame()


def test_unknown_is_neither_infeasible_nor_zero() -> None:
    """Without a schedule in the time there was, nothing is claimed."""
    instance = large()
    hard = instance.floors[0].model_copy(update={"weight": None})
    instance = instance.model_copy(update={"floors": (hard,)})
    result = quick(instance, time_limit=0.05)
    assert (result.status, result.stop_reason) == ("unknown", "time_limit")
    assert result.schedule is None
    assert result.objective is None
    assert result.gap is None


def test_a_gap_stops_early() -> None:
    """A schedule within a share of the bound comes long before the proof."""
    result = quick(random_instance(SLOW), gap=0.9, time_limit=60)
    assert (result.status, result.stop_reason) == ("feasible", "gap")
    assert 0 < result.gap <= 0.9
    assert result.bound < result.objective


def test_deterministic_runs_give_the_same_schedule() -> None:
    """The same file twice, whatever else the machine does."""
    results = [
        quick(random_instance(51), deterministic=True, seed=7, workers=2, time_limit=0.5)
        for _ in range(2)
    ]
    assert results[0].schedule == results[1].schedule
    assert results[0].objective == results[1].objective
    assert results[0].seconds is None


def test_an_interrupt_keeps_the_best_schedule() -> None:
    """Who has seen enough stops, and gets what there is."""
    interrupt, seen = Interrupt(), []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.point.cost is not None:
            interrupt.set()

    result = quick(random_instance(SLOW), on_progress=stop, interrupt=interrupt, time_limit=60)
    assert (result.status, result.stop_reason) == ("feasible", "interrupted")
    assert result.schedule.shifts
    assert seen


def test_an_interrupt_from_another_thread_ends_the_solve() -> None:
    """A signal handler or another thread is heard before the time is over."""
    interrupt = Interrupt()
    timer = threading.Timer(0.5, interrupt.set)
    timer.start()
    result = quick(large(), interrupt=interrupt, time_limit=60)
    timer.join()
    assert result.stop_reason == "interrupted"
    assert result.seconds < 30


@pytest.mark.parametrize(
    "wrong",
    [{"time_limit": 0}, {"time_limit": -1}, {"gap": -0.1}, {"workers": 0}, {"engine": "magic"}],
    ids=str,
)
def test_parameters_out_of_range_are_refused(wrong: dict[str, Any]) -> None:
    """A wrong parameter is an error at once, not a strange result later."""
    with pytest.raises(ValueError, match=r"expected|unknown"):
        solve(shop(), **wrong)


FOURS = [
    {"id": "day", "start": "08:00", "length": 480},
    {
        "id": "part",
        "start": {"earliest": "08:00", "latest": "12:00", "step_minutes": 60},
        "length": 240,
    },
]


def test_a_weighted_floor_allows_shortage_at_its_price() -> None:
    """At 8.00 for half an hour, four hours' pay is too much for the second place of two hours."""
    floors = [{"kind": "coverage", "service": "desk", "weight": 8}]
    result = quick(shop(floors=floors, templates=FOURS))
    assert result.cost == {"pay": Decimal(120), "coverage": Decimal(32)}
    assert sum(penalty.amount for penalty in result.report.penalties) == 4


def test_a_dear_weighted_floor_is_held() -> None:
    """At 16.00 for half an hour it pays to come for four hours at 15.00."""
    floors = [{"kind": "coverage", "service": "desk", "weight": 16}]
    assert quick(shop(floors=floors, templates=FOURS)).cost == {"pay": Decimal(180)}


def test_people_too_many_cost_the_over_weight() -> None:
    """With shifts of eight hours only, the second person is too many in twelve intervals."""
    floors = [{"kind": "coverage", "service": "desk", "over_weight": 2}]
    result = quick(shop(floors=floors, templates=[{"id": "d", "start": "08:00", "length": 480}]))
    assert result.cost == {"pay": Decimal(240), "coverage": Decimal(24)}


def test_fixed_shifts_are_worked_whatever_they_cost() -> None:
    """Who is pinned comes, although nobody is needed."""
    people = [
        {"id": "Ana"},
        {"id": "Ben"},
        {"id": "Chi", "fixed": [{"day": MONDAY, "template": "part", "start": "12:00"}]},
    ]
    result = quick(shop(employees=people, services=[staffed("desk", "desk", 0)]))
    (shift,) = result.schedule.shifts
    assert (shift.employee, shift.template, shift.start.hour) == ("Chi", "part", 12)
    assert result.objective == Decimal(30)


def test_forbidden_shifts_and_absences_are_kept() -> None:
    """Only Chi may take the long shift."""
    people = [
        {"id": "Ana", "forbidden": [{"template": "day"}]},
        {"id": "Ben", "unavailable": [{"start": f"{MONDAY}T15:30", "end": f"{MONDAY}T16:00"}]},
        {"id": "Chi"},
    ]
    result = quick(shop(employees=people))
    assert result.objective == Decimal(150)
    longest = [s.employee for s in result.schedule.shifts if s.template == "day"]
    assert longest in ([], ["Chi"])


def test_requests_are_met_where_they_are_worth_it() -> None:
    """A wish for 10.00 is not met for 15.00 an hour; a wish for a day off is met for nothing."""
    people = [
        {"id": "Ana", "requests": [{"wants": "off", "day": MONDAY, "weight": 10}]},
        {"id": "Ben", "requests": [{"wants": "on", "day": MONDAY, "weight": 10}]},
        {"id": "Chi"},
        {"id": "Dan", "requests": [{"wants": "on", "day": MONDAY, "weight": 4.5}]},
    ]
    result = quick(shop(employees=people))
    assert result.cost == {"pay": Decimal(150)}
    assert {"Ben", "Dan"} <= {s.employee for s in result.schedule.shifts} <= {"Ben", "Chi", "Dan"}


def test_overtime_is_paid_and_avoided() -> None:
    """Two share the week where one alone would earn overtime; alone, the price is right."""
    templates = [{"id": "day", "start": "08:00", "length": 480}]
    week = {"start": MONDAY, "days": 2}
    pay = {"hourly_rate": 15, "overtime": {"contracted_minutes_per_week": 480, "percent": 150}}
    one = [staffed("desk", "desk", *[1] * 8)]
    more = {"horizon": week, "templates": templates, "pay": pay, "services": one}
    assert quick(shop(**more)).cost == {"pay": Decimal(240)}
    alone = quick(shop(**more, employees=[{"id": "Ana"}]))
    assert alone.cost == {"pay": Decimal(240), "overtime": Decimal(60)}


def test_the_result_tells_how_it_came_about() -> None:
    """Versions, seed, engine and trace are there to repeat and to judge a run."""
    result = quick(shop(), seed=5)
    assert (result.seed, result.engine) == (5, "exact")
    assert {"servicefloor", "ortools", "python"} <= set(result.versions)
    assert result.seconds > 0
    assert result.size.variables > 0
    costs = [point.cost for point in result.trace if point.cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == result.objective


def test_one_row_per_shift() -> None:
    """The frame holds what a planner would copy into a sheet."""
    result = quick(
        make_instance(
            horizon={"start": MONDAY, "days": 1},
            templates=[TWO_LENGTHS],
            services=[staffed("desk", "desk", 1, 1)],
            pay={"hourly_rate": 15},
        )
    )
    frame = result.to_frame()
    assert len(frame) == 1
    assert frame.iloc[0]["employee"] == "Ana"


def test_a_demand_of_nothing_costs_nothing() -> None:
    """Nobody is needed, nobody comes: optimal, with an empty schedule."""
    result = quick(make_instance(horizon={"start": MONDAY, "days": 2}, templates=[EARLY, LATE]))
    assert (result.status, result.objective, result.schedule.shifts) == ("optimal", 0, ())
    assert result.gap == 0


def test_a_shift_over_the_end_of_the_horizon_counts_while_it_is_inside() -> None:
    """The last night reaches into the day after the last; it is paid in full."""
    instance = make_instance(
        horizon={"start": MONDAY, "days": 1},
        templates=[{"id": "night", "start": "20:00", "length": 600}],
        services=[staffed("desk", "desk", 1, 1, 1, start=20)],
        pay={"hourly_rate": 10},
    )
    result = quick(instance)
    assert result.objective == 100
    (shift,) = result.schedule.shifts
    assert shift.end.date() == date(2026, 3, 3)


def _claiming(**claims: Any) -> Any:
    """Give an engine that solves, and then claims something else."""

    def engine(instance: Instance, limits: Any) -> Any:
        return replace(run_exact(instance, limits), **claims)

    return engine


def test_a_bound_that_its_schedule_refutes_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gap is never below what is proved: a bound above the checked cost proves nothing."""
    honest = solve(shop(), engine="exact")
    assert honest.objective is not None and honest.status == "optimal"
    wrong = int(honest.objective * 100) + 1
    monkeypatch.setitem(solving.ENGINES, "exact", _claiming(bound=wrong))
    result = solve(shop(), engine="exact")
    assert (result.status, result.bound, result.gap) == ("feasible", None, None)
    assert result.objective == honest.objective
    assert "above the checked cost" in result.notes[-1]


def test_a_schedule_that_the_checker_rejects_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an engine says of its schedule, the checker has the last word."""
    monkeypatch.setitem(solving.ENGINES, "exact", _claiming(schedule=Schedule()))
    result = solve(shop(), engine="exact")
    assert (result.status, result.stop_reason) == ("unknown", "rejected_by_checker")
    assert result.schedule is None and result.objective is None


def test_a_schedule_to_begin_with_is_never_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an engine finds nothing in its time, what was given is given back, and checked."""
    first = quick(shop())
    monkeypatch.setitem(solving.ENGINES, "auto", lambda _, limits: nothing_found(limits))
    again = solve(shop(), start=first.schedule)
    assert (again.status, again.schedule) == ("feasible", first.schedule)
    assert again.objective == first.objective
    assert again.report is not None and again.report.ok
    assert any("begin with" in note for note in again.notes)


def test_a_schedule_to_begin_with_has_to_keep_its_promises() -> None:
    """A schedule with gaps is a beginning for the search, and never a result."""
    result = quick(shop(), start=Schedule(shifts=()))
    assert result.schedule is not None and result.schedule.shifts
    harder = shop(floors=[{"kind": "coverage", "service": "desk", "staff": 40}])
    assert quick(harder, start=result.schedule).status == "infeasible"
