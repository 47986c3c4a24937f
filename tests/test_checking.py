"""The checker: finds every fault, and all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from toys import MONDAY, make_instance, past, since, staffed

from scheduler import Instance, Schedule, check, solve
from scheduler.models.schedule import PlannedBreak, Shift, WorkSegment

BREAKS = [
    {"id": "rest", "minutes": 30, "paid": True,
     "window": {"earliest_minutes": 60, "latest_minutes": 150}},
    {"id": "lunch", "minutes": 60,
     "window": {"anchor": "end", "earliest_minutes": 240, "latest_minutes": 120}},
]  # fmt: skip
DAY = {
    "id": "day",
    "start": {"earliest": "08:00", "latest": "09:00", "step_minutes": 60},
    "length": 480,
    "days": ["mon", "tue", "wed"],
    "break_sets": [{"breaks": BREAKS, "min_work_minutes": 60, "max_work_minutes": 240}],
}
HALF = {"id": "half", "start": "08:00", "length": {"min_minutes": 240, "max_minutes": 300}}


@pytest.fixture(scope="module")
def instance() -> Instance:
    """Two services, three people, two days, and a night that reaches into the first."""
    night = past("night", "2026-03-01T22:00", "2026-03-02T06:00")
    return make_instance(
        horizon={"start": MONDAY, "days": 2},
        templates=[DAY, HALF],
        employees=[
            {"id": "Ana", "skills": {"calls": 1.0, "chats": 1.0}},
            {"id": "Ben", "skills": {"calls": 1.0}},
            {"id": "Chi", "skills": {"calls": 0.9}, **since("2026-02-25", night)},
        ],
        rules=[{"kind": "min_rest", "rest_minutes": 660}],
        pay={"hourly_rate": 20},
        skills=["calls", "chats"],
        services=[
            staffed("calls", "calls", 0, 1, 1, 0, 1, 1, 0),
            staffed("chats", "chats", 0, 1, 0, 0, 1),
        ],
        floors=[
            {"kind": "coverage", "service": "calls"},
            {"kind": "coverage", "service": "chats"},
        ],
    )


@pytest.fixture(scope="module")
def schedule(instance: Instance) -> Schedule:
    """Give a schedule that is valid."""
    result = solve(instance, engine="exact", time_limit=20, workers=2)
    assert result.report.ok
    return result.schedule


def position(schedule: Schedule, employee: str = "Ana") -> int:
    """Give the place of the person's first planned shift with breaks."""
    return next(
        i
        for i, shift in enumerate(schedule.shifts)
        if shift.employee == employee and shift.breaks and shift.day >= date(2026, 3, 2)
    )


def changed(schedule: Schedule, **update: object) -> Schedule:
    """Change Ana's first shift."""
    shifts = list(schedule.shifts)
    at = position(schedule)
    shifts[at] = shifts[at].model_copy(update=update)
    return Schedule(shifts=tuple(shifts))


def ana(schedule: Schedule) -> Shift:
    return schedule.shifts[position(schedule)]


def moved(item, minutes: int, *, end: bool = True):
    """Shift a break or a segment in time."""
    by = timedelta(minutes=minutes)
    update = {"start": item.start + by} | ({"end": item.end + by} if end else {})
    return item.model_copy(update=update)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"{MONDAY}T{clock}")


def segment(service: str, start: str, end: str) -> WorkSegment:
    return WorkSegment(service=service, start=at(start), end=at(end))


def breaks(shift: Shift, *updates: dict) -> tuple[PlannedBreak, ...]:
    return tuple(b.model_copy(update=u) for b, u in zip(shift.breaks, updates, strict=True))


Mutation = Callable[[Schedule], Schedule]

