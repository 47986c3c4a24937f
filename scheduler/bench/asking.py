"""What a planted schedule keeps is what the instance asks for: demand, floors and rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..models.instance import Instance
from ..models.schedule import Schedule
from ..queueing import required_hundredths
from . import centre
from .patterns import LONGEST_RUN, MOST_WEEKENDS
from .planted import START, moment_of, schedule_of
from .planting import REST_BETWEEN, PlantedShift, plant
from .promises import SKILLED, TARGET, WITHIN_SECONDS, floors, served
from .staff import CONTRACTED, ON_ONE_DAY, PAID, Draw, Person
from .team import WEEK, TeamPlan

STEADY = 30
"""Minutes over which demand stays the same, unless hours are tight."""
PERCENT_NEEDED = 97
"""Of what everybody gives who works all of their hours, where hours are tight."""
RATES = {"full": 20, "part": 18, "lead": 25}
HANDLE_SECONDS = 240
PATIENCE_SECONDS = 240
"""Of the variant with rules; in the others nobody gives up."""
MIN_HOURS = 0.8
"""Share of the contracted minutes that everybody gets, with the rules."""
ABSENT = 0.15
"""Chance of a person to be unavailable on a day off of the planted week."""

Whole = NDArray[np.int64]
SHOWN = {
    "slack": "About two thirds of the contracted hours are needed",
    "tight": "Nearly all contracted hours are needed",
    "rules": "Minimum hours, two days off in a row and whole weekends",
}


def planted_instance(plan: TeamPlan) -> tuple[Instance, Schedule]:
    """Make an instance, and the schedule that it was made from."""
    team, shifts = plant(plan)
    data = {
        "name": plan.name,
        "description": (
            f"{SHOWN[plan.variant]}: {plan.people} people, days: {plan.days}. "
            f"Made by `scheduler bench generate`, seed {plan.seed}."
        ),
        "horizon": {"start": START, "days": plan.days, "interval_minutes": plan.interval_minutes},
        "skills": [*centre.SHARES, SKILLED, "lead"],
        "services": [_service(plan, service, shifts) for service in centre.SHARES],
        "floors": floors(plan, shifts),
        "templates": [centre.template(plan, length) for length in PAID],
        "contracts": [_contract(plan, kind) for kind in CONTRACTED],
        "employees": _employees(plan, team, shifts),
    }
    return Instance.model_validate(data), schedule_of(plan, shifts)


def _service(plan: TeamPlan, name: str, shifts: Sequence[PlantedShift]) -> dict[str, Any]:
    opens, closes = centre.hours(plan, name)
    window = {"start": f"{opens:02d}:00", "end": f"{closes:02d}:00"}
    staff = _steady(plan, served(plan, name, shifts))
    if plan.variant == "tight":
        staff = staff * PERCENT_NEEDED // 100
    staff = np.where(staff < 100, 0, staff)  # less than one person keeps no promise
    demand: dict[str, Any]
    if name == "phones":
        arrivals = _arrivals(plan, staff)
        demand = {"kind": "arrivals", "handle_time_seconds": HANDLE_SECONDS, "values": arrivals}
        if _patience(plan):
            demand["patience_seconds"] = PATIENCE_SECONDS
    else:
        demand = {"kind": "staff", "values": [int(v) / 100 for v in staff.flat]}
    if plan.interval_minutes < _steady_minutes(plan):
        demand["interval_minutes"] = STEADY
    return {"id": name, "skill": name, "opening_hours": [window], "demand": demand}


def _steady(plan: TeamPlan, staff: Whole) -> Whole:
    """Give the least staff of every half hour, so that few breaks show in the demand."""
    together = _steady_minutes(plan) // plan.interval_minutes
    least: Whole = staff.reshape(plan.days, -1, together).min(axis=2)
    return least


def _steady_minutes(plan: TeamPlan) -> int:
    return plan.interval_minutes if plan.variant == "tight" else STEADY


def _patience(plan: TeamPlan) -> int | None:
    return PATIENCE_SECONDS if plan.variant == "rules" else None


def _arrivals(plan: TeamPlan, staff: Whole) -> list[float]:
    """Give the calls that this staff still answers in time."""
    most = int(staff.max()) / 100 * 3600 / HANDLE_SECONDS
    hourly = np.arange(0, most + 0.5, 0.5)
    needs = required_hundredths(
        "service_level",
        TARGET,
        hourly,
        HANDLE_SECONDS,
        patience_seconds=_patience(plan),
        within_seconds=WITHIN_SECONDS,
    )
    rates = hourly[np.searchsorted(needs, staff.ravel(), side="right") - 1]
    per_value = _steady_minutes(plan) / 60
    return [round(float(rate) * per_value, 2) for rate in rates]


def _contract(plan: TeamPlan, kind: str) -> dict[str, Any]:
    minutes = (ON_ONE_DAY if plan.days == 1 else CONTRACTED)[kind]
    weekly: dict[str, Any] = {"kind": "weekly_minutes", "max_minutes": minutes}
    rules: list[dict[str, Any]] = [
        weekly,
        {"kind": "weekly_shifts", "max_shifts": 5},
        {"kind": "min_rest", "rest_minutes": REST_BETWEEN},
        {"kind": "max_consecutive_days", "days": LONGEST_RUN},
    ]
    if plan.variant == "rules":
        weekly["min_minutes"] = round(MIN_HOURS * minutes)
        rules += [
            {"kind": "min_consecutive_days_off", "days": 2},
            {"kind": "complete_weekends"},
        ]
        if plan.weeks > 1:
            most = max(1, plan.weeks * MOST_WEEKENDS // 4)
            rules.append({"kind": "max_weekends", "weekends": most})
    return {"id": kind, "pay": {"hourly_rate": RATES[kind]}, "rules": rules}


def _employees(
    plan: TeamPlan, team: Sequence[Person], shifts: Sequence[PlantedShift]
) -> list[dict[str, Any]]:
    draw = Draw(f"absences {plan.told}")
    worked = {(shift.person.name, shift.day) for shift in shifts}
    found = []
    for person in team:
        entry: dict[str, Any] = {
            "id": person.name,
            "contract": person.contract,
            "skills": person.skills,
        }
        absent = []
        for week in range(plan.weeks if plan.days > 1 else 0):
            days = range(week * WEEK, (week + 1) * WEEK)
            off = [day for day in days if (person.name, day) not in worked]
            if draw.share() < ABSENT and off:
                absent.append(draw.pick(off))
        if absent:
            entry["unavailable"] = [
                {"start": moment_of(day, 0), "end": moment_of(day + 1, 0)} for day in absent
            ]
        found.append(entry)
    return found
