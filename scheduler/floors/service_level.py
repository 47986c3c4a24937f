"""So many customers answered within so many seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Location, Number
from ..models.demand import ArrivalsDemand
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.team import Team
from ..queueing.erlang import required_staff_hundredths, service_level
from .services import ServiceFloor, unknown_service

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock


class ServiceLevel(ServiceFloor):
    """In every interval, a share of the customers is answered within a number of seconds.

    The share follows from arrivals, handle time and effective staff by Erlang's delay formula;
    between whole numbers of staff it is interpolated. Customers who wait do not hang up in it.

    Notes
    -----
    SL(n) = 1 − C(a, n) · exp(−(n − a) · T / h) ≥ target, a = arrivals · h / interval; the least
    such n is the staff that the interval needs. Weighted: the missing person-intervals.

    Source: A. K. Erlang, 1917; service level as in Cleveland, "Call Center Management on Fast
    Forward".

    Examples
    --------
    Holds for 80 % in 20 s with 100 calls of 180 s in 30 minutes: 14 people (88.8 %).

    Broken, by about 0.04 person-intervals: 13 people (79.6 %).
    """

    promise: ClassVar[str] = "access"
    example: ClassVar[dict[str, object]] = {
        "kind": "service_level",
        "service": "phones",
        "target": 0.8,
        "within_seconds": 20,
    }

    kind: Literal["service_level"] = "service_level"
    target: Annotated[Number, Field(gt=0, lt=1)]
    """Share of customers, such as 0.8."""
    within_seconds: Annotated[Number, Field(le=86_400)]
    scope: Literal["interval"] = "interval"
    """Over what the share is taken."""

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the service and its demand up."""
        yield from unknown_service(instance, self.service)
        for service in instance.services:
            if service.id == self.service and service.demand.kind != "arrivals":
                message = f"the demand of '{service.id}' is staff: a service level needs arrivals"
                yield ("service",), message

    def _loads(self, instance: Instance) -> tuple[Mapping[int, float], float]:
        """Offered load by slot where the floor holds, and the handle time."""
        service = instance.service(self.service)
        assert isinstance(service.demand, ArrivalsDemand)  # `faults` has looked
        erlangs = service.demand.erlangs(instance.horizon)
        slots = [s for s in instance.horizon.slots if self.holds_in(s) and service.is_open(s)]
        loads = {slot.index: erlangs[slot.index] for slot in slots}
        return loads, service.demand.handle_time_seconds

    def needed(self, instance: Instance) -> Mapping[int, float]:
        """Give the least staff that reaches the target."""
        loads, handle_time = self._loads(instance)
        within = self.within_seconds
        return {
            slot: required_staff_hundredths(erlangs, self.target, within, handle_time) / 100
            for slot, erlangs in loads.items()
        }

    def post(self, block: CoverageBlock) -> None:
        """Demand the staff that the formula asks for."""
        loads, handle_time = self._loads(block.instance)
        for slot, erlangs in loads.items():
            need = required_staff_hundredths(erlangs, self.target, self.within_seconds, handle_time)
            if need > 0:
                staff = block.effective(self.service, slot)
                block.require(self, slot, staff, need, most=need)

    def check(self, team: Team) -> Iterator[Finding]:
        """Compute the level that the effective staff reaches."""
        loads, handle_time = self._loads(team.instance)
        staff = team.effective(self.service)
        for index, erlangs in loads.items():
            people = float(staff[index]) / 100
            level = service_level(erlangs, people, self.within_seconds, handle_time)
            if level < self.target - 1e-9:
                need = required_staff_hundredths(
                    erlangs, self.target, self.within_seconds, handle_time
                )
                message = (
                    f"{level:.1%} answered within {self.within_seconds:g} s, {self.target:.0%} "
                    f"promised; {people:g} of {need / 100:g} people"
                )
                slot = team.instance.horizon.slots[index]
                yield self.violation(team, slot, need / 100 - people, message)
