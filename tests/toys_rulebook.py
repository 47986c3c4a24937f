"""Toys of the labour rule book: runs, totals, weekends, patterns, windows, skills, publication."""

from __future__ import annotations

from typing import Any

from toys import (
    CALLS_ONLY,
    EARLY,
    FRIDAY,
    LATE,
    MONDAY,
    NIGHT,
    SPLIT_SUNDAY,
    SUNDAY,
    TWO_LENGTHS,
    WEDNESDAY,
    FloorToy,
    Json,
    RosterToy,
    both,
    floor_pair,
    past,
    person,
    since,
    staffed,
)

SATURDAY = "2026-03-07"
WEEKENDS_ONLY = [{**EARLY, "days": ["sat", "sun"]}]


def at(day: str, template: str = "early") -> Json:
    """Give a past shift of eight hours on a day, begun at the template's usual hour."""
    return past(template, f"{day}T06:00", f"{day}T14:00")


def edges(name: str, kind: str, parameters: Json, weight: float, **more: Any) -> list[RosterToy]:
    """Give the same toys with every combination of open and closed edges."""
    return [
        toy
        for start in ("open", "closed")
        for end in ("open", "closed")
        for toy in both(
            f"{name}-{start}-{end}",
            kind,
            {**parameters, "at_start": start, "at_end": end},
            weight,
            **more,
        )
    ]


OFF_SINCE_SATURDAY = since("2026-02-28")
WORKED_SINCE_SATURDAY = since("2026-02-28", at("2026-02-28"), at("2026-03-01"))
WORKED_SATURDAY = since("2026-02-28", at("2026-02-28"))
WORKED_SUNDAY = since("2026-02-28", at("2026-03-01"))
NIGHT_SUNDAY = since(
    "2026-02-27",
    past("early", "2026-02-28T06:00", "2026-02-28T14:00"),
    past("night", "2026-03-01T22:00", "2026-03-02T06:00"),
)
WORKED_LAST_WEEKEND = since("2026-02-24", at("2026-02-28"))

DAY_OF_THREE_STARTS = {
    "id": "day",
    "length": 240,
    "start": {"earliest": "08:00", "latest": "10:00", "step_minutes": 60},
}
LOOSE_BREAK = {
    "id": "loose",
    "start": "08:00",
    "length": {"min_minutes": 420, "max_minutes": 480},
    "break_sets": [
        {
            "breaks": [
                {
                    "id": "rest",
                    "minutes": 60,
                    "window": {"earliest_minutes": 120, "latest_minutes": 240},
                }
            ]
        }
    ],
}
TIGHT_BREAK = {
    "id": "tight",
    "start": "08:00",
    "length": 480,
    "break_sets": [
        {"max_work_minutes": 240, "breaks": [{"id": "rest", "minutes": 60}]},
    ],
}
PUBLISHED = [
    past("early", "2026-03-02T06:00", "2026-03-02T14:00"),
    past("late", "2026-03-04T14:00", "2026-03-04T22:00"),
]

