"""The rules of INRC-II once more, written from its description and straight from the texts.

It shares nothing with the package, so that both can be compared on any schedule.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Work = tuple[str, str]
"""Shift type and skill."""
Row = tuple[Work | None, ...]
"""One nurse's work, day by day."""
Rows = dict[str, Row]


def below(text: str, heading: str) -> list[list[str]]:
    """Give the rows below a heading, up to a blank line."""
    part = re.split(rf"^{heading}.*$", text, maxsplit=1, flags=re.MULTILINE)[1]
    return [line.split() for line in part.strip("\r\n").split("\n\n")[0].splitlines()]


def pair(text: str) -> tuple[int, int]:
    """Read two numbers in brackets."""
    low, high = text.strip("()").split(",")
    return int(low), int(high)


class Period:
    """A period with what scoring needs."""

    def __init__(self, folder: Path, name: str) -> None:
        scenario, history, weeks = re.fullmatch(r"(.+)_(\d+)_([\d-]+)", name).groups()

        def text(file: str) -> str:
            return (folder / f"{file}.txt").read_text().replace("\r", "")

        whole = text(f"Sc-{scenario}")
        self.skills = [row[0] for row in below(whole, "SKILLS")]
        self.shifts = {row[0]: pair(row[1]) for row in below(whole, "SHIFT_TYPES")}
        self.banned = {(row[0], then) for row in below(whole, "FORBIDDEN") for then in row[2:]}
        self.contracts = {row[0]: row[1:] for row in below(whole, "CONTRACTS")}
        self.nurses = {row[0]: (row[1], set(row[3:])) for row in below(whole, "NURSES")}
        past = below(text(f"H0-{scenario}-{history}"), "NURSE_HISTORY")
        self.past = {row[0]: (row[3], *map(int, row[1:3]), *map(int, row[4:])) for row in past}
        files = [text(f"WD-{scenario}-{week}") for week in weeks.split("-")]
        self.due = {
            (day + 7 * week, row[0], row[1]): pair(entry)
            for week, file in enumerate(files)
            for row in below(file, "REQUIREMENTS")
            for day, entry in enumerate(row[2:])
        }
        self.wishes = [
            (row[0], row[1], DAYS.index(row[2]) + 7 * week)
            for week, file in enumerate(files)
            for row in below(file, "SHIFT_OFF_REQUESTS")
            if row
        ]
        self.days = 7 * len(files)

    def random_rows(self, draw: random.Random) -> Rows:
        """Draw a schedule in which shifts tend to go on; skills are owned."""
        return {name: self._random_row(draw, name) for name in self.nurses}

    def _random_row(self, draw: random.Random, name: str) -> Row:
        row: list[Work | None] = []
        for _ in range(self.days):
            if row and draw.random() < 0.6:
                shift = row[-1] and row[-1][0]
            else:
                shift = draw.choice([None, None, *self.shifts])
            row.append(shift and (shift, draw.choice(sorted(self.nurses[name][1]))))
        return tuple(row)

    def breaks_something_hard(self, rows: Rows) -> bool:
        """Tell whether cover or successions are broken."""
        short = any(self._there(rows, *place) < low for place, (low, _) in self.due.items())
        return short or any(
            (early, late) in self.banned
            for name, row in rows.items()
            for early, late in zip(
                [self.past[name][0], *(work and work[0] for work in row)],
                [work and work[0] for work in row],
                strict=False,
            )
        )

    def _there(self, rows: Rows, day: int, shift: str, skill: str) -> int:
        return sum(row[day] == (shift, skill) for row in rows.values())

    def costs(self, rows: Rows) -> dict[str, int]:
        """Give the cost of each kind, by the names of the competition's print-out."""
        found = dict.fromkeys(("assignments", "runs", "off", "weekends", "complete"), 0)
        for name, row in rows.items():
            for kind, cost in self._of_nurse(name, row).items():
                found[kind] += cost
        found["optimal"] = 30 * sum(
            max(0, best - self._there(rows, *place)) for place, (_, best) in self.due.items()
        )
        found["preferences"] = 10 * sum(
            rows[name][day] is not None and shift in ("Any", rows[name][day][0])
            for name, shift, day in self.wishes
        )
        return found

    def _of_nurse(self, name: str, row: Row) -> dict[str, int]:
        total, work, off, weekends, complete = self.contracts[self.nurses[name][0]]
        last, shifts_before, weekends_before, *runs_before = self.past[name]
        of_shift, of_work, of_off = runs_before
        worked = [one is not None for one in row]
        saturdays = range(5, self.days, 7)
        ends = [worked[day] + worked[day + 1] for day in saturdays]
        least, most = pair(total)
        count = shifts_before + sum(worked)
        return {
            "assignments": 20 * (max(0, count - most) + max(0, least - count)),
            "runs": 30 * run_cost(worked, of_work, *pair(work))
            + sum(
                15
                * run_cost(
                    [one is not None and one[0] == shift for one in row],
                    of_shift if shift == last else 0,
                    *limits,
                )
                for shift, limits in self.shifts.items()
            ),
            "off": 30 * run_cost([not one for one in worked], of_off, *pair(off)),
            "weekends": 30 * max(0, weekends_before + sum(map(bool, ends)) - int(weekends)),
            "complete": 30 * int(complete) * ends.count(1),
        }


def run_cost(held: list[bool], run: int, least: int, most: int) -> int:
    """Count days beyond the maximum and days missing to the minimum; `run` days came before."""
    cost = 0
    for holds in held:
        if holds:
            run += 1
            cost += run > most
        else:
            cost += max(0, least - run) if run else 0
            run = 0
    return cost
