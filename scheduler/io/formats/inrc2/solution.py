"""Solutions of INRC-II: one file for each week, who works which shift in which skill."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ....models.employee import Employee
from ....models.instance import Instance
from ....models.schedule import Schedule, Shift
from ...lines import Faults, Row
from ...text import read_text
from ..format import FormatError
from .record import DAYS
from .sections import all_sections
from .together import Together

HEADINGS = ("SOLUTION", "ASSIGNMENTS")
REMARKS = ("Viol:", "Cost:", "Time:")
"""Beginnings of lines with which programs end their solutions."""

WeekShifts = dict[int, tuple[Shift, ...]]


def read_solution(place: str | Path, instance: Instance) -> Schedule:
    """Read a solution of the instance.

    Parameters
    ----------
    place
        A folder with files such as ``sol-week0.txt``, or a file with all weeks, one after another.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its file and line.
    """
    together, path = Together(str(place)), Path(place)
    files = sorted(path.glob("[Ss]ol-*.txt")) if path.is_dir() else [place]
    if not files:
        together.fault("there are no files such as sol-week0.txt in this folder")
    found: dict[int, tuple[Shift, ...]] = {}
    for file in files:
        weeks = together.attempt(partial(_read, file, instance))
        for week, shifts in (weeks or {}).items():
            if week in found:
                together.fault(f"week {week} stands in two files, one of them {Path(file).name}")
            found[week] = shifts
    together.raise_if_any()
    missing = [week for week in range(instance.horizon.days // len(DAYS)) if week not in found]
    for week in missing:
        together.fault(f"there is no solution of week {week}")
    together.raise_if_any()
    return Schedule(shifts=tuple(shift for week in sorted(found) for shift in found[week]))


def _read(file: str | Path, instance: Instance) -> WeekShifts:
    faults = Faults(str(file))
    lines = read_text(file).splitlines()
    text = "\n".join("" if line.startswith(REMARKS) else line for line in lines)
    found: WeekShifts = {}
    week: int | None = None
    is_due = False
    for section in all_sections(text, faults, HEADINGS):
        if section.name == "SOLUTION":
            head = section.only_row(("week", "scenario"))
            week = None if head is None else _week(head, instance)
            if week in found:
                section.heading.fault(f"week {week} stands twice")
            is_due = True
            continue
        if not is_due:
            section.heading.fault("expected SOLUTION with a week before ASSIGNMENTS")
        shifts = tuple(_shifts(section.counted(), instance, week or 0))
        if week is not None:
            found[week] = shifts
        is_due = False
    if is_due or not lines:
        faults.add(max(1, len(lines)), "ASSIGNMENTS is missing")
    faults.raise_if_any()
    return found


def _week(head: Row, instance: Instance) -> int | None:
    scenario = _scenario(instance)
    if head.cells[1] != scenario:
        head.fault(f"a solution of '{head.cells[1]}', not of '{scenario}'")
    return head.count(0, "week", 0, instance.horizon.days // len(DAYS) - 1)


def _scenario(instance: Instance) -> str:
    """Give the name of the scenario: the instance's, without the history and the weeks."""
    return instance.name.rsplit("_", 2)[0]


def _shifts(rows: list[Row], instance: Instance, week: int) -> Iterator[Shift]:
    nurses = {employee.id for employee in instance.employees}
    templates = {template.id: template for template in instance.templates}
    horizon = instance.horizon
    for row in rows:
        if not row.has(("nurse", "day", "shift type", "skill")):
            continue
        nurse, name = row.known(0, "nurse", nurses), row.known(1, "day", DAYS)
        shift = row.known(2, "shift type", templates)
        skill = row.known(3, "skill", instance.skills)
        if nurse is None or name is None or shift is None or skill is None:
            continue
        day, template = len(DAYS) * week + DAYS.index(name), templates[shift]
        start = horizon.minute_at(day, template.start.earliest)
        yield Shift(
            employee=nurse,
            day=horizon.date_of(day),
            template=shift,
            start=horizon.written(start),
            end=horizon.written(start + template.length.min_minutes),
            skill=skill,
        )


def write_solution(instance: Instance, schedule: Schedule) -> dict[str, str]:
    """Give a schedule as the texts of the weeks' files, by their names.

    Raises
    ------
    FormatError
        If the instance has no whole weeks, or a shift does not say its skill.
    """
    horizon = instance.horizon
    if horizon.days % len(DAYS) or horizon.weekday_of(0) != "mon":
        raise FormatError("solutions of 'inrc2' have whole weeks, from a Monday to a Sunday")
    order = {employee.id: i for i, employee in enumerate(instance.employees)}
    shifts = [shift for shift in schedule.shifts if shift.day >= horizon.start]
    shifts.sort(key=lambda shift: (order[shift.employee], shift.day))
    weeks: list[list[str]] = [[] for _ in range(horizon.days // len(DAYS))]
    for shift in shifts:
        week, day = divmod(horizon.day_of(shift.day), len(DAYS))
        skill = _skill(instance.employees[order[shift.employee]], shift)
        weeks[week].append(f"{shift.employee} {DAYS[day]} {shift.template} {skill}")
    return {
        f"sol-week{week}.txt": "\n".join(
            ["SOLUTION", f"{week} {_scenario(instance)}", "", f"ASSIGNMENTS = {len(rows)}", *rows]
        )
        + "\n"
        for week, rows in enumerate(weeks)
    }


def _skill(employee: Employee, shift: Shift) -> str:
    """Give the skill in which a shift is worked: the one it names, or the only one there is."""
    if shift.skill is not None:
        return shift.skill
    if len(employee.skills) == 1:
        return next(iter(employee.skills))
    raise FormatError(f"the shift of {employee.id} on {shift.day} does not say its skill")
