"""Toy problems that are small enough to enumerate every roster, or every schedule, of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler import Instance

Json = Mapping[str, Any]

EARLY = {"id": "early", "start": "06:00", "length": 480}
LATE = {"id": "late", "start": "14:00", "length": 480}
NIGHT = {"id": "night", "start": "22:00", "length": 480}
LONG_NIGHT = {"id": "long", "start": "20:00", "length": 960}
AROUND = {"id": "around", "start": "12:00", "length": 1440}
CLOCK_NIGHT = {"id": "night", "start": "22:00", "length": 480, "ends_by_clock": True}
TWO_LENGTHS = {
    "id": "day",
    "start": "08:00",
    "length": {"min_minutes": 300, "max_minutes": 480, "step_minutes": 180},
    "break_sets": [
        {"from_shift_minutes": 400, "breaks": [{"id": "lunch", "minutes": 60}]},
    ],
}


def make_instance(
    *,
    horizon: Json,
    templates: Iterable[Json],
    rules: Iterable[Json] = (),
    employees: Iterable[Json] | None = None,
    employee: Json | None = None,
    pay: Json | None = None,
    contract: Json | None = None,
    skills: Sequence[str] = ("desk",),
    services: Iterable[Json] | None = None,
    floors: Iterable[Json] | None = None,
    more_contracts: Iterable[Json] = (),
    standards: Iterable[Json] = (),
) -> Instance:
    """Fill in everything that a toy does not care about."""
    idle = {"kind": "staff", "pattern": [{"staff": 0}]}
    people = employees or [{"id": "Ana", **(employee or {})}]
    return Instance.model_validate(
        {
            "name": "toy",
            "horizon": {"interval_minutes": 30, **horizon},
            "skills": list(skills),
            "services": list(
                [{"id": "desk", "skill": skills[0], "demand": idle}]
                if services is None
                else services
            ),
            "floors": list(floors or [{"kind": "coverage", "service": "desk"}]),
            "standards": list(standards),
            "templates": list(templates),
            "contracts": [
                {
                    "id": "c",
                    "pay": pay or {"hourly_rate": 0},
                    "rules": list(rules),
                    **(contract or {}),
                },
                *more_contracts,
            ],
            "employees": [{"contract": "c", "skills": {skills[0]: 1.0}, **p} for p in people],
        }
    )


@dataclass(frozen=True)
class RosterToy:
    """One employee with few options a day: every roster can be judged by model and checker."""

    name: str
    kind: str
    """The rule under test."""
    start: str
    days: int
    templates: Sequence[Json]
    rules: Sequence[Json] = ()
    employee: Json = field(default_factory=dict)
    pay: Json | None = None
    horizon: Json = field(default_factory=dict)
    contract: Json = field(default_factory=dict)
    skills: Sequence[str] = ("desk",)
    two_a_day: bool = False
    """Whether rosters with several shifts on one day are tried as well."""

    def instance(self) -> Instance:
        """Build it."""
        return make_instance(
            horizon={"start": self.start, "days": self.days, **self.horizon},
            templates=self.templates,
            rules=self.rules,
            employee=self.employee,
            pay=self.pay,
            contract=self.contract,
            skills=self.skills,
        )

    @property
    def own(self) -> Sequence[Json]:
        """Parameters of the rule under test."""
        return [rule for rule in self.rules if rule["kind"] == self.kind]

    @property
    def hard(self) -> bool:
        """Whether the rule is hard here."""
        return any("weight" not in rule for rule in self.own)

    @property
    def weighted(self) -> bool:
        """Whether the rule has a price here."""
        return any("weight" in rule for rule in self.own)

    @property
    def history(self) -> bool:
        """Whether something is known of the time before the horizon."""
        return "history" in self.employee


def past(template: str, start: str, end: str, **more: Any) -> Json:
    """Give a shift before the horizon."""
    return {"template": template, "start": start, "end": end, **more}


def since(day: str, *shifts: Json) -> Json:
    """Give an employee's history."""
    return {"history": {"since": day, "shifts": list(shifts)}}


