"""Nobody is burnt out: work leaves time to breathe."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Location, Positive
from ..models.demand import ArrivalsDemand
from ..models.finding import Finding
from ..models.floor import Reached
from ..models.instance import Instance
from ..models.team import Team
from .services import OVER, ServiceFloor, share

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock


class Occupancy(ServiceFloor):
    """Those who serve are busy with customers at most a share of `at_most` of their time.

    The cap holds in every interval, or on average over a day or the horizon, where each interval
    counts with its staff. All work that arrives is counted, that of customers who would give up,
    too: a cap is not kept by letting them.

    Notes
    -----
    Interval: a_t ≤ cap · n_t, with the load a_t in Erlang and the effective staff n_t. Day:
    Σ_t a_t ≤ cap · Σ_t n_t. Weighted: the missing person-intervals.

    Source: occupancy caps of contact centres; Cleveland, "Call Center Management on Fast Forward".

    Examples
    --------
    Holds for 85 % with a load of 10 Erlang: 12 people (83 %).

    Broken, by 0.77 person-intervals: 11 people (91 %).
    """

    promise: ClassVar[str] = "quality"
    example: ClassVar[dict[str, object]] = {
        "kind": "occupancy",
        "service": "phones",
        "at_most": 0.85,
    }

    kind: Literal["occupancy"] = "occupancy"
    at_most: Annotated[Positive, Field(lt=1)]
    """Share of time, such as 0.85."""
    scope: Literal["interval", "day", "horizon"] = "interval"
    """Over what the average is taken."""

    @property
    def wording(self) -> str:
        """The cap over its scope."""
        return f"at most {share(self.at_most)} busy {OVER[self.scope]}"

    @property
    def occasion(self) -> str:
        """What it is judged in, one by one."""
        return self.scope

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the service and its demand up, and whether everybody together is enough."""
        yield from self.without_arrivals(instance)
        if self.has_arrivals(instance):
            yield from self._overload(instance)

    def _overload(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        if self.weight is not None or self.scope != "interval":
            return
        loads: dict[int, float] = {}
        for interval in self._loads(instance).values():
            loads.update(interval)
        for message in self.overloaded(instance, loads):
            yield ("at_most",), f"no share below 1 is kept by '{self.service}' {message}"

    def _loads(self, instance: Instance) -> dict[str, dict[int, float]]:
        """Erlangs by slot, for every interval, day or horizon."""
        service, horizon = instance.service(self.service), instance.horizon
        assert isinstance(service.demand, ArrivalsDemand)  # `faults` has looked
        erlangs = service.demand.erlangs(horizon)
        found: dict[str, dict[int, float]] = {}
        for slot in horizon.slots:
            if self.holds_in(slot) and service.is_open(slot):
                label = {
                    "interval": horizon.label(slot.index * horizon.interval_minutes),
                    "day": slot.calendar_day.isoformat(),
                    "horizon": "horizon",
                }[self.scope]
                found.setdefault(label, {})[slot.index] = erlangs[slot.index]
        return found

    def _need(self, loads: Mapping[int, float]) -> int:
        """Staff of all slots together, in hundredths of a person."""
        return math.ceil(100 * sum(loads.values()) / self.at_most - 1e-6)

    def needed(self, instance: Instance) -> Mapping[int, float] | None:
        """Give the least staff of every interval; averages leave it open."""
        if self.scope != "interval":
            return None
        periods = self._loads(instance).values()
        return {slot: self._need(loads) / 100 for loads in periods for slot in loads}

    def post(self, block: CoverageBlock) -> None:
        """Demand staff in proportion to the load."""
        for loads in self._loads(block.instance).values():
            need = self._need(loads)
            if need > 0:
                staff = block.total(block.effective(self.service, slot) for slot in loads)
                block.require(self, tuple(loads), staff, need, most=need)

    def check(self, team: Team) -> Iterator[Finding]:
        """Compare the time of those who serve with the work."""
        staff = team.effective(self.service)
        for label, loads in self._loads(team.instance).items():
            there, work = int(sum(staff[slot] for slot in loads)), sum(loads.values())
            missing = self._need(loads) - there
            if missing > 0:
                message = f"{_busy(work, there)}, at most {share(self.at_most)} promised"
                yield self.breach(label, missing / 100, message)

    def reached(self, team: Team) -> Iterator[Reached]:
        """Tell what every day, or the horizon, came to."""
        if self.scope == "interval":
            return
        staff = team.effective(self.service)
        for label, loads in self._loads(team.instance).items():
            there, work = int(sum(staff[slot] for slot in loads)), sum(loads.values())
            if need := self._need(loads):
                yield Reached(label, _busy(work, there), (there - need) / need)


def _busy(work: float, there: int) -> str:
    """Say what share of their time people are busy, who are so many hundredths."""
    return f"{100 * work / there:.1%} busy" if there else "nobody serves"
