"""One shift at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.finding import Finding
from ..models.roster import Roster
from ..models.rule import Rule
from .automata import rest_resource

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource


class NoOverlap(Rule):
    """A person starts at most one shift a day and is never in two shifts at once.

    Every employee carries this rule.

    Notes
    -----
    With x_o = 1 if option o is worked: Σ_{o on day d} x_o ≤ 1 for every day d, and x_o + x_p ≤ 1
    for options o, p of different days that share time. Shifts before the horizon take part.

    Source: the definition of a shift in this package.

    Examples
    --------
    Holds: 22:00 to 06:00, then 06:00 to 14:00 on the next day.

    Broken, by one shift: 22:00 to 06:00, then 05:00 to 13:00.
    """

    always: ClassVar[bool] = True
    unit: ClassVar[str] = "shift"
    example: ClassVar[dict[str, object]] = {"kind": "no_overlap"}

    kind: Literal["no_overlap"] = "no_overlap"

    def post(self, block: EmployeeBlock) -> None:
        """Post one clique for each day, and cliques over days where nights reach the next."""
        for day in range(block.horizon_days):
            block.model.add_at_most_one([choice.worked for choice in block.on(day)])
        block.separate(minutes=0)

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember until when the last shift lasts."""
        return (rest_resource(employee, instance.horizon, 0, None),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Compare each duty with the one before it."""
        for early, late in pairwise(roster.duties):
            if late.day < 0:
                continue
            if late.day == early.day:
                yield self.violation(roster, roster.label(late.day), 1, "two shifts on one day")
            elif late.start < early.end:
                when = roster.horizon.label(late.start)
                yield self.violation(roster, when, 1, f"starts during the {early.template} shift")
