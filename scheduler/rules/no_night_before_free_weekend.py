"""Free weekends begin rested."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Id, Location
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.roster import Roster, known_since, past_duties
from .automata import Templates
from .names import unknown_templates
from .weekend_automata import NightBefore
from .weekends import WeekendRule

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.resource import Resource


class NoNightBeforeFreeWeekend(WeekendRule):
    """On the day before a free weekend, none of `templates` is worked.

    Weekends with a day after the horizon, or before it and not known, are not judged; one that is
    cut by the horizon's start is judged with what is known from before the horizon.

    Notes
    -----
    Not (x_o for an o of the templates on day d − 1, no shift on each day of the weekend that begins
    on day d). Weighted: 1 for each such weekend.

    Source: no night shift before a free weekend, INRC-I (Haspeslagh et al. 2014).

    Examples
    --------
    Holds with nights: night on Thursday; Friday, Saturday and Sunday free.

    Broken, by one weekend: night on Friday; Saturday and Sunday free.
    """

    unit: ClassVar[str] = "weekend"
    example: ClassVar[dict[str, object]] = {
        "kind": "no_night_before_free_weekend",
        "templates": ["night"],
    }

    kind: Literal["no_night_before_free_weekend"] = "no_night_before_free_weekend"
    templates: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Templates of nights."""

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look every template up."""
        yield from unknown_templates(instance, self.templates)

    def post(self, block: EmployeeBlock) -> None:
        """Forbid each night before days that are all free."""
        for days in self.whole_weekends(block.instance.horizon, block.known_since):
            night = block.works_any(days[0] - 1, self.templates)
            block.forbid(self, [night, *(block.negated(block.works(day)) for day in days)])

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember a night as long as the weekend after it is free."""
        horizon = instance.horizon
        weekends = tuple(self.whole_weekends(horizon, known_since(horizon, employee)))
        nights, past = Templates(frozenset(self.templates)), past_duties(horizon, employee)
        begins = weekends[0][0] if weekends else horizon.days
        before = any(duty in nights for duty in past if duty.day == begins - 1)
        before &= not any(duty.day >= begins for duty in past)
        return (NightBefore(weekends, nights, int(before), self.price),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Look at the day before each free weekend."""
        for days in self.whole_weekends(roster.horizon, roster.known_since):
            free = not any(day in roster.worked_days for day in days)
            nights = [d.template for d in roster.on(days[0] - 1) if d.template in self.templates]
            if free and nights:
                message = f"{nights[0]} before the free weekend"
                yield self.violation(roster, roster.label(days[0] - 1), 1, message)
