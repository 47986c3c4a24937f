"""Paid minutes in a week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import model_validator

from ..models.base import Minutes
from ..models.finding import Finding
from ..models.roster import Roster
from ..models.rule import Rule
from .automata import Sums, Templates, weekly

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource


class WeeklyMinutes(Rule):
    """In every week, at least `min_minutes` and at most `max_minutes` are paid.

    A shift belongs to the week in which it starts; weeks begin on the horizon's `week_starts_on`.
    What was worked before the horizon counts in its week. The minimum binds only in weeks all of
    whose days are known: none lies after the horizon, or before it and before `history.since`.

    Notes
    -----
    min ≤ Σ_{o in week} paid_o · x_o + paid before ≤ max.

    Source: contracted hours; Directive 2003/88/EC, article 6 (48 hours a week).

    Examples
    --------
    Holds with 1200 to 2400: five shifts of 450 paid minutes.

    Broken, by 300 minutes: six shifts of 450 paid minutes.
    """

    unit: ClassVar[str] = "minute"
    example: ClassVar[dict[str, object]] = {
        "kind": "weekly_minutes",
        "min_minutes": 1200,
        "max_minutes": 2400,
    }

    kind: Literal["weekly_minutes"] = "weekly_minutes"
    min_minutes: Minutes = 0
    max_minutes: Minutes | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max_minutes is not None and self.max_minutes < self.min_minutes:
            raise ValueError(f"max_minutes {self.max_minutes} is less than min_minutes")
        return self

    def post(self, block: EmployeeBlock) -> None:
        """Post both limits of each week."""
        for week in block.instance.horizon.weeks():
            before = sum(duty.paid_minutes for duty in block.past if duty.day in week)
            choices = [choice for day in week for choice in block.on(day)]
            paid = block.paid_minutes(choices) + before
            longest = before + sum(
                max((c.duty.paid_minutes for c in block.on(day)), default=0) for day in week
            )
            if self.max_minutes is not None and longest > self.max_minutes:
                most = longest - self.max_minutes
                block.model.add(paid <= self.max_minutes + block.slack(self, most))
            known = week[0] >= block.known_since and week[-1] < block.horizon_days
            if known and self.min_minutes > before:
                most = self.min_minutes - before
                block.model.add(paid + block.slack(self, most) >= self.min_minutes)

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember the sum of the week."""
        limits = self.min_minutes, self.max_minutes
        weeks = weekly(employee, instance, *limits, minutes=True)
        return (Sums(Templates(), weeks, self.price, minutes=True),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Add each week up."""
        for week in roster.horizon.weeks():
            paid = sum(duty.paid_minutes for duty in roster.duties if duty.day in week)
            complete = all(day in roster.days() for day in week)
            when = f"week of {roster.label(week[0])}"
            if complete and paid < self.min_minutes:
                message = f"{paid} paid minutes, at least {self.min_minutes} due"
                yield self.violation(roster, when, self.min_minutes - paid, message)
            if self.max_minutes is not None and paid > self.max_minutes:
                message = f"{paid} paid minutes, at most {self.max_minutes} allowed"
                yield self.violation(roster, when, paid - self.max_minutes, message)