MUTATIONS: dict[str, tuple[Mutation, str]] = {
    "stranger": (lambda s: changed(s, employee="Zoe"), "there is no such employee"),
    "no such template": (lambda s: changed(s, template="dya"), "there is no template 'dya'"),
    "other template": (lambda s: changed(s, template="half"), "template 'half' has no"),
    "start moved": (
        lambda s: changed(s, start=ana(s).start + timedelta(minutes=30)),
        "has no start at",
    ),
    "end moved": (
        lambda s: changed(s, end=ana(s).end + timedelta(minutes=30)),
        "has no shift of 510 minutes",
    ),
    "ends before it starts": (
        lambda s: changed(s, end=ana(s).start - timedelta(minutes=30)),
        "has no shift of -30 minutes",
    ),
    "other day": (lambda s: changed(s, day=date(2026, 3, 3)), "has no start at"),
    "after the horizon": (
        lambda s: changed(
            s,
            day=date(2026, 3, 9),
            start=ana(s).start + timedelta(days=7),
            end=ana(s).end + timedelta(days=7),
        ),
        "outside the horizon",
    ),
    "weekday without shifts": (
        lambda s: changed(s, day=date(2026, 3, 5)),
        "has no shifts on thu",
    ),
    "breaks left out": (lambda s: changed(s, breaks=()), "its breaks are none"),
    "breaks swapped": (
        lambda s: changed(s, breaks=ana(s).breaks[::-1]),
        "expected ['rest', 'lunch']",
    ),
    "break too early": (
        lambda s: changed(
            s,
            breaks=breaks(
                ana(s),
                {
                    "start": ana(s).start + timedelta(minutes=30),
                    "end": ana(s).start + timedelta(minutes=60),
                },
                {},
            ),
        ),
        "begins outside its window",
    ),
    "break off the grid": (
        lambda s: changed(s, breaks=(moved(ana(s).breaks[0], 7), ana(s).breaks[1])),
        "break 'rest' is not on the grid",
    ),
    "break shortened": (
        lambda s: changed(s, breaks=(ana(s).breaks[0], moved(ana(s).breaks[1], 30, end=False))),
        "break 'lunch' lasts 30 minutes, not 60",
    ),
    "break paid": (
        lambda s: changed(s, breaks=breaks(ana(s), {}, {"paid": True})),
        "break 'lunch' is not paid",
    ),
    "break unpaid": (
        lambda s: changed(s, breaks=breaks(ana(s), {"paid": False}, {})),
        "break 'rest' is paid",
    ),
    "breaks too near": (
        lambda s: changed(
            s,
            breaks=breaks(
                ana(s),
                {
                    "start": ana(s).start + timedelta(minutes=150),
                    "end": ana(s).start + timedelta(minutes=180),
                },
                {
                    "start": ana(s).start + timedelta(minutes=210),
                    "end": ana(s).start + timedelta(minutes=270),
                },
            ),
        ),
        "only 30 minutes of work",
    ),
    "breaks too far apart": (
        lambda s: changed(
            s,
            breaks=breaks(
                ana(s),
                {
                    "start": ana(s).start + timedelta(minutes=60),
                    "end": ana(s).start + timedelta(minutes=90),
                },
                {
                    "start": ana(s).start + timedelta(minutes=360),
                    "end": ana(s).start + timedelta(minutes=420),
                },
            ),
        ),
        "270 minutes of work without a break",
    ),
    "no such service": (
        lambda s: changed(s, work=(segment("cals", "09:00", "10:00"),)),
        "there is no service 'cals'",
    ),
    "work during a break": (
        lambda s: changed(
            s,
            work=(
                WorkSegment(
                    service="calls", start=ana(s).breaks[1].start, end=ana(s).breaks[1].end
                ),
            ),
        ),
        "serves 'calls' during a break",
    ),
    "two services at once": (
        lambda s: changed(s, work=(*ana(s).work, ana(s).work[0])),
        "serves two services at once",
    ),
    "work outside the shift": (
        lambda s: changed(s, work=(segment("calls", "17:00", "18:00"),)),
        "serves 'calls' outside the shift",
    ),
    "work off the grid": (
        lambda s: changed(s, work=(segment("calls", "09:05", "09:35"),)),
        "serves 'calls' off the grid",
    ),
    "work while closed": (
        lambda s: changed(s, work=(segment("chats", "13:00", "14:00"),)),
        "serves 'chats' while it is closed",
    ),
    "nothing served": (lambda s: changed(s, work=()), "0 of 1 people"),
    "history forgotten": (
        lambda s: Schedule(shifts=tuple(x for x in s.shifts if x.day >= date(2026, 3, 2))),
        "reaches into the horizon is not repeated",
    ),
    "history invented": (
        lambda s: Schedule(
            shifts=(
                *s.shifts,
                Shift(
                    employee="Ben",
                    day=date(2026, 3, 1),
                    template="night",
                    start=datetime(2026, 3, 1, 22),
                    end=datetime(2026, 3, 2, 6),
                ),
            )
        ),
        "is not in the employee's history",
    ),
    "history with other breaks": (
        lambda s: Schedule(
            shifts=tuple(
                x
                if x.day >= date(2026, 3, 2)
                else x.model_copy(
                    update={
                        "breaks": (
                            PlannedBreak(id="b", start=at("01:00"), end=at("02:00"), paid=False),
                        )
                    }
                )
                for x in s.shifts
            )
        ),
        "its breaks are not those of the employee's history",
    ),
    "too little rest": (
        lambda s: Schedule(
            shifts=(
                *s.shifts,
                Shift(
                    employee="Chi", day=date(2026, 3, 2), template="half",
                    start=at("08:00"), end=at("12:00"),
                ),
            )
        ),
        "120 minutes of rest, not 660",
    ),
    "two shifts on one day": (
        lambda s: Schedule(
            shifts=(
                *s.shifts,
                Shift(
                    employee="Ana", day=date(2026, 3, 2), template="half",
                    start=at("08:00"), end=at("12:00"),
                ),
            )
        ),
        "two shifts on one day",
    ),
}  # fmt: skip


