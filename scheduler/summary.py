"""What a solve or a check found, to be read on a terminal or in a log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from .report.hours import Hours, hours_of
from .report.promises import Promise, promises_of, terms, title
from .report.words import counted, explanation, hours, money, percent, printable, term, verdict

if TYPE_CHECKING:
    from .models.finding import CheckReport, Violation
    from .models.result import Result

PIPED_WIDTH = 100


def console_for(stream: IO[str]) -> Console:
    """Make a console that takes every name literally, and sends no control codes into a pipe."""
    tty = stream.isatty()
    return Console(
        file=stream,
        width=None if tty else PIPED_WIDTH,
        force_terminal=tty,
        color_system="auto" if tty else None,
        markup=False,
        emoji=False,
        highlight=False,
    )


def print_summary(result: Result, written: Sequence[Path], console: Console) -> None:
    """Print status, cost by term, floors, hours and how the solve went."""
    good = result.schedule is not None
    headline = f"{printable(result.instance.name)}: {verdict(result)}"
    console.print(headline, style="bold green" if good else "bold red")
    console.print(explanation(result))
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
        console.print()
        console.print(
            f"{counted(len(report.penalties), 'penalty')}, paid for in the cost:".replace(
                "penaltys", "penalties"
            )
        )
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
        _print_table((), rows, console, numbers=(2, 3))


def print_cost(report: CheckReport, console: Console) -> None:
    """Print the cost by term."""
    rows = [(term(name), money(amount)) for name, amount in report.cost.items()]
    _print_table(("Cost", ""), [*rows, ("Total", money(report.objective))], console, numbers=(1,))


def _print_floors(promises: Sequence[Promise], console: Console) -> None:
    _print_table(("Floors", "", ""), [_floor_row(promise) for promise in promises], console)


def _floor_row(promise: Promise) -> tuple[str, str, str]:
    words = f"{title(promise.floor)}" + (
        f" ({terms(promise.floor)})" if terms(promise.floor) else ""
    )
    if promise.worst is not None:
        worst = f"{promise.worst.when}: {promise.worst.message}"
        return (
            "✗",
            words,
            f"{counted(len(promise.breaches), 'breach')}, worst {worst}".replace(
                "breachs", "breaches"
            ),
        )
    if promise.to_spare is None:
        return "✓", words, "held"
    return "✓", words, f"held; tightest {promise.tightest}, {promise.to_spare:g} to spare"


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
    _print_table(heads, rows, console, numbers=(1, 2, 3, 4))


def _print_search(result: Result, console: Console) -> None:
    facts = []
    if result.bound is not None:
        gap = "" if result.gap is None else f", gap {percent(result.gap)}"
        facts.append(f"No schedule costs less than {money(result.bound)}{gap}.")
    if result.size is not None:
        facts.append(
            f"{result.size.variables:,} variables, {result.size.constraints:,} constraints, "
            f"built in {result.size.build_seconds:.1f} s."
        )
    seconds = "" if result.seconds is None else f"{result.seconds:.1f} s, "
    facts.append(f"{seconds}engine {result.engine}, seed {result.seed}.")
    console.print(" ".join(facts))


def _print_written(result: Result, written: Sequence[Path], console: Console) -> None:
    for path in written:
        console.print(f"wrote {printable(str(path))}")
    if not written and result.schedule is not None:
        console.print("Nothing was written; keep the schedule with -o SCHEDULE.json.")


def _print_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    console: Console,
    numbers: Sequence[int] = (),
) -> None:
    rows = list(rows)
    table = Table(box=SIMPLE_HEAD if heads else None, show_header=bool(heads), pad_edge=False)
    for column in range(len(rows[0]) if rows else 0):
        right = "right" if column in numbers else "left"
        table.add_column(heads[column] if heads else "", justify=right)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*map(printable, row))
    console.print(Padding(table, (0, 0, 0, 2)))