# 2026-03-02 is a Monday; clocks change in Berlin on 2026-03-29 and 2026-10-25, both Sundays.
MONDAY, FRIDAY, SUNDAY = "2026-03-02", "2026-03-06", "2026-03-08"
WEDNESDAY = "2026-03-04"
SPRING = {"time_zone": "Europe/Berlin"}


def both(name: str, kind: str, parameters: Json, weight: float, **more: Any) -> list[RosterToy]:
    """Give the same toy with a hard and with a weighted rule."""
    hard = {"kind": kind, **parameters}
    return [
        RosterToy(f"{name}-hard", kind, rules=[hard], **more),
        RosterToy(f"{name}-weighted", kind, rules=[{**hard, "weight": weight}], **more),
    ]


SPLIT_SUNDAY = since(
    "2026-02-28",
    past("night", "2026-03-01T00:00", "2026-03-01T04:00"),
    past("late", "2026-03-01T14:00", "2026-03-01T22:00"),
)

ROSTER_TOYS: list[RosterToy] = [
    # One shift at a time.
    RosterToy("nights", "no_overlap", MONDAY, 5, [EARLY, LONG_NIGHT, NIGHT]),
    RosterToy("two-a-day", "no_overlap", MONDAY, 3, [EARLY, LATE, NIGHT], two_a_day=True),
    RosterToy(
        "reaches-into-the-horizon",
        "no_overlap",
        MONDAY,
        4,
        [EARLY, AROUND, LONG_NIGHT],
        employee=since("2026-02-28", past("long", "2026-03-01T20:00", "2026-03-02T12:00")),
    ),
    RosterToy(
        "long-past",
        "no_overlap",
        MONDAY,
        4,
        [EARLY, LATE],
        employee=since("2026-02-27", past("trip", "2026-03-01T08:00", "2026-03-02T09:00")),
    ),
    RosterToy(
        "spring",
        "no_overlap",
        "2026-03-27",
        4,
        [NIGHT, {"id": "early", "start": "06:30", "length": 480}, AROUND],
        horizon=SPRING,
    ),
    RosterToy(
        "autumn",
        "no_overlap",
        "2026-10-23",
        4,
        [CLOCK_NIGHT, {"id": "early", "start": "05:30", "length": 480}, AROUND],
        horizon=SPRING,
    ),
    # Absences, pins, and what is not allowed.
    RosterToy(
        "absent",
        "availability",
        MONDAY,
        4,
        [EARLY, LATE, NIGHT],
        employee={
            "unavailable": [
                {"start": "2026-03-02T14:00", "end": "2026-03-02T18:00"},
                {"start": "2026-03-05T05:30", "end": "2026-03-05T06:30"},
            ]
        },
    ),
    RosterToy(
        "fixed",
        "availability",
        MONDAY,
        4,
        [EARLY, TWO_LENGTHS, NIGHT],
        employee={
            "fixed": [
                {"day": "2026-03-02", "template": "early"},
                {"day": "2026-03-04", "template": "day", "length_minutes": 480},
            ]
        },
    ),
    RosterToy(
        "fixed-start",
        "availability",
        MONDAY,
        3,
        [
            {
                "id": "late",
                "start": {"earliest": "12:00", "latest": "14:00", "step_minutes": 60},
                "length": 480,
            },
            EARLY,
        ],
        employee={"fixed": [{"day": "2026-03-03", "template": "late", "start": "13:00"}]},
    ),
    RosterToy(
        "fixed-while-absent",
        "availability",
        MONDAY,
        2,
        [EARLY, LATE],
        employee={
            "fixed": [{"day": "2026-03-03", "template": "early"}],
            "unavailable": [{"start": "2026-03-03T13:30", "end": "2026-03-03T14:00"}],
        },
    ),
    RosterToy(
        "forbidden",
        "availability",
        MONDAY,
        4,
        [EARLY, LATE, NIGHT],
        contract={"templates": ["early", "late"]},
        employee={
            "forbidden": [{"day": "2026-03-03"}, {"day": "2026-03-04", "template": "late"}],
        },
    ),
    RosterToy(
        "forbidden-template",
        "availability",
        MONDAY,
        4,
        [EARLY, LATE],
        employee={"forbidden": [{"template": "late"}]},
    ),
    # Pay.
    RosterToy(
        "overtime",
        "pay",
        FRIDAY,
        5,
        [EARLY, TWO_LENGTHS],
        pay={
            "hourly_rate": 18.03,
            "per_shift": 4.5,
            "overtime": {"contracted_minutes_per_week": 600, "percent": 137},
        },
    ),
    RosterToy(
        "overtime-with-history",
        "pay",
        WEDNESDAY,
        6,
        [EARLY, TWO_LENGTHS],
        pay={
            "hourly_rate": 17.77,
            "overtime": {"contracted_minutes_per_week": 1000},
        },
        employee=since(
            "2026-02-20",
            past("early", "2026-03-01T06:00", "2026-03-01T14:00"),
            past("early", "2026-03-02T06:00", "2026-03-02T15:20"),
        ),
    ),
    RosterToy(
        "overtime-used-up-before",
        "pay",
        WEDNESDAY,
        4,
        [EARLY, TWO_LENGTHS],
        pay={"hourly_rate": 10, "overtime": {"contracted_minutes_per_week": 300}},
        employee=since("2026-03-02", past("early", "2026-03-02T06:00", "2026-03-02T14:00")),
    ),
    RosterToy(
        "half-cents",
        "pay",
        MONDAY,
        2,
        [
            {
                "id": "short",
                "start": "08:00",
                "length": {"min_minutes": 10, "max_minutes": 240, "step_minutes": 10},
            }
        ],
        pay={
            "hourly_rate": 18.03,
            "premiums": [
                {"id": "soon", "hours": [{"start": "08:00", "end": "08:50"}], "per_hour": 1.17},
                {"id": "late", "hours": [{"start": "08:10", "end": "09:00"}], "percent": 33},
            ],
            "overtime": {"contracted_minutes_per_week": 60, "percent": 149},
        },
        horizon={"interval_minutes": 10},
    ),
    RosterToy(
        "premiums",
        "pay",
        "2026-03-26",
        5,
        [NIGHT, CLOCK_NIGHT | {"id": "clock"}, EARLY],
        pay={
            "hourly_rate": 21.35,
            "premiums": [
                {
                    "id": "night",
                    "hours": [
                        {"start": "23:00", "end": "24:00"},
                        {"start": "00:00", "end": "06:00"},
                    ],
                    "percent": 25,
                },
                {"id": "sunday", "hours": [{"days": ["sun"]}], "per_hour": 3.33},
                {"id": "holiday", "holidays": True, "percent": 100},
            ],
        },
        horizon={"time_zone": "Europe/Berlin", "holidays": ["2026-03-28"]},
    ),
    # Requests.
    RosterToy(
        "wishes",
        "requests",
        MONDAY,
        5,
        [EARLY, LATE, NIGHT],
        employee={
            "requests": [
                {"wants": "off", "day": "2026-03-02", "weight": 12.34},
                {"wants": "on", "day": "2026-03-03", "weight": 5},
                {"wants": "on", "day": "2026-03-04", "template": "late", "weight": 7},
                {"wants": "off", "day": "2026-03-05", "template": "night", "weight": 0.5},
                {"wants": "off", "day": "2026-03-05", "template": "late", "weight": 3},
            ]
        },
    ),
    # Rest.
    *both("short-rest", "min_rest", {"rest_minutes": 660}, 0.07, start=MONDAY, days=5,
          templates=[EARLY, LATE, NIGHT]),
    *both("rest-of-days", "min_rest", {"rest_minutes": 3000}, 0.01, start=MONDAY, days=6,
          templates=[EARLY, LATE]),
    *both("rest-after-history", "min_rest", {"rest_minutes": 1500}, 0.03, start=MONDAY, days=4,
          templates=[EARLY, LATE, LONG_NIGHT],
          employee=since("2026-02-20", past("late", "2026-02-27T14:00", "2026-02-27T22:00"),
                         past("late", "2026-03-01T14:00", "2026-03-01T22:00"))),
    *both("rest-spring", "min_rest", {"rest_minutes": 480}, 0.11, start="2026-03-27", days=4,
          templates=[NIGHT, LATE, {"id": "early", "start": "05:30", "length": 480}],
          horizon=SPRING),
    *both("rest-autumn", "min_rest", {"rest_minutes": 510}, 0.11, start="2026-10-23", days=4,
          templates=[CLOCK_NIGHT, LATE, EARLY], horizon=SPRING),
    # Minutes in a week.
    *both("minutes", "weekly_minutes", {"min_minutes": 1200, "max_minutes": 1900}, 0.02,
          start=MONDAY, days=7, templates=[TWO_LENGTHS]),
    *both("minutes-cut-week", "weekly_minutes", {"min_minutes": 600, "max_minutes": 900}, 0.02,
          start=FRIDAY, days=6, templates=[TWO_LENGTHS]),
    *both("minutes-after-history", "weekly_minutes", {"min_minutes": 1500, "max_minutes": 1700},
          0.02, start=WEDNESDAY, days=6, templates=[TWO_LENGTHS],
          employee=since("2026-03-02",
                         past("day", "2026-03-02T08:00", "2026-03-02T16:00",
                              breaks=[{"start": "2026-03-02T12:00", "end": "2026-03-02T13:00"}]),
                         past("day", "2026-03-03T08:00", "2026-03-03T13:00"))),
    *both("minutes-half-known", "weekly_minutes", {"min_minutes": 1500, "max_minutes": 1700},
          0.02, start=WEDNESDAY, days=5, templates=[TWO_LENGTHS],
          employee=since("2026-03-03", past("day", "2026-03-03T08:00", "2026-03-03T16:00"))),
    *both("minutes-used-up", "weekly_minutes", {"max_minutes": 300}, 0.02, start=WEDNESDAY,
          days=4, templates=[TWO_LENGTHS],
          employee=since("2026-03-01", past("day", "2026-03-02T08:00", "2026-03-02T16:00"))),
    *both("minutes-midweek", "weekly_minutes", {"min_minutes": 840, "max_minutes": 1000}, 0.02,
          start=MONDAY, days=9, templates=[EARLY], horizon={"week_starts_on": "wed"}),
    *both("minutes-without-options", "weekly_minutes", {"min_minutes": 60}, 0.02,
          start=MONDAY, days=8, templates=[{**EARLY, "days": ["mon"]}],
          employee={"unavailable": [{"start": "2026-03-02T00:00", "end": "2026-03-09T00:00"}]}),
    *both("minutes-spring", "weekly_minutes", {"max_minutes": 950}, 0.02, start="2026-03-26",
          days=5, templates=[NIGHT, CLOCK_NIGHT | {"id": "clock"}], horizon=SPRING),
    # Shifts in a week.
    *both("shifts", "weekly_shifts", {"min_shifts": 3, "max_shifts": 4}, 10, start=MONDAY, days=8,
          templates=[EARLY]),
    *both("shifts-cut-week", "weekly_shifts", {"min_shifts": 2, "max_shifts": 2}, 10,
          start=FRIDAY, days=5, templates=[EARLY, LATE]),
    *both("shifts-after-history", "weekly_shifts", {"min_shifts": 4, "max_shifts": 4}, 10,
          start=WEDNESDAY, days=6, templates=[EARLY, NIGHT],
          employee=since("2026-03-01", past("early", "2026-03-01T06:00", "2026-03-01T14:00"),
                         past("early", "2026-03-03T06:00", "2026-03-03T14:00"))),
    *both("shifts-used-up", "weekly_shifts", {"max_shifts": 1}, 10, start=WEDNESDAY, days=5,
          templates=[EARLY],
          employee=since("2026-03-01", past("early", "2026-03-02T06:00", "2026-03-02T14:00"),
                         past("early", "2026-03-03T06:00", "2026-03-03T14:00"))),
    *both("shifts-sunday-week", "weekly_shifts", {"min_shifts": 3, "max_shifts": 5}, 10,
          start=SUNDAY, days=8, templates=[EARLY], horizon={"week_starts_on": "sun"}),
    # Days in a row.
    *both("days", "max_consecutive_days", {"days": 2}, 10, start=MONDAY, days=6,
          templates=[EARLY, LATE]),
    *both("days-after-history", "max_consecutive_days", {"days": 3}, 10, start=MONDAY, days=6,
          templates=[EARLY, NIGHT],
          employee=since("2026-02-25", past("late", "2026-02-28T14:00", "2026-02-28T22:00"),
                         past("night", "2026-03-01T22:00", "2026-03-02T06:00"))),
    *both("days-after-a-long-history", "max_consecutive_days", {"days": 2}, 10, start=MONDAY,
          days=5, templates=[EARLY],
          employee=since("2026-02-27", *(past("early", f"{day}T06:00", f"{day}T14:00")
                                         for day in ("2026-02-27", "2026-02-28", "2026-03-01")))),
    *both("one-day", "max_consecutive_days", {"days": 1}, 10, start=MONDAY, days=6,
          templates=[EARLY, LATE]),
    *both("short-runs", "min_consecutive_days", {"days": 3}, 1.5, start=MONDAY, days=8,
          templates=[EARLY]),
    *both("short-runs-after-history", "min_consecutive_days", {"days": 3}, 1.5, start=MONDAY,
          days=5, templates=[EARLY, LATE],
          employee=since("2026-02-27", past("early", "2026-03-01T06:00", "2026-03-01T14:00"))),
    *both("run-of-unknown-length", "min_consecutive_days", {"days": 4}, 1.5, start=MONDAY,
          days=6, templates=[EARLY],
          employee=since("2026-03-01", past("early", "2026-03-01T06:00", "2026-03-01T14:00"))),
    *both("short-breathers", "min_consecutive_days_off", {"days": 3}, 1.5, start=MONDAY, days=8,
          templates=[EARLY]),
    *both("short-breathers-after-history", "min_consecutive_days_off", {"days": 3}, 1.5,
          start=MONDAY, days=5, templates=[EARLY, LATE],
          employee=since("2026-02-26", past("early", "2026-02-28T06:00", "2026-02-28T14:00"))),
    *both("breather-of-unknown-length", "min_consecutive_days_off", {"days": 4}, 1.5,
          start=MONDAY, days=6, templates=[EARLY], employee=since("2026-02-28")),
    # Weekends.
    *both("weekends", "max_weekends", {"weekends": 1}, 25, start=FRIDAY, days=9,
          templates=[EARLY]),
    *both("cut-weekend", "max_weekends", {"weekends": 1}, 25, start=SUNDAY, days=8,
          templates=[EARLY],
          employee=since("2026-03-02", past("early", "2026-03-07T06:00", "2026-03-07T14:00"))),
    *both("no-weekend", "max_weekends", {"weekends": 0}, 25, start="2026-03-05", days=5,
          templates=[EARLY, NIGHT], horizon={"weekend": ["fri", "sat"]}),
    *both("weekend-over-the-end", "max_weekends", {"weekends": 0}, 25, start=MONDAY, days=6,
          templates=[EARLY, LATE]),
    *both("long-weekend", "max_weekends", {"weekends": 1}, 25, start=MONDAY, days=9,
          templates=[EARLY], horizon={"weekend": ["sat", "sun", "mon"]}),
    # Start times.
    *both("starts", "start_variation", {"minutes": 120}, 0.05, start=MONDAY, days=4,
          templates=[{"id": "day", "length": 240,
                      "start": {"earliest": "08:00", "latest": "11:00", "step_minutes": 90}}]),
    *both("starts-around-midnight", "start_variation", {"minutes": 60}, 0.05, start=MONDAY, days=4,
          templates=[{"id": "a", "start": "23:30", "length": 240},
                     {"id": "b", "start": "00:00", "length": 240},
                     {"id": "c", "start": "01:30", "length": 240}]),
    *both("starts-after-history", "start_variation", {"minutes": 90}, 0.05, start=MONDAY, days=4,
          templates=[EARLY, LATE, {"id": "mid", "start": "07:30", "length": 480}],
          employee=since("2026-02-20", past("early", "2026-02-28T06:00", "2026-02-28T14:00"),
                         past("early", "2026-03-01T06:00", "2026-03-01T14:00"))),
    *both("starts-after-a-split-day", "start_variation", {"minutes": 90}, 0.05, start=MONDAY,
          days=3, templates=[EARLY, LATE], employee=SPLIT_SUNDAY),
    *both("starts-in-the-gap", "start_variation", {"minutes": 30}, 0.05, start="2026-03-28",
          days=3, templates=[{"id": "a", "start": "02:30", "length": 240},
                             {"id": "b", "start": "03:30", "length": 240}], horizon=SPRING),
    # Successions.
    *both("successions", "forbidden_successions",
          {"successions": [{"first": "late", "then": ["early"]},
                           {"first": "night", "then": ["early", "late"]}]}, 4,
          start=MONDAY, days=5, templates=[EARLY, LATE, NIGHT]),
    *both("successions-after-history", "forbidden_successions",
          {"successions": [{"first": "night", "then": ["early", "night"]}]}, 4,
          start=MONDAY, days=4, templates=[EARLY, NIGHT],
          employee=since("2026-02-28", past("night", "2026-02-28T22:00", "2026-03-01T06:00"),
                         past("night", "2026-03-01T22:00", "2026-03-02T06:00"))),
    *both("successions-after-a-split-day", "forbidden_successions",
          {"successions": [{"first": "night", "then": ["early"]},
                           {"first": "late", "then": ["early", "late"]}]}, 4,
          start=MONDAY, days=3, templates=[EARLY, LATE, NIGHT], employee=SPLIT_SUNDAY),
    # All together.
    RosterToy(
        "everything",
        "min_rest",
        FRIDAY,
        5,
        [EARLY, LATE, NIGHT],
        rules=[
            {"kind": "min_rest", "rest_minutes": 660},
            {"kind": "weekly_minutes", "min_minutes": 960, "max_minutes": 1440, "weight": 0.5},
            {"kind": "max_consecutive_days", "days": 3},
            {"kind": "min_consecutive_days", "days": 2, "weight": 9},
            {"kind": "max_weekends", "weekends": 0, "weight": 40},
            {"kind": "start_variation", "minutes": 60, "weight": 0.25},
            {"kind": "forbidden_successions",
             "successions": [{"first": "night", "then": ["late"]}]},
        ],
        pay={"hourly_rate": 20, "overtime": {"contracted_minutes_per_week": 480}},
        employee={
            **since("2026-03-01", past("late", "2026-03-05T14:00", "2026-03-05T22:00")),
            "requests": [{"wants": "on", "day": "2026-03-08", "weight": 15}],
            "unavailable": [{"start": "2026-03-10T03:00", "end": "2026-03-10T09:00"}],
        },
    ),
]  # fmt: skip


