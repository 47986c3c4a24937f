"""Options: every concrete shift that templates allow, and nothing else."""

from __future__ import annotations

import pickle

from toys import CLOCK_NIGHT, EARLY, LATE, MONDAY, NIGHT, SPRING, make_instance

from scheduler.formulation.options import options_on, permitted_options

FLEXIBLE = {
    "id": "flexible",
    "start": {"earliest": "08:00", "latest": "10:00", "step_minutes": 60},
    "length": {"min_minutes": 240, "max_minutes": 480, "step_minutes": 120},
    "days": ["mon", "wed"],
    "break_sets": [{"from_shift_minutes": 360, "breaks": [{"id": "lunch", "minutes": 30}]}],
}


def test_every_start_and_length_is_an_option() -> None:
    """Three starts and three lengths make nine options, on the template's days only."""
    instance = make_instance(horizon={"start": MONDAY, "days": 3}, templates=[FLEXIBLE])
    found = {(o.duty.start, o.duty.end - o.duty.start) for o in options_on(instance, 0)}
    assert found == {(60 * h, m) for h in (8, 9, 10) for m in (240, 360, 480)}
    assert options_on(instance, 1) == ()
    assert len(options_on(instance, 2)) == 9
    assert {o.duty.day for o in options_on(instance, 2)} == {2}


def test_unpaid_breaks_are_not_paid() -> None:
    """Paid minutes are the length without unpaid breaks."""
    instance = make_instance(horizon={"start": MONDAY, "days": 1}, templates=[FLEXIBLE])
    paid = {o.duty.end - o.duty.start: o.duty.paid_minutes for o in options_on(instance, 0)}
    assert paid == {240: 240, 360: 330, 480: 450}


def test_nights_last_as_long_as_they_really_do() -> None:
    """A night of 8 hours stays one when clocks change; one that ends by the clock loses an hour."""
    instance = make_instance(
        horizon={"start": "2026-03-28", "days": 2, **SPRING},
        templates=[NIGHT, CLOCK_NIGHT | {"id": "clock"}],
    )
    nights = {o.duty.template: o.duty for o in options_on(instance, 0)}
    assert nights["night"].end - nights["night"].start == 480
    assert nights["clock"].end - nights["clock"].start == 420
    assert instance.horizon.label(nights["night"].end) == "2026-03-29T07:00"
    assert instance.horizon.label(nights["clock"].end) == "2026-03-29T06:00"


def test_two_clocks_of_a_skipped_hour_are_one_option() -> None:
    """02:30 and 03:30 are the same instant where the clock jumps from 2 to 3."""
    template = {
        "id": "t",
        "start": {"earliest": "02:30", "latest": "03:30", "step_minutes": 60},
        "length": 240,
    }
    instance = make_instance(
        horizon={"start": "2026-03-28", "days": 2, **SPRING}, templates=[template]
    )
    assert [len(options_on(instance, day)) for day in (0, 1)] == [2, 1]


def test_only_what_every_rule_permits_is_offered() -> None:
    """Absences and forbidden templates never become variables."""
    instance = make_instance(
        horizon={"start": MONDAY, "days": 2},
        templates=[EARLY, LATE],
        employees=[
            {"id": "Ana", "forbidden": [{"template": "late"}]},
            {
                "id": "Ben",
                "unavailable": [{"start": "2026-03-02T14:00", "end": "2026-03-02T14:01"}],
            },
            {"id": "Chi", "fixed": [{"day": "2026-03-03", "template": "late"}]},
        ],
    )
    found = {
        name: [(o.duty.day, o.duty.template) for o in options]
        for name, options in permitted_options(instance).items()
    }
    assert found == {
        "Ana": [(0, "early"), (1, "early")],
        "Ben": [(0, "early"), (1, "early"), (1, "late")],
        "Chi": [(0, "early"), (0, "late"), (1, "late")],
    }


def test_an_option_takes_no_hash_to_another_process() -> None:
    """Hashes of names differ from process to process: a copy is equal, and hashed where it is."""
    instance = make_instance(horizon={"start": MONDAY, "days": 1}, templates=[FLEXIBLE])
    option = options_on(instance, 0)[0]
    written = pickle.dumps(option)
    assert b"_hash" not in written
    assert {option: 1}[pickle.loads(written)] == 1
