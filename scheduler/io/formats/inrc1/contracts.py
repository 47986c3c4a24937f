"""Contracts and patterns of an INRC-I file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ....models.base import WEEKDAYS, Weekday
from ...xml_fields import Fields
from ...xml_text import Element
from .record import Contract, Entry, Limit, Pattern

LIMITS = (
    "MaxNumAssignments",
    "MinNumAssignments",
    "MaxConsecutiveWorkingDays",
    "MinConsecutiveWorkingDays",
    "MaxConsecutiveFreeDays",
    "MinConsecutiveFreeDays",
    "MaxConsecutiveWorkingWeekends",
    "MinConsecutiveWorkingWeekends",
    "MaxWorkingWeekendsInFourWeeks",
)
"""Numbers of a contract."""
WISHES = (
    "SingleAssignmentPerDay",
    "CompleteWeekends",
    "IdenticalShiftTypesDuringWeekend",
    "NoNightShiftBeforeFreeWeekend",
    "AlternativeSkillCategory",
)
"""What a contract wants, or does not."""
DAY_NAMES: dict[str, Weekday] = dict(
    zip(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        WEEKDAYS,
        strict=True,
    )
)
ANY, NONE = "Any", "None"


def contract_of(fields: Fields, element: Element, patterns: Collection[str]) -> Contract:
    """Read a contract; patterns are named by their ids."""
    others = ("Description", "WeekendDefinition", "UnwantedPatterns")
    fields.only(element, (*LIMITS, *WISHES, *others))
    limits = {name: limit for name in LIMITS if (limit := _limit(fields, element, name))}
    wishes = {name: weight for name in WISHES if (weight := _wish(fields, element, name))}
    named = fields.children(element, "UnwantedPatterns", "Pattern")
    return Contract(
        id=element.attributes.get("ID", ""),
        weekend=_weekend(fields, fields.child(element, "WeekendDefinition")),
        limits=limits,
        wishes=wishes,
        patterns=tuple(fields.known(e, "pattern", patterns) or "" for e in named),
    )


def _limit(fields: Fields, contract: Element, name: str) -> Limit | None:
    """Read a number that is on."""
    element = fields.child(contract, name)
    if element is None:
        return None
    value = fields.count(element, fields.text(element), f"<{name}>")
    weight = fields.count(element, fields.attribute(element, "weight"), "weight")
    on = _is_true(fields, element, fields.attribute(element, "on"))
    if on and value == 0 and name in ("MaxConsecutiveWorkingDays", "MaxConsecutiveFreeDays"):
        fields.fault(element, f"<{name}>: expected at least 1, found 0")
    return Limit(weight or 0, value or 0) if on else None


def _wish(fields: Fields, contract: Element, name: str) -> int | None:
    """Give the weight of what is wanted."""
    element = fields.child(contract, name)
    if element is None:
        return None
    weight = fields.count(element, fields.attribute(element, "weight"), "weight")
    wanted = _is_true(fields, element, fields.text(element))
    if name == "SingleAssignmentPerDay" and not wanted:
        fields.fault(element, "several assignments a day are not supported")
    return weight if wanted else None


def _is_true(fields: Fields, element: Element, text: str | None) -> bool:
    if text is not None and text not in ("0", "1", "true", "false"):
        fields.fault(element, f"<{element.tag}>: expected 'true' or 'false', found '{text}'")
    return text in ("1", "true")


def _weekend(fields: Fields, element: Element | None) -> tuple[Weekday, ...]:
    text = fields.text(element)
    if element is None or text is None:
        return ()
    names = re.findall("|".join(DAY_NAMES), text)
    if "".join(names) != text or not _in_a_row([DAY_NAMES[name] for name in names]):
        message = f"expected days in a row such as 'SaturdaySunday', found '{text}'"
        fields.fault(element, f"<{element.tag}>: {message}")
    return tuple(DAY_NAMES[name] for name in names)


def _in_a_row(days: list[Weekday]) -> bool:
    first = WEEKDAYS.index(days[0])
    return len(days) < 8 and days == [WEEKDAYS[(first + i) % 7] for i in range(len(days))]


def pattern_of(fields: Fields, element: Element, shifts: Collection[str]) -> Pattern:
    """Read a pattern; its entries have weekdays in a row, or none has one."""
    fields.only(element, ("PatternEntries",))
    weight = fields.count(element, fields.attribute(element, "weight"), "weight")
    entries = tuple(
        _entry(fields, entry, shifts)
        for entry in _in_order(fields.children(element, "PatternEntries", "PatternEntry"))
    )
    days = [entry.weekday for entry in entries if entry.weekday is not None]
    if not entries:
        fields.fault(element, "the pattern has no entries")
    elif days and (len(days) < len(entries) or not _in_a_row(days)):
        fields.fault(element, "expected days in a row in all entries, or 'Any' in all of them")
    return Pattern(weight or 0, entries)


def _in_order(entries: Iterator[Element]) -> list[Element]:
    def position(entry: Element) -> int:
        index = entry.attributes.get("index", "")
        return int(index) if index.isdecimal() else 0

    return sorted(entries, key=position)


def _entry(fields: Fields, element: Element, shifts: Collection[str]) -> Entry:
    fields.only(element, ("ShiftType", "Day"))
    fields.count(element, fields.attribute(element, "index"), "index")
    shift = fields.known(fields.child(element, "ShiftType"), "shift", (*shifts, ANY, NONE))
    day = fields.known(fields.child(element, "Day"), "day", (*DAY_NAMES, ANY))
    return Entry(shift or ANY, DAY_NAMES.get(day or ANY))
