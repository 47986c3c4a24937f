"""`simulate`: from an instance and a schedule to estimates and verdicts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small import level, line, mornings, service

from scheduler import InputError, Interrupt, Replay, simulate

FEW = {"replications": 12, "workers": 1}


def same(one: Replay, other: Replay) -> bool:
    """Compare everything but the time it took."""
    parts = [r.to_dict() for r in (one, other)]
    for part in parts:
        part["played"]["seconds"] = 0
    return parts[0] == parts[1]


def test_the_number_of_workers_changes_nothing() -> None:
    """One process, two or three give the same numbers; another seed gives others."""
    instance, schedule = line(), mornings("p0", "p1")
    alone = simulate(instance, schedule, replications=7, workers=1)
    assert same(alone, simulate(instance, schedule, replications=7, workers=2))
    assert same(alone, simulate(instance, schedule, replications=7, workers=3))
    assert not same(alone, simulate(instance, schedule, replications=7, workers=1, seed=1))


def test_a_script_without_a_guard(tmp_path: Path) -> None:
    """Where processes cannot be forked, an unguarded script plays alone, once, and is right."""
    here = Path(__file__).parent
    script = tmp_path / "script.py"
    script.write_text(
        f"import sys, multiprocessing\nsys.path.insert(0, {str(here)!r})\n"
        "multiprocessing.set_start_method('spawn', force=True)\n"
        "from small import line, mornings\nfrom scheduler import simulate\n"
        "found = simulate(line(), mornings('p0', 'p1'), replications=4, workers=2)\n"
        "print(found.played.contacts)\n"
    )
    expected = simulate(line(), mornings("p0", "p1"), replications=4, workers=1).played.contacts
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
        env={**os.environ, "PYTHONPATH": str(here.parents[1])},
    )
    assert done.stdout.split() == [str(expected)]
    assert "Traceback" not in done.stderr


def test_an_interrupt_keeps_what_is_done() -> None:
    """The replications that are done are told of; without any there is nothing to tell."""
    stop = Interrupt()

    def after_three(done: int) -> None:
        if done == 3:
            stop.set()

    found = simulate(
        line(), mornings("p0"), replications=50, workers=1, on_progress=after_three, interrupt=stop
    )
    assert found.played.replications == 3
    assert same(found, simulate(line(), mornings("p0"), replications=3, workers=1))
    with pytest.raises(InputError, match="interrupted before anything was played"):
        simulate(line(), mornings("p0"), workers=1, interrupt=stop)


def test_verdicts() -> None:
    """Held above the promise, not held below it, and not to be told on it."""
    schedule = mornings("p0", "p1")
    value = simulate(line(), schedule, replications=40).of("calls", "horizon")[0]
    reached = value.simulated["service_level"].value
    assert reached is not None
    for target, verdict in ((reached - 0.1, "held"), (reached + 0.1, "not held")):
        found = simulate(line(floors=[level(round(target, 2))]), schedule, replications=40)
        assert {j.verdict for j in found.judgements} == {verdict}
        assert found.outcome == verdict
    unsure = simulate(line(floors=[level(round(reached, 2))]), schedule, replications=10)
    assert unsure.outcome == "cannot tell"


def test_more_replications_are_surer() -> None:
    """Four times as many halve the interval, and the estimate stays inside."""
    few = simulate(line(), mornings("p0", "p1"), replications=50)
    many = simulate(line(), mornings("p0", "p1"), replications=200)
    one, other = (r.of("calls", "horizon")[0].simulated["service_level"] for r in (few, many))
    assert one.low is not None and one.high is not None
    assert other.low is not None and other.high is not None and other.value is not None
    assert (one.high - one.low) / (other.high - other.low) == pytest.approx(2, rel=0.3)
    assert one.low < other.value < one.high


def test_the_formula_stands_beside_and_agrees_where_it_may() -> None:
    """Two people at a constant rate: the long run of the formula is what the morning shows."""
    busy = line(services=[service(8)])
    found = simulate(busy, mornings("p0", "p1"), replications=300)
    (total,) = found.of("calls", "horizon")
    for measure, near in (("service_level", 0.02), ("abandonment", 0.02), ("occupancy", 0.04)):
        value, predicted = total.simulated[measure].value, total.predicted[measure]
        assert value == pytest.approx(predicted, abs=near)


def test_the_three_service_levels_and_the_waits() -> None:
    """Each floor is judged by its own definition, and they are in order."""
    kinds = ("offered", "answered", "without_short_abandons")
    floors: list[dict[str, Any]] = [level(0.5, scope="interval", counted=kind) for kind in kinds]
    floors += [
        {"kind": "wait", "service": "calls", "at_most_seconds": 60, "counted": counted}
        for counted in ("answered", "all")
    ]
    floors.append({"kind": "abandonment", "service": "calls", "at_most": 0.4, "scope": "horizon"})
    found = simulate(line(floors=floors), mornings("p0"), replications=30)
    by = {j.measure: j for j in found.judgements if j.when in ("2026-03-02T09:00", "horizon")}
    offered, answered, patient = (
        by[f"service_level{end}"].simulated.value
        for end in ("", "_of_answered", "_without_short_abandons")
    )
    assert offered < patient < answered
    all_, only = by["mean_wait_of_all_seconds"], by["mean_wait_seconds"]
    assert all_.simulated.value > only.simulated.value
    assert all_.predicted == pytest.approx(all_.simulated.value, rel=0.5)
    assert by["abandonment"].simulated.value == pytest.approx(by["abandonment"].predicted, abs=0.05)


def test_a_promise_of_every_interval_is_judged_too() -> None:
    """A day's floor with a least for each interval has two accounts."""
    floor = level(0.6, at_least_each_interval=0.3)
    found = simulate(line(floors=[floor]), mornings("p0", "p1"), **FEW)
    assert {(j.scope, j.promised) for j in found.judgements} == {("day", 0.6), ("interval", 0.3)}
    assert sum(j.scope == "interval" for j in found.judgements) == 16


