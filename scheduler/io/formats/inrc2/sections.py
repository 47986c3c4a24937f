"""The sections of INRC-II's text files: a heading, maybe with a value, and rows of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ....models.base import did_you_mean
from ...lines import Faults, Row
from .record import Limits

WORDS = re.compile(r"\([^()]*\)|\S+")
"""A word, or a pair in brackets with blanks in it."""
PAIR = re.compile(r"\(\s*(\S+?)\s*,\s*(\S+?)\s*\)")
LONGEST_NAME = 100
LARGEST = 100_000
"""The largest limit."""


@dataclass(slots=True)
class Section:
    """A heading with what stands beside and below it."""

    heading: Row
    value: str | None = None
    rows: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Give the heading's word."""
        return self.heading.cells[0]

    def number(self, least: int, most: int = 1_000_000) -> int | None:
        """Read the value as a whole number."""
        if self.value is None:
            self.heading.fault(f"expected '{self.name} = ' and a number")
            return None
        return self.heading.number(self.value, self.name, least, most)

    def counted(self) -> list[Row]:
        """Give the rows; there are as many as the value says."""
        due = self.number(0)
        if due is not None and due != len(self.rows):
            self.heading.fault(f"{self.name}: expected {due} rows, found {len(self.rows)}")
        return self.rows

    def only_row(self, names: Sequence[str]) -> Row | None:
        """Give the one row that stands below, if it has as many values as names."""
        if len(self.rows) != 1:
            due = f"expected one row below ({', '.join(names)})"
            self.heading.fault(f"{self.name}: {due}, found {len(self.rows)}")
            return None
        return self.rows[0] if self.rows[0].has(names) else None


def read_sections(text: str, faults: Faults, headings: Sequence[str]) -> dict[str, Section]:
    """Cut a text into its sections; every one of the headings stands once.

    Raises
    ------
    InputError
        If headings are missing or unknown, since what stands below them cannot be told then.
    """
    found: dict[str, Section] = {}
    for section in all_sections(text, faults, headings):
        if section.name in found:
            section.heading.fault(f"{section.name} stands twice")
        else:
            found[section.name] = section
    last = max(1, len(text.splitlines()))
    for name in headings:
        if name not in found:
            faults.add(last, f"{name} is missing")
    faults.raise_if_any()
    return found


def all_sections(text: str, faults: Faults, headings: Sequence[str]) -> list[Section]:
    """Give every section, in order."""
    found: list[Section] = []
    section: Section | None = None
    for number, line in enumerate(text.splitlines(), 1):
        words = tuple(WORDS.findall(line))
        if not words:
            continue
        row, equals = Row(faults, number, words), words[1:2] == ("=",)
        if equals or (words[0] in headings and len(words) == 1):
            section = Section(row, " ".join(words[2:]) if equals else None)
            if words[0] in headings:
                found.append(section)
            else:
                row.fault(f"unknown heading '{words[0]}'{did_you_mean(words[0], headings)}")
        elif section is None:
            row.fault(f"expected the heading {headings[0]}, found '{line.strip()[:40]}'")
        else:
            section.rows.append(row)
    return found


def limits_in(row: Row, cell: int, what: str, *, least: int = 0, upper: str = "maximum") -> Limits:
    """Read a minimum and a maximum in brackets; the maximum is at least `least`."""
    found = PAIR.fullmatch(row.cells[cell])
    if found is None:
        row.fault(f"{what}: expected a pair such as (2,5), found '{row.cells[cell]}'")
        return 0, least
    low = row.number(found[1], f"{what}, minimum", 0, LARGEST)
    high = row.number(found[2], f"{what}, {upper}", least, LARGEST)
    if low is not None and high is not None and low > high:
        row.fault(f"{what}: the minimum {low} is more than the {upper} {high}")
    return low or 0, high or least


def names_in(row: Row, cell: int, noun: str, known: Sequence[str]) -> tuple[str, ...]:
    """Read how many names follow at the end of a row, and these names."""
    if len(row.cells) <= cell:
        row.fault(f"expected a number of {noun}s, and their names, at the end")
        return ()
    due, names = row.count(cell, f"number of {noun}s"), row.cells[cell + 1 :]
    if due is not None and due != len(names):
        row.fault(f"expected {due} {noun}s at the end, found {len(names)}")
    for i, name in enumerate(names):
        if name in names[:i]:
            row.fault(f"the {noun} '{name}' stands twice")
    return tuple(name for name in names if row.one_of(name, noun, known))


def names_first(rows: Sequence[Row], noun: str) -> dict[str, Row]:
    """Give the rows by their first words, which differ."""
    found: dict[str, Row] = {}
    for row in rows:
        name = row.cells[0]
        if name in found:
            row.fault(f"the {noun} '{name}' stands in line {found[name].line} already")
        elif len(name) > LONGEST_NAME:
            row.fault(f"the {noun} '{name[:40]}…' has more than {LONGEST_NAME} characters")
        found.setdefault(name, row)
    return found