def test_the_schedule_itself_is_valid(instance: Instance, schedule: Schedule) -> None:
    """What is mutated below was right before."""
    assert check(instance, schedule).violations == ()
    assert any(shift.day < date(2026, 3, 2) for shift in schedule.shifts)


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_is_named(instance: Instance, schedule: Schedule, name: str) -> None:
    """A single fault, of whatever sort, never passes, and the message says what it is."""
    mutate, expected = MUTATIONS[name]
    report = check(instance, mutate(schedule))
    assert not report.ok
    assert any(expected in str(found) for found in report.violations), [
        *map(str, report.violations)
    ]


def test_serving_without_the_skill_is_found(instance: Instance, schedule: Schedule) -> None:
    """Ben cannot serve chats."""
    shift = Shift(
        employee="Ben",
        day=date(2026, 3, 2),
        template="half",
        start=at("08:00"),
        end=at("12:00"),
        work=(segment("chats", "09:00", "10:00"),),
    )
    others = tuple(s for s in schedule.shifts if s.employee != "Ben")
    report = check(instance, Schedule(shifts=(*others, shift)))
    assert any("without the skill 'chats'" in str(found) for found in report.violations)


def test_dropping_a_shift_is_found(instance: Instance, schedule: Schedule) -> None:
    """Each shift of an optimal schedule is there for a reason."""
    for index, shift in enumerate(schedule.shifts):
        left = Schedule(shifts=schedule.shifts[:index] + schedule.shifts[index + 1 :])
        assert not check(instance, left).ok, shift


def test_all_violations_are_reported(instance: Instance) -> None:
    """An empty schedule lacks everybody, everywhere: each interval is listed, and the history."""
    report = check(instance, Schedule())
    per_day = 2 * (4 + 2)
    assert len([v for v in report.violations if v.kind == "coverage"]) == 2 * per_day
    assert len([v for v in report.violations if v.kind == "grammar"]) == 1
    assert sum(v.amount for v in report.violations if v.kind == "coverage") == 2 * per_day
    assert report.cost == {}


def test_the_checker_is_pure(instance: Instance, schedule: Schedule) -> None:
    """Asking twice gives the same answer."""
    assert check(instance, schedule) == check(instance, schedule)
    mutated = changed(schedule, breaks=())
    assert check(instance, mutated) == check(instance, mutated)


def test_a_past_shift_off_the_grid_counts_whole_intervals_only() -> None:
    """An interval that a past break touches, or a past shift leaves early, is not covered."""
    tea = {"start": "2026-03-02T01:10", "end": "2026-03-02T01:20"}
    night = past("night", "2026-03-01T22:00", "2026-03-02T03:10", breaks=[tea])
    instance = make_instance(
        horizon={"start": MONDAY, "days": 1},
        templates=[HALF],
        employee=since("2026-03-01", night),
        floors=[
            {"kind": "coverage", "service": "desk"},
            {"kind": "presence", "skill": "desk", "weight": 1, "hours": [{"end": "04:00"}]},
        ],
    )
    result = solve(instance, engine="exact", time_limit=10, workers=1)
    assert [p.when for p in result.report.penalties] == [
        "2026-03-02T01:00",
        "2026-03-02T03:00",
        "2026-03-02T03:30",
    ]
    assert result.objective == result.bound == 3
