"""Working weekends, at most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.base import Count
from ..models.finding import Finding
from ..models.roster import Roster
from .totals import keep_within
from .weekends import WeekendRule

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock


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
