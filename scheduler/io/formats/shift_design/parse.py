"""From MiniZinc data to a record, with every fault and its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from ....models.base import MINUTES_PER_DAY, did_you_mean
from ...lines import Faults, Row
from .record import ShiftType, Task

NUMBERS = ("interval", "days", "shiftTypes")
LISTS = ("demand", "minStart", "maxStart", "minLength", "maxLength")
WEIGHTS = ("weightUnderCover", "weightOverCover", "weightShiftInstances", "weightDutiesPerWeek")
UNUSED = ("minDuties", "maxDuties", "avgMinutes")
"""They belong to the term on duties per week."""
NEEDED = (*NUMBERS, *LISTS, *WEIGHTS[:3])
KNOWN = (*NEEDED, WEIGHTS[3], *UNUSED)
LONGEST = 366
"""Days."""
MOST_PEOPLE = 100_000
MOST_WEIGHT = 10_000
"""So that no interval costs more than a million."""


@dataclass(frozen=True, slots=True)
class Statement:
    """``name = value;``, or with a list of values."""

    row: Row
    """The values, at the line of the name."""
    cells: tuple[Row, ...]
    """Each value at its own line."""
    is_list: bool


Statements = Mapping[str, Statement]


def parse(text: str, source: str) -> Task:
    """Read a shift design file; the name is that of the file.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its line.
    """
    faults = Faults(source)
    found = _statements(text, faults)
    interval = _interval(found)
    days = _number(found, "days", 1, LONGEST)
    task = Task(
        name=PurePath(source).stem,
        interval=interval or MINUTES_PER_DAY,
        days=days or 1,
        demand=_demand(found, interval, days),
        types=_types(found, interval),
        weight_under=_weight(found, "weightUnderCover"),
        weight_over=_weight(found, "weightOverCover"),
        weight_shift=_weight(found, "weightShiftInstances"),
        weight_duties=_weight(found, "weightDutiesPerWeek"),
    )
    faults.raise_if_any()
    return task


def _statements(text: str, faults: Faults) -> Statements:
    """Cut the text at its semicolons; comments run from a percent sign to the end of the line."""
    bare = re.sub(r"%[^\n]*", "", text)
    found: dict[str, Statement] = {}
    begin = 0
    for end in [*(match.start() for match in re.finditer(";", bare)), len(bare)]:
        begin += len(bare[begin:end]) - len(bare[begin:end].lstrip())
        part, line = bare[begin:end].strip(), bare.count("\n", 0, begin) + 1
        if part and end == len(bare):
            faults.add(line, f"expected a semicolon at the end of '{part[:40]}'")
        elif part:
            _enter(found, part, line, faults)
        begin = end + 1
    for name in NEEDED:
        if name not in found:
            faults.add(bare.count("\n") + 1, f"'{name}' is missing")
    return found


def _enter(found: dict[str, Statement], part: str, line: int, faults: Faults) -> None:
    match = re.fullmatch(r"(\w+)\s*=\s*(\[(?P<list>.*)\]|(?P<one>[^\[\]]+))", part, re.DOTALL)
    if match is None:
        faults.add(line, f"expected 'name = value', found '{' '.join(part.split())[:40]}'")
        return
    name, group = match[1], "one" if match["list"] is None else "list"
    if name not in KNOWN:
        faults.add(line, f"unknown name '{name}'{did_you_mean(name, KNOWN)}")
        return
    if name in found:
        faults.add(line, f"'{name}' stands twice; the first time in line {found[name].row.line}")
        return
    first = line + part.count("\n", 0, match.start(group))
    cells = tuple(_cells(match[group], first, faults, group == "list"))
    row = Row(faults, line, tuple(cell.cells[0] for cell in cells))
    found[name] = Statement(row, cells, group == "list")
    if found[name].is_list != (name in LISTS):
        due = "a list such as [1, 2]" if name in LISTS else "one value"
        row.fault(f"{name}: expected {due}")


def _cells(text: str, line: int, faults: Faults, is_list: bool) -> Iterator[Row]:
    parts = text.split(",") if is_list else [text]
    if is_list and not parts[-1].strip():
        parts.pop()  # a comma at the end, or nothing at all
    for part in parts:
        before = len(part) - len(part.lstrip())
        yield Row(faults, line + part.count("\n", 0, before), (part.strip(),))
        line += part.count("\n")


def _interval(found: Statements) -> int | None:
    interval = _number(found, "interval", 5, MINUTES_PER_DAY)
    if interval is not None and MINUTES_PER_DAY % interval:
        found["interval"].row.fault(
            f"interval: expected minutes that divide a day evenly, found {interval}"
        )
        return None
    return interval


def _number(found: Statements, name: str, least: int, most: int) -> int | None:
    if name not in found or found[name].is_list:
        return None
    return found[name].row.count(0, name, least, most)


def _list(found: Statements, name: str, least: int, most: int) -> list[int | None]:
    if name not in found or not found[name].is_list:
        return []
    return [row.count(0, name, least, most) for row in found[name].cells]


def _weight(found: Statements, name: str) -> Decimal:
    if name not in found or found[name].is_list:
        return Decimal(0)
    [text] = found[name].row.cells
    if not re.fullmatch(r"\d{1,6}(\.\d{1,2}0*)?", text) or Decimal(text) > MOST_WEIGHT:
        found[name].row.fault(
            f"{name}: expected a number from 0 to {MOST_WEIGHT} with at most two decimals, "
            f"found '{text[:40]}'"
        )
        return Decimal(0)
    return Decimal(text)


def _demand(found: Statements, interval: int | None, days: int | None) -> tuple[int, ...]:
    demand = _list(found, "demand", 0, MOST_PEOPLE)
    given = "demand" in found and found["demand"].is_list
    if given and interval and days and len(demand) != days * MINUTES_PER_DAY // interval:
        found["demand"].row.fault(
            f"demand: expected {days * MINUTES_PER_DAY // interval} values, {days} days of "
            f"{MINUTES_PER_DAY // interval} intervals, found {len(demand)}"
        )
    return tuple(people or 0 for people in demand)


def _types(found: Statements, interval: int | None) -> tuple[ShiftType, ...]:
    count = _number(found, "shiftTypes", 1, 1000)
    slots = MINUTES_PER_DAY // (interval or 5)
    limits = {"minStart": (0, slots - 1), "maxStart": (0, slots - 1)}
    columns = [_list(found, name, *limits.get(name, (1, slots))) for name in LISTS[1:]]
    for name, column in zip(LISTS[1:], columns, strict=True):
        given = name in found and found[name].is_list
        if count is not None and given and len(column) != count:
            found[name].row.fault(f"{name}: expected {count} values, found {len(column)}")
    types = []
    for i, (early, late, short, long) in enumerate(zip(*columns, strict=False)):
        if early is None or late is None or short is None or long is None:
            continue
        if late < early:
            found["maxStart"].cells[i].fault(f"maxStart: {late} is less than minStart {early}")
        if long < short:
            found["maxLength"].cells[i].fault(f"maxLength: {long} is less than minLength {short}")
        types.append(ShiftType(early, late, short, long))
    return tuple(types)
