"""From the XML of INRC-I to a record, with every fault and its line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Literal, TypeVar

from ....models.base import Weekday
from ...xml_fields import Fields
from ...xml_text import Element, parse_xml
from .contracts import ANY, DAY_NAMES, contract_of, pattern_of
from .record import Nurse, Period, ShiftType, Wish
from .text_form import is_text_form, parse_text_form

REQUESTS: tuple[tuple[str, str, Literal["on", "off"]], ...] = (
    ("DayOffRequests", "DayOff", "off"),
    ("DayOnRequests", "DayOn", "on"),
    ("ShiftOffRequests", "ShiftOff", "off"),
    ("ShiftOnRequests", "ShiftOn", "on"),
)
PARTS = (
    "StartDate",
    "EndDate",
    "Skills",
    "ShiftTypes",
    "Patterns",
    "Contracts",
    "Employees",
    "CoverRequirements",
    *(group for group, _, _ in REQUESTS),
)
LONGEST = 366
"""Days of a period."""

Named = TypeVar("Named")


def parse(text: str, source: str) -> Period:
    """Read a scheduling period, in XML or in its text form.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its line.
    """
    read = parse_text_form if is_text_form(text) else parse_xml
    root, fields = read(text, source), Fields(source)
    if root.tag != "SchedulingPeriod":
        fields.fault(root, f"expected <SchedulingPeriod>, found <{root.tag}>")
        fields.raise_if_any()
    period = _period(fields, root)
    fields.raise_if_any()
    return period


def _period(fields: Fields, root: Element) -> Period:
    fields.only(root, PARTS)
    start, end = (fields.day(fields.child(root, name)) for name in ("StartDate", "EndDate"))
    skills = tuple(fields.text(e) or "" for e in fields.children(root, "Skills", "Skill"))
    shifts = _by_id(fields, root, ("ShiftTypes", "Shift"), lambda e: _shift(fields, e, skills))
    patterns = _by_id(
        fields, root, ("Patterns", "Pattern"), lambda e: pattern_of(fields, e, shifts)
    )
    contracts = _by_id(
        fields, root, ("Contracts", "Contract"), lambda e: contract_of(fields, e, patterns)
    )
    nurses = _by_id(
        fields, root, ("Employees", "Employee"), lambda e: _nurse(fields, e, contracts, skills)
    )
    for group, found in (("ShiftTypes", shifts), ("Contracts", contracts), ("Employees", nurses)):
        if not found:
            fields.fault(root, f"no <{group}> are given")
    if start and end and not 0 <= (end - start).days < LONGEST:
        last = root.first("EndDate") or root
        fields.fault(last, f"expected 1 to {LONGEST} days from {start}, found the end {end}")
        start = end = None
    four_weeks = "MaxWorkingWeekendsInFourWeeks"
    if start and end and (end - start).days >= 28:
        for element in fields.children(root, "Contracts", "Contract"):
            if four_weeks in getattr(contracts.get(element.attributes.get("ID", "")), "limits", ()):
                fields.fault(element, f"<{four_weeks}> is supported for at most 28 days")
    dates = _Dates(fields, start, end)
    return Period(
        id=fields.attribute(root, "ID") or "",
        start=start or date.min,
        end=end or date.min,
        skills=skills,
        shifts=tuple(shifts.values()),
        patterns=patterns,
        contracts=tuple(contracts.values()),
        nurses=tuple(nurses.values()),
        weekday_cover=_weekday_cover(fields, root, shifts),
        date_cover=_date_cover(fields, root, shifts, dates),
        wishes=tuple(_wishes(fields, root, (nurses, shifts), dates)),
    )


def _by_id(
    fields: Fields, root: Element, place: tuple[str, str], make: Callable[[Element], Named]
) -> dict[str, Named]:
    """Read the elements of a group, each with an id of its own."""
    found: dict[str, Named] = {}
    for element in fields.children(root, *place):
        name = fields.attribute(element, "ID")
        made = make(element)
        if name is not None and name in found:
            fields.fault(element, f"a second <{element.tag}> with the ID '{name}'")
        elif name is not None:
            found[name] = made
    return found


def _skills(fields: Fields, element: Element, known: Collection[str]) -> tuple[str, ...]:
    named = fields.children(element, "Skills", "Skill")
    return tuple(fields.known(skill, "skill", known) or "" for skill in named)


def _shift(fields: Fields, element: Element, skills: Collection[str]) -> ShiftType:
    fields.only(element, ("StartTime", "EndTime", "Description", "Skills"))
    return ShiftType(
        id=element.attributes.get("ID", ""),
        start=fields.clock(fields.child(element, "StartTime")) or 0,
        end=fields.clock(fields.child(element, "EndTime")) or 0,
        skills=_skills(fields, element, skills),
    )


def _nurse(
    fields: Fields, element: Element, contracts: Collection[str], skills: Collection[str]
) -> Nurse:
    fields.only(element, ("ContractID", "Name", "Skills"))
    return Nurse(
        id=element.attributes.get("ID", ""),
        contract=fields.known(fields.child(element, "ContractID"), "contract", contracts) or "",
        skills=_skills(fields, element, skills),
    )


class _Dates:
    """Reads dates of the period."""

    def __init__(self, fields: Fields, start: date | None, end: date | None) -> None:
        self._fields = fields
        self._first, self._last = start, end

    def of(self, element: Element) -> date | None:
        """Give the date of an element, noting one outside."""
        child = self._fields.child(element, "Date")
        day = self._fields.day(child)
        if child is None or day is None or self._first is None or self._last is None:
            return None
        if not self._first <= day <= self._last:
            self._fields.fault(child, f"{day} is not in the period")
            return None
        return day


def _cover(
    fields: Fields, element: Element, shifts: Collection[str]
) -> Iterator[tuple[Element, str, int]]:
    for cover in element.all("Cover"):
        fields.only(cover, ("Shift", "Preferred"))
        shift = fields.known(fields.child(cover, "Shift"), "shift", shifts)
        preferred = fields.child(cover, "Preferred")
        people = preferred and fields.count(preferred, fields.text(preferred), "<Preferred>")
        if shift is not None and isinstance(people, int):
            yield cover, shift, people


def _weekday_cover(
    fields: Fields, root: Element, shifts: Collection[str]
) -> dict[tuple[Weekday, str], int]:
    found: dict[tuple[Weekday, str], int] = {}
    group = fields.child(root, "CoverRequirements")
    if group is None:
        return found
    fields.only(group, ("DayOfWeekCover", "DateSpecificCover"))
    for element in group.all("DayOfWeekCover"):
        fields.only(element, ("Day", "Cover"))
        name = fields.known(fields.child(element, "Day"), "day", DAY_NAMES)
        for cover, shift, people in _cover(fields, element, shifts):
            if name is not None and (DAY_NAMES[name], shift) in found:
                fields.fault(cover, f"a second cover of shift '{shift}' on {name}")
            elif name is not None:
                found[DAY_NAMES[name], shift] = people
    return found


def _date_cover(
    fields: Fields, root: Element, shifts: Collection[str], dates: _Dates
) -> dict[tuple[date, str], int]:
    found: dict[tuple[date, str], int] = {}
    group = root.first("CoverRequirements")
    for element in group.all("DateSpecificCover") if group else ():
        fields.only(element, ("Date", "Cover"))
        day = dates.of(element)
        for cover, shift, people in _cover(fields, element, shifts):
            if day is not None and (day, shift) in found:
                fields.fault(cover, f"a second cover of shift '{shift}' on {day}")
            elif day is not None:
                found[day, shift] = people
    return found


def _wishes(
    fields: Fields,
    root: Element,
    known: tuple[Collection[str], Collection[str]],
    dates: _Dates,
) -> Iterator[Wish]:
    nurses, shifts = known
    for group, tag, wants in REQUESTS:
        for element in fields.children(root, group, tag):
            parts = ("EmployeeID", "Date", *(["ShiftTypeID"] if tag.startswith("Shift") else []))
            fields.only(element, parts)
            weight = fields.count(element, fields.attribute(element, "weight"), "weight")
            nurse = fields.known(fields.child(element, "EmployeeID"), "employee", nurses)
            shift = None
            if "ShiftTypeID" in parts:
                shift = fields.known(fields.child(element, "ShiftTypeID"), "shift", (*shifts, ANY))
            day = dates.of(element)
            if nurse is not None and day is not None:
                yield Wish(nurse, wants, day, None if shift == ANY else shift, weight or 0)
