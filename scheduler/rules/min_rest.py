"""Rest between shifts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Minutes
from ..models.finding import Finding
from ..models.roster import Duty, Roster
from ..models.rule import Rule
from .automata import rest_resource

if TYPE_CHECKING:
    from ..formulation.employee_block import Choice, EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource


class MinRest(Rule):
    """Between the end of a shift and the start of the next lie at least `rest_minutes`.

    The last shift before the horizon counts.

    Notes
    -----
    x_o + x_p ≤ 1 for options o, p of different days with start(p) − end(o) < rest, posted as
    cliques. Weighted: for consecutive shifts, the missing minutes.

    Source: Directive 2003/88/EC, article 3 (11 consecutive hours of rest in 24).

    Examples
    --------
    Holds with 660 minutes: ends at 21:00, starts at 08:00 on the next day.

    Broken, by 120 minutes: ends at 22:00, starts at 07:00 on the next day.
    """

    unit: ClassVar[str] = "minute"
    example: ClassVar[dict[str, object]] = {"kind": "min_rest", "rest_minutes": 660}

    kind: Literal["min_rest"] = "min_rest"
    rest_minutes: Annotated[Minutes, Field(ge=1)]

    def post(self, block: EmployeeBlock) -> None:
        """Post cliques if hard, else the missing minutes between each pair of days."""
        if self.weight is None:
            block.separate(self.rest_minutes)
            return
        for day in range(block.horizon_days):
            for choice in block.on(day):
                if block.past:
                    self._post_after(block, block.past[-1], choice)
            for later in range(day + 1, block.horizon_days):
                self._post_pair(block, day, later)

    def _post_after(self, block: EmployeeBlock, last: Duty, choice: Choice) -> None:
        missing = last.end + self.rest_minutes - choice.duty.start
        if missing > 0:
            between = [block.works(day) for day in range(choice.duty.day)]
            block.forbid(
                self,
                [choice.worked, *(not b if isinstance(b, bool) else ~b for b in between)],
                amount=missing,
            )

    def _post_pair(self, block: EmployeeBlock, day: int, later: int) -> None:
        early, late = block.on(day), block.on(later)
        if not early or not late:
            return
        origin = min(choice.duty.start for choice in late)
        most = self.rest_minutes + max(choice.duty.end for choice in early) - origin
        if most <= 0:
            return
        missing = block.slack(self, most)
        big = self.rest_minutes + max(0, most - self.rest_minutes)
        end = block.total([(c.duty.end - origin) * c.worked for c in early])
        start = block.total([(c.duty.start - origin) * c.worked for c in late])
        both = block.total([c.worked for c in (*early, *late)])
        between = block.total([c.worked for d in range(day + 1, later) for c in block.on(d)])
        block.model.add(missing >= self.rest_minutes + end - start - big * (2 - both + between))

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember until when rest is due."""
        return (rest_resource(employee, instance.horizon, self.rest_minutes, self.price),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Measure the rest before each duty."""
        for early, late in pairwise(roster.duties):
            missing = self.rest_minutes - (late.start - early.end)
            if missing > 0 and late.day >= 0:
                when = roster.horizon.label(late.start)
                message = f"{late.start - early.end} minutes of rest, not {self.rest_minutes}"
                yield self.violation(roster, when, missing, message)
