"""From a scheduling period of INRC-I to an instance that scores in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ....models.base import MINUTES_PER_DAY, WEEKDAYS
from ....models.horizon import INTERVALS
from .contracts import ANY, NONE
from .record import Contract, Nurse, Pattern, Period, ShiftType

Json = dict[str, Any]

NIGHT = "N"
"""The competition's night shift, by its id."""
LIMITS = {
    "MaxNumAssignments": ("total_shifts", "max_shifts"),
    "MinNumAssignments": ("total_shifts", "min_shifts"),
    "MaxConsecutiveWorkingDays": ("max_consecutive_days", "days"),
    "MinConsecutiveWorkingDays": ("min_consecutive_days", "days"),
    "MaxConsecutiveFreeDays": ("max_consecutive_days_off", "days"),
    "MinConsecutiveFreeDays": ("min_consecutive_days_off", "days"),
    "MaxConsecutiveWorkingWeekends": ("max_consecutive_weekends", "weekends"),
    "MinConsecutiveWorkingWeekends": ("min_consecutive_weekends", "weekends"),
    "MaxWorkingWeekendsInFourWeeks": ("max_weekends", "weekends"),
}
"""Kind and field of the rule that stands for each number of a contract."""
CLOSED = {"at_start": "closed", "at_end": "closed"}
"""There is no history, and runs at both ends are judged like any other."""


def instance_of(period: Period) -> Json:
    """Give the instance as it stands in a file."""
    return {
        "schema_version": 1,
        "name": period.id,
        "description": "Converted from the First International Nurse Rostering Competition.",
        "horizon": {
            "start": period.start.isoformat(),
            "days": (period.end - period.start).days + 1,
            "interval_minutes": _interval(period),
        },
        "skills": list(period.skills),
        "services": [],
        "floors": [_cover(period)],
        "templates": [_template(shift) for shift in period.shifts],
        "contracts": [_contract(period, contract) for contract in period.contracts],
        "employees": [_employee(period, nurse) for nurse in period.nurses],
    }


def _interval(period: Period) -> int:
    """Give the coarsest grid that all shifts fit."""
    times = [time for shift in period.shifts for time in (shift.start, shift.end)]
    return max(step for step in (1, *INTERVALS) if all(time % step == 0 for time in times))


def _template(shift: ShiftType) -> Json:
    length = (shift.end - shift.start) % MINUTES_PER_DAY or MINUTES_PER_DAY
    clock = f"{shift.start // 60:02d}:{shift.start % 60:02d}"
    return {"id": shift.id, "start": clock, "length": length}


def _cover(period: Period) -> Json:
    """Give exactly so many people for every date and shift that a cover is asked for."""
    days = [period.start + timedelta(days=i) for i in range((period.end - period.start).days + 1)]
    return {
        "kind": "shift_cover",
        "cover": [
            {"day": day.isoformat(), "template": shift.id, "minimum": people, "maximum": people}
            for day in days
            for shift in period.shifts
            if (people := _asked(period, day, shift)) is not None
        ],
    }


def _asked(period: Period, day: date, shift: ShiftType) -> int | None:
    weekday = WEEKDAYS[day.weekday()]
    people = period.weekday_cover.get((weekday, shift.id), 0)
    return period.date_cover.get((day, shift.id), people)


def _contract(period: Period, contract: Contract) -> Json:
    rules = [*_limits(contract), *_wishes(period, contract)]
    rules += [
        _unwanted(period.patterns[name])
        for name in contract.patterns
        if period.patterns[name].weight
    ]
    return {"id": contract.id, "pay": {"hourly_rate": 0}, "rules": rules}


def _limits(contract: Contract) -> Iterator[Json]:
    for name, limit in contract.limits.items():
        kind, field = LIMITS[name]
        asks_for_nothing = name.startswith("MinConsecutive") and limit.value < 2
        if not limit.weight or asks_for_nothing:
            continue
        rule: Json = {"kind": kind, field: limit.value, "weight": limit.weight}
        if name.startswith("MinConsecutive"):
            rule |= CLOSED
        if "Weekends" in name:
            rule["weekend"] = list(contract.weekend)
        yield rule


def _wishes(period: Period, contract: Contract) -> Iterator[Json]:
    weekend = {"weekend": list(contract.weekend)}
    nights = [shift.id for shift in period.shifts if shift.id == NIGHT]
    skills = {shift.id: list(shift.skills) for shift in period.shifts if shift.skills}
    rules: dict[str, Json] = {
        "CompleteWeekends": {"kind": "complete_weekends", **weekend},
        "IdenticalShiftTypesDuringWeekend": {"kind": "identical_weekends", **weekend},
    }
    if nights:
        rested = {"kind": "no_night_before_free_weekend", "templates": nights, **weekend}
        rules["NoNightShiftBeforeFreeWeekend"] = rested
    if skills:
        rules["AlternativeSkillCategory"] = {"kind": "template_skills", "skills": skills}
    for name, weight in contract.wishes.items():
        if name in rules and weight:
            yield {**rules[name], "weight": weight}


def _unwanted(pattern: Pattern) -> Json:
    words = {ANY: "any", NONE: "off"}
    rule: Json = {
        "kind": "unwanted_pattern",
        "pattern": [words.get(entry.shift) or [entry.shift] for entry in pattern.entries],
        "weight": pattern.weight,
    }
    if pattern.entries[0].weekday is not None:
        rule["starts_on"] = pattern.entries[0].weekday
    return rule


def _employee(period: Period, nurse: Nurse) -> Json:
    return {
        "id": nurse.id,
        "contract": nurse.contract,
        "skills": dict.fromkeys(nurse.skills, 1.0),
        "requests": [
            {
                "wants": wish.wants,
                "day": wish.day.isoformat(),
                "weight": wish.weight,
                **({} if wish.shift is None else {"template": wish.shift}),
            }
            for wish in period.wishes
            if wish.nurse == nurse.id
        ],
    }
