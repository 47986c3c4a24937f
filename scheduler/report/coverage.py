"""Staff against need, service by service and interval by interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..grammar import read_schedule

if TYPE_CHECKING:
    from ..models.horizon import Slot
    from ..models.instance import Instance
    from ..models.schedule import Schedule
    from ..models.service import Service
    from ..models.team import Team


@dataclass(frozen=True, slots=True)
class Staffing:
    """One service in one interval."""

    service: str
    slot: Slot
    minute: int
    """Start, in minutes since the horizon starts."""
    open: bool
    demand: float
    needed: float | None
    """Effective staff that the floors ask for; None where none asks for a number."""
    staff: float
    """Effective staff: proficiencies of those who serve, added up."""
    people: int
    """Those who serve, by head."""

    @property
    def missing(self) -> float:
        """Effective staff short of the need."""
        return round(max(0.0, (self.needed or 0.0) - self.staff), 2)


def staffing_of(instance: Instance, schedule: Schedule) -> tuple[Staffing, ...]:
    """Give every service and interval, service by service."""
    team = read_schedule(instance, schedule).team
    return tuple(row for service in instance.services for row in _rows(service, team))


def _rows(service: Service, team: Team) -> list[Staffing]:
    instance = team.instance
    needed = needed_staff(instance, service.id)
    demand = service.demand.by_slot(instance.horizon)
    staff, people = team.effective(service.id), team.serves(service.id).sum(axis=0)
    return [
        Staffing(
            service=service.id,
            slot=slot,
            minute=slot.index * instance.horizon.interval_minutes,
            open=service.is_open(slot),
            demand=demand[slot.index],
            needed=needed.get(slot.index),
            staff=int(staff[slot.index]) / 100,
            people=int(people[slot.index]),
        )
        for slot in instance.horizon.slots
    ]


def needed_staff(instance: Instance, service: str) -> Mapping[int, float]:
    """Effective staff by slot that the most demanding floor on a service asks for."""
    needed: dict[int, float] = {}
    for floor in instance.floors_on(service):
        for slot, staff in (floor.needed(instance) or {}).items():
            needed[slot] = max(staff, needed.get(slot, 0.0))
    return needed
