"""From the text of a scenario of INRC-II to a record, with every fault and its line."""

from __future__ import annotations

from collections.abc import Collection

from ...lines import Faults, Row
from .record import Contract, Nurse, Scenario, ShiftType
from .sections import Section, limits_in, names_first, names_in, read_sections

HEADINGS = (
    "SCENARIO",
    "WEEKS",
    "SKILLS",
    "SHIFT_TYPES",
    "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS",
    "CONTRACTS",
    "NURSES",
)
CONTRACT = (
    "name",
    "(shifts)",
    "(consecutive working days)",
    "(consecutive days off)",
    "maximum of working weekends",
    "complete weekends",
)
MOST_WEEKS = 52
MOST_SHIFT_TYPES = 24
RESERVED = ("Any", "None")
"""Words that stand where names of shift types do."""


def parse_scenario(text: str, source: str) -> Scenario:
    """Read a scenario.

    Raises
    ------
    InputError
        With one fault for everything that is wrong, and its line.
    """
    faults = Faults(source)
    sections = read_sections(text, faults, HEADINGS)
    skills = names_first(sections["SKILLS"].counted(), "skill")
    for row in skills.values():
        row.has(("name",))
    shifts = _shifts(sections["SHIFT_TYPES"], sections["FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"])
    contracts = names_first(sections["CONTRACTS"].counted(), "contract")
    nurses = names_first(sections["NURSES"].counted(), "nurse")
    for name in ("SKILLS", "SHIFT_TYPES", "CONTRACTS", "NURSES"):
        if not sections[name].rows:
            sections[name].heading.fault(f"{name}: expected at least one row, found none")
    scenario = Scenario(
        name=_name(sections["SCENARIO"]),
        weeks=sections["WEEKS"].number(1, MOST_WEEKS) or 1,
        skills=tuple(skills),
        shifts=shifts,
        contracts={name: _contract(row) for name, row in contracts.items()},
        nurses={name: _nurse(row, contracts, skills) for name, row in nurses.items()},
    )
    faults.raise_if_any()
    return scenario


def _name(section: Section) -> str:
    if not section.value:
        section.heading.fault("expected 'SCENARIO = ' and a name")
    return section.value or ""


def _shifts(types: Section, successions: Section) -> dict[str, ShiftType]:
    rows = names_first(types.counted(), "shift type")
    if len(rows) > MOST_SHIFT_TYPES:
        types.heading.fault(f"at most {MOST_SHIFT_TYPES} shift types are supported")
    for name in RESERVED:
        if name in rows:
            rows[name].fault(f"'{name}' is no name for a shift type; it has a meaning of its own")
    following = names_first(successions.rows, "shift type")
    not_before = {
        row.known(0, "shift type", rows): names_in(row, 1, "shift type", tuple(rows))
        for row in following.values()
    }
    return {
        name: ShiftType(
            id=name,
            run=limits_in(row, 1, "days in a row", least=1)
            if row.has(("name", "(consecutive days)"))
            else (0, 1),
            not_before=not_before.get(name, ()),
        )
        for name, row in rows.items()
    }


def _contract(row: Row) -> Contract:
    if not row.has(CONTRACT):
        return Contract(row.cells[0], (0, 0), (0, 1), (0, 1), 0, complete_weekends=False)
    return Contract(
        id=row.cells[0],
        shifts=limits_in(row, 1, "shifts"),
        run=limits_in(row, 2, "consecutive working days", least=1),
        run_off=limits_in(row, 3, "consecutive days off", least=1),
        max_weekends=row.count(4, CONTRACT[4]) or 0,
        complete_weekends=row.count(5, CONTRACT[5], 0, 1) == 1,
    )


def _nurse(row: Row, contracts: Collection[str], skills: Collection[str]) -> Nurse:
    if len(row.cells) < 2:
        row.fault("expected a name, a contract, a number of skills, and the skills")
        return Nurse(row.cells[0], "", ())
    contract = row.known(1, "contract", contracts)
    mine = names_in(row, 2, "skill", tuple(skills))
    if row.cells[2:] == ("0",):
        row.fault("expected at least one skill, found none")
    return Nurse(row.cells[0], contract or "", mine)
