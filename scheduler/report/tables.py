"""A schedule as pandas frames. Times carry the horizon's time zone, so that none stands twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ..models.roster import duty_of
from .coverage import staffing_of
from .hours import hours_of

if TYPE_CHECKING:
    from ..models.horizon import Horizon
    from ..models.instance import Instance
    from ..models.schedule import Schedule, Shift

SHIFTS = (
    "employee",
    "day",
    "template",
    "start",
    "end",
    "paid_minutes",
    "break_minutes",
    "services",
    "skill",
)
COVERAGE = (
    "service",
    "start",
    "open",
    "demand_kind",
    "demand",
    "needed_staff",
    "effective_staff",
    "people",
    "missing",
)
HOURS = (
    "employee",
    "contract",
    "shifts",
    "paid_hours",
    "contracted_hours_per_week",
    "overtime_hours",
)


def shifts_frame(instance: Instance, schedule: Schedule) -> pd.DataFrame:
    """One row per shift.

    Parameters
    ----------
    instance
        What was planned.
    schedule
        Its schedule.

    Returns
    -------
    Columns: employee, day (ISO date), template, start, end, paid_minutes, break_minutes, services,
    in the order in which they are first served, separated by ", ", and skill, where the shift is
    worked in a certain one.
    """
    rows = [_shift(instance.horizon, shift) for shift in schedule.shifts]
    return _with_times(instance, pd.DataFrame(rows, columns=list(SHIFTS)), "start", "end")


def _shift(horizon: Horizon, shift: Shift) -> dict[str, Any]:
    duty = duty_of(horizon, shift)
    pauses = [(horizon.minute_of(b.start), horizon.minute_of(b.end)) for b in shift.breaks]
    return {
        "employee": shift.employee,
        "day": shift.day.isoformat(),
        "template": shift.template,
        "start": duty.start,
        "end": duty.end,
        "paid_minutes": duty.paid_minutes,
        "break_minutes": sum(end - start for start, end in pauses),
        "services": ", ".join(dict.fromkeys(segment.service for segment in shift.work)),
        "skill": shift.skill or "",
    }


def coverage_frame(instance: Instance, schedule: Schedule) -> pd.DataFrame:
    """One row per service and interval.

    Returns
    -------
    Columns: service, start, open, demand_kind (staff or arrivals), demand (its amount),
    needed_staff (what coverage and service-level floors ask for; missing where none does),
    effective_staff, people (who serve, by head) and missing.
    """
    rows = [
        (
            row.service,
            row.minute,
            row.open,
            instance.service(row.service).demand.kind,
            row.demand,
            row.needed,
            row.staff,
            row.people,
            row.missing,
        )
        for row in staffing_of(instance, schedule)
    ]
    frame = pd.DataFrame(rows, columns=list(COVERAGE)).astype({"needed_staff": float})
    return _with_times(instance, frame, "start")


def hours_frame(instance: Instance, schedule: Schedule) -> pd.DataFrame:
    """One row per employee, also for those without a shift.

    Returns
    -------
    Columns: employee, contract, shifts, paid_hours, contracted_hours_per_week (missing where the
    contract knows no overtime) and overtime_hours.
    """
    rows = [
        (
            person.employee,
            person.contract,
            person.shifts,
            person.paid_minutes / 60,
            _hours(person.contracted_minutes_per_week),
            person.overtime_minutes / 60,
        )
        for person in hours_of(instance, schedule)
    ]
    return pd.DataFrame(rows, columns=list(HOURS)).astype({"contracted_hours_per_week": float})


def _hours(minutes: int | None) -> float | None:
    return None if minutes is None else minutes / 60


def _with_times(instance: Instance, frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Turn minutes since the horizon's start into local times."""
    origin = pd.Timestamp(instance.horizon.local(0))
    for column in columns:
        frame[column] = origin + pd.to_timedelta(frame[column].astype(int), unit="min")
    return frame
