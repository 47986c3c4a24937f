"""Rosters of the shift scheduling benchmark in text: a row of cells for each employee.

A row is the employee's ID, a colon, a blank, and one cell for each day, each as wide as the longest
shift ID (but at least two characters): a dot at its right for a day off, otherwise the shift's ID,
filled up with ``=``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....models.base import did_you_mean
from ....models.instance import Instance
from ....models.schedule import Schedule, Shift
from ...lines import Faults

OFF, FILL = ".", "="
REMARKS = ("#", "--", "Final solution")
"""Beginnings of lines that say something about the roster."""


def read_solution(text: str, source: str, instance: Instance) -> Schedule:
    """Read a roster of the instance.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its line.
    """
    faults, width = Faults(source), _width(instance)
    names = [employee.id for employee in instance.employees]
    rows: dict[str, int] = {}
    shifts: list[Shift] = []
    number = 0
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith(REMARKS):
            continue
        name, colon, cells = line.partition(":")
        if not colon:
            faults.add(number, f"expected 'ID: cells', found '{line[:40]}'")
        elif name not in names:
            faults.add(number, f"unknown employee '{name}'{did_you_mean(name, names)}")
        elif name in rows:
            before = f"'{name}' has a row in line {rows[name]} already"
            faults.add(number, f"{before}; a file holds one roster")
        else:
            rows[name] = number
            shifts += _shifts(instance, faults, number, name, cells[1:], width)
    for name in names:
        if name not in rows:
            faults.add(max(1, number), f"there is no row for employee '{name}'")
    faults.raise_if_any()
    return Schedule(shifts=tuple(shifts))


def _width(instance: Instance) -> int:
    return max(2, *(len(template.id) for template in instance.templates))


def _shifts(
    instance: Instance, faults: Faults, line: int, name: str, cells: str, width: int
) -> Iterator[Shift]:
    horizon = instance.horizon
    templates = {template.id: template for template in instance.templates}
    if len(cells) != width * horizon.days:
        due = f"{width} characters for each of {horizon.days} days, {width * horizon.days} in all"
        faults.add(line, f"expected {due}, found {len(cells)}")
        return
    for day in range(horizon.days):
        shift = cells[day * width : (day + 1) * width].strip().rstrip(FILL)
        if shift == OFF:
            continue
        if shift not in templates:
            hint = did_you_mean(shift, templates)
            faults.add(line, f"day {day}: unknown shift '{shift}'{hint}")
            continue
        template = templates[shift]
        start = horizon.minute_at(day, template.start.earliest)
        yield Shift(
            employee=name,
            day=horizon.date_of(day),
            template=shift,
            start=horizon.written(start),
            end=horizon.written(start + template.length.min_minutes),
        )


def write_solution(instance: Instance, schedule: Schedule) -> str:
    """Give a schedule as the text of a roster."""
    width, horizon = _width(instance), instance.horizon
    worked = {
        (shift.employee, horizon.day_of(shift.day)): shift.template for shift in schedule.shifts
    }
    longest = max(len(employee.id) for employee in instance.employees)
    lines = []
    for employee in instance.employees:
        shifts = (worked.get((employee.id, day)) for day in range(horizon.days))
        cells = (OFF.rjust(width) if s is None else s.ljust(width, FILL) for s in shifts)
        lines.append(f"{employee.id.rjust(longest)}: {''.join(cells)}")
    return "\n".join(lines) + "\n"
