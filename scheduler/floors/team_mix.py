"""Not too many juniors for each senior."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..models.base import Hundredths, Id, Location, hundredths
from ..models.employee import Employee
from ..models.finding import Finding
from ..models.floor import Floor
from ..models.horizon import Slot
from ..models.instance import Instance
from ..models.team import Team, is_qualified
from .services import unknown_skill

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock


class TeamMix(Floor):
    """On duty are at most `most_juniors` juniors for each senior.

    Seniors have the skill, at a level if one is given; juniors are all others, or all others with
    the skill `among`. Who is on a break counts as neither. Without juniors no senior is asked for.

    Notes
    -----
    Σ_{p junior} duty[p, t] ≤ most_juniors · Σ_{p senior} duty[p, t]. Weighted: the juniors beyond,
    in person-intervals.

    Source: supervision ratios of health care and of training on the job.

    Examples
    --------
    Holds with 2: one senior and two juniors are on duty.

    Broken, by one junior-interval: one senior and three juniors.
    """

    promise: ClassVar[str] = "quality"
    unit: ClassVar[str] = "junior too many in an interval"
    example: ClassVar[dict[str, object]] = {
        "kind": "team_mix",
        "senior": "senior",
        "most_juniors": 3,
    }

    kind: Literal["team_mix"] = "team_mix"
    senior: Id
    """Skill of seniors."""
    min_proficiency: Annotated[Hundredths, Field(gt=0, le=10)] | None = None
    """Proficiency in it from which on a person is a senior."""
    among: Id | None = None
    """Skill of those who are looked at; everybody, if left out."""
    most_juniors: Annotated[Hundredths, Field(ge=0, le=1000)]
    """Juniors for each senior, such as 2.5."""

    @property
    def subject(self) -> str:
        """The skill."""
        return self.senior

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the skills up."""
        for field, name in (("senior", self.senior), ("among", self.among)):
            for _, message in unknown_skill(instance, name):
                yield (field,), message

    def _slots(self, instance: Instance) -> list[Slot]:
        return [slot for slot in instance.horizon.slots if self.holds_in(slot)]

    def post(self, block: CoverageBlock) -> None:
        """Compare the duties of both groups, in hundredths of a junior."""
        seniors = block.qualified(self.senior, self.min_proficiency)
        juniors = [
            profile
            for profile in block.profiles
            if profile not in seniors and (self.among is None or self.among in profile.skills)
        ]
        most = 100 * sum(len(profile.blocks) for profile in juniors)
        for slot in self._slots(block.instance):
            able = block.total(profile.on_duty(slot.index) for profile in seniors)
            others = block.total(profile.on_duty(slot.index) for profile in juniors)
            block.require(
                self, slot.index, hundredths(self.most_juniors) * able, 100 * others, most
            )

    def check(self, team: Team) -> Iterator[Finding]:
        """Count both groups."""
        seniors = self._are(team, lambda e: is_qualified(e, self.senior, self.min_proficiency))
        looked_at = self._are(team, lambda e: self.among is None or self.among in e.skills)
        able = team.on_duty[seniors].sum(axis=0)
        others = team.on_duty[looked_at & ~seniors].sum(axis=0)
        for slot in self._slots(team.instance):
            there, juniors = int(able[slot.index]), int(others[slot.index])
            beyond = 100 * juniors - hundredths(self.most_juniors) * there
            if beyond > 0:
                message = f"{juniors} juniors with {there} seniors on duty"
                yield self.violation(team, slot, beyond / 100, message)

    @staticmethod
    def _are(team: Team, told: Callable[[Employee], bool]) -> NDArray[np.bool_]:
        return np.array([told(employee) for employee in team.instance.employees], dtype=bool)
