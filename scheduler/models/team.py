"""What the whole team does in every slot: what service floors are judged on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .employee import Employee
    from .instance import Instance
    from .roster import Roster

NOTHING = -1
"""In `Team.serving`: serves no service."""


@dataclass(frozen=True)
class Team:
    """Duty and work of every employee in every slot of the horizon."""

    instance: Instance
    on_duty: NDArray[np.bool_]
    """Employees × slots: inside a shift and not on a break."""
    serving: NDArray[np.int64]
    """Employees × slots: position of the service in the instance, or `NOTHING`."""
    rosters: tuple[Roster, ...]
    """Duties of every employee, in the order of the instance."""

    def roster_of(self, employee: str) -> Roster:
        """Give the duties of an employee."""
        return self._rosters[employee]

    @cached_property
    def _rosters(self) -> dict[str, Roster]:
        return {roster.employee.id: roster for roster in self.rosters}

    def serves(self, service: str) -> NDArray[np.bool_]:
        """Employees × slots: who serves the service when."""
        served: NDArray[np.bool_] = self.serving == self._positions[service]
        return served

    def effective(self, service: str) -> NDArray[np.int64]:
        """Effective staff of the service in every slot, in hundredths of a person."""
        staff: NDArray[np.int64] = self.paces(service) @ self.serves(service)
        return staff

    def free(self, service: str) -> NDArray[np.int64]:
        """Staff on duty who could serve the service but serve nothing, in hundredths."""
        idle = self.on_duty & (self.serving == NOTHING)
        staff: NDArray[np.int64] = self.paces(service) @ idle
        return staff

    def paces(self, service: str) -> NDArray[np.int64]:
        """Effective staff that each employee counts for, in hundredths; 0 without the skill."""
        found = self.instance.service(service)
        levels = [e.skills.get(found.skill, 0) for e in self.instance.employees]
        return np.array([found.pace_hundredths(level) for level in levels], dtype=np.int64)

    def qualified(self, skill: str, min_proficiency: float | None = None) -> NDArray[np.bool_]:
        """Tell which employees have the skill, at a level if one is given."""
        return np.array(
            [is_qualified(e, skill, min_proficiency) for e in self.instance.employees], dtype=bool
        )

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {service.id: i for i, service in enumerate(self.instance.services)}


def is_qualified(employee: Employee, skill: str, min_proficiency: float | None = None) -> bool:
    """Tell whether a person has a skill, at a level if one is given."""
    return skill in employee.skills and employee.skills[skill] >= (min_proficiency or 0)
