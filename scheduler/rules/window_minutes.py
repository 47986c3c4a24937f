"""Paid minutes in any window of days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..models.base import Count, Minutes
from ..models.finding import Finding
from ..models.roster import Roster
from ..models.rule import Rule
from .totals import keep_within, out_of_order
from .windows import windows

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock


class WindowMinutes(Rule):
    """In any `window_days` days in a row, `min_minutes` to `max_minutes` are paid.

    Shifts count with the day on which they start. Windows are judged that end in the horizon and do
    not reach beyond what is known before the horizon. Where less than a window is known altogether,
    the maximum binds it as it is, and the minimum does not.

    Notes
    -----
    min ≤ Σ_{o in the window} paid_o · x_o ≤ max for every window. Weighted: the minutes that each
    window lacks, or has beyond.

    Source: maximum working time in any reference period; Directive 2003/88/EC, article 16.

    Examples
    --------
    Holds with at most 2400 in 7 days: five shifts of 480 minutes from Monday to Friday.

    Broken, by 480 minutes in one window: six shifts of 480 minutes from Tuesday to Sunday.
    """

    unit: ClassVar[str] = "minute"
    example: ClassVar[dict[str, object]] = {
        "kind": "window_minutes",
        "window_days": 28,
        "max_minutes": 9600,
    }

    kind: Literal["window_minutes"] = "window_minutes"
    window_days: Annotated[Count, Field(ge=1, le=366)]
    min_minutes: Minutes = 0
    max_minutes: Minutes | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        out_of_order("minutes", self.min_minutes, self.max_minutes)
        return self

    def post(self, block: EmployeeBlock) -> None:
        """Post both limits of each window."""
        for days in windows(block.known_since, block.horizon_days, self.window_days):
            past = sum(duty.paid_minutes for duty in block.past if duty.day in days)
            total = block.paid_minutes(c for day in days for c in block.on(day)) + past
            largest = past + sum(
                max((c.duty.paid_minutes for c in block.on(day)), default=0) for day in days
            )
            due = self.min_minutes if len(days) == self.window_days else 0
            keep_within(block, self, total, largest, least=due, most=self.max_minutes)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Add each window up."""
        for days in windows(roster.known_since, roster.horizon.days, self.window_days):
            total = sum(duty.paid_minutes for day in days for duty in roster.on(day))
            when = f"{roster.label(days[0])} to {roster.label(days[-1])}"
            if len(days) == self.window_days and total < self.min_minutes:
                message = f"{total} paid minutes, at least {self.min_minutes} due"
                yield self.violation(roster, when, self.min_minutes - total, message)
            if self.max_minutes is not None and total > self.max_minutes:
                message = f"{total} paid minutes, at most {self.max_minutes} allowed"
                yield self.violation(roster, when, total - self.max_minutes, message)