ROSTER_TOYS: list[RosterToy] = [
    # Runs of days, with each kind of edge.
    *edges("runs", "min_consecutive_days", {"days": 3}, 1.5, start=MONDAY, days=6,
           templates=[EARLY]),
    *edges("runs-begun-before", "min_consecutive_days", {"days": 4}, 1.5, start=MONDAY, days=5,
           templates=[EARLY], employee=WORKED_SINCE_SATURDAY),
    *edges("run-ended-before", "min_consecutive_days", {"days": 3}, 1.5, start=MONDAY, days=4,
           templates=[EARLY], employee=WORKED_SATURDAY),
    *edges("breathers", "min_consecutive_days_off", {"days": 3}, 1.5, start=MONDAY, days=6,
           templates=[EARLY]),
    *edges("breathers-begun-before", "min_consecutive_days_off", {"days": 4}, 1.5, start=MONDAY,
           days=5, templates=[EARLY], employee=OFF_SINCE_SATURDAY),
    *edges("longer-than-the-horizon", "min_consecutive_days_off", {"days": 9}, 1.5, start=MONDAY,
           days=4, templates=[EARLY]),
    *both("breathers-too-long", "max_consecutive_days_off", {"days": 2}, 3, start=MONDAY, days=6,
          templates=[EARLY, LATE]),
    *both("breathers-too-long-after-history", "max_consecutive_days_off", {"days": 3}, 3,
          start=MONDAY, days=6, templates=[EARLY], employee=OFF_SINCE_SATURDAY),
    *both("breathers-too-long-before", "max_consecutive_days_off", {"days": 1}, 3, start=MONDAY,
          days=4, templates=[EARLY], employee=since("2026-02-26")),
    # Runs of templates.
    *both("nights-in-a-row", "max_consecutive_template_days", {"templates": ["night"], "days": 2},
          3, start=MONDAY, days=6, templates=[EARLY, NIGHT]),
    *both("late-ones-in-a-row", "max_consecutive_template_days",
          {"templates": ["late", "night"], "days": 1}, 3, start=MONDAY, days=4,
          templates=[EARLY, LATE, NIGHT], employee=NIGHT_SUNDAY),
    *both("templates-after-a-split-day", "max_consecutive_template_days",
          {"templates": ["late"], "days": 1}, 3, start=MONDAY, days=3, templates=[EARLY, LATE],
          employee=SPLIT_SUNDAY),
    *edges("nights", "min_consecutive_template_days", {"templates": ["night"], "days": 2}, 3,
           start=MONDAY, days=5, templates=[EARLY, NIGHT]),
    *edges("nights-begun-before", "min_consecutive_template_days",
           {"templates": ["night", "late"], "days": 3}, 3, start=MONDAY, days=4,
           templates=[EARLY, LATE, NIGHT], employee=NIGHT_SUNDAY),
    *edges("nights-of-unknown-age", "min_consecutive_template_days",
           {"templates": ["early"], "days": 4}, 3, start=MONDAY, days=4, templates=[EARLY],
           employee=WORKED_SINCE_SATURDAY),
    # Runs of weekends.
    *both("weekends-in-a-row", "max_consecutive_weekends", {"weekends": 1}, 5, start=FRIDAY,
          days=17, templates=WEEKENDS_ONLY),
    *both("no-weekends-in-a-row", "max_consecutive_weekends", {"weekends": 0}, 5, start=FRIDAY,
          days=9, templates=WEEKENDS_ONLY),
    *both("weekends-in-a-row-after-history", "max_consecutive_weekends", {"weekends": 1}, 5,
          start=MONDAY, days=15, templates=WEEKENDS_ONLY, employee=WORKED_LAST_WEEKEND),
    *both("weekends-cut", "max_consecutive_weekends", {"weekends": 1, "weekend": ["sun", "mon"]},
          5, start=MONDAY, days=7, templates=[EARLY], employee=WORKED_SUNDAY),
    *both("weekends-only-before", "max_consecutive_weekends", {"weekends": 1}, 5, start=MONDAY,
          days=3, templates=[EARLY],
          employee=since("2026-02-20", at("2026-02-22"), at("2026-02-28"))),
    *edges("weekend-runs", "min_consecutive_weekends", {"weekends": 2}, 5, start=SATURDAY,
           days=16, templates=WEEKENDS_ONLY),
    *edges("weekend-runs-after-history", "min_consecutive_weekends", {"weekends": 3}, 5,
           start=MONDAY, days=14, templates=WEEKENDS_ONLY,
           employee=since("2026-02-20", at("2026-02-28"))),
    *edges("weekend-runs-only-before", "min_consecutive_weekends", {"weekends": 2}, 5,
           start=MONDAY, days=2, templates=[EARLY],
           employee=since("2026-02-20", at("2026-02-28"))),
    *edges("weekend-runs-cut", "min_consecutive_weekends",
           {"weekends": 2, "weekend": ["sun", "mon"]}, 5, start=MONDAY, days=7,
           templates=[EARLY], employee=WORKED_SUNDAY),
    # Weekends.
    *both("weekends-already", "max_weekends", {"weekends": 3, "already": 2}, 25, start=FRIDAY,
          days=10, templates=WEEKENDS_ONLY),
    *both("weekends-used-up-before", "max_weekends", {"weekends": 1, "already": 3}, 25,
          start=FRIDAY, days=4, templates=[EARLY]),
    *both("own-weekends", "max_weekends", {"weekends": 1, "weekend": ["fri", "sat"]}, 25,
          start=FRIDAY, days=8, templates=[EARLY]),
    *both("complete", "complete_weekends", {}, 7, start=FRIDAY, days=10, templates=WEEKENDS_ONLY),
    *both("complete-long-ones", "complete_weekends", {"weekend": ["fri", "sat", "sun"]}, 7,
          start="2026-03-05", days=6, templates=[EARLY, LATE]),
    *both("complete-after-history", "complete_weekends", {}, 7, start=SUNDAY, days=7,
          templates=[EARLY], employee=since("2026-03-07", at("2026-03-07"))),
    *both("complete-half-known", "complete_weekends", {"weekend": ["fri", "sat", "sun"]}, 7,
          start=SUNDAY, days=2, templates=[EARLY],
          employee=since("2026-03-07", at("2026-03-07"))),
    *both("identical", "identical_weekends", {}, 7, start=FRIDAY, days=4,
          templates=[EARLY, LATE, NIGHT]),
    *both("identical-long-ones", "identical_weekends", {"weekend": ["fri", "sat", "sun"]}, 7,
          start=FRIDAY, days=3, templates=[EARLY, LATE, NIGHT]),
    *both("identical-after-history", "identical_weekends", {}, 7, start=SUNDAY, days=3,
          templates=[EARLY, LATE], employee=since("2026-03-07", at("2026-03-07"))),
    *both("identical-after-a-split-day", "identical_weekends", {"weekend": ["sun", "mon"]}, 7,
          start=MONDAY, days=3, templates=[EARLY, LATE, NIGHT], employee=SPLIT_SUNDAY),
    *both("rested", "no_night_before_free_weekend", {"templates": ["night"]}, 7,
          start="2026-03-05", days=5, templates=[EARLY, NIGHT]),
    *both("rested-long-ones", "no_night_before_free_weekend",
          {"templates": ["night", "late"], "weekend": ["fri", "sat", "sun"]}, 7, start=WEDNESDAY,
          days=5, templates=[LATE, NIGHT]),
    *both("rested-after-history", "no_night_before_free_weekend",
          {"templates": ["night"], "weekend": ["mon", "tue"]}, 7, start=MONDAY, days=4,
          templates=[EARLY, NIGHT], employee=NIGHT_SUNDAY),
    *both("rested-after-a-cut", "no_night_before_free_weekend",
          {"templates": ["early"], "weekend": ["sun", "mon"]}, 7, start=MONDAY, days=3,
          templates=[EARLY], employee=WORKED_SATURDAY),
    *both("rested-over-the-end", "no_night_before_free_weekend", {"templates": ["night"]}, 7,
          start="2026-03-05", days=3, templates=[EARLY, NIGHT]),
    *both("rested-all-week", "no_night_before_free_weekend",
          {"templates": ["night"], "weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}, 7,
          start=SUNDAY, days=8, templates=[NIGHT]),
    *both("complete-with-a-gap", "complete_weekends", {"weekend": ["fri", "sun"]}, 7, start=FRIDAY,
          days=10, templates=WEEKENDS_ONLY),
    # Patterns.
    *both("pattern-of-one-day", "unwanted_pattern", {"pattern": [["night"]], "starts_on": "fri"}, 4,
          start=WEDNESDAY, days=4, templates=[EARLY, NIGHT]),
    *both("pattern-that-overlaps-itself", "unwanted_pattern", {"pattern": ["any", "off", "any"]}, 4,
          start=MONDAY, days=6, templates=[EARLY]),
    *both("pattern", "unwanted_pattern", {"pattern": [["late", "night"], ["early"]]}, 4,
          start=MONDAY, days=4, templates=[EARLY, LATE, NIGHT]),
    *both("pattern-of-a-weekday", "unwanted_pattern",
          {"pattern": ["off", "any", ["night"]], "starts_on": "fri"}, 4, start=WEDNESDAY, days=5,
          templates=[EARLY, NIGHT]),
    *both("pattern-after-history", "unwanted_pattern", {"pattern": ["off", "any", "off"]}, 4,
          start=MONDAY, days=5, templates=[EARLY], employee=WORKED_SUNDAY),
    *both("pattern-only-before", "unwanted_pattern", {"pattern": ["off", "any"]}, 4,
          start=MONDAY, days=3, templates=[EARLY], employee=WORKED_SUNDAY),
    *both("pattern-after-a-split-day", "unwanted_pattern", {"pattern": [["late"], "any"]}, 4,
          start=MONDAY, days=3, templates=[EARLY, LATE], employee=SPLIT_SUNDAY),
    *both("pattern-longer-than-the-horizon", "unwanted_pattern", {"pattern": ["any"] * 4}, 4,
          start=MONDAY, days=3, templates=[EARLY], employee=WORKED_SUNDAY),
    # Skills.
    *both("skills", "template_skills", {"skills": {"late": ["desk"], "night": ["desk", "chief"]}},
          6, start=MONDAY, days=4, templates=[EARLY, LATE, NIGHT], skills=["desk", "chief"]),
    # Totals.
    *both("shifts", "total_shifts", {"min_shifts": 2, "max_shifts": 3}, 10, start=MONDAY, days=5,
          templates=[EARLY, LATE]),
    *both("shifts-already", "total_shifts", {"min_shifts": 4, "max_shifts": 5, "already": 2}, 10,
          start=MONDAY, days=5, templates=[EARLY], employee=WORKED_SUNDAY),
    *both("shifts-used-up", "total_shifts", {"max_shifts": 1, "already": 2}, 10, start=MONDAY,
          days=2, templates=[EARLY], employee=WORKED_SUNDAY),
    *both("minutes-in-all", "total_minutes", {"min_minutes": 700, "max_minutes": 900}, 0.05,
          start=MONDAY, days=4, templates=[TWO_LENGTHS]),
    *both("minutes-already", "total_minutes",
          {"min_minutes": 1300, "max_minutes": 1400, "already": 420}, 0.05, start=MONDAY, days=4,
          templates=[TWO_LENGTHS], employee=WORKED_SUNDAY),
    *both("templates", "template_shifts",
          {"limits": [{"templates": ["night"], "max_shifts": 1},
                      {"templates": ["early", "late"], "min_shifts": 1, "max_shifts": 2}]}, 10,
          start=MONDAY, days=4, templates=[EARLY, LATE, NIGHT]),
    *both("templates-already", "template_shifts",
          {"limits": [{"templates": ["early"], "min_shifts": 3, "max_shifts": 3, "already": 1},
                      {"templates": ["late"], "max_shifts": 0}]}, 10, start=MONDAY, days=4,
          templates=[EARLY, LATE], employee=WORKED_SUNDAY),
    # Windows of days.
    *both("window", "window_shifts", {"window_days": 3, "min_shifts": 1, "max_shifts": 2}, 3,
          start=MONDAY, days=6, templates=[EARLY, LATE]),
    *both("window-of-templates", "window_shifts",
          {"window_days": 3, "max_shifts": 1, "templates": ["late", "night"]}, 3, start=MONDAY,
          days=4, templates=[EARLY, LATE, NIGHT], employee=NIGHT_SUNDAY),
    *both("window-after-history", "window_shifts",
          {"window_days": 4, "min_shifts": 2, "max_shifts": 3}, 3, start=MONDAY, days=4,
          templates=[EARLY], employee=WORKED_SINCE_SATURDAY),
    *both("window-beyond-all-that-is-known", "window_shifts",
          {"window_days": 9, "min_shifts": 2, "max_shifts": 3}, 3, start=MONDAY, days=4,
          templates=[EARLY], employee=WORKED_SUNDAY),
    *both("window-of-one-day", "window_shifts", {"window_days": 1, "min_shifts": 1}, 3,
          start=MONDAY, days=3, templates=[EARLY], employee=WORKED_SUNDAY),
    *both("minutes-in-a-window", "window_minutes",
          {"window_days": 3, "min_minutes": 420, "max_minutes": 900}, 0.05, start=MONDAY, days=4,
          templates=[TWO_LENGTHS]),
    *both("minutes-in-a-window-after-history", "window_minutes",
          {"window_days": 3, "min_minutes": 500, "max_minutes": 800}, 0.05, start=MONDAY, days=4,
          templates=[TWO_LENGTHS], employee=WORKED_SUNDAY),
    *both("minutes-of-a-short-horizon", "window_minutes",
          {"window_days": 6, "min_minutes": 600, "max_minutes": 700}, 0.05,
          start=MONDAY, days=3, templates=[TWO_LENGTHS]),
    # Starts of a week.
    *both("spread", "weekly_start_spread", {"minutes": 60}, 0.05, start=MONDAY, days=4,
          templates=[DAY_OF_THREE_STARTS]),
    *both("spread-of-two-weeks", "weekly_start_spread", {"minutes": 60}, 0.05, start=SATURDAY,
          days=4, templates=[DAY_OF_THREE_STARTS]),
    *both("spread-around-midnight", "weekly_start_spread",
          {"minutes": 60, "day_begins": "12:00"}, 0.05, start=MONDAY, days=3,
          templates=[{"id": "a", "start": "23:30", "length": 240},
                     {"id": "b", "start": "00:15", "length": 240},
                     {"id": "c", "start": "06:00", "length": 240}],
          horizon={"interval_minutes": 15}),
    *both("spread-after-history", "weekly_start_spread", {"minutes": 90}, 0.05, start=WEDNESDAY,
          days=3, templates=[DAY_OF_THREE_STARTS],
          employee=since("2026-02-20", past("late", "2026-03-01T14:00", "2026-03-01T22:00"),
                         past("day", "2026-03-02T08:00", "2026-03-02T12:00"))),
    *both("spread-lost-before", "weekly_start_spread", {"minutes": 30}, 0.05, start=WEDNESDAY,
          days=3, templates=[DAY_OF_THREE_STARTS],
          employee=since("2026-02-20", past("day", "2026-03-02T08:30", "2026-03-02T12:00"),
                         past("day", "2026-03-03T09:30", "2026-03-03T14:00"))),
    # Stretches without a break.
    *both("stretches", "max_work_without_break", {"minutes": 240}, 0.05, start=MONDAY, days=3,
          templates=[LOOSE_BREAK, TIGHT_BREAK, {"id": "short", "start": "08:00", "length": 240}]),
    *both("stretches-after-history", "max_work_without_break", {"minutes": 330}, 0.05,
          start=MONDAY, days=3, templates=[LOOSE_BREAK, EARLY], employee=WORKED_SUNDAY),
    # What was published.
    *both("published", "published_shifts", {"notice_ends": "2026-03-05", "shifts": PUBLISHED}, 8,
          start=MONDAY, days=4, templates=[EARLY, LATE]),
    *both("published-with-weights", "published_shifts",
          {"notice_ends": "2026-04-01", "shifts": PUBLISHED, "moved": 2, "cancelled": 3,
           "added": 0}, 8, start=MONDAY, days=4, templates=[EARLY, LATE]),
    *both("published-and-moved", "published_shifts",
          {"notice_ends": "2026-03-04", "added": 2, "moved": 0, "shifts": PUBLISHED}, 8,
          start=MONDAY, days=4, templates=[EARLY, {"id": "early too", "length": 480,
          "start": "06:00"}, {"id": "late", "start": "14:00",
           "length": {"min_minutes": 420, "max_minutes": 480}}]),
]  # fmt: skip


# --- floors on who works beside whom, and on fair shares

CLOSED = [staffed("calls", "calls", 0, start=22)]
"""Nobody serves at night: the enumeration has nothing but shifts to try."""
SHIFTS = [
    {"id": "early", "start": "06:00", "length": 240, "tags": ["early"]},
    {"id": "middle", "start": {"earliest": "08:00", "latest": "09:00", "step_minutes": 60},
     "length": {"min_minutes": 120, "max_minutes": 300, "step_minutes": 180}},
    {"id": "late", "start": "12:00", "length": 180, "tags": ["unpopular", "late"]},
]  # fmt: skip
NAMES = [person("Ana", calls=1.0), person("Ben", calls=1.0), person("Cem", calls=0.5)]
UP_ALL_NIGHT = past("late", "2026-03-01T22:00", "2026-03-02T07:30")
LONG_UP = [{**NAMES[0], **since("2026-02-26", UP_ALL_NIGHT)}, *NAMES[1:]]
HALF_TIME = {
    "id": "half",
    "pay": {"hourly_rate": 0, "overtime": {"contracted_minutes_per_week": 900}},
}
FULL_TIME = {
    "id": "full",
    "pay": {"hourly_rate": 0, "overtime": {"contracted_minutes_per_week": 2400}},
}


def team_pair(name: str, parameters: Json, weight: int = 3, **more: Any) -> list[FloorToy]:
    """Give a hard and a weighted toy in which nothing but shifts is decided."""
    settings = {"people": NAMES, "templates": SHIFTS, "services": CLOSED, **more}
    return floor_pair(name, parameters, weight, others=[CALLS_ONLY], **settings)


FLOOR_TOYS: list[FloorToy] = [
    *team_pair("apart", {"kind": "keep_apart", "employees": ["Ana", "Cem"]}),
    *team_pair("apart-after-history", {"kind": "keep_apart", "employees": ["Ana", "Ben"]},
               people=LONG_UP, templates=SHIFTS[1:]),
    *team_pair("two-of-three", {"kind": "keep_apart", "employees": ["Ana", "Ben", "Cem"],
                                "at_most": 2, "hours": [{"start": "09:00", "end": "13:00"}]}),
    *team_pair("apart-by-shift", {"kind": "keep_apart", "employees": ["Ana", "Ben", "Cem"],
                                  "by": "shift"}),
    *team_pair("together", {"kind": "work_together", "employees": ["Ben", "Cem"]}),
    *team_pair("together-after-history", {"kind": "work_together", "employees": ["Ana", "Ben"],
                                          "hours": [{"start": "07:00", "end": "10:00"}]},
               people=LONG_UP, templates=SHIFTS[1:]),
    *team_pair("all-together", {"kind": "work_together", "employees": ["Ana", "Ben", "Cem"]}),
    *team_pair("together-by-shift", {"kind": "work_together", "by": "shift",
                                     "employees": ["Ana", "Ben", "Cem"]}),
    *team_pair("mentor", {"kind": "mentoring", "trainees": ["Ana", "Ben"], "mentors": ["Cem"]}),
    *team_pair("one-mentor-for-two", {"kind": "mentoring", "trainees": ["Ana", "Ben"],
                                      "mentors": ["Cem"], "trainees_per_mentor": 2}),
    *team_pair("mentors-after-history", {"kind": "mentoring", "trainees": ["Ben"],
                                         "mentors": ["Cem", "Ana"]},
               people=LONG_UP, templates=SHIFTS[1:]),
    *team_pair("mentor-by-shift", {"kind": "mentoring", "by": "shift", "trainees": ["Ana", "Ben"],
                                   "mentors": ["Cem"]}),
    *team_pair("fair-shifts", {"kind": "fair_shares", "count": "shifts", "max_spread": 0}),
    *team_pair("fair-minutes", {"kind": "fair_shares", "count": "minutes", "max_spread": 120,
                                "employees": ["Ana", "Cem"]}),
    *team_pair("fair-tags", {"kind": "fair_shares", "count": "shifts", "max_spread": 1,
                             "tags": ["unpopular"], "templates": ["early"],
                             "already": {"Ana": 2, "Ben": 1}}),
    *team_pair("fair-weekends", {"kind": "fair_shares", "count": "weekends", "max_spread": 0},
               horizon={"weekend": ["sun", "mon"]}, people=LONG_UP, templates=SHIFTS[1:]),
    *team_pair("fair-weekend-minutes", {"kind": "fair_shares", "count": "weekends",
                                        "max_spread": 1, "already": {"Ben": 1},
                                        "hours": [{"start": "06:00", "end": "09:00"}]},
               horizon={"weekend": ["mon", "tue"]}),
    *team_pair("fair-hours", {"kind": "fair_shares", "count": "minutes", "max_spread": 60,
                              "hours": [{"start": "09:00", "end": "10:00"},
                                        {"start": "12:00", "end": "14:00", "days": ["mon"]}]}),
    *team_pair("fair-pro-rata", {"kind": "fair_shares", "count": "minutes", "max_spread": 200,
                                 "pro_rata": True, "already": {"Ben": 30}},
               contracts=[HALF_TIME, FULL_TIME],
               people=[{**NAMES[0], "contract": "half"}, {**NAMES[1], "contract": "full"},
                       {**NAMES[2], "contract": "full"}]),
]  # fmt: skip
