"""People per shift and day: what a plan without services is read by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .markup import Markup, table, tag
from .parts import more, section
from .words import calendar_day, counted

if TYPE_CHECKING:
    from ..models.finding import CheckReport, Violation
    from ..models.instance import Instance
    from ..models.schedule import Schedule

COVER = "shift_cover"


def people_per_shift(instance: Instance, schedule: Schedule, report: CheckReport) -> Markup:
    """Count the people of every template and day, and mark where it is not as asked."""
    there: Counter[tuple[str, str]] = Counter()
    for shift in schedule.shifts:
        day = shift.day.isoformat()
        there[day, shift.template] += 1
        if shift.skill is not None:
            there[day, f"{shift.template} as {shift.skill}"] += 1
    off: dict[tuple[str, str], list[Violation]] = {}
    for found in (*report.violations, *report.penalties):
        if found.kind == COVER:
            off.setdefault((found.when, found.who), []).append(found)
    shown = {name for _, name in (*there, *off)}
    names = [name for name in _names(instance) if name in shown]
    dates = [instance.horizon.date_of(day) for day in range(instance.horizon.days)]
    rows = [
        (calendar_day(date), *(_cell(there, off, (date.isoformat(), name)) for name in names))
        for date in dates
    ]
    hint = (
        f"{counted(len(off), 'shift')} with other people than asked for" if off else "As asked for"
    )
    columns = tuple(range(1, len(names) + 1))
    cells = table("People per shift and day", ("Day", *names), rows, numbers=columns)
    return section("People per shift", tag("p", f"{hint}.", class_="soft"), more("By day", cells))


def _names(instance: Instance) -> list[str]:
    """Give every template, and behind it the skills in which it may be worked."""
    return [
        name
        for template in instance.templates
        for name in (template.id, *(f"{template.id} as {skill}" for skill in instance.skills))
    ]


def _cell(
    there: Counter[tuple[str, str]],
    off: dict[tuple[str, str], list[Violation]],
    place: tuple[str, str],
) -> str:
    people = str(there[place])
    if place not in off:
        return people
    return tag("b", people, class_="bad", title="; ".join(found.message for found in off[place]))
