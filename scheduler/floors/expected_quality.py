"""Contacts meet people who resolve them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Hundredths, Location, hundredths
from ..models.demand import ArrivalsDemand
from ..models.finding import Finding
from ..models.floor import Reached
from ..models.instance import Instance
from ..models.team import Team
from .services import OVER, ServiceFloor, share

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock
    from ..formulation.expressions import Expr

WHOLE = 10_000
"""Parts of a score of 1."""


class ExpectedQuality(ServiceFloor):
    """The contacts of a service meet an average quality of at least `at_least`.

    The quality of a contact is what the service's `resolution` says of the person who takes it:
    the share that people of this proficiency resolve the first time. In an interval contacts fall
    to those who serve by their pace; over a day or the horizon each interval counts with its
    arrivals. Where nobody serves, the promise holds; that somebody does is for other floors.

    Notes
    -----
    m_t = Σ_p pace[p] · resolved[p] · serve[p, t] / Σ_p pace[p] · serve[p, t], rounded down to
    1/10,000. Interval: m_t ≥ q. Day: Σ_t λ_t · m_t ≥ q · Σ_t λ_t. Weighted: the contacts that fall
    short of the promise, Σ_t λ_t · (q − m_t).

    Source: first-contact resolution as a measure of quality; Cleveland, "Quality and Service Level
    Work Together".

    Examples
    --------
    Holds for 0.75: one person who resolves 80 % and one who resolves 70 % serve at the same pace.

    Broken: two who resolve 70 % serve.
    """

    promise: ClassVar[str] = "quality"
    more_is_never_worse: ClassVar[bool] = False
    unit: ClassVar[str] = "contact short of the promise"
    example: ClassVar[dict[str, object]] = {
        "kind": "expected_quality",
        "service": "phones",
        "at_least": 0.75,
        "scope": "day",
    }

    kind: Literal["expected_quality"] = "expected_quality"
    at_least: Annotated[Hundredths, Field(gt=0, lt=1)]
    """Average quality, such as 0.75."""
    scope: Literal["interval", "day", "horizon"] = "day"
    """Over what the average is taken."""

    @property
    def wording(self) -> str:
        """The average over its scope."""
        return f"{share(self.at_least)} of the contacts resolved at once {OVER[self.scope]}"

    @property
    def occasion(self) -> str:
        """What it is judged in, one by one."""
        return self.scope

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the service up, and whether anybody is good enough."""
        yield from self.without_arrivals(instance)
        for service in instance.services:
            if service.id != self.service:
                continue
            if service.demand.kind == "arrivals" and not service.resolution:
                message = (
                    f"'{service.id}' has no resolution: everything would count as resolved, and "
                    "the promise would mean nothing"
                )
                yield ("service",), message
            levels = [
                e.skills[service.skill] for e in instance.employees if service.skill in e.skills
            ]
            best = max(map(service.resolved_hundredths, levels), default=100)
            if best < hundredths(self.at_least):
                message = (
                    f"no number of people reaches {share(self.at_least)}: the best of those who "
                    f"can serve '{service.id}' resolves {best}%"
                )
                yield ("at_least",), message

    def _volumes(self, instance: Instance) -> dict[str, dict[int, int]]:
        """Hundredths of contacts by slot, for every interval, day or horizon."""
        service, horizon = instance.service(self.service), instance.horizon
        assert isinstance(service.demand, ArrivalsDemand)  # `faults` has looked
        arrivals = service.demand.by_slot(horizon)
        found: dict[str, dict[int, int]] = {}
        for slot in horizon.slots:
            volume = round(100 * arrivals[slot.index])
            if volume > 0 and self.holds_in(slot) and service.is_open(slot):
                label = {
                    "interval": horizon.label(slot.index * horizon.interval_minutes),
                    "day": slot.calendar_day.isoformat(),
                    "horizon": "horizon",
                }[self.scope]
                found.setdefault(label, {})[slot.index] = volume
        return found

    @property
    def _promised(self) -> int:
        return hundredths(self.at_least) * WHOLE // 100

    def post(self, block: CoverageBlock) -> None:
        """Compare in every interval, or let the quality of intervals make a day's."""
        for volumes in self._volumes(block.instance).values():
            if self.scope == "interval" and self.weight is None:
                for slot in volumes:
                    pace, resolved = self._served(block, slot)
                    most = block.most_effective(self.service)
                    lacking = block.missing(self, slot, most)
                    block.model.add(resolved + 100 * lacking >= hundredths(self.at_least) * pace)
                continue
            worst = sum(volumes.values()) * self._promised
            short = block.total(
                volume * (self._promised - self._quality(block, slot))
                for slot, volume in volumes.items()
            )
            lacking = block.missing(self, tuple(volumes), -(-worst // WHOLE))
            block.model.add(short <= WHOLE * lacking)

    def _served(self, block: CoverageBlock, slot: int) -> tuple[Expr, Expr]:
        """Pace of all who serve in hundredths, and the same with what they resolve, in percent."""
        service = block.instance.service(self.service)
        serving = [
            (pace * block.serving(profile, self.service, slot), profile.skills[service.skill])
            for profile, pace in block.paces(self.service)
        ]
        resolved = (service.resolved_hundredths(level) * people for people, level in serving)
        return block.total(people for people, _ in serving), block.total(resolved)

    def _quality(self, block: CoverageBlock, slot: int) -> Expr:
        """Give the quality of an interval in parts: as promised where nobody serves."""
        pace, resolved = self._served(block, slot)
        if isinstance(pace, int):
            return self._promised if not pace else 100 * int(str(resolved)) // pace
        model, most = block.model, block.most_effective(self.service)
        quality = model.new_int_var(0, WHOLE, "")
        staff = model.new_int_var(0, most, "")
        product = model.new_int_var(0, WHOLE * most, "")
        model.add(staff == pace)
        model.add_multiplication_equality(product, [quality, staff])
        model.add(product <= 100 * resolved)
        model.add(quality <= self._promised + WHOLE * resolved)
        return quality

    def check(self, team: Team) -> Iterator[Finding]:
        """Compute the quality of every interval from who serves."""
        for label, short, total in self._shortfalls(team):
            if short > 0:
                message = f"{self._came_to(short, total)}, {share(self.at_least)} promised"
                yield self.breach(label, -(-short // WHOLE) / 100, message)

    def reached(self, team: Team) -> Iterator[Reached]:
        """Tell what every day, or the horizon, came to."""
        if self.scope == "interval":
            return
        for label, short, total in self._shortfalls(team):
            spare = -short / total / self._promised
            yield Reached(label, self._came_to(short, total), spare)

    def _came_to(self, short: int, total: int) -> str:
        return f"{(self._promised - short / total) / WHOLE:.1%} resolved at once"

    def _shortfalls(self, team: Team) -> Iterator[tuple[str, int, int]]:
        """Missing quality and contacts of every interval, day or horizon; negative where above."""
        service = team.instance.service(self.service)
        serves, paces = team.serves(self.service), team.paces(self.service)
        resolves = [
            service.resolved_hundredths(e.skills.get(service.skill, 0))
            for e in team.instance.employees
        ]
        pace, resolved = paces @ serves, (paces * resolves) @ serves
        for label, volumes in self._volumes(team.instance).items():
            short = total = 0
            for slot, volume in volumes.items():
                there = int(pace[slot])
                quality = 100 * int(resolved[slot]) // there if there else self._promised
                short += volume * (self._promised - quality)
                total += volume
            yield label, short, total
