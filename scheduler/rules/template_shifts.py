"""Shifts of certain templates in the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..models.base import Count, Id, Location, Model
from ..models.employee import Employee
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.roster import Duty, Roster
from ..models.rule import Rule
from .automata import Sums, Templates, whole_horizon
from .names import unknown_templates
from .totals import keep_within, out_of_order

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.resource import Resource


class TemplateLimit(Model):
    """How many shifts of some templates, taken together."""

    templates: Annotated[tuple[Id, ...], Field(min_length=1)]
    min_shifts: Count = 0
    max_shifts: Count | None = None
    already: Count = 0
    """Shifts of the same period before the horizon."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        out_of_order("shifts", self.min_shifts, self.max_shifts)
        return self


class TemplateShifts(Rule):
    """In the whole horizon, the shifts of certain templates number `min_shifts` to `max_shifts`.

    Each of the `limits` is judged by itself. Shifts that start before the horizon do not count by
    themselves; `already` adds those of the same period.

    Notes
    -----
    min ≤ already + Σ_{o of the templates} x_o ≤ max for each limit. With a hard maximum of 0 the
    templates are no options at all.

    Source: maximum shifts of each type in the nurse-rostering benchmarks (Curtois and Qu 2014).

    Examples
    --------
    Holds with at most 4 nights: four nights and ten early shifts.

    Broken, by one shift: five nights.
    """

    unit: ClassVar[str] = "shift"
    example: ClassVar[dict[str, object]] = {
        "kind": "template_shifts",
        "limits": [{"templates": ["night"], "max_shifts": 4}],
    }

    kind: Literal["template_shifts"] = "template_shifts"
    limits: Annotated[tuple[TemplateLimit, ...], Field(min_length=1)]

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look every template up."""
        for i, limit in enumerate(self.limits):
            yield from unknown_templates(instance, limit.templates, "limits", i, "templates")

    def permits(self, duty: Duty, employee: Employee, instance: Instance) -> bool:  # noqa: ARG002
        """Tell whether none of the templates' hard maxima is 0."""
        return self.weight is not None or not any(
            limit.max_shifts == 0 and duty.template in limit.templates for limit in self.limits
        )

    def post(self, block: EmployeeBlock) -> None:
        """Post both sides of each limit."""
        for limit in self.limits:
            chosen = [c for c in block.choices if c.duty.template in limit.templates]
            worked = block.total(c.worked for c in chosen) + limit.already
            largest = limit.already + len({c.duty.day for c in chosen})
            keep_within(block, self, worked, largest, least=limit.min_shifts, most=limit.max_shifts)

    def resources(
        self,
        employee: Employee,  # noqa: ARG002
        instance: Instance,
    ) -> tuple[Resource, ...]:
        """Remember the sum of every limit that can bind."""
        longest = instance.horizon.days
        return tuple(
            Sums(
                Templates(frozenset(limit.templates)),
                whole_horizon(instance, limit.already, limit.min_shifts, limit.max_shifts),
                self.price,
            )
            for limit in self.limits
            if limit.min_shifts > limit.already
            or (limit.max_shifts is not None and limit.max_shifts < limit.already + longest)
        )

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Count for each limit."""
        for limit in self.limits:
            worked = sum(duty.template in limit.templates for duty in roster.planned)
            total, what = worked + limit.already, " or ".join(limit.templates)
            if total < limit.min_shifts:
                message = f"{total} shifts of {what}, at least {limit.min_shifts} due"
                yield self.violation(roster, roster.span, limit.min_shifts - total, message)
            if limit.max_shifts is not None and total > limit.max_shifts:
                message = f"{total} shifts of {what}, at most {limit.max_shifts} allowed"
                yield self.violation(roster, roster.span, total - limit.max_shifts, message)
