"""All of a weekend or nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.finding import Finding
from ..models.roster import Roster, known_since, past_duties
from .weekend_automata import FREE, WORKED, AllOrNothing
from .weekends import WeekendRule

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource


class CompleteWeekends(WeekendRule):
    """Who works on one day of a weekend works on all of its days.

    Weekends with a day after the horizon, or before it and not known, are not judged; one that is
    cut by the horizon's start is judged with what is known from before the horizon.

    Notes
    -----
    Not (w_d and not w_d') for days d, d' of a weekend, w_d = 1 if a shift starts on day d.
    Weighted: 1 for each weekend with work on some of its days but not on all.

    Source: complete weekends of INRC-I (Haspeslagh et al. 2014) and INRC-II (Ceschia et al. 2019).

    Examples
    --------
    Holds: Saturday and Sunday worked.

    Broken, by one weekend: Saturday worked, Sunday free.
    """

    unit: ClassVar[str] = "weekend"
    example: ClassVar[dict[str, object]] = {"kind": "complete_weekends"}

    kind: Literal["complete_weekends"] = "complete_weekends"

    def post(self, block: EmployeeBlock) -> None:
        """Tie each day of a weekend to the next one, around the weekend."""
        for days in self.whole_weekends(block.instance.horizon, block.known_since):
            worked = [block.works(day) for day in days]
            broken = block.breach(self)
            for one, other in zip(worked, [*worked[1:], worked[0]], strict=True):
                block.exclude([one, block.negated(other)], unless=broken)

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember what the days of the weekend had so far."""
        horizon = instance.horizon
        weekends = tuple(self.whole_weekends(horizon, known_since(horizon, employee)))
        past = {duty.day for duty in past_duties(horizon, employee)}
        over = [day for day in weekends[0] if day < 0] if weekends else []
        before = sum({WORKED if day in past else FREE for day in over})
        return (AllOrNothing(weekends, before, self.price),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Count the days worked of each weekend."""
        for days in self.whole_weekends(roster.horizon, roster.known_since):
            worked = sum(day in roster.worked_days for day in days)
            if 0 < worked < len(days):
                message = f"{worked} of {len(days)} days of the weekend"
                yield self.violation(roster, roster.label(days[0]), 1, message)
