"""Somebody serves while the service is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count, Location
from ..models.finding import Finding
from ..models.horizon import Slot
from ..models.instance import Instance
from ..models.team import Team
from .services import ServiceFloor, unknown_service

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock


class Opening(ServiceFloor):
    """While the service is open, at least `at_least` people serve it, customers or none.

    It counts heads, not pace: a channel that is open is never left alone.

    Notes
    -----
    Σ_p serve[p, s, t] ≥ at_least. Weighted: the missing person-intervals.

    Source: opening hours as part of the customer access strategy; Cleveland, "Call Center
    Management on Fast Forward".

    Examples
    --------
    Holds: from eight to six one of two people is at the phone, and the other at lunch.

    Broken, by one person-interval: both are at lunch from 12:00 to 12:15.
    """

    promise: ClassVar[str] = "access"
    example: ClassVar[dict[str, object]] = {"kind": "opening", "service": "phones"}

    kind: Literal["opening"] = "opening"
    at_least: Annotated[Count, Field(ge=1)] = 1

    @property
    def wording(self) -> str:
        """The fewest who serve."""
        serve = "person serves" if self.at_least == 1 else "people serve"
        return f"at least {self.at_least} {serve} while it is open"

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the service up."""
        yield from unknown_service(instance, self.service)

    def _slots(self, instance: Instance) -> Iterator[Slot]:
        service = instance.service(self.service)
        for slot in instance.horizon.slots:
            if self.holds_in(slot) and service.is_open(slot):
                yield slot

    def post(self, block: CoverageBlock) -> None:
        """Count who serves, in every slot."""
        able = block.qualified(block.instance.service(self.service).skill)
        for slot in self._slots(block.instance):
            there = block.total(block.serving(p, self.service, slot.index) for p in able)
            block.require(self, slot.index, there, self.at_least, most=self.at_least, unit=100)

    def check(self, team: Team) -> Iterator[Finding]:
        """Count who serves, in every slot."""
        there = team.serves(self.service).sum(axis=0)
        for slot in self._slots(team.instance):
            missing = self.at_least - int(there[slot.index])
            if missing > 0:
                message = f"{there[slot.index]} of {self.at_least} people serve while it is open"
                yield self.violation(team, slot, missing, message)
