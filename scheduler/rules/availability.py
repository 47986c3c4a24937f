"""Availability: absences, fixed and forbidden shifts, and the contract's templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from ..models.employee import Employee, FixedShift
from ..models.finding import Finding
from ..models.instance import Instance
from ..models.roster import Duty, Roster
from ..models.rule import Rule
from .automata import Duties

if TYPE_CHECKING:
    from ..formulation.employee_block import EmployeeBlock
    from ..models.resource import Resource


class Availability(Rule):
    """A person works only when available, gets every fixed shift and no forbidden one.

    Every employee carries this rule. What the contract's `templates` leave out is forbidden.

    Notes
    -----
    x_o = 0 for options that share time with an absence, are forbidden, or differ from the day's
    fixed shift; Σ_{o on day d} x_o = 1 for every day d with a fixed shift.

    Source: the employee's entries `unavailable`, `fixed` and `forbidden`.

    Examples
    --------
    Holds: absent on Tuesday, works Monday.

    Broken, by one shift: absent on Tuesday from 12:00, works Tuesday from 08:00 to 16:00.
    """

    always: ClassVar[bool] = True
    unit: ClassVar[str] = "shift"
    example: ClassVar[dict[str, object]] = {"kind": "availability"}

    kind: Literal["availability"] = "availability"

    def permits(self, duty: Duty, employee: Employee, instance: Instance) -> bool:
        """Tell whether nothing speaks against the duty."""
        horizon = instance.horizon
        fixed = next((f for f in employee.fixed if horizon.day_of(f.day) == duty.day), None)
        return (
            not _ruled_out(duty, employee, instance)
            and (fixed is None or _matches(fixed, duty, instance))
            and not any(
                duty.overlaps(horizon.minute_of(span.start), horizon.minute_of(span.end))
                for span in employee.unavailable
            )
        )

    def post(self, block: EmployeeBlock) -> None:
        """Post the fixed shifts; everything else is kept out of the choices."""
        for fixed in block.employee.fixed:
            day = block.instance.horizon.day_of(fixed.day)
            block.model.add_exactly_one([choice.worked for choice in block.on(day)])

    def resources(self, employee: Employee, instance: Instance) -> tuple[Resource, ...]:
        """Remember nothing; keep the days with a fixed shift."""
        return (Duties(frozenset(instance.horizon.day_of(f.day) for f in employee.fixed)),)

    def check(self, roster: Roster) -> Iterator[Finding]:
        """Look at each duty, then for each fixed shift."""
        horizon, employee = roster.horizon, roster.employee
        for duty in roster.planned:
            when = horizon.label(duty.start)
            if _ruled_out(duty, employee, roster.instance):
                message = f"{duty.template} shifts are not allowed here"
                yield self.violation(roster, when, 1, message)
            for span in employee.unavailable:
                if horizon.minute_of(span.start) < duty.end and duty.start < horizon.minute_of(
                    span.end
                ):
                    yield self.violation(roster, when, 1, f"unavailable from {span.start}")
        for fixed in employee.fixed:
            day = horizon.day_of(fixed.day)
            if not any(
                duty.day == day and _matches(fixed, duty, roster.instance)
                for duty in roster.planned
            ):
                message = f"the fixed {fixed.template} shift is missing"
                yield self.violation(roster, fixed.day.isoformat(), 1, message)


def _ruled_out(duty: Duty, employee: Employee, instance: Instance) -> bool:
    allowed = instance.contract_of(employee).templates
    if allowed is not None and duty.template not in allowed:
        return True
    banned = instance.remembered(("banned", employee.id), lambda: _banned(employee, instance))
    places = (duty.day, None), (None, duty.template), (duty.day, duty.template)
    return any(place in banned for place in places)


def _banned(employee: Employee, instance: Instance) -> frozenset[tuple[int | None, str | None]]:
    """Days and templates, and pairs of them, that are forbidden."""
    return frozenset(
        (None if ban.day is None else instance.horizon.day_of(ban.day), ban.template)
        for ban in employee.forbidden
    )


def _matches(fixed: FixedShift, duty: Duty, instance: Instance) -> bool:
    """Compare instants, so that a start which the clock skips still means something."""
    horizon, minutes = instance.horizon, fixed.length_minutes
    if duty.template != fixed.template:
        return False
    if fixed.start is not None and horizon.minute_at(duty.day, fixed.start) != duty.start:
        return False
    if minutes is None:
        return True
    if instance.template(fixed.template).ends_by_clock:
        return duty.end == horizon.minute_at(duty.day, duty.clock + minutes)
    return duty.end == duty.start + minutes
