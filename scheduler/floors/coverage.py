"""Enough people in every interval."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Hundredths, Location, WholeMoney
from ..models.demand import StaffDemand
from ..models.finding import Finding, Violation
from ..models.horizon import Slot
from ..models.instance import Instance
from ..models.team import Team
from .services import ServiceFloor, unknown_service

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock


class Coverage(ServiceFloor):
    """In every interval, the effective staff of a service reaches its demand.

    Where the demand is arrivals, or to promise something else than the demand, give `staff`: so
    many people while the service is open. With `over_weight`, people who serve beyond the demand,
    or could serve and serve nothing, cost money, so that hours move to where they are needed.

    Notes
    -----
    Σ_p pace[p, s] · serve[p, s, t] ≥ demand[s, t], where a person's pace is their proficiency, less
    the service's shrinkage. Weighted: the missing person-intervals.
    Over-staffing: (Σ_p pace[p, s] · (serve[p, s, t] + idle[p, t]) − demand[s, t])⁺.

    Source: Dantzig, "A comment on Edie's traffic delays at toll booths", 1954.

    Examples
    --------
    Holds: 2.5 people needed; one of proficiency 1.0 and two of 0.8 serve.

    Broken, by 0.7 person-intervals: 2.5 needed; one of 1.0 and one of 0.8 serve.
    """

    promise: ClassVar[str] = "access"
    example: ClassVar[dict[str, object]] = {"kind": "coverage", "service": "registers"}

    kind: Literal["coverage"] = "coverage"
    staff: Annotated[Hundredths, Field(ge=0, le=100_000)] | None = None
    """People promised instead of the demand."""
    over_weight: WholeMoney | None = None
    """Money for a person-interval beyond the demand."""

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the service and its demand up."""
        yield from unknown_service(instance, self.service)
        for service in instance.services:
            if service.id == self.service and self.staff is None and service.demand.kind != "staff":
                message = (
                    f"the demand of '{service.id}' is arrivals: give staff, or a service_level"
                )
                yield ("staff",), message

    def _need(self, instance: Instance) -> Mapping[int, int]:
        """Hundredths of a person by slot, where the floor holds."""
        service = instance.service(self.service)
        if self.staff is not None:
            demand = [self.staff] * len(instance.horizon.slots)
        else:
            assert isinstance(service.demand, StaffDemand)  # `faults` has looked
            demand = list(service.demand.by_slot(instance.horizon))
        return {
            slot.index: math.ceil(demand[slot.index] * 100 - 1e-6)
            for slot in instance.horizon.slots
            if self.holds_in(slot) and service.is_open(slot)
        }

    def needed(self, instance: Instance) -> Mapping[int, float]:
        """Give the demand, or the staff promised instead."""
        return {slot: need / 100 for slot, need in self._need(instance).items()}

    def post(self, block: CoverageBlock) -> None:
        """Demand the staff of every slot, and charge what is beyond."""
        for slot, need in self._need(block.instance).items():
            if need > 0:
                block.require_staff(self, self.service, slot, need)
            if self.over_weight:
                staff = block.effective(self.service, slot)
                most = block.most_effective(self.service)
                surplus = block.model.new_int_var(0, most, "")
                block.model.add(surplus >= staff + block.free(self.service, slot) - need)
                block.ledger.charge(self.kind, self.over_weight, surplus)

    def check(self, team: Team) -> Iterator[Finding]:
        """Compare staff with demand in every slot."""
        staff, free = team.effective(self.service), team.free(self.service)
        for index, need in self._need(team.instance).items():
            slot = team.instance.horizon.slots[index]
            if staff[index] < need:
                missing = (need - int(staff[index])) / 100
                message = f"{staff[index] / 100:g} of {need / 100:g} people"
                yield self.violation(team, slot, missing, message)
            surplus = int(staff[index] + free[index]) - need
            if self.over_weight and surplus > 0:
                yield self._surplus(team, slot, surplus)

    def _surplus(self, team: Team, slot: Slot, surplus: int) -> Violation:
        minute = slot.index * team.instance.horizon.interval_minutes
        return Violation(
            kind=self.kind,
            who=self.service,
            when=team.instance.horizon.label(minute),
            amount=surplus / 100,
            unit="person-interval beyond the demand",
            message=f"{surplus / 100:g} people more than needed",
            cost=Decimal((self.over_weight or 0) * surplus) / 100,
        )
