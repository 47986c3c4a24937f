"""Tables of a design: the shifts with their people, and the cover of every interval."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..io.text import write_text
from ..models.base import MINUTES_PER_DAY, format_clock
from ..models.design import Design


def write_design_tables(design: Design, folder: Path) -> list[Path]:
    """Write `design_shifts.csv` and `design_cover.csv`.

    Raises
    ------
    ValueError
        If there is no design.
    """
    if design.shifts is None:
        raise ValueError(f"there is no design: {design.status}")
    tables = {
        "design_shifts.csv": shifts_csv(design),
        "design_cover.csv": cover_csv(design),
    }
    for name, text in tables.items():
        write_text(folder / name, text)
    return [folder / name for name in tables]


def shifts_csv(design: Design) -> str:
    """One row for each shift and day that somebody starts it on."""
    heads = ("shift", "template", "start", "end", "minutes", "day", "weekday", "people")
    rows = (
        (
            shift.id,
            shift.template,
            format_clock(shift.start),
            format_clock((shift.start + shift.minutes) % MINUTES_PER_DAY),
            shift.minutes,
            day + 1,
            design.problem.weekday_of(day),
            people,
        )
        for shift in design.shifts or ()
        for day, people in enumerate(shift.people)
        if people
    )
    return _text(heads, rows)


def cover_csv(design: Design) -> str:
    """One row for each interval: demand, and people on duty."""
    problem = design.problem
    heads = ("day", "weekday", "start", "demand", "people")
    rows = (
        (
            slot // problem.slots_per_day + 1,
            problem.weekday_of(slot // problem.slots_per_day),
            format_clock(slot % problem.slots_per_day * problem.interval_minutes),
            need,
            people,
        )
        for slot, (need, people) in enumerate(zip(problem.demand, design.cover, strict=True))
    )
    return _text(heads, rows)


def _text(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return buffer.getvalue()
