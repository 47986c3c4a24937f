"""The planted schedule as a schedule of ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ..models.schedule import PlannedBreak, Schedule, Shift, WorkSegment
from . import centre
from .planting import PlantedShift
from .team import TeamPlan

START = date(2026, 6, 1)
"""A Monday; no clock changes in the weeks after it."""


def moment_of(day: int, minutes: int) -> datetime:
    """Give the local time so many minutes after a day's midnight."""
    return datetime.combine(START, datetime.min.time()) + timedelta(days=day, minutes=minutes)


def schedule_of(plan: TeamPlan, shifts: Sequence[PlantedShift]) -> Schedule:
    """Write shifts, breaks and work down with their times."""
    return Schedule(shifts=tuple(_shift(plan, shift) for shift in shifts))


def _shift(plan: TeamPlan, shift: PlantedShift) -> Shift:
    step = plan.interval_minutes

    def at(slot: int) -> datetime:
        return moment_of(shift.day, slot * step)

    return Shift(
        employee=shift.person.name,
        day=START + timedelta(days=shift.day),
        template=centre.template_id((shift.last - shift.first) * step),
        start=at(shift.first),
        end=at(shift.last),
        breaks=tuple(
            PlannedBreak(id=name, start=at(first), end=at(last), paid=paid)
            for name, first, last, paid in shift.breaks
        ),
        work=tuple(
            WorkSegment(service=shift.work[run[0]], start=at(run[0]), end=at(run[-1] + 1))
            for run in _runs(shift.work)
        ),
    )


def _runs(work: dict[int, str]) -> list[list[int]]:
    """Put slots together that follow each other with the same service."""
    runs: list[list[int]] = []
    for slot, service in work.items():
        if runs and runs[-1][-1] == slot - 1 and work[slot - 1] == service:
            runs[-1].append(slot)
        else:
            runs.append([slot])
    return runs
