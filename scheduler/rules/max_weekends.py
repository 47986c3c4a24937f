"""Working weekends, at most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.base import Count
from ..models.finding import Finding
from ..models.roster import Roster, past_duties
from .automata import Weekends
from .totals import keep_within
from .weekends import WeekendRule

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource


class MaxWeekends(WeekendRule):
    """At most `weekends` weekends of the horizon are worked.

    A weekend is worked if a shift starts on one of its days. A weekend that is cut by the horizon's
    start counts with the days worked before it; of one that is cut by its end, the days inside
    count. `already` adds what was worked in the same period before the horizon.

    Notes
    -----
    v_k ≥ w_d for every day d of weekend k, already + Σ_k v_k ≤ weekends. Weighted: the weekends
    beyond.

    Source: maximum working weekends of the nurse-rostering benchmarks (Curtois and Qu 2014).

    Examples
    --------
    Holds with 1 weekend: one Saturday and its Sunday.

    Broken, by one weekend: the Sundays of two weeks.
    """

    unit: ClassVar[str] = "weekend"
    example: ClassVar[dict[str, object]] = {"kind": "max_weekends", "weekends": 2}

    kind: Literal["max_weekends"] = "max_weekends"
    weekends: Count
    already: Count = 0
    """Weekends of the same period that were worked before the horizon."""

    def post(self, block: EmployeeBlock) -> None:
        """Post one literal for each weekend, and their sum."""
        worked = [block.any_day(days) for days in self.all_weekends(block.instance.horizon)]
        count = block.count(worked) + self.already
        keep_within(block, self, count, self.already + len(worked), most=self.weekends)

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember the number of weekends, and whether this one is worked."""
        weekends = tuple(self.all_weekends(instance.horizon))
        past = {duty.day for duty in past_duties(instance.horizon, employee)}
        begun = bool(weekends) and any(day in past for day in weekends[0])
        return (Weekends(weekends, self.weekends, self.already, begun, self.price),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Count the weekends with work on them."""
        worked = [
            weekend
            for weekend in self.all_weekends(roster.horizon)
            if any(day in roster.worked_days for day in weekend)
        ]
        count = self.already + len(worked)
        if count > self.weekends:
            first = worked[max(0, self.weekends - self.already)][0] if worked else 0
            message = f"{count} working weekends, at most {self.weekends} allowed"
            yield self.violation(roster, roster.label(first), count - self.weekends, message)
