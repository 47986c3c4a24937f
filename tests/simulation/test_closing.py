"""Closing the loop: what the formula promises too lightly is made to hold, or not claimed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from small import level, line, service

from scheduler import (
    InputError,
    Instance,
    Interrupt,
    Result,
    check,
    simulate,
    solve,
    solve_verified,
)
from scheduler.floors.coverage import Coverage
from scheduler.floors.service_level import ServiceLevel
from scheduler.grammar import read_schedule
from scheduler.simulation import closing
from scheduler.simulation.cutting import Cuts
from scheduler.simulation.rounds import Round

QUICK = {"time_limit": 60.0, "workers": 1, "replications": 60}


def burst(people: int) -> Instance:
    """Give a line that is flooded before nine, when little is promised; after nine, 80 % are.

    The formula takes the interval after nine for itself; customers of the flood still wait in it.
    """
    horizon = {"start": "2026-03-02", "days": 1, "interval_minutes": 60}
    flood = [
        {"start": "08:00", "end": "09:00", "arrivals": 60},
        {"start": "09:00", "end": "10:00", "arrivals": 24},
    ]
    calls = service()
    calls["opening_hours"] = [{"start": "08:00", "end": "10:00"}]
    calls["demand"] |= {"pattern": flood, "handle_time_seconds": 300, "patience_seconds": 1500}
    later = [{"start": "09:00", "end": "10:00"}]
    floors = [
        {"kind": "coverage", "service": "calls", "staff": 1},
        level(0.8, within_seconds=60, hours=later),
    ]
    lengths = {"min_minutes": 60, "max_minutes": 120}
    starts = {"earliest": "08:00", "latest": "09:00", "step_minutes": 60}
    templates = [{"id": "any", "start": starts, "length": lengths}]
    return line(people, horizon=horizon, services=[calls], floors=floors, templates=templates)


def test_what_the_formula_promises_too_lightly_is_made_to_hold() -> None:
    """A line carried over breaks a promise; more staff holds it, at a cost above the same bound."""
    instance = burst(14)
    plain = solve(instance, time_limit=20, workers=1)
    assert plain.status == "optimal"
    assert plain.schedule is not None and plain.objective is not None
    assert simulate(instance, plain.schedule, replications=60).outcome == "not held"
    seen: list[Round] = []
    found = solve_verified(instance, on_round=seen.append, **QUICK)  # type: ignore[arg-type]
    assert found.holds
    result = found.result
    assert result.schedule is not None and result.objective is not None
    assert result.objective > plain.objective
    assert result.bound == plain.bound == plain.objective
    assert (result.status, result.stop_reason) == ("feasible", "verified")
    assert check(instance, result.schedule).ok
    assert result.instance is instance
    assert tuple(seen) == found.rounds
    assert seen[0].cuts == 0 < seen[-1].cuts
    assert seen[0].lacking and not seen[-1].lacking
    assert any("every hard access floor holds" in note for note in result.notes)
    fresh = simulate(instance, result.schedule, replications=400, seed=99)
    value = fresh.judgements[0].simulated.value
    assert value is not None and value >= 0.8


def test_what_holds_at_once_is_left_alone() -> None:
    """One round, the same schedule, still proved optimal."""
    instance = line(4, floors=[level(0.5)])
    found = solve_verified(instance, **QUICK)  # type: ignore[arg-type]
    assert len(found.rounds) == 1
    assert found.result.status == "optimal"
    assert found.result.objective == solve(instance, time_limit=20, workers=1).objective


def test_too_few_people_are_no_schedule() -> None:
    """Where nobody is left to ask for, no schedule is claimed; bound and reason are told."""
    least = burst(14)
    enough = solve(least, time_limit=20, workers=1)
    assert enough.schedule is not None
    people = len(enough.schedule.shifts)
    found = solve_verified(burst(people), **QUICK)  # type: ignore[arg-type]
    assert not found.holds
    assert found.result.schedule is None
    assert found.result.objective is None
    assert found.result.bound is not None and found.result.bound > Decimal(0)
    assert (found.result.status, found.result.stop_reason) == ("unknown", "not_verified")
    assert found.rounds[0].result.schedule is not None, "what was tried can be looked at"
    assert "may not exist" in found.result.notes[-1] or "everybody" in found.result.notes[-1]


def test_infeasible_stays_infeasible() -> None:
    """What no schedule can hold by the formula is proved so; there is nothing to replay."""
    floors = [level(0.6), {"kind": "coverage", "service": "calls", "staff": 9}]
    found = solve_verified(line(2, floors=floors), **QUICK)  # type: ignore[arg-type]
    assert found.result.status == "infeasible"
    assert found.end == "no schedule"


def test_a_solve_that_found_nothing_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, with most of the time that is left; twice in a row is the end, and no verdict."""
    calls = []

    def fails(times: int) -> None:
        def fake(instance: Instance, **options: Any) -> Result:
            calls.append(options["time_limit"])
            if len(calls) > times:
                return solve(instance, **options)
            stopped = {"status": "unknown", "stop_reason": "time_limit", "schedule": None}
            empty = {"objective": None, "report": None, "bound": Decimal(7)}
            return replace(solve(instance, **options), **stopped, **empty)

        calls.clear()
        monkeypatch.setattr(closing, "solve", fake)

    instance = line(4, floors=[level(0.5)])
    fails(1)
    found = solve_verified(instance, **QUICK)  # type: ignore[arg-type]
    assert found.holds
    assert found.result.status == "optimal"
    assert calls[1] > calls[0] * 1.2
    fails(2)
    found = solve_verified(instance, **QUICK)  # type: ignore[arg-type]
    assert (found.end, len(found.rounds)) == ("no schedule", 2)
    assert (found.result.status, found.result.stop_reason) == ("unknown", "time_limit")
    assert found.result.bound == 7
    assert found.result.notes[-1] == "there was no schedule to replay"


