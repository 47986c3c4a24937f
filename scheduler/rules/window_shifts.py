"""Shifts in any window of days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..models.base import Count, Id, Location
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.roster import Duty, Roster
from ..models.rule import Rule
from .names import unknown_templates
from .totals import keep_within, out_of_order
from .windows import windows

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock


class WindowShifts(Rule):
    """In any `window_days` days in a row, `min_shifts` to `max_shifts` shifts are worked.

    With `templates`, only their shifts count. Shifts count with the day on which they start.
    Windows are judged that end in the horizon and do not reach beyond what is known before the
    horizon. Where less than a window is known altogether, the maximum binds it as it is, and the
    minimum does not.

    Notes
    -----
    min ≤ Σ_{o in the window} x_o ≤ max for every window. Weighted: what each window lacks, or has
    beyond.

    Source: limits on nights or long shifts in any fortnight of many agreements; Directive
    2003/88/EC, article 5 (two days of rest in fourteen).

    Examples
    --------
    Holds with at most 2 nights in 7 days: nights on Monday and Tuesday, and on the next Monday.

    Broken, by one shift in one window: nights on Monday, Tuesday and Sunday.
    """

    unit: ClassVar[str] = "shift"
    example: ClassVar[dict[str, object]] = {
        "kind": "window_shifts",
        "window_days": 14,
        "max_shifts": 10,
    }

    kind: Literal["window_shifts"] = "window_shifts"
    window_days: Annotated[Count, Field(ge=1, le=366)]
    min_shifts: Count = 0
    max_shifts: Count | None = None
    templates: Annotated[tuple[Id, ...], Field(min_length=1)] | None = None
    """Templates that count; all, if left out."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        out_of_order("shifts", self.min_shifts, self.max_shifts)
        return self

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look every template up."""
        yield from unknown_templates(instance, self.templates or ())

    def _counts(self, duty: Duty) -> bool:
        return self.templates is None or duty.template in self.templates

    def post(self, block: EmployeeBlock) -> None:
        """Post both limits of each window."""
        for days in windows(block.known_since, block.horizon_days, self.window_days):
            past = sum(self._counts(duty) for duty in block.past if duty.day in days)
            chosen = [c for day in days for c in block.on(day) if self._counts(c.duty)]
            total = block.total(c.worked for c in chosen) + past
            largest = past + len({c.duty.day for c in chosen})
            due = self.min_shifts if len(days) == self.window_days else 0
            keep_within(block, self, total, largest, least=due, most=self.max_shifts)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Add each window up."""
        for days in windows(roster.known_since, roster.horizon.days, self.window_days):
            total = sum(self._counts(duty) for day in days for duty in roster.on(day))
            when = f"{roster.label(days[0])} to {roster.label(days[-1])}"
            if len(days) == self.window_days and total < self.min_shifts:
                message = f"{total} shifts, at least {self.min_shifts} due"
                yield self.violation(roster, when, self.min_shifts - total, message)
            if self.max_shifts is not None and total > self.max_shifts:
                message = f"{total} shifts, at most {self.max_shifts} allowed"
                yield self.violation(roster, when, total - self.max_shifts, message)