@dataclass(frozen=True)
class FloorToy:
    """Two or three people and a few hours: every schedule can be judged by model and checker."""

    name: str
    kind: str
    """The floor under test."""
    floors: Sequence[Json]
    services: Sequence[Json]
    people: Sequence[Json]
    templates: Sequence[Json]
    skills: Sequence[str] = ("calls", "chats", "senior")
    horizon: Json = field(default_factory=dict)
    contracts: Sequence[Json] = ()

    def instance(self) -> Instance:
        """Build it."""
        return make_instance(
            horizon={"start": MONDAY, "days": 1, "interval_minutes": 60, **self.horizon},
            more_contracts=self.contracts,
            templates=self.templates,
            employees=self.people,
            skills=self.skills,
            services=self.services,
            floors=self.floors,
        )

    @property
    def own(self) -> Sequence[Json]:
        """Parameters of the floor under test."""
        return [floor for floor in self.floors if floor["kind"] == self.kind]

    @property
    def hard(self) -> bool:
        """Whether the floor is hard here."""
        return any("weight" not in floor for floor in self.own)

    @property
    def weighted(self) -> bool:
        """Whether the floor has a price here."""
        return any("weight" in floor for floor in self.own)


def staffed(name: str, skill: str, *amounts: float, start: int = 8) -> Json:
    """Give a service that is open for so many hours, with the people it needs in each."""
    clocks = [f"{start + hour:02d}:00" for hour in range(len(amounts) + 1)]
    pattern = [
        {"start": clocks[i], "end": clocks[i + 1], "staff": staff}
        for i, staff in enumerate(amounts)
    ]
    return {
        "id": name,
        "skill": skill,
        "opening_hours": [{"start": clocks[0], "end": clocks[-1]}],
        "demand": {"kind": "staff", "pattern": pattern},
    }