def test_deterministic_rounds_are_the_same_twice() -> None:
    """Whatever the clock says, cuts, replications and schedule are the same."""
    options = {**QUICK, "time_limit": 20.0, "deterministic": True}
    one, two = (solve_verified(burst(14), **options) for _ in range(2))  # type: ignore[arg-type]
    assert one.holds
    assert one.result.schedule == two.result.schedule
    assert one.result.notes == two.result.notes
    assert one.result.seconds is None


def test_an_interrupt_ends_the_rounds() -> None:
    """Nothing is claimed that was not confirmed."""
    stop = Interrupt()

    def after_the_first(_: Round) -> None:
        stop.set()

    found = solve_verified(burst(14), interrupt=stop, on_round=after_the_first, **QUICK)  # type: ignore[arg-type]
    assert found.end == "interrupted"
    assert found.result.schedule is None


def test_cuts_of_a_day() -> None:
    """A stricter copy of the promise for the day, by the share that was lost, and staff besides."""
    instance = burst(14)
    plain = solve(instance, time_limit=20, workers=1)
    assert plain.schedule is not None
    replay = simulate(instance, plain.schedule, replications=60)
    (judgement,) = replay.judgements
    value, low = judgement.simulated.value, judgement.simulated.low
    assert value is not None and low is not None and judgement.predicted is not None
    cuts = Cuts()
    team = read_schedule(instance, plain.schedule).team
    assert cuts.add(replay, team) == len(cuts) >= 2
    floors = list(cuts.floors(instance))
    (stricter,) = [floor for floor in floors if isinstance(floor, ServiceLevel)]
    lost = min(0.2, 1 - judgement.predicted)
    assert 1 - stricter.target == pytest.approx(lost * 0.2 / (1 - low))
    assert stricter.hours is not None
    assert [str(day) for window in stricter.hours for day in window.dates or ()] == ["2026-03-02"]
    (staff,) = [floor for floor in floors if isinstance(floor, Coverage)]
    slot = staff.needed(instance)
    assert list(slot) == [9]
    assert slot[9] == team.effective("calls")[9] / 100 + 1


def test_where_only_certainty_lacks_there_are_more_replications() -> None:
    """A promise that holds on average is no reason to buy staff; each round has new customers."""
    found = solve_verified(line(2, floors=[level(0.866)]), **QUICK)  # type: ignore[arg-type]
    assert found.holds
    assert found.rounds[-1].cuts == 0
    assert found.replay is not None
    assert found.replay.played.replications in (240, 960)
    instance = burst(14)
    seeds = [r.replay.played.seed for r in solve_verified(instance, **QUICK).rounds if r.replay]  # type: ignore[arg-type]
    assert len(set(seeds)) == len(seeds) > 1


def test_intervals_get_staff_where_it_lacks() -> None:
    """With the promise in every interval the cuts are staff in intervals."""
    horizon = {"start": "2026-03-02", "days": 1, "interval_minutes": 30}
    floors = [level(0.7, scope="interval")]
    instance = line(6, floors=floors, services=[service(10)], horizon=horizon)
    found = solve_verified(instance, no_show=0.15, **QUICK)  # type: ignore[arg-type]
    assert found.holds
    assert found.rounds[-1].cuts > 0
    plain = found.rounds[0].result
    assert plain.objective is not None and found.result.objective is not None
    assert found.result.objective > plain.objective


def test_late_work_gets_earlier_deadlines() -> None:
    """Work that can wait is planned earlier until enough of it is done in time."""
    floor: dict[str, Any] = {"kind": "response", "service": "calls", "within_minutes": 60}
    horizon = {"start": "2026-03-02", "days": 1, "interval_minutes": 30}
    calls = service(9)
    calls["demand"]["pattern"][0]["end"] = "10:00"
    starts = {"earliest": "08:00", "latest": "10:00", "step_minutes": 30}
    lengths = {"min_minutes": 30, "max_minutes": 240, "step_minutes": 30}
    templates = [{"id": "any", "start": starts, "length": lengths}]
    instance = line(6, floors=[floor], horizon=horizon, services=[calls], templates=templates)
    found = solve_verified(instance, **QUICK)  # type: ignore[arg-type]
    assert found.rounds[0].lacking
    assert len(found.rounds) > 1


def test_nothing_to_play_is_bad_input() -> None:
    """Where demand is a number of people no replay can verify anything."""
    desk = service()
    desk["demand"] = {
        "kind": "staff",
        "pattern": [{"start": "08:00", "end": "12:00", "staff": 1}],
    }
    instance = line(services=[desk], floors=[{"kind": "coverage", "service": "calls"}])
    with pytest.raises(InputError, match="no service has arrivals"):
        solve_verified(instance)
