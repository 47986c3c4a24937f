"""Work that can wait is done in time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Location, Minutes, Number
from ..models.demand import ArrivalsDemand
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.team import Team
from .services import ServiceFloor

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock


class Response(ServiceFloor):
    """Work that arrives is done within `within_minutes`: e-mails, claims, back office.

    Contacts wait for whoever has time, the oldest first. Those of an interval arrive evenly over
    it, may be worked on in the same interval, and are due counted from its start; minutes count
    during `hours`, always if left out. What is due after the horizon's end is carried out of it.

    Notes
    -----
    With the work A(t) that has arrived by the end of t, the backlog carried in, too:
    done(t) ≤ done(t − 1) + Σ_p pace[p, s] · serve[p, s, t], done(t) ≤ A(t), and done(t) ≥ A(i) for
    the last interval i that is due by the end of t. Weighted: the late work, in person-intervals,
    for every interval in which it is late.

    Source: fluid model of deferrable work; deadlines as in Koole, "Call Center Optimization", 2013.

    Examples
    --------
    Holds for 60 minutes: work for two people arrives from 9:00 to 9:30, and one works until 10:00.

    Broken, by one person-interval: the one begins at 9:30.
    """

    promise: ClassVar[str] = "access"
    unit: ClassVar[str] = "person-interval of late work"
    example: ClassVar[dict[str, object]] = {
        "kind": "response",
        "service": "e-mails",
        "within_minutes": 240,
    }

    kind: Literal["response"] = "response"
    within_minutes: Annotated[Minutes, Field(ge=1)]
    backlog: Annotated[Number, Field(le=10_000_000)] = 0
    """Contacts that wait when the horizon begins."""
    backlog_within_minutes: Annotated[Minutes, Field(ge=1)] | None = None
    """Time within which they are done; `within_minutes`, if left out."""
    most_left: Annotated[Number, Field(le=10_000_000)] | None = None
    """Contacts that may be carried out of the horizon; as many as are not due, if left out."""

    @property
    def wording(self) -> str:
        """Deadlines, and what may be left."""
        parts = [f"done within {self.within_minutes} minutes"]
        if self.backlog:
            minutes = self.backlog_within_minutes or self.within_minutes
            parts.append(f"a backlog of {self.backlog:g} contacts within {minutes} minutes")
        if self.most_left is not None:
            parts.append(f"at most {self.most_left:g} contacts left at the end")
        return "; ".join(parts)

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look the service and its demand up, and the deadlines on the grid."""
        yield from self.without_arrivals(instance)
        if self.has_arrivals(instance):
            yield from self._overload(instance)
        step = instance.horizon.interval_minutes
        for field in ("within_minutes", "backlog_within_minutes"):
            if (getattr(self, field) or 0) % step:
                found = getattr(self, field)
                message = f"expected a multiple of the interval of {step} minutes, found {found}"
                yield (field,), message

    def _overload(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Complain of work due that everybody together could not have done by then."""
        step = instance.horizon.interval_minutes
        if self.weight is not None or self.within_minutes % step:
            return
        if (self.backlog_within_minutes or 0) % step:
            return
        most, done = self.everybody(instance), 0
        course = zip(self._arrived(instance), self._due(instance), strict=True)
        for slot, (work, owed) in enumerate(course, start=1):
            done = min(work, done + most)
            if done < owed:
                message = (
                    f"if all who can serve '{self.service}' did nothing else, work of "
                    f"{(owed - done) * step / 6000:.3g} hours would be late at "
                    f"{instance.horizon.label(slot * step)}"
                )
                yield ("service",), message
                return

    def _arrived(self, instance: Instance) -> list[int]:
        """Work that has arrived by the end of every slot, in hundredths of a person-interval."""
        demand = instance.service(self.service).demand
        assert isinstance(demand, ArrivalsDemand)  # `faults` has looked
        total = accumulate(
            demand.erlangs(instance.horizon), initial=self._work(instance, self.backlog)
        )
        return [math.ceil(100 * erlangs - 1e-6) for erlangs in total][1:]

    def _work(self, instance: Instance, contacts: float) -> float:
        """Give the person-intervals of work in some contacts."""
        demand = instance.service(self.service).demand
        assert isinstance(demand, ArrivalsDemand)
        factor = demand.erlangs_per_contact_and_minute
        return contacts * factor / instance.horizon.interval_minutes

    def _due(self, instance: Instance) -> list[int]:
        """Work that is due by the end of every slot, in hundredths of a person-interval."""
        step, slots = instance.horizon.interval_minutes, instance.horizon.slots
        counted = [slot.index for slot in slots if self.holds_in(slot)]
        position = {slot: i for i, slot in enumerate(counted)}
        following = len(counted)
        due = [0] * len(slots)

        def owe(work: int, first: int, minutes: int) -> None:
            last = first + minutes // step - 1
            if last < len(counted):
                due[counted[last]] = max(due[counted[last]], work)

        arrived = self._arrived(instance)
        for slot in reversed(range(len(slots))):
            following = position.get(slot, following)
            owe(arrived[slot], following, self.within_minutes)
        backlog = math.ceil(100 * self._work(instance, self.backlog) - 1e-6)
        owe(backlog, 0, self.backlog_within_minutes or self.within_minutes)
        if self.most_left is not None:
            left = math.floor(100 * self._work(instance, self.most_left) + 1e-6)
            due[-1] = max(due[-1], arrived[-1] - left)
        return list(accumulate(due, max))

    def post(self, block: CoverageBlock) -> None:
        """Carry the work done from slot to slot."""
        arrived, due = self._arrived(block.instance), self._due(block.instance)
        before = block.total([])
        for slot, (work, owed) in enumerate(zip(arrived, due, strict=True)):
            done = block.model.new_int_var(0, work, "")
            block.model.add(done <= before + block.effective(self.service, slot))
            if owed > 0:
                block.require(self, slot, done, owed, most=owed)
            before = done

    def check(self, team: Team) -> Iterator[Finding]:
        """Do the oldest work first, and look what is late."""
        staff = team.effective(self.service)
        done = 0
        arrived, due = self._arrived(team.instance), self._due(team.instance)
        for slot, (work, owed) in enumerate(zip(arrived, due, strict=True)):
            done = min(work, done + int(staff[slot]))
            if done < owed:
                hours = (owed - done) * team.instance.horizon.interval_minutes / 6000
                message = f"work of {hours:.3g} hours is late, of what is due within "
                message += f"{self.within_minutes} minutes"
                where = team.instance.horizon.slots[slot]
                yield self.violation(team, where, (owed - done) / 100, message)
