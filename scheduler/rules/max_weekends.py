"""Working weekends, at most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.base import Count
from ..models.finding import Finding
from ..models.roster import Roster
from ..models.rule import Rule

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock


class MaxWeekends(Rule):
    """At most `weekends` weekends of the horizon are worked.

    A weekend is worked if a shift starts on one of its days (the horizon's `weekend`). A weekend
    that is cut by the horizon's start counts with the days worked before it.

    Notes
    -----
    v_k ≥ w_d for every day d of weekend k, Σ_k v_k ≤ weekends. Weighted: the weekends beyond.

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

    def post(self, block: EmployeeBlock) -> None:
        """Post one literal for each weekend, and their sum."""
        count = []
        for weekend in block.instance.horizon.weekends():
            worked = block.model.new_bool_var("")
            count.append(worked)
            for day in weekend:
                if day < block.horizon_days:
                    block.model.add(worked >= block.works(day))
        if len(count) > self.weekends:
            most = len(count) - self.weekends
            block.model.add(block.total(count) <= self.weekends + block.slack(self, most))

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Count the weekends with work on them."""
        worked = [
            weekend
            for weekend in roster.horizon.weekends()
            if any(day in roster.worked_days for day in weekend)
        ]
        if len(worked) > self.weekends:
            when = roster.label(worked[self.weekends][0])
            message = f"{len(worked)} working weekends, at most {self.weekends} allowed"
            yield self.violation(roster, when, len(worked) - self.weekends, message)
