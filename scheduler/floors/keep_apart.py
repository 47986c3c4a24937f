"""People who do not work beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count, Id, Location
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.team import Team
from .pairing import PairingFloor, posted, seen

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock


class KeepApart(PairingFloor):
    """At any time, at most `at_most` of `employees` are inside a shift.

    By "shift", at most so many of them work the same template on the same day. Breaks count as time
    inside the shift; a shift that began before the horizon counts in the horizon's hours.

    Notes
    -----
    Σ_e p[e, t] ≤ at_most for every slot t, p[e, t] = 1 if employee e is inside a shift. Weighted:
    the people too many, summed over intervals (or shifts).

    Source: relatives, or the two keys of a safe, that house rules keep apart; "incompatible"
    employees of commercial rostering systems.

    Examples
    --------
    Holds: one of the two works 06:00 to 14:00, the other 14:00 to 22:00.

    Broken, by 4 intervals of 15 minutes: 06:00 to 14:00 and 13:00 to 21:00.
    """

    unit: ClassVar[str] = "person too many"
    example: ClassVar[dict[str, object]] = {"kind": "keep_apart", "employees": ["Ana", "Ben"]}

    kind: Literal["keep_apart"] = "keep_apart"
    employees: Annotated[tuple[Id, ...], Field(min_length=2)]
    at_most: Annotated[Count, Field(ge=1)] = 1
    """How many of them may be there together."""

    @property
    def subject(self) -> str:
        """The people."""
        return ", ".join(self.employees)

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the people up."""
        yield from self.own_faults(instance, employees=self.employees)

    def post(self, block: CoverageBlock) -> None:
        """Limit how many are there."""
        horizon = block.instance.horizon
        for encounter, times, counts in posted(block, self, self.employees):
            room = self.at_most - block.total(counts.values())
            most = len(counts) - self.at_most
            if most > 0:
                block.require(self, encounter.near(horizon), room, 0, most, unit=100 * times)

    def check(self, team: Team) -> Iterator[Finding]:
        """Count who is there."""
        for encounter, there in seen(team, self, self.employees):
            if len(there) > self.at_most:
                message = f"{' and '.join(sorted(there))} work beside each other"
                when = encounter.label(team.instance.horizon)
                yield self.breach(when, len(there) - self.at_most, message)