def calling(name: str, skill: str, *arrivals: float, start: int = 8) -> Json:
    """Give a service that is open for so many hours, with the calls of each."""
    service = dict(staffed(name, skill, *arrivals, start=start))
    service["demand"] = {
        "kind": "arrivals",
        "handle_time_seconds": 240,
        "pattern": [
            {"start": w["start"], "end": w["end"], "arrivals": w["staff"]}
            for w in service["demand"]["pattern"]
        ],
    }
    return service


def with_break(hours: int, first: int = 1, last: int | None = None, start: Any = "08:00") -> Json:
    """Give a shift of some hours with one hour's break that begins in a window of hours."""
    window = {"earliest_minutes": 60 * first, "latest_minutes": 60 * (last or first)}
    breaks = [{"id": "rest", "minutes": 60, "window": window}]
    return {
        "id": f"{hours} h",
        "start": start,
        "length": 60 * hours,
        "break_sets": [{"breaks": breaks}],
    }


TWO_STARTS = {"earliest": "08:00", "latest": "09:00", "step_minutes": 60}


def person(name: str, **levels: float) -> Json:
    """Give somebody with proficiencies."""
    return {"id": name, "skills": levels}


def floor_pair(name: str, parameters: Json, weight: int, **more: Any) -> list[FloorToy]:
    """Give the same toy with a hard and with a weighted floor (besides others that stay)."""
    others = more.pop("others", [])
    kind = parameters["kind"]
    return [
        FloorToy(f"{name}-hard", kind, floors=[parameters, *others], **more),
        FloorToy(
            f"{name}-weighted", kind, floors=[{**parameters, "weight": weight}, *others], **more
        ),
    ]


