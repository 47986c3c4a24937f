"""From the text of the shift scheduling benchmark to a record, with every fault and its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Literal, TypeVar

from ....models.base import MINUTES_PER_DAY, did_you_mean
from ...lines import Faults, Row
from .record import Cover, Limits, Period, ShiftType, Wish, Worker

PREFIX = "SECTION_"
SECTIONS = (
    "HORIZON",
    "SHIFTS",
    "STAFF",
    "DAYS_OFF",
    "SHIFT_ON_REQUESTS",
    "SHIFT_OFF_REQUESTS",
    "COVER",
)
NEEDED = ("HORIZON", "SHIFTS", "STAFF", "COVER")
LONGEST = 366
"""Days of a period."""
GRID = 5
"""Minutes of which every length is a multiple."""
STAFF = (
    "ID",
    "MaxShifts",
    "MaxTotalMinutes",
    "MinTotalMinutes",
    "MaxConsecutiveShifts",
    "MinConsecutiveShifts",
    "MinConsecutiveDaysOff",
    "MaxWeekends",
)

Sections = Mapping[str, Sequence[Row]]
Named = TypeVar("Named", ShiftType, Worker)


def parse(text: str, source: str) -> Period:
    """Read a scheduling period; its name is that of the file.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its line.
    """
    faults = Faults(source)
    sections = _sections(text, faults)
    days = _horizon(sections["HORIZON"])
    shifts = _shifts(sections["SHIFTS"])
    staff = _by_id(sections["STAFF"], "employee", lambda row: _worker(row, shifts))
    # Where the horizon is faulty, days are measured against the longest one.
    period = Period(
        name=PurePath(source).stem,
        days=days or LONGEST,
        shifts=tuple(shifts.values()),
        staff=tuple(staff.values()),
        days_off=_days_off(sections["DAYS_OFF"], days or LONGEST, staff),
        wishes=(
            *_wishes(sections["SHIFT_ON_REQUESTS"], "on", days or LONGEST, staff, shifts),
            *_wishes(sections["SHIFT_OFF_REQUESTS"], "off", days or LONGEST, staff, shifts),
        ),
        cover=tuple(_cover(sections["COVER"], days or LONGEST, shifts)),
    )
    faults.raise_if_any()
    return period


def _sections(text: str, faults: Faults) -> Sections:
    """Cut the text into the rows of its sections; comments and blank lines are skipped."""
    found: dict[str, list[Row]] = {}
    rows: list[Row] | None = None
    number = 0
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        row = Row(faults, number, tuple(cell.strip() for cell in line.split(",")))
        if line.startswith(PREFIX):
            rows = []
            _enter(found, line.removeprefix(PREFIX), rows, row)
        elif rows is None:
            row.fault(f"expected a section such as {PREFIX}HORIZON, found '{line[:40]}'")
        else:
            rows.append(row)
    for name in NEEDED:
        if not found.get(name):
            faults.add(max(1, number), f"{PREFIX}{name} has no rows, or is missing")
    return {name: found.get(name, []) for name in SECTIONS}


def _enter(found: dict[str, list[Row]], name: str, rows: list[Row], row: Row) -> None:
    if name not in SECTIONS:
        known = [f"{PREFIX}{known}" for known in SECTIONS]
        row.fault(f"unknown section '{PREFIX}{name}'{did_you_mean(f'{PREFIX}{name}', known)}")
    elif name in found:
        row.fault(f"{PREFIX}{name} stands twice")
    else:
        found[name] = rows


def _horizon(rows: Sequence[Row]) -> int | None:
    for row in rows[1:]:
        row.fault("expected one number of days, found another row")
    if not rows or not rows[0].has(("days",)):
        return None
    return rows[0].count(0, "days", 1, LONGEST)


def _by_id(rows: Sequence[Row], noun: str, read: Callable[[Row], Named]) -> dict[str, Named]:
    """Read what has an ID; what is faulty keeps its place, so that its name stays known."""
    found: dict[str, Named] = {}
    lines: dict[str, int] = {}
    for row in rows:
        name = row.cells[0]
        if name in lines:
            row.fault(f"the {noun} '{name}' stands in line {lines[name]} already")
        elif not name:
            row.fault(f"the {noun} has no ID")
        lines.setdefault(name, row.line)
        found.setdefault(name, read(row))
    return found


def _shifts(rows: Sequence[Row]) -> dict[str, ShiftType]:
    names = [row.cells[0] for row in rows]

    def read(row: Row) -> ShiftType:
        if not row.has(("ShiftID", "Length in mins", "Shifts which cannot follow this shift")):
            return ShiftType(row.cells[0], GRID, ())
        minutes = row.count(1, "Length in mins", GRID, MINUTES_PER_DAY) or GRID
        if minutes % GRID:
            row.fault(f"Length in mins: expected a multiple of {GRID}, found {minutes}")
        following = [name for name in row.cells[2].split("|") if name]
        known = [row.one_of(name, "shift", names) for name in following]
        return ShiftType(row.cells[0], minutes, tuple(name for name in known if name))

    return _by_id(rows, "shift", read)


def _worker(row: Row, shifts: Mapping[str, ShiftType]) -> Worker:
    if not row.has(STAFF):
        return Worker(row.cells[0], Limits((), 0, 0, 1, 0, 0, 0))
    most, least, run, short_run, off, weekends = (
        row.count(cell, STAFF[cell], least=1 if STAFF[cell] == "MaxConsecutiveShifts" else 0)
        for cell in range(2, len(STAFF))
    )
    if least is not None and most is not None and least > most:
        row.fault(f"MinTotalMinutes {least} is more than MaxTotalMinutes {most}")
    limits = Limits(
        max_shifts=_max_shifts(row, shifts),
        max_minutes=most or 0,
        min_minutes=least or 0,
        max_run=run or 1,
        min_run=short_run or 0,
        min_run_off=off or 0,
        max_weekends=weekends or 0,
    )
    return Worker(row.cells[0], limits)


def _max_shifts(row: Row, shifts: Mapping[str, ShiftType]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for part in row.cells[1].split("|"):
        name, equals, number = (text.strip() for text in part.partition("="))
        if not equals:
            row.fault(f"MaxShifts: expected entries such as D=14, found '{part}'")
            continue
        most = row.number(number, f"MaxShifts of '{name}'")
        if row.one_of(name, "shift", shifts) is not None and name in found:
            row.fault(f"MaxShifts: '{name}' is given twice")
        found.setdefault(name, most or 0)
    for name in shifts:
        if name not in found:
            row.fault(f"MaxShifts: nothing is given for shift '{name}'")
    return tuple((name, found.get(name, 0)) for name in shifts)


def _days_off(
    rows: Sequence[Row], days: int, staff: Mapping[str, Worker]
) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for row in rows:
        name = row.known(0, "employee", staff)
        off = [row.count(cell, "day", 0, days - 1) for cell in range(1, len(row.cells))]
        if name is not None:
            now = (day for day in off if day is not None)
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *now)))
    return found


def _wishes(
    rows: Sequence[Row],
    wants: Literal["on", "off"],
    days: int,
    staff: Mapping[str, Worker],
    shifts: Mapping[str, ShiftType],
) -> Iterator[Wish]:
    for row in rows:
        if not row.has(("EmployeeID", "Day", "ShiftID", "Weight")):
            continue
        worker, shift = row.known(0, "employee", staff), row.known(2, "shift", shifts)
        day, weight = row.count(1, "Day", 0, days - 1), row.count(3, "Weight")
        if worker and shift and day is not None and weight is not None:
            yield Wish(worker, wants, day, shift, weight)


def _cover(rows: Sequence[Row], days: int, shifts: Mapping[str, ShiftType]) -> Iterator[Cover]:
    lines: dict[tuple[int, str], int] = {}
    names = ("Day", "ShiftID", "Requirement", "Weight for under", "Weight for over")
    for row in rows:
        if not row.has(names):
            continue
        day, shift = row.count(0, "Day", 0, days - 1), row.known(1, "shift", shifts)
        people, under, over = (row.count(cell, names[cell]) for cell in (2, 3, 4))
        if day is None or shift is None or people is None or under is None or over is None:
            continue
        first = lines.setdefault((day, shift), row.line)
        if first < row.line:
            row.fault(f"the cover of '{shift}' on day {day} stands in line {first} already")
        else:
            yield Cover(day, shift, people, under, over)
