"""Paid minutes in the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..models.base import MINUTES_PER_DAY
from ..models.finding import Finding
from ..models.roster import Roster
from ..models.rule import Rule
from .automata import Sums, Templates, whole_horizon
from .totals import keep_within, out_of_order

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource

YearMinutes = Annotated[int, Field(strict=True, ge=0, le=366 * MINUTES_PER_DAY)]


class TotalMinutes(Rule):
    """In the whole horizon, at least `min_minutes` and at most `max_minutes` are paid.

    Shifts that start before the horizon do not count by themselves; `already` adds the minutes of
    the same period, so that a month can be planned in parts.

    Notes
    -----
    min ≤ already + Σ_o paid_o · x_o ≤ max.

    Source: total workload of the nurse-rostering benchmarks (Curtois and Qu 2014); annualised
    hours.

    Examples
    --------
    Holds with 4200 to 4800: nine shifts of 480 paid minutes.

    Broken, by 360 minutes: eight shifts of 480 paid minutes.
    """

    unit: ClassVar[str] = "minute"
    example: ClassVar[dict[str, object]] = {
        "kind": "total_minutes",
        "min_minutes": 4200,
        "max_minutes": 4800,
    }

    kind: Literal["total_minutes"] = "total_minutes"
    min_minutes: YearMinutes = 0
    max_minutes: YearMinutes | None = None
    already: YearMinutes = 0
    """Paid minutes of the same period before the horizon."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        out_of_order("minutes", self.min_minutes, self.max_minutes)
        return self

    def post(self, block: EmployeeBlock) -> None:
        """Post both limits."""
        days = range(block.horizon_days)
        paid = block.paid_minutes(c for day in days for c in block.on(day))
        largest = self.already + sum(
            max((c.duty.paid_minutes for c in block.on(day)), default=0) for day in days
        )
        keep_within(
            block, self, paid + self.already, largest, least=self.min_minutes, most=self.max_minutes
        )

    def resources(
        self,
        employee: Employee,  # noqa: ARG002
        instance: Instance,
    ) -> tuple[Resource, ...]:
        """Remember the sum."""
        whole = whole_horizon(instance, self.already, self.min_minutes, self.max_minutes)
        return (Sums(Templates(), whole, self.price, minutes=True),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Add everything up."""
        total = self.already + sum(duty.paid_minutes for duty in roster.planned)
        if total < self.min_minutes:
            message = f"{total} paid minutes, at least {self.min_minutes} due"
            yield self.violation(roster, roster.span, self.min_minutes - total, message)
        if self.max_minutes is not None and total > self.max_minutes:
            message = f"{total} paid minutes, at most {self.max_minutes} allowed"
            yield self.violation(roster, roster.span, total - self.max_minutes, message)