def test_hours_of_a_floor() -> None:
    """Only customers of its hours count."""
    floor = level(0.6, hours=[{"start": "09:00", "end": "10:00"}])
    found = simulate(line(floors=[floor, level(0.1)]), mornings("p0", "p1"), **FEW)
    first, every = found.judgements[0], found.judgements[2]
    assert first.contacts == pytest.approx(every.contacts / 4, rel=0.3)
    assert first.slots.sum() == 2


def test_work_that_can_wait() -> None:
    """E-mails with a deadline: what is late is counted, and the backlog with it."""
    floor = {
        "kind": "response",
        "service": "calls",
        "within_minutes": 60,
        "backlog": 12,
        "backlog_within_minutes": 120,
        "hours": [{"start": "08:00", "end": "12:00"}],
    }
    instance = line(floors=[floor])
    good = simulate(instance, mornings("p0", "p1"), replications=30)
    assert good.carried_in == {"calls": 12}
    (judgement,) = good.judgements
    assert judgement.measure == "done_in_time"
    assert judgement.verdict == "held"
    poor = simulate(instance, mornings(), replications=30)
    assert poor.judgements[0].simulated.value == 0
    (total,) = poor.of("calls", "horizon")
    assert total.left == total.offered > 0
    tired = simulate(instance, mornings("p0"), replications=30, response_share=0.999)
    assert tired.judgements[0].verdict != "held"


def test_the_backlog_has_a_deadline_of_its_own() -> None:
    """Where nothing else is due in the horizon, the backlog alone is judged."""
    floor = {
        "kind": "response",
        "service": "calls",
        "within_minutes": 6000,
        "backlog": 12,
        "backlog_within_minutes": 60,
        "hours": [{"start": "08:00", "end": "12:00"}],
    }
    instance = line(floors=[floor])
    for people, value in ((("p0", "p1"), 1.0), ((), 0.0)):
        (judgement,) = simulate(instance, mornings(*people), **FEW).judgements
        assert judgement.simulated.value == pytest.approx(value, abs=0.05)


def test_what_is_resolved_the_first_time() -> None:
    """The share is that of whoever serves, by proficiency; without repetitions, too."""
    resolution = [{"share": 0.5}, {"from_proficiency": 1.0, "share": 0.8}]
    instance = line(services=[service(resolution=resolution)])
    share = simulate(instance, mornings("p0", "p1"), **FEW).resolved["calls"]
    assert share.low is not None and share.high is not None
    assert share.low < 0.8 < share.high
    assert simulate(line(), mornings("p0"), **FEW).resolved == {}


def test_no_shows_are_noticed() -> None:
    """With most people missing, the promise that held does not."""
    schedule = mornings("p0", "p1")
    assert simulate(line(), schedule, replications=40).outcome == "held"
    assert simulate(line(), schedule, replications=40, no_show=0.6).outcome == "not held"


def test_services_by_headcount_are_not_played() -> None:
    """Their customers are unknown; who serves them is not there for others, by skill either."""
    desk = {
        "id": "desk",
        "skill": "desk",
        "demand": {"kind": "staff", "pattern": [{"start": "08:00", "end": "12:00", "staff": 1}]},
    }
    instance = line(
        services=[service(), desk],
        floors=[level(0.6), {"kind": "coverage", "service": "desk"}],
    )
    assert simulate(instance, mornings("p0"), **FEW).not_played == ("desk",)
    away = simulate(instance, mornings("p0", service="desk"), routing="skills", **FEW)
    assert away.of("calls", "horizon")[0].answered == 0
    assert away.outcome == "not held"


def test_days_of_23_hours() -> None:
    """The clock's change moves nothing: slots are those that really elapse."""
    horizon = {
        "start": "2026-03-29",
        "days": 2,
        "interval_minutes": 30,
        "time_zone": "Europe/Lisbon",
    }
    schedule = mornings("p0", "p1").model_dump(mode="json")
    text = json.dumps(schedule).replace("03-03", "03-30").replace("03-02", "03-29")
    planned = type(mornings()).model_validate_json(text)
    found = simulate(line(horizon=horizon), planned, replications=20)
    assert [day.when for day in found.of("calls", "day")] == ["2026-03-29", "2026-03-30"]
    assert found.outcome == "held"
    assert found.of("calls", "interval")[0].when == "2026-03-29T08:00"


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("replications", 0),
        ("confidence", 1.0),
        ("no_show", 1.5),
        ("seed", -1),
        ("workers", 0),
        ("routing", "nobody"),
        ("repeat_minutes", 0.0),
        ("response_share", 0.0),
    ],
)
def test_options_out_of_range(option: str, value: object) -> None:
    """Each is refused before anything is played."""
    with pytest.raises(ValueError, match=option):
        simulate(line(), mornings("p0"), **{option: value})  # type: ignore[arg-type]


def test_frames() -> None:
    """Tables have a row for each service and period, and for each floor and period."""
    found = simulate(line(), mornings("p0", "p1"), **FEW)
    days, intervals = found.to_frame(), found.to_frame("interval")
    assert list(days["when"]) == ["2026-03-02", "2026-03-03"]
    assert len(intervals) == 16
    assert (intervals["service_level_low"] <= intervals["service_level"]).all()
    floors = found.floors_frame()
    assert list(floors["verdict"]) == [j.verdict for j in found.judgements]
    assert replace(found, judgements=()).floors_frame().empty
