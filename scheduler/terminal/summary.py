"""What a solve or a check found, to be read on a terminal or in a log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..report.hours import Hours, hours_of
from ..report.promises import Promise, keeping, promises_of, terms, title
from ..report.words import counted, explanation, hours, money, percent, printable, term, verdict
from .tabular import print_table

if TYPE_CHECKING:
    from rich.console import Console

    from ..models.finding import CheckReport, Violation
    from ..models.result import Result


def print_summary(result: Result, written: Sequence[Path], console: Console) -> None:
    """Print status, cost by term, floors, hours and how the solve went."""
    good = result.schedule is not None
    headline = f"{printable(result.instance.name)}: {verdict(result)}"
    console.print(headline, style="bold green" if good else "bold red")
    console.print(explanation(result))
    for note in result.notes:
        console.print(printable(f"{note[:1].upper()}{note[1:]}."))
    if result.stop_reason == "rejected_by_checker":
        if result.report is not None:
            print_violations(result.report.violations, console)
        return
    if result.schedule is not None and result.report is not None:
        print_cost(result.report, console)
        _print_floors(promises_of(result.instance, result.schedule), console)
        _print_hours(hours_of(result.instance, result.schedule), console)
    _print_search(result, console)
    _print_written(result, written, console)


def print_report(report: CheckReport, console: Console) -> None:
    """Print what the checker found: the cost by term, and every violation."""
    print_cost(report, console)
    if report.penalties:
        paid = counted(len(report.penalties), "penalty", "penalties")
        console.print(f"\n{paid}, paid for in the cost:", style="bold")
        _print_findings(report.penalties, console)
    if report.ok:
        console.print("\nNo hard rule or floor is broken.", style="bold green")
    else:
        print_violations(report.violations, console)


def print_violations(violations: Sequence[Violation], console: Console) -> None:
    """Print broken hard rules and floors."""
    console.print(f"\n{counted(len(violations), 'violation')}:", style="bold red")
    _print_findings(violations, console)


def _print_findings(findings: Iterable[Violation], console: Console) -> None:
    groups: dict[str, list[Violation]] = defaultdict(list)
    for finding in findings:
        groups[finding.kind].append(finding)
    for kind, group in groups.items():
        rows = [
            (f.when, f.who, f"{f.amount:g} {f.unit}", money(f.cost) if f.cost else "", f.message)
            for f in group
        ]
        console.print(f"\n  {kind} ({len(group)})", style="bold")
        print_table((), rows, console, numbers=(2, 3))


def print_cost(report: CheckReport, console: Console) -> None:
    """Print the cost by term."""
    rows = [(term(name), money(amount)) for name, amount in report.cost.items()]
    console.print()
    print_table(("Cost", ""), [*rows, ("Total", money(report.objective))], console, numbers=(1,))


def _print_floors(promises: Sequence[Promise], console: Console) -> None:
    console.print()
    print_table(("", "Floors", ""), [_floor_row(promise) for promise in promises], console)


def _floor_row(promise: Promise) -> tuple[str, str, str]:
    details = terms(promise.floor)
    wording = f": {promise.floor.wording}" if promise.floor.wording else ""
    words = title(promise.floor) + wording + (f" ({details})" if details else "")
    return "✓" if promise.held else "✗", words, keeping(promise)


def _print_hours(people: Sequence[Hours], console: Console) -> None:
    rows = [
        (
            person.employee,
            str(person.shifts),
            hours(person.paid_minutes),
            hours(person.contracted_minutes_per_week),
            hours(person.overtime_minutes) if person.overtime_minutes else "",
        )
        for person in people
    ]
    heads = ("Hours", "shifts", "paid", "contracted per week", "overtime")
    console.print()
    print_table(heads, rows, console, numbers=(1, 2, 3, 4))
    console.print()


def _print_search(result: Result, console: Console) -> None:
    facts = []
    if result.bound is not None and result.bound > 0:
        gap = "" if result.gap is None else f", gap {percent(result.gap)}"
        facts.append(f"No schedule costs less than {money(result.bound)}{gap}.")
    if result.size is not None:
        facts.append(
            f"{result.size.variables:,} variables, {result.size.constraints:,} constraints, "
            f"built in {result.size.build_seconds:.1f} s."
        )
    seconds = "" if result.seconds is None else f"{result.seconds:.1f} s, "
    facts.append(f"{seconds}engine {result.engine}, seed {result.seed}.")
    for fact in facts:
        console.print(fact)


def _print_written(result: Result, written: Sequence[Path], console: Console) -> None:
    for path in written:
        console.print(f"wrote {printable(str(path))}")
    if not written and result.schedule is not None:
        console.print("Nothing was written; keep the schedule with -o SCHEDULE.json.")
