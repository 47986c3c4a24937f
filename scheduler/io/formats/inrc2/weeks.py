"""From the texts of a history and of weeks of INRC-II to records, with every fault and its line."""

from __future__ import annotations

from collections.abc import Iterator

from ...lines import Faults, Row
from .record import DAYS, Demand, Past, Scenario, Week, Wish
from .sections import Section, limits_in, names_first, read_sections

ANY, NONE = "Any", "None"
PAST = (
    "name",
    "shifts",
    "working weekends",
    "last shift type",
    "days in a row with it",
    "working days in a row",
    "days off in a row",
)
LONGEST_RUN = 366
"""Days before the period that are looked at."""


def parse_history(text: str, source: str, scenario: Scenario) -> dict[str, Past]:
    """Read what the scenario's nurses did before the period.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its line.
    """
    faults = Faults(source)
    sections = read_sections(text, faults, ("HISTORY", "NURSE_HISTORY"))
    head = sections["HISTORY"].only_row(("week", "scenario"))
    if head is not None:
        if head.cells[0] != "0":
            head.fault(f"expected week 0, that of an initial history, found '{head.cells[0]}'")
        _of_this_scenario(head, 1, scenario)
    rows = names_first(sections["NURSE_HISTORY"].rows, "nurse")
    for name in scenario.nurses:
        if name not in rows:
            sections["NURSE_HISTORY"].heading.fault(f"NURSE_HISTORY: nurse '{name}' has no row")
    history = {name: _past(row, scenario) for name, row in rows.items()}
    faults.raise_if_any()
    return history


def _of_this_scenario(row: Row, cell: int, scenario: Scenario) -> None:
    if row.cells[cell] != scenario.name:
        row.fault(f"expected scenario '{scenario.name}', found '{row.cells[cell]}'")


def _past(row: Row, scenario: Scenario) -> Past:
    nothing = Past(0, 0, None, 0, 0, 0)
    row.known(0, "nurse", scenario.nurses)
    if not row.has(PAST):
        return nothing
    last = row.known(3, "shift type", (*scenario.shifts, NONE))
    shifts, weekends = row.count(1, PAST[1]), row.count(2, PAST[2])
    run_of_shift, run, run_off = (row.count(i, PAST[i], 0, LONGEST_RUN) for i in (4, 5, 6))
    if last is None or run_of_shift is None or run is None or run_off is None:
        return nothing
    worked = last != NONE
    if worked and not (0 < run_of_shift <= run and run_off == 0):
        row.fault(
            f"after a day with {last}: expected 1 or more days with it, no fewer working days, "
            f"and no days off, found {run_of_shift}, {run} and {run_off}"
        )
    elif worked and run > run_of_shift and len(scenario.shifts) == 1:
        row.fault(f"expected {run} days with {last}, the only shift type, found {run_of_shift}")
    elif not worked and (run_of_shift or run):
        row.fault(f"after a day off: expected no working days, found {run_of_shift} and {run}")
    return Past(shifts or 0, weekends or 0, last if worked else None, run_of_shift, run, run_off)


def parse_week(text: str, source: str, scenario: Scenario) -> Week:
    """Read what a week asks of the scenario's nurses.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its line.
    """
    faults = Faults(source)
    headings = ("WEEK_DATA", "REQUIREMENTS", "SHIFT_OFF_REQUESTS")
    sections = read_sections(text, faults, headings)
    head = sections["WEEK_DATA"].only_row(("scenario",))
    if head is not None:
        _of_this_scenario(head, 0, scenario)
    week = Week(
        demand=_demand(sections["REQUIREMENTS"], scenario),
        wishes=tuple(_wishes(sections["SHIFT_OFF_REQUESTS"], scenario)),
    )
    faults.raise_if_any()
    return week


def _demand(section: Section, scenario: Scenario) -> dict[tuple[str, str], Demand]:
    found: dict[tuple[str, str], Demand] = {}
    lines: dict[tuple[str, str], int] = {}
    for row in section.rows:
        if not row.has(("shift type", "skill", *(f"({day})" for day in DAYS))):
            continue
        shift = row.known(0, "shift type", scenario.shifts)
        skill = row.known(1, "skill", scenario.skills)
        pairs = [limits_in(row, 2 + i, day, upper="optimum") for i, day in enumerate(DAYS)]
        if shift is None or skill is None:
            continue
        first = lines.setdefault((shift, skill), row.line)
        if first < row.line:
            row.fault(f"{shift} {skill} stands in line {first} already")
        else:
            minimum, optimal = zip(*pairs, strict=True)
            found[shift, skill] = Demand(minimum, optimal)
    for shift in scenario.shifts:
        for skill in scenario.skills:
            if (shift, skill) not in lines:
                section.heading.fault(f"REQUIREMENTS: {shift} {skill} has no row")
    return found


def _wishes(section: Section, scenario: Scenario) -> Iterator[Wish]:
    for row in section.counted():
        if not row.has(("nurse", "shift type", "day")):
            continue
        nurse = row.known(0, "nurse", scenario.nurses)
        shift = row.known(1, "shift type", (*scenario.shifts, ANY))
        day = row.known(2, "day", DAYS)
        if nurse is not None and shift is not None and day is not None:
            yield Wish(nurse, None if shift == ANY else shift, DAYS.index(day))
