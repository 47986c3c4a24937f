"""Shifts in a week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import model_validator

from ..models.base import Count
from ..models.finding import Finding
from ..models.roster import Roster
from ..models.rule import Rule
from .automata import Sums, Templates, weekly

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource


class WeeklyShifts(Rule):
    """In every week, at least `min_shifts` and at most `max_shifts` are worked.

    A shift belongs to the week in which it starts; weeks begin on the horizon's `week_starts_on`.
    What was worked before the horizon counts in its week. The minimum binds only in weeks all of
    whose days are known: none lies after the horizon, or before it and before `history.since`.

    Notes
    -----
    min ≤ Σ_{o in week} x_o + shifts before ≤ max.

    Source: contracted days; Directive 2003/88/EC, article 5 (a day of rest in seven).

    Examples
    --------
    Holds with 2 to 5: five shifts.

    Broken, by one shift: six shifts.
    """

    unit: ClassVar[str] = "shift"
    example: ClassVar[dict[str, object]] = {
        "kind": "weekly_shifts",
        "min_shifts": 2,
        "max_shifts": 5,
    }

    kind: Literal["weekly_shifts"] = "weekly_shifts"
    min_shifts: Count = 0
    max_shifts: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max_shifts is not None and self.max_shifts < self.min_shifts:
            raise ValueError(f"max_shifts {self.max_shifts} is less than min_shifts")
        return self

    def post(self, block: EmployeeBlock) -> None:
        """Post both limits of each week."""
        for week in block.instance.horizon.weeks():
            before = sum(duty.day in week for duty in block.past)
            worked = block.total(c.worked for day in week for c in block.on(day)) + before
            longest = before + sum(bool(block.on(day)) for day in week)
            if self.max_shifts is not None and longest > self.max_shifts:
                most = longest - self.max_shifts
                block.model.add(worked <= self.max_shifts + block.slack(self, most))
            known = week[0] >= block.known_since and week[-1] < block.horizon_days
            if known and self.min_shifts > before:
                most = self.min_shifts - before
                block.model.add(worked + block.slack(self, most) >= self.min_shifts)

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember the sum of the week."""
        limits = self.min_shifts, self.max_shifts
        weeks = weekly(employee, instance, *limits, minutes=False)
        return (Sums(Templates(), weeks, self.price),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Add each week up."""
        for week in roster.horizon.weeks():
            worked = sum(duty.day in week for duty in roster.duties)
            complete = all(day in roster.days() for day in week)
            when = f"week of {roster.label(week[0])}"
            if complete and worked < self.min_shifts:
                message = f"{worked} shifts, at least {self.min_shifts} due"
                yield self.violation(roster, when, self.min_shifts - worked, message)
            if self.max_shifts is not None and worked > self.max_shifts:
                message = f"{worked} shifts, at most {self.max_shifts} allowed"
                yield self.violation(roster, when, worked - self.max_shifts, message)
