"""The text form of INRC-I: the same elements as in XML, in rows with commas.

A row becomes the element that stands for it in the XML form, with the row's line, so that
everything behind this file is shared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ....models.base import did_you_mean
from ...lines import Faults, Row
from ...xml_text import Element
from .contracts import LIMITS

BEGINNINGS = ("/", "SCHEDULING_PERIOD")
"""How a file in this form begins."""
HEAD = re.compile(r"([A-Z_]+)(?:\s*=?\s*(\d+))?;")
PERIOD = ("ID", "StartDate", "EndDate")
SHIFT = ("ID", "Description", "StartTime", "EndTime", "number of skills", "skills")
CONTRACT = (
    "ID",
    "Description",
    "SingleAssignmentPerDay",
    *LIMITS,
    "WeekendDefinition",
    "CompleteWeekends",
    "IdenticalShiftTypesDuringWeekend",
    "NoNightShiftBeforeFreeWeekend",
    "TwoFreeDaysAfterNightShifts",
    "AlternativeSkillCategory",
    "number of patterns",
    "patterns",
)
PATTERN = ("ID", "weight", "number and entries")
EMPLOYEE = ("ID", "Name", "ContractID", "number of skills", "skills")
COVER = ("day", "shift", "people")
DAY_REQUEST = ("EmployeeID", "Date", "weight")
SHIFT_REQUEST = ("EmployeeID", "Date", "ShiftTypeID", "weight")


def is_text_form(text: str) -> bool:
    """Tell whether a file is in this form."""
    return text.lstrip().startswith(BEGINNINGS)


def parse_text_form(text: str, source: str) -> Element:
    """Give the root element that the XML form would have.

    Raises
    ------
    InputError
        If rows do not have the values they should, with their lines.
    """
    faults = Faults(source)
    root = Element("SchedulingPeriod", 1)
    covers = Element("CoverRequirements", 1)
    seen: set[str] = set()
    for name, head, rows in _sections(text, faults):
        if name not in SECTIONS:
            head.fault(f"unknown section {name}{did_you_mean(name, SECTIONS)}")
        elif name in seen:
            head.fault(f"{name} stands twice")
        else:
            seen.add(name)
            make, columns, group = SECTIONS[name]
            made = [make(row) for row in rows if row.has(columns)]
            if name == "SCHEDULING_PERIOD" and made:
                root.attributes, root.children = made[0].attributes, made[0].children
            elif name.endswith("COVER"):
                covers.line = head.line
                covers.children += made
            else:
                root.children.append(Element(group, head.line, children=made))
    for name in SECTIONS:
        if name not in seen and not name.endswith("REQUESTS"):
            faults.add(max(1, text.count("\n")), f"there is no section {name}")
    faults.raise_if_any()
    root.children.append(covers)
    return root


def _sections(text: str, faults: Faults) -> Iterator[tuple[str, Row, list[Row]]]:
    """Give every section with its head and rows, which have to be as many as the head says."""
    found: list[tuple[str, Row, list[Row], int | None]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("//"):
            continue
        head = HEAD.fullmatch(line)
        row = Row(faults, number, tuple(cell.strip() for cell in line.rstrip(";").split(",")))
        if head and (head[2] or head[1] in SECTIONS):
            found.append((head[1], row, [], int(head[2]) if head[2] else None))
            continue
        if not line.endswith(";"):
            row.fault(f"expected ';' at the end, found '{line[-20:]}'")
        if found:
            found[-1][2].append(row)
        else:
            row.fault(f"expected a section such as SCHEDULING_PERIOD, found '{line[:40]}'")
    for name, head_row, rows, announced in found:
        due = 1 if name == "SCHEDULING_PERIOD" else announced
        if due is not None and due != len(rows):
            head_row.fault(f"{name}: expected {due} rows, found {len(rows)}")
        yield name, head_row, rows


def _of(row: Row, tag: str, text: str = "", **attributes: str) -> Element:
    return Element(tag, row.line, attributes, text)


def _parent(row: Row, tag: str, children: Sequence[Element], **attributes: str) -> Element:
    return Element(tag, row.line, attributes, "", list(children))


def _period(row: Row) -> Element:
    name, start, end = row.cells
    return _parent(row, "", [_of(row, "StartDate", start), _of(row, "EndDate", end)], ID=name)


def _skill(row: Row) -> Element:
    return _of(row, "Skill", row.cells[0])


def _listed(row: Row, count: str, names: str, tag: str) -> list[Element]:
    """Read names with blanks between them, of which there are as many as said."""
    found = names.split()
    if str(len(found)) != count:
        row.fault(f"expected {count} names, found {len(found)}: '{names}'")
    return [_of(row, tag, name) for name in found]


def _shift(row: Row) -> Element:
    name, description, start, end, count, skills = row.cells
    parts = [
        _of(row, "StartTime", start),
        _of(row, "EndTime", end),
        _of(row, "Description", description),
        _parent(row, "Skills", _listed(row, count, skills, "Skill")),
    ]
    return _parent(row, "Shift", parts, ID=name)


def _contract(row: Row) -> Element:
    cells = dict(zip(CONTRACT, row.cells, strict=True))
    patterns = _listed(row, cells["number of patterns"], cells["patterns"], "Pattern")
    children = [
        _of(row, "Description", cells["Description"]),
        _of(row, "WeekendDefinition", cells["WeekendDefinition"]),
        _parent(row, "UnwantedPatterns", patterns),
    ]
    for name in LIMITS:
        on, weight, value = _parts(row, name, cells[name], 3)
        children.append(_of(row, name, value, on=on, weight=weight))
    for name in CONTRACT:
        if name not in LIMITS and cells[name].startswith("("):
            on, weight = _parts(row, name, cells[name], 2)
            if name == "TwoFreeDaysAfterNightShifts":
                if on != "0":
                    row.fault(f"{name} is not supported")
            else:
                children.append(_of(row, name, on, weight=weight))
    return _parent(row, "Contract", children, ID=cells["ID"])


def _parts(row: Row, name: str, text: str, number: int) -> list[str]:
    """Take ``(1|3|20)`` apart."""
    parts = text.removeprefix("(").removesuffix(")").split("|")
    if text[:1] == "(" and text[-1:] == ")" and len(parts) == number:
        return parts
    example = "(1|3|20)" if number == 3 else "(1|10)"
    row.fault(f"{name}: expected values such as {example}, found '{text}'")
    return ["0"] * number


def _pattern(row: Row) -> Element:
    name, weight, rest = row.cells
    count, *entries = rest.split() or [""]
    if str(len(entries)) != count:
        row.fault(f"expected {count} entries, found {len(entries)}")
    children = []
    for index, entry in enumerate(entries):
        shift, day = _parts(row, f"entry {index}", entry, 2)
        inside = [_of(row, "ShiftType", shift), _of(row, "Day", day)]
        children.append(_parent(row, "PatternEntry", inside, index=str(index)))
    inner = _parent(row, "PatternEntries", children)
    return _parent(row, "Pattern", [inner], ID=name, weight=weight)


def _employee(row: Row) -> Element:
    name, known_as, contract, count, skills = row.cells
    parts = [
        _of(row, "Name", known_as),
        _of(row, "ContractID", contract),
        _parent(row, "Skills", _listed(row, count, skills, "Skill")),
    ]
    return _parent(row, "Employee", parts, ID=name)


def _covered(tag: str, when: str) -> Callable[[Row], Element]:
    def make(row: Row) -> Element:
        day, shift, people = row.cells
        inside = [_of(row, "Shift", shift), _of(row, "Preferred", people)]
        return _parent(row, tag, [_of(row, when, day), _parent(row, "Cover", inside)])

    return make


def _request(tag: str, columns: Sequence[str]) -> Callable[[Row], Element]:
    def make(row: Row) -> Element:
        *cells, weight = row.cells
        parts = [_of(row, name, cell) for name, cell in zip(columns, cells, strict=False)]
        return _parent(row, tag, parts, weight=weight)

    return make


Section = tuple[Callable[[Row], Element], tuple[str, ...], str]
"""What makes an element of a row, the row's columns, and the group that the elements go into."""
SECTIONS: dict[str, Section] = {
    "SCHEDULING_PERIOD": (_period, PERIOD, ""),
    "SKILLS": (_skill, ("skill",), "Skills"),
    "SHIFT_TYPES": (_shift, SHIFT, "ShiftTypes"),
    "CONTRACTS": (_contract, CONTRACT, "Contracts"),
    "PATTERNS": (_pattern, PATTERN, "Patterns"),
    "EMPLOYEES": (_employee, EMPLOYEE, "Employees"),
    "DAY_OF_WEEK_COVER": (_covered("DayOfWeekCover", "Day"), COVER, ""),
    "DATE_SPECIFIC_COVER": (_covered("DateSpecificCover", "Date"), COVER, ""),
    "DAY_OFF_REQUESTS": (_request("DayOff", DAY_REQUEST), DAY_REQUEST, "DayOffRequests"),
    "DAY_ON_REQUESTS": (_request("DayOn", DAY_REQUEST), DAY_REQUEST, "DayOnRequests"),
    "SHIFT_OFF_REQUESTS": (_request("ShiftOff", SHIFT_REQUEST), SHIFT_REQUEST, "ShiftOffRequests"),
    "SHIFT_ON_REQUESTS": (_request("ShiftOn", SHIFT_REQUEST), SHIFT_REQUEST, "ShiftOnRequests"),
}
