"""Trainees work beside mentors."""

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


class Mentoring(PairingFloor):
    """Whenever `trainees` are inside a shift, a mentor of `mentors` is there for each of them.

    A mentor may look after several, at most `trainees_per_mentor`. By "shift", trainees and mentors
    work the same template on the same day. Breaks count as time inside the shift; a shift that
    began before the horizon counts in the horizon's hours.

    Notes
    -----
    Σ_{e a trainee} p[e, t] ≤ trainees_per_mentor · Σ_{e a mentor} p[e, t] for every slot t, p[e, t]
    = 1 if employee e is inside a shift. Weighted: the trainees alone, summed over intervals (or
    shifts).

    Source: supervision of apprentices; Directive 94/33/EC on young people at work, article 7.

    Examples
    --------
    Holds: the trainee works 08:00 to 12:00, a mentor 06:00 to 14:00.

    Broken, by 8 intervals of 15 minutes: the trainee works 08:00 to 16:00, the mentor 06:00 to
    14:00.
    """

    unit: ClassVar[str] = "trainee alone"
    example: ClassVar[dict[str, object]] = {
        "kind": "mentoring",
        "trainees": ["Eva"],
        "mentors": ["Ana", "Ben"],
    }

    kind: Literal["mentoring"] = "mentoring"
    trainees: Annotated[tuple[Id, ...], Field(min_length=1)]
    mentors: Annotated[tuple[Id, ...], Field(min_length=1)]
    trainees_per_mentor: Annotated[Count, Field(ge=1)] = 1
    """Trainees that one mentor can look after at a time."""

    @property
    def subject(self) -> str:
        """The trainees."""
        return ", ".join(self.trainees)

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the people up; nobody is a trainee and a mentor."""
        yield from self.own_faults(instance, trainees=self.trainees, mentors=self.mentors)

    def post(self, block: CoverageBlock) -> None:
        """Compare trainees with the places that mentors give."""
        horizon = block.instance.horizon
        for encounter, times, counts in posted(block, self, (*self.trainees, *self.mentors)):
            learning = block.total(counts.get(name, 0) for name in self.trainees)
            places = self.trainees_per_mentor * block.total(
                counts.get(name, 0) for name in self.mentors
            )
            slot, most = encounter.near(horizon), len(self.trainees)
            block.require(self, slot, places, learning, most, unit=100 * times)

    def check(self, team: Team) -> Iterator[Finding]:
        """Count trainees and mentors."""
        for encounter, there in seen(team, self, (*self.trainees, *self.mentors)):
            learning = sorted(there & set(self.trainees))
            mentors = len(there & set(self.mentors))
            alone = len(learning) - self.trainees_per_mentor * mentors
            if alone > 0:
                message = f"{' and '.join(learning)} with {mentors} mentors"
                yield self.breach(encounter.label(team.instance.horizon), alone, message)
