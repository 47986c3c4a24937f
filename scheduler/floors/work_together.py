"""People who work at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Id, Location
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.team import Team
from .pairing import PairingFloor, posted, seen

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock


class WorkTogether(PairingFloor):
    """Whenever one of `employees` is inside a shift, all of them are.

    By "shift", all of them work the same template on the same day. Breaks count as time inside the
    shift; a shift that began before the horizon counts in the horizon's hours.

    Notes
    -----
    n · p[e, t] ≤ Σ_e' p[e', t] for each of the n employees e and every slot t, p[e, t] = 1 if
    employee e is inside a shift. Weighted: the people missing beside another, summed over intervals
    (or shifts).

    Source: car pools and fixed teams; "paired" employees of commercial rostering systems.

    Examples
    --------
    Holds: both work 06:00 to 14:00, or neither works.

    Broken, by 8 intervals of 15 minutes: 06:00 to 14:00 and 07:00 to 15:00.
    """

    unit: ClassVar[str] = "person missing"
    example: ClassVar[dict[str, object]] = {
        "kind": "work_together",
        "employees": ["Ana", "Ben"],
        "by": "shift",
    }

    kind: Literal["work_together"] = "work_together"
    employees: Annotated[tuple[Id, ...], Field(min_length=2)]

    @property
    def subject(self) -> str:
        """The people."""
        return ", ".join(self.employees)

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the people up."""
        yield from self.own_faults(instance, employees=self.employees)

    def post(self, block: CoverageBlock) -> None:
        """Let nobody be there unless all are."""
        horizon, size = block.instance.horizon, len(self.employees)
        for encounter, times, counts in posted(block, self, self.employees):
            together = block.total(counts.values())
            missing = block.missing(self, encounter.near(horizon), size - 1, unit=100 * times)
            for present in counts.values():
                block.model.add(together + missing >= size * present)

    def check(self, team: Team) -> Iterator[Finding]:
        """See who is missing where somebody is there."""
        for encounter, there in seen(team, self, self.employees):
            missing = [name for name in self.employees if name not in there]
            if there and missing:
                message = f"{' and '.join(sorted(there))} without {' and '.join(missing)}"
                when = encounter.label(team.instance.horizon)
                yield self.breach(when, len(missing), message)
