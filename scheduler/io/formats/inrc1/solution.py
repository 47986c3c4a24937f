"""Solution files of INRC-I: who works which shift on which date."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from ....models.instance import Instance
from ....models.schedule import Schedule, Shift
from ...xml_fields import Fields
from ...xml_text import Element, parse_xml


def read_solution(text: str, source: str, instance: Instance) -> Schedule:
    """Read a solution of the instance.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its line.
    """
    root, fields = parse_xml(text, source), Fields(source)
    if root.tag != "Solution":
        fields.fault(root, f"expected <Solution>, found <{root.tag}>")
        fields.raise_if_any()
    parts = ("SchedulingPeriodID", "Competitor", "SoftConstraintsPenalty", "Assignment")
    fields.only(root, parts)
    period = fields.child(root, "SchedulingPeriodID")
    if period is not None and period.text != instance.name:
        message = f"a solution of '{period.text}', not of '{instance.name}'"
        fields.fault(period, message)
    shifts = tuple(_shifts(fields, root, instance))
    fields.raise_if_any()
    return Schedule(shifts=shifts)


def _shifts(fields: Fields, root: Element, instance: Instance) -> Iterator[Shift]:
    horizon = instance.horizon
    nurses = {employee.id for employee in instance.employees}
    templates = {template.id: template for template in instance.templates}
    for element in root.all("Assignment"):
        fields.only(element, ("Date", "Employee", "ShiftType"))
        day = fields.day(fields.child(element, "Date"))
        nurse = fields.known(fields.child(element, "Employee"), "employee", nurses)
        name = fields.known(fields.child(element, "ShiftType"), "shift", templates)
        if day is None or nurse is None or name is None:
            continue
        if not 0 <= horizon.day_of(day) < horizon.days:
            fields.fault(element, f"{day} is not in the period")
            continue
        template = templates[name]
        start = horizon.minute_at(horizon.day_of(day), template.start.earliest)
        yield Shift(
            employee=nurse,
            day=day,
            template=name,
            start=horizon.written(start),
            end=horizon.written(start + template.length.min_minutes),
        )


def write_solution(instance: Instance, schedule: Schedule) -> str:
    """Give a schedule as the text of a solution file."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<Solution>",
        f"  <SchedulingPeriodID>{escape(instance.name)}</SchedulingPeriodID>",
        "  <Competitor>servicefloor</Competitor>",
    ]
    for shift in sorted(schedule.shifts, key=lambda shift: (shift.day, shift.employee)):
        lines += [
            "  <Assignment>",
            f"    <Date>{shift.day.isoformat()}</Date>",
            f"    <Employee>{escape(shift.employee)}</Employee>",
            f"    <ShiftType>{escape(shift.template)}</ShiftType>",
            "  </Assignment>",
        ]
    return "\n".join([*lines, "</Solution>"]) + "\n"