CALLS_ONLY = {"kind": "coverage", "service": "calls"}
CHATS_TOO = {"kind": "coverage", "service": "chats", "weight": 1}
TRIO = [person("Ana", calls=1.0), person("Ben", calls=0.8), person("Chi", calls=0.8)]
DUO = [person("Ana", calls=1.0, chats=0.9), person("Ben", calls=0.85)]
MIXED = [
    person("Ana", calls=1.0, senior=1.0),
    person("Ben", calls=1.2),
    person("Chi", calls=1.0, chats=1.0),
]

FLOOR_TOYS: list[FloorToy] = [
    *floor_pair("coverage", CALLS_ONLY, 7, people=TRIO, templates=[with_break(4, 1, 2)],
                services=[staffed("calls", "calls", 0.8, 1.6, 1, 1.6)]),
    *floor_pair("two-services", CALLS_ONLY, 7, others=[{"kind": "coverage", "service": "chats"}],
                people=DUO, templates=[with_break(4, 1, 2)],
                services=[staffed("calls", "calls", 1.8, 0.5, 0, 0.85),
                          staffed("chats", "chats", 0.9, 0.9, start=10)]),
    *floor_pair("coverage-over", {**CALLS_ONLY, "over_weight": 3}, 7, people=TRIO,
                templates=[with_break(4, 1, 2)],
                services=[staffed("calls", "calls", 0.8, 1.6, 1, 1.6, 0)]),
    *floor_pair("over-with-two-services", {**CALLS_ONLY, "over_weight": 3}, 7,
                others=[{**CHATS_TOO, "over_weight": 2}], people=DUO,
                templates=[with_break(4, 1, 2)],
                services=[staffed("calls", "calls", 0.85, 0.5, 0),
                          staffed("chats", "chats", 0.5, 0.9, start=9)]),
    *floor_pair("coverage-instead-of-demand",
                {**CALLS_ONLY, "staff": 1.5, "hours": [{"start": "09:00", "end": "11:00"}]}, 7,
                people=TRIO[1:], templates=[with_break(4, 1, 2, TWO_STARTS)],
                services=[staffed("calls", "calls", 3, 3, 3, 3)]),
    *floor_pair("coverage-with-history", CALLS_ONLY, 7, templates=[with_break(3)],
                people=[{**person("Ana", calls=1.0),
                         **since("2026-02-28",
                                 past("3 h", "2026-03-01T22:00", "2026-03-02T03:00",
                                      breaks=[{"start": "2026-03-02T01:00",
                                               "end": "2026-03-02T02:00"}]))},
                        person("Ben", calls=0.5)],
                services=[staffed("calls", "calls", 1, 0, 1, 0, 0, 0, 0, 0, 0.5, start=0)]),
    *floor_pair("service-level",
                {"kind": "service_level", "service": "calls", "target": 0.7, "within_seconds": 30},
                7, people=TRIO, templates=[with_break(4, 1, 2)],
                services=[calling("calls", "calls", 4, 9, 0, 6)]),
    *floor_pair("service-level-with-chats",
                {"kind": "service_level", "service": "calls", "target": 0.5, "within_seconds": 60},
                7, others=[CHATS_TOO], people=DUO, templates=[with_break(4, 1, 2)],
                services=[calling("calls", "calls", 2, 7, 1, 5),
                          staffed("chats", "chats", 1, 1, start=9)]),
    *floor_pair("presence", {"kind": "presence", "skill": "senior"}, 7, others=[CALLS_ONLY],
                people=[*MIXED[:2], person("Dan", calls=1.0, senior=0.5)],
                templates=[with_break(4, 1, 2, TWO_STARTS)],
                services=[staffed("calls", "calls", 0, 0, 0)]),
    *floor_pair("presence-of-two",
                {"kind": "presence", "skill": "calls", "at_least": 2, "min_proficiency": 1,
                 "hours": [{"start": "08:00", "end": "10:00"}]}, 7, others=[CALLS_ONLY],
                people=[*MIXED[:2], person("Dan", calls=0.9)],
                templates=[with_break(4, 1, 2, TWO_STARTS)],
                services=[staffed("calls", "calls", 0, 0, 0)]),
    *floor_pair("presence-of-nobody", {"kind": "presence", "skill": "senior"}, 7,
                others=[CALLS_ONLY], people=TRIO[:2], templates=[with_break(3)],
                services=[staffed("calls", "calls", 0, 0, 0)]),
    *floor_pair("share", {"kind": "skilled_share", "service": "calls", "skill": "senior",
                          "share": 0.5}, 7, others=[CALLS_ONLY], people=[*MIXED[:2], TRIO[2]],
                templates=[with_break(3, start=TWO_STARTS)],
                services=[staffed("calls", "calls", 0.8, 0, 0.8, 0)]),
    *floor_pair("share-of-the-proficient",
                {"kind": "skilled_share", "service": "calls", "min_proficiency": 1.1,
                 "share": 0.67}, 7, others=[{**CHATS_TOO, "over_weight": 2}], people=MIXED,
                templates=[with_break(3)],
                services=[staffed("calls", "calls", 0, 0, 0), staffed("chats", "chats", 1, 1, 1)]),
    *floor_pair("share-and-over", {"kind": "skilled_share", "service": "calls", "skill": "senior",
                                   "share": 0.34}, 5,
                others=[{**CALLS_ONLY, "over_weight": 3, "weight": 11}], people=MIXED[:2],
                templates=[with_break(4, 1, 2)],
                services=[staffed("calls", "calls", 1, 1.2, 0.5, 2)]),
]  # fmt: skip

import toys_access  # noqa: E402
import toys_rulebook  # noqa: E402  (it builds its toys with what stands above)
import toys_shift_cover  # noqa: E402

ROSTER_TOYS += toys_rulebook.ROSTER_TOYS
FLOOR_TOYS += toys_rulebook.FLOOR_TOYS
FLOOR_TOYS += toys_access.FLOOR_TOYS
FLOOR_TOYS += toys_shift_cover.FLOOR_TOYS
