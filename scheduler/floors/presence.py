"""Somebody with a skill is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Count, Hundredths, Id, Location
from ..models.finding import Finding
from ..models.floor import Floor
from ..models.horizon import Slot
from ..models.instance import Instance
from ..models.team import Team
from .services import unknown_skill

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock


class PresenceFloor(Floor):
    """At least `at_least` people with a skill are on duty and not on a break.

    It holds during `hours`; without them, whenever a service is open. What the people serve
    meanwhile does not matter: a supervisor may take calls.

    Notes
    -----
    Σ_{p with the skill} duty[p, t] ≥ at_least. Weighted: the missing person-intervals.

    Source: key-holder, first-aider and nurse-on-site duties of shops and clinics.

    Examples
    --------
    Holds with 1 nurse: one of two nurses is on her break.

    Broken, by one person-interval: the only nurse on duty is on her break.
    """

    promise: ClassVar[str] = "quality"
    example: ClassVar[dict[str, object]] = {
        "kind": "presence",
        "skill": "supervisor",
        "at_least": 1,
    }

    kind: Literal["presence"] = "presence"
    skill: Id
    at_least: Annotated[Count, Field(ge=1)] = 1
    min_proficiency: Annotated[Hundredths, Field(gt=0, le=10)] | None = None
    """Proficiency from which on a person counts."""

    @property
    def subject(self) -> str:
        """The skill."""
        return self.skill

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the skill up."""
        yield from unknown_skill(instance, self.skill)

    def _slots(self, instance: Instance) -> Iterator[Slot]:
        for slot in instance.horizon.slots:
            if self.holds_in(slot) and (
                self.hours is not None or any(s.is_open(slot) for s in instance.services)
            ):
                yield slot

    def post(self, block: CoverageBlock) -> None:
        """Count the duty of everybody with the skill."""
        profiles = block.qualified(self.skill, self.min_proficiency)
        for slot in self._slots(block.instance):
            there = block.total(profile.on_duty(slot.index) for profile in profiles)
            block.require(self, slot.index, there, self.at_least, most=self.at_least, unit=100)

    def check(self, team: Team) -> Iterator[Finding]:
        """Count who is there."""
        qualified = team.qualified(self.skill, self.min_proficiency)
        there = team.on_duty[qualified].sum(axis=0)
        for slot in self._slots(team.instance):
            missing = self.at_least - int(there[slot.index])
            if missing > 0:
                message = f"{there[slot.index]} of {self.at_least} people with the skill on duty"
                yield self.violation(team, slot, missing, message)
