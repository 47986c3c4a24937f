"""No long stretches of work without a break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Minutes
from ..models.employee import Employee
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.roster import Duty, Roster
from ..models.rule import Rule

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock


class MaxWorkWithoutBreak(Rule):
    """Nobody gets a shift in which a stretch of work could be longer than `minutes`.

    Breaks are placed for the team, so what counts is the longest stretch that the template's
    windows allow in a shift of this length, whatever the schedule does with it: a shift is an
    option if every placement of its breaks keeps the limit. To have breaks placed more tightly,
    give the template's break set `max_work_minutes`. Shifts that start before the horizon are not
    judged.

    Notes
    -----
    x_o = 0 for options o whose longest possible stretch between two breaks, or between a break and
    an end of the shift, is longer. Weighted: Σ_o (longest_o − minutes)⁺ x_o.

    Source: Directive 2003/88/EC, article 4 (a break when the day is longer than six hours);
    Directive 94/33/EC, article 12 (young people: after four and a half hours).

    Examples
    --------
    Holds with 270 minutes: a shift of 8 hours whose break begins 3½ to 4 hours after the start.

    Broken, by 30 minutes: a shift of 5 hours without a break.
    """

    unit: ClassVar[str] = "minute"
    example: ClassVar[dict[str, object]] = {"kind": "max_work_without_break", "minutes": 270}

    kind: Literal["max_work_without_break"] = "max_work_without_break"
    minutes: Annotated[Minutes, Field(ge=1)]

    def permits(self, duty: Duty, employee: Employee, instance: Instance) -> bool:  # noqa: ARG002
        """Tell whether no stretch can be too long, unless that has a price."""
        return self.weight is not None or self._excess(duty, instance) <= 0

    def post(self, block: EmployeeBlock) -> None:
        """Charge every shift by its excess; hard, there are none."""
        for choice in block.choices:
            excess = self._excess(choice.duty, block.instance)
            if excess > 0:
                block.forbid(self, [choice.worked], excess)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Look at every shift."""
        for duty in roster.planned:
            excess = self._excess(duty, roster.instance)
            if excess > 0:
                when = roster.horizon.label(duty.start)
                message = f"up to {self.minutes + excess} minutes without a break"
                yield self.violation(roster, when, excess, f"{message}, not {self.minutes}")

    def _excess(self, duty: Duty, instance: Instance) -> int:
        template = instance.template(duty.template)
        return template.longest_stretch(duty.end - duty.start) - self.minutes
