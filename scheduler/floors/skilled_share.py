"""Enough skilled people among those who serve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Hundredths, Id, Location, hundredths
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.team import Team
from .services import ServiceFloor, unknown_service, unknown_skill

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock


class SkilledShare(ServiceFloor):
    """Of those who serve a service, at least a share has a skill, or a level of proficiency.

    Where nobody serves, the promise holds.

    Notes
    -----
    Σ_{p skilled} serve[p, s, t] ≥ share · Σ_p serve[p, s, t]. Weighted: the missing part of a
    skilled person, in person-intervals.

    Source: quality of contact as a promise of its own; Cleveland, "Quality and Service Level Work
    Together".

    Examples
    --------
    Holds with a share of 0.5: one senior and one junior serve.

    Broken, by 0.5 person-intervals: one senior and two juniors serve.
    """

    promise: ClassVar[str] = "quality"
    more_is_never_worse: ClassVar[bool] = False
    example: ClassVar[dict[str, object]] = {
        "kind": "skilled_share",
        "service": "phones",
        "skill": "senior",
        "share": 0.5,
    }

    kind: Literal["skilled_share"] = "skilled_share"
    share: Annotated[Hundredths, Field(gt=0, le=1)]
    skill: Id | None = None
    """Skill that counts; the service's own, if left out."""
    min_proficiency: Annotated[Hundredths, Field(gt=0, le=10)] | None = None
    """Proficiency in it from which on a person counts."""

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look service and skill up."""
        yield from unknown_service(instance, self.service)
        yield from unknown_skill(instance, self.skill)
        if self.skill is None and self.min_proficiency is None:
            yield (), "expected a skill, a min_proficiency or both"

    def _skill(self, instance: Instance) -> str:
        return self.skill or instance.service(self.service).skill

    def post(self, block: CoverageBlock) -> None:
        """Compare the skilled with all who serve, in hundredths of a person."""
        everybody = block.qualified(block.instance.service(self.service).skill)
        skilled = block.qualified(self._skill(block.instance), self.min_proficiency)
        share = hundredths(self.share)
        for slot in block.open_slots(self, self.service):
            serving = {id(p): block.serving(p, self.service, slot.index) for p in everybody}
            able = block.total(serving[id(p)] for p in skilled if id(p) in serving)
            needed = share * block.total(serving.values())
            most = share * sum(len(p.blocks) for p in everybody)
            block.require(self, slot.index, 100 * able, needed, most=most)

    def check(self, team: Team) -> Iterator[Finding]:
        """Count the skilled among those who serve."""
        serves = team.serves(self.service)
        skilled = team.qualified(self._skill(team.instance), self.min_proficiency)
        service = team.instance.service(self.service)
        for slot in team.instance.horizon.slots:
            if not (self.holds_in(slot) and service.is_open(slot)):
                continue
            everybody = int(serves[:, slot.index].sum())
            able = int(serves[skilled, slot.index].sum())
            missing = hundredths(self.share) * everybody - 100 * able
            if missing > 0:
                message = f"{able} of {everybody} who serve are skilled, {self.share:.0%} promised"
                yield self.violation(team, slot, missing / 100, message)
