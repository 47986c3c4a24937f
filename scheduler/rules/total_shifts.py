"""Shifts in the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import model_validator

from ..models.base import Count
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


class TotalShifts(Rule):
    """In the whole horizon, at least `min_shifts` and at most `max_shifts` are worked.

    Shifts that start before the horizon do not count by themselves; `already` adds those of the
    same period, so that a month can be planned in parts.

    Notes
    -----
    min ≤ already + Σ_o x_o ≤ max.

    Source: total assignments of INRC-I (Haspeslagh et al. 2014) and INRC-II (Ceschia et al. 2019).

    Examples
    --------
    Holds with 15 to 20: 12 shifts in the horizon and 5 already.

    Broken, by one shift: 16 in the horizon and 5 already.
    """

    unit: ClassVar[str] = "shift"
    example: ClassVar[dict[str, object]] = {
        "kind": "total_shifts",
        "min_shifts": 15,
        "max_shifts": 20,
    }

    kind: Literal["total_shifts"] = "total_shifts"
    min_shifts: Count = 0
    max_shifts: Count | None = None
    already: Count = 0
    """Shifts of the same period before the horizon."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        out_of_order("shifts", self.min_shifts, self.max_shifts)
        return self

    def post(self, block: EmployeeBlock) -> None:
        """Post both limits."""
        days = range(block.horizon_days)
        worked = block.total(c.worked for day in days for c in block.on(day)) + self.already
        largest = self.already + sum(bool(block.on(day)) for day in days)
        keep_within(block, self, worked, largest, least=self.min_shifts, most=self.max_shifts)

    def resources(
        self,
        employee: Employee,  # noqa: ARG002
        instance: Instance,
    ) -> tuple[Resource, ...]:
        """Remember the sum."""
        whole = whole_horizon(instance, self.already, self.min_shifts, self.max_shifts)
        return (Sums(Templates(), whole, self.price),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Add everything up."""
        total = self.already + len(roster.planned)
        if total < self.min_shifts:
            message = f"{total} shifts, at least {self.min_shifts} due"
            yield self.violation(roster, roster.span, self.min_shifts - total, message)
        if self.max_shifts is not None and total > self.max_shifts:
            message = f"{total} shifts, at most {self.max_shifts} allowed"
            yield self.violation(roster, roster.span, total - self.max_shifts, message)
