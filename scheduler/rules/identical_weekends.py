"""The same shift all weekend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.finding import Finding
from ..models.roster import Roster, known_since, past_duties
from .weekend_automata import ONE, SEVERAL, SOME_FREE, OneTemplate
from .weekends import WeekendRule

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.employee import Employee
    from ..models.instance import Instance
    from ..models.resource import Resource


class IdenticalWeekends(WeekendRule):
    """Who works on all days of a weekend works the same template on each of them.

    Weekends with a free day are not judged, nor those with a day after the horizon, or before it
    and not known; one that is cut by the horizon's start is judged with what is known from before
    the horizon.

    Notes
    -----
    Not (all days worked, one template on day d and another on day d'), for days d, d' of a weekend.
    Weighted: 1 for each weekend with more than one template.

    Source: identical shift types during the weekend, INRC-I (Haspeslagh et al. 2014).

    Examples
    --------
    Holds: early on Saturday, early on Sunday.

    Broken, by one weekend: early on Saturday, late on Sunday.
    """

    unit: ClassVar[str] = "weekend"
    example: ClassVar[dict[str, object]] = {"kind": "identical_weekends"}

    kind: Literal["identical_weekends"] = "identical_weekends"

    def post(self, block: EmployeeBlock) -> None:
        """Let no template on a worked weekend have another one on the next day worked."""
        for days in self.whole_weekends(block.instance.horizon, block.known_since):
            worked = [block.works(day) for day in days]
            broken = block.breach(self)
            for day in days:
                for template in block.templates_on(day):
                    for other in days:
                        others = block.templates_on(other) - {template}
                        block.exclude(
                            [
                                *worked,
                                block.works_any(day, [template]),
                                block.works_any(other, sorted(others)),
                            ],
                            unless=broken,
                        )

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember the template of the weekend so far."""
        horizon = instance.horizon
        weekends = tuple(self.whole_weekends(horizon, known_since(horizon, employee)))
        templates = tuple(template.id for template in instance.templates)
        over = [day for day in weekends[0] if day < 0] if weekends else []
        past = [duty for duty in past_duties(horizon, employee) if duty.day in over]
        names = {duty.template for duty in past}
        before = SEVERAL
        if not over:
            before = 0
        elif {duty.day for duty in past} < set(over):
            before = SOME_FREE
        elif len(names) == 1:
            templates = tuple(dict.fromkeys((*templates, *names)))
            before = ONE + templates.index(names.pop())
        return (OneTemplate(weekends, templates, before, self.price),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Compare the templates of each weekend that is worked throughout."""
        for days in self.whole_weekends(roster.horizon, roster.known_since):
            templates = {duty.template for day in days for duty in roster.on(day)}
            if all(day in roster.worked_days for day in days) and len(templates) > 1:
                message = f"{' and '.join(sorted(templates))} on one weekend"
                yield self.violation(roster, roster.label(days[0]), 1, message)
