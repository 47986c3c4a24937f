"""The rules of INRC-I once more, written from its description and straight from the XML.

It shares nothing with the package, so that both can be compared on every schedule of a tiny period.
"""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Row = tuple[str | None, ...]
"""One nurse's shifts, day by day."""


class Period:
    """A period with what scoring needs."""

    def __init__(self, path: Path) -> None:
        self.root = ET.parse(path).getroot()
        self.start = date.fromisoformat(self.root.findtext("StartDate"))
        length = (date.fromisoformat(self.root.findtext("EndDate")) - self.start).days + 1
        self.days = [self.start + timedelta(days=i) for i in range(length)]
        self.shifts = [shift.get("ID") for shift in self.root.find("ShiftTypes")]
        self.nurses = [nurse.get("ID") for nurse in self.root.find("Employees")]

    def asked(self, day: date, shift: str) -> int:
        """Give the people due in a shift."""
        requirements = self.root.find("CoverRequirements")
        places = [
            *(c for c in requirements if c.findtext("Date") == day.isoformat()),
            *(c for c in requirements if c.findtext("Day") == NAMES[day.weekday()]),
        ]
        for place in places:
            for cover in place.findall("Cover"):
                if cover.findtext("Shift") == shift:
                    return int(cover.findtext("Preferred"))
        return 0

    def schedules(self) -> Iterator[dict[str, Row]]:
        """Every schedule that meets the cover."""
        days = [list(self._ways(day)) for day in self.days]
        for chosen in itertools.product(*days):
            yield dict(zip(self.nurses, zip(*chosen, strict=True), strict=True))

    def _ways(self, day: date) -> Iterator[tuple[str | None, ...]]:
        due = {shift: self.asked(day, shift) for shift in self.shifts}
        for way in itertools.product([None, *self.shifts], repeat=len(self.nurses)):
            if all(way.count(shift) == people for shift, people in due.items()):
                yield way

    def cost(self, schedule: dict[str, Row]) -> int:
        """Give the weighted sum of everything that is not as wished."""
        total = 0
        for nurse in self.root.find("Employees"):
            [contract] = [
                c
                for c in self.root.find("Contracts")
                if c.get("ID") == nurse.findtext("ContractID")
            ]
            row = schedule[nurse.get("ID")]
            total += self._of_contract(contract, row)
            total += self._of_skills(contract, nurse, row)
            total += self._of_requests(nurse.get("ID"), row)
        return total

    def _of_contract(self, contract: ET.Element, row: Row) -> int:
        def limit(name: str) -> tuple[int, int]:
            element = contract.find(name)
            on = element.get("on") in ("1", "true")
            return int(element.get("weight")) * on, int(element.text)

        def wanted(name: str) -> int:
            element = contract.find(name)
            return int(element.get("weight")) * (element.text == "true")

        weekends = self._weekends(contract.findtext("WeekendDefinition"))
        worked = [shift is not None for shift in row]
        touched = [any(worked[d] for d in days if d < len(row)) for days in weekends]
        total = 0
        for what, held in (
            ("WorkingDays", worked),
            ("FreeDays", [not w for w in worked]),
            ("WorkingWeekends", touched),
        ):
            for length in (len(list(g)) for holds, g in itertools.groupby(held) if holds):
                weight, most = limit(f"MaxConsecutive{what}")
                total += weight * max(0, length - most)
                weight, least = limit(f"MinConsecutive{what}")
                total += weight * max(0, least - length)
        weight, most = limit("MaxNumAssignments")
        total += weight * max(0, sum(worked) - most)
        weight, least = limit("MinNumAssignments")
        total += weight * max(0, least - sum(worked))
        weight, most = limit("MaxWorkingWeekendsInFourWeeks")
        total += weight * max(0, sum(touched) - most)
        for days in weekends:
            if days[-1] >= len(row):
                continue
            shifts = [row[d] for d in days]
            some, every = any(shifts), all(shifts)
            total += wanted("CompleteWeekends") * (some and not every)
            total += wanted("IdenticalShiftTypesDuringWeekend") * (every and len(set(shifts)) > 1)
            total += wanted("NoNightShiftBeforeFreeWeekend") * (
                not some and days[0] > 0 and row[days[0] - 1] == "N"
            )
        named = {pattern.text for pattern in contract.find("UnwantedPatterns")}
        for pattern in self.root.find("Patterns"):
            if pattern.get("ID") in named:
                total += int(pattern.get("weight")) * self._matches(pattern, row)
        return total

    def _weekends(self, definition: str) -> list[list[int]]:
        length = sum(definition.count(name) for name in NAMES)
        return [
            list(range(i, i + length))
            for i, day in enumerate(self.days)
            if definition.startswith(NAMES[day.weekday()])
        ]

    def _matches(self, pattern: ET.Element, row: Row) -> int:
        entries = [(e.findtext("ShiftType"), e.findtext("Day")) for e in pattern[0]]

        def fits(day: int, shift: str, name: str) -> bool:
            if name not in ("Any", NAMES[self.days[day].weekday()]):
                return False
            if shift in ("Any", "None"):
                return (row[day] is None) == (shift == "None")
            return row[day] == shift

        return sum(
            all(fits(first + i, *entry) for i, entry in enumerate(entries))
            for first in range(len(row) - len(entries) + 1)
        )

    def _of_skills(self, contract: ET.Element, nurse: ET.Element, row: Row) -> int:
        element = contract.find("AlternativeSkillCategory")
        if element.text != "true":
            return 0
        mine = {skill.text for skill in nurse.find("Skills")}
        due = {
            s.get("ID"): {k.text for k in s.find("Skills")} for s in self.root.find("ShiftTypes")
        }
        return int(element.get("weight")) * sum(s is not None and not due[s] <= mine for s in row)

    def _of_requests(self, nurse: str, row: Row) -> int:
        total = 0
        for group, wants in (("DayOff", 0), ("DayOn", 1), ("ShiftOff", 0), ("ShiftOn", 1)):
            for wish in self.root.find(f"{group}Requests"):
                if wish.findtext("EmployeeID") == nurse:
                    day = (date.fromisoformat(wish.findtext("Date")) - self.start).days
                    shift = wish.findtext("ShiftTypeID")
                    granted = row[day] is not None if shift is None else row[day] == shift
                    total += int(wish.get("weight")) * (granted != bool(wants))
        return total
