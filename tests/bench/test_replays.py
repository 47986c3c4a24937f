"""Benchmarks of replays: the generated week is a sound one, and rows say what was measured."""

from __future__ import annotations

from scheduler import check, simulate
from scheduler.bench import replays, verifying
from scheduler.bench.days import generated


def test_the_week_is_busy_and_sound() -> None:
    """Shifts, breaks and work fit together, and agents are about as busy as was asked for."""
    instance, schedule = replays.week(12)
    kinds = {violation.kind for violation in check(instance, schedule).violations}
    assert kinds <= {"service_level"}
    assert len(schedule.shifts) == 60
    found = simulate(instance, schedule, replications=3, workers=1)
    for service in found.services:
        busy = found.of(service, "horizon")[0].simulated["occupancy"].value
        assert busy is not None and 0.6 < busy < 0.9


def test_rows() -> None:
    """One for each way of routing, and one for each instance and chance of a no-show."""
    rows = list(replays.replays(6, 2, seed=0, workers=1))
    assert [row[1] for row in rows] == ["planned", "skills"]
    assert all(len(row) == len(replays.COLUMNS) for row in rows)
    centre = generated()[0].instance()
    (row,) = verifying.verifying([centre], [0.0], time_limit=20, seed=0, workers=1)
    assert len(row) == len(verifying.COLUMNS)
    assert row[:3] == ("clinic-line", "0%", "460.00")
