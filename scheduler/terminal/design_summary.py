"""What a design found, to be read on a terminal or in a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..models.base import MINUTES_PER_DAY, format_clock
from ..report.words import counted, hours, money, percent, printable, term
from .tabular import print_table

if TYPE_CHECKING:
    from rich.console import Console

    from ..models.design import Design, DesignedShift

DAYS_IN_A_TABLE = 7
"""Days that have a column each; of more, every weekday has one with the sum of its weeks."""


def print_design(design: Design, written: Sequence[Path], console: Console) -> None:
    """Print status, shifts, cover by day, cost by term and how the search went."""
    good = design.shifts is not None
    headline = f"{printable(design.problem.name)}: {_verdict(design)}"
    console.print(headline, style="bold green" if good else "bold red")
    console.print(_explanation(design))
    if design.shifts is not None and design.report is not None:
        _print_shifts(design, console)
        _print_cover(design, console)
        rows = [(term(name), money(amount)) for name, amount in design.report.cost.items()]
        total = ("Total", money(design.objective))
        console.print()
        print_table(("Cost", ""), [*rows, total], console, numbers=(1,))
    gap = "–" if design.gap is None else percent(design.gap)
    console.print(
        f"\nbound {money(design.bound)}, gap {gap}; {design.seconds:.1f} s, seed {design.seed}, "
        f"{len(design.problem.candidates):,} shifts to choose from"
    )
    for path in written:
        console.print(f"wrote {printable(str(path))}", soft_wrap=True)


def _verdict(design: Design) -> str:
    if design.status == "optimal":
        return "proved optimal"
    if design.status == "infeasible":
        return "proved infeasible"
    if design.status == "unknown":
        return "no design found"
    if design.gap is None:
        return "a design; how far from the best possible is not known"
    return f"a design within {percent(design.gap)} of the best possible"


def _explanation(design: Design) -> str:
    if design.status == "infeasible":
        return "No choice of these shifts can hold all limits. This is proved."
    ended = {
        "time_limit": "The time limit ended the search.",
        "gap": "The search ended at the gap that was asked for.",
        "interrupted": "The search was interrupted.",
    }.get(design.stop_reason, "No choice of shifts can cost less.")
    if design.status == "unknown":
        return f"{ended} Whether there is a design is not known; more time may help."
    return ended


def _columns(design: Design) -> list[tuple[str, list[int]]]:
    """Heads of columns, and the positions of the days that each adds up."""
    problem = design.problem
    days = range(problem.days)
    if problem.days <= DAYS_IN_A_TABLE:
        return [(problem.day_label(day), [day]) for day in days]
    names = [problem.weekday_of(day) for day in range(7)]
    return [(n.capitalize(), [d for d in days if problem.weekday_of(d) == n]) for n in names]


def _print_shifts(design: Design, console: Console) -> None:
    columns, shifts = _columns(design), design.shifts or ()
    console.print(f"\n{counted(len(shifts), 'shift')}, and who starts them:", style="bold")
    heads = ("Shift", "from", "to", "hours", *(head for head, _ in columns), "sum")
    rows = [_shift_row(shift, [days for _, days in columns]) for shift in shifts]
    rows.append(_sums(shifts, [days for _, days in columns]))
    print_table(heads, rows, console, numbers=range(3, len(heads)))


def _shift_row(shift: DesignedShift, columns: Iterable[Sequence[int]]) -> tuple[str, ...]:
    counts = [sum(shift.people[day] for day in days) for days in columns]
    return (
        shift.id,
        format_clock(shift.start),
        format_clock((shift.start + shift.minutes) % MINUTES_PER_DAY),
        hours(shift.minutes),
        *(_count(count) for count in counts),
        _count(sum(counts)),
    )


def _sums(shifts: Sequence[DesignedShift], columns: Sequence[Sequence[int]]) -> tuple[str, ...]:
    sums = [sum(shift.people[day] for shift in shifts for day in days) for days in columns]
    return ("All", "", "", "", *map(_count, sums), _count(sum(sums)))


def _count(count: int) -> str:
    return f"{count:,}" if count else "·"


def _print_cover(design: Design, console: Console) -> None:
    columns = _columns(design)
    heads = ("Person-hours", *(head for head, _ in columns), "sum")
    console.print()
    rows = [
        (name, *cells)
        for name, cells in zip(
            ("needed", "on duty", "missing", "spare"),
            zip(*_cover_columns(design, [days for _, days in columns]), strict=True),
            strict=True,
        )
    ]
    print_table(heads, rows, console, numbers=range(1, len(heads)))


def _cover_columns(design: Design, columns: Sequence[Sequence[int]]) -> Iterator[tuple[str, ...]]:
    """Hours needed, on duty, missing and spare, for each column and for all of them."""
    problem, cover = design.problem, design.cover
    every = [day for days in columns for day in days]
    for days in (*columns, every):
        slots = [
            slot
            for day in days
            for slot in range(day * problem.slots_per_day, (day + 1) * problem.slots_per_day)
        ]
        pairs = [(problem.demand[slot], cover[slot]) for slot in slots]
        amounts = (
            sum(need for need, _ in pairs),
            sum(people for _, people in pairs),
            sum(max(0, need - people) for need, people in pairs),
            sum(max(0, people - need) for need, people in pairs),
        )
        yield tuple(hours(amount * problem.interval_minutes) or "0" for amount in amounts)
