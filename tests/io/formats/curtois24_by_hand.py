"""A second scorer of the shift scheduling benchmark, straight from the text and the rules."""

from __future__ import annotations

import random
from collections import Counter
from itertools import groupby, pairwise
from pathlib import Path

Row = list[str | None]
"""Shift of each day; None is a day off."""


class Period:
    """A period as the file says it."""

    def __init__(self, path: Path) -> None:
        sections: dict[str, list[list[str]]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("SECTION_"):
                rows = sections.setdefault(line.strip()[8:], [])
            elif line.strip() and not line.startswith("#"):
                rows.append(line.strip().split(","))
        self.days = int(sections["HORIZON"][0][0])
        self.minutes = {name: int(length) for name, length, _ in sections["SHIFTS"]}
        self.banned = {
            (name, after)
            for name, _, follow in sections["SHIFTS"]
            for after in follow.split("|")
            if after
        }
        self.staff = {row[0]: row[1:] for row in sections["STAFF"]}
        self.off = {(row[0], int(day)) for row in sections.get("DAYS_OFF", []) for day in row[1:]}
        self.on_requests = sections.get("SHIFT_ON_REQUESTS", [])
        self.off_requests = sections.get("SHIFT_OFF_REQUESTS", [])
        self.cover = sections["COVER"]

    def requests_cost(self, rows: dict[str, Row]) -> int:
        """Weights of wishes that are not met."""
        missed = sum(int(w) for e, d, s, w in self.on_requests if rows[e][int(d)] != s)
        return missed + sum(int(w) for e, d, s, w in self.off_requests if rows[e][int(d)] == s)

    def cover_cost(self, rows: dict[str, Row]) -> int:
        """Price of people too few and too many."""
        there = Counter((day, s) for row in rows.values() for day, s in enumerate(row))
        cost = 0
        for day, shift, due, under, over in self.cover:
            people = there[int(day), shift]
            cost += int(under) * max(0, int(due) - people) + int(over) * max(0, people - int(due))
        return cost

    def is_feasible(self, rows: dict[str, Row]) -> bool:
        """Whether everybody's roster keeps all limits."""
        return all(self.keeps_limits(name, row) for name, row in rows.items())

    def keeps_limits(self, name: str, row: Row) -> bool:
        """Whether one roster does."""
        shifts, most, least, run, short, short_off, weekends = self.staff[name]
        worked = [shift for shift in row if shift is not None]
        limits = dict(part.split("=") for part in shifts.split("|"))
        if any(worked.count(shift) > int(limit) for shift, limit in limits.items()):
            return False
        if not int(least) <= sum(self.minutes[shift] for shift in worked) <= int(most):
            return False
        if any(pair in self.banned for pair in pairwise(row)):
            return False
        if any(row[day] is not None for employee, day in self.off if employee == name):
            return False
        if sum(bool(row[sat] or row[sat + 1]) for sat in range(5, self.days, 7)) > int(weekends):
            return False
        day = 0
        for working, group in groupby(row, key=lambda shift: shift is not None):
            length = len(list(group))
            inside = day > 0 and day + length < self.days
            if working and length > int(run):
                return False
            if inside and length < int(short if working else short_off):
                return False
            day += length
        return True

    def random_rows(self, draw: random.Random) -> dict[str, Row]:
        """Rosters of runs of work and rest; some of them keep all limits."""
        rows: dict[str, Row] = {}
        for name in self.staff:
            row: Row = []
            able = [s for s in self.minutes if f"{s}=0" not in self.staff[name][0].split("|")]
            while len(row) < self.days:
                names = list(self.minutes) if draw.random() < 0.1 else able
                row += [draw.choice(names)] * draw.randint(2, 5)
                row += [None] * draw.choice([1, 2, 2, 3, 3, 4])
            turn = draw.randrange(4)
            rows[name] = [*row[turn:], *[None] * turn][: self.days]
        return rows


def rows_of(text: str, days: int) -> dict[str, Row]:
    """Rows of a roster text whose shifts have at most two characters."""
    rows: dict[str, Row] = {}
    for line in text.splitlines():
        name, _, cells = line.partition(": ")
        names = [cells[2 * day : 2 * day + 2].strip(" =") for day in range(days)]
        rows[name.strip()] = [None if shift == "." else shift for shift in names]
    return rows
