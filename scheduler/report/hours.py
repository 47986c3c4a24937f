"""Hours of every employee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..grammar import read_schedule

if TYPE_CHECKING:
    from ..models.instance import Instance
    from ..models.roster import Roster
    from ..models.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Hours:
    """What one person works in the horizon."""

    employee: str
    contract: str
    shifts: int
    paid_minutes: int
    contracted_minutes_per_week: int | None
    """None where the contract knows no overtime."""
    overtime_minutes: int


def hours_of(instance: Instance, schedule: Schedule) -> tuple[Hours, ...]:
    """Count the hours of every employee, in the order of the instance."""
    return tuple(_hours(roster) for roster in read_schedule(instance, schedule).rosters)


def _hours(roster: Roster) -> Hours:
    overtime = roster.instance.contract_of(roster.employee).pay.overtime
    contracted = None if overtime is None else overtime.contracted_minutes_per_week
    return Hours(
        employee=roster.employee.id,
        contract=roster.employee.contract,
        shifts=len(roster.planned),
        paid_minutes=sum(duty.paid_minutes for duty in roster.planned),
        contracted_minutes_per_week=contracted,
        overtime_minutes=0 if contracted is None else _overtime(roster, contracted),
    )


def _overtime(roster: Roster, contracted: int) -> int:
    """Count minutes beyond the contracted ones, week by week; what was worked before is not new."""
    total = 0
    for week in roster.horizon.weeks():
        worked = sum(duty.paid_minutes for duty in roster.duties if duty.day in week)
        before = sum(d.paid_minutes for d in roster.duties if d.day in week and d.day < 0)
        total += max(0, worked - max(contracted, before))
    return total
