"""What a replay found, to be read on a terminal or in a log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..report.replay_words import (
    NAMES,
    RESOLVED,
    SIGNS,
    accounts_of,
    amount,
    between,
    headline,
    manner,
    period,
    remarks,
    room,
    shown_measures,
)
from ..report.words import calendar_day, counted, printable
from .tabular import print_table

if TYPE_CHECKING:
    from rich.console import Console

    from ..report.replay_words import Account
    from ..simulation.measures import Simulated
    from ..simulation.replay import Course, Replay

STYLES = {"held": "bold green", "not held": "bold red", "cannot tell": "bold yellow"}
HEADS: dict[Simulated, str] = {
    "service_level": "in time",
    "mean_wait_seconds": "wait",
    "abandonment": "abandoned",
    "occupancy": "busy",
}
WORST = 5
"""Intervals of a floor that are listed one by one."""


def print_replay(replay: Replay, written: Sequence[Path], console: Console) -> None:
    """Print the verdict on each floor, and how each service went."""
    name = printable(replay.instance.name)
    console.print(f"{name}: {headline(replay)}", style=STYLES[replay.outcome])
    console.print(f"{manner(replay)}\n")
    accounts = accounts_of(replay)
    if accounts:
        heads = ("", "Floor", "promised", "simulated, at worst", "formula")
        rows = [row for account in accounts for row in _account_rows(account)]
        print_table(heads, rows, console)
    for account in accounts:
        _print_worst(account, console)
    for service in replay.services:
        _print_service(replay, service, console)
    console.print()
    for remark in remarks(replay):
        console.print(printable(remark))
    for path in written:
        console.print(f"wrote {printable(str(path))}")


def _account_rows(account: Account) -> Iterator[tuple[str, ...]]:
    worst = account.worst
    yield (
        SIGNS[account.verdict],
        account.name,
        account.promise,
        between(worst.measure, worst.simulated),
        amount(worst.measure, worst.predicted),
    )
    yield "", f"  {account.tally}", "", "", ""


def _print_worst(account: Account, console: Console) -> None:
    """List where a floor is not held."""
    failed = [judgement for judgement in account.judgements if judgement.verdict == "not held"]
    if len(account.judgements) == 1 or not failed:
        return
    listed = sorted(failed, key=room)[:WORST]
    rows = [
        (
            period(judgement),
            f"{judgement.contacts:,.1f}",
            between(judgement.measure, judgement.simulated),
            amount(judgement.measure, judgement.predicted),
        )
        for judgement in listed
    ]
    more = len(failed) - len(listed)
    if more:
        rows.append((f"and {counted(more, account.scope)} more", "", "", ""))
    console.print(f"\nWhere it is not held: {printable(account.name)}", style="bold")
    print_table(("", "contacts", "simulated", "formula"), rows, console, numbers=(1, 3))


def _print_service(replay: Replay, service: str, console: Console) -> None:
    within = replay.within_seconds[service]
    (total,) = replay.of(service, "horizon")
    console.print(f"\n{printable(service)}", style="bold")
    console.print(f"  {_fates(total)}")
    rows = [
        (
            NAMES[measure] + (f" ({within:g} s)" if measure == "service_level" else ""),
            amount(measure, total.simulated[measure].value),
            between(measure, total.simulated[measure]),
            amount(measure, total.predicted[measure]),
        )
        for measure in shown_measures(replay, service)
    ]
    if service in replay.resolved:
        found = replay.resolved[service]
        share = amount(RESOLVED, found.value)
        rows.append((NAMES[RESOLVED], share, between(RESOLVED, found), ""))
    heads = ("", "simulated", "confidence interval", "formula")
    print_table(heads, rows, console, numbers=(1, 2, 3))
    days = replay.of(service, "day")
    if len(days) > 1:
        console.print()
        _print_days(days, shown_measures(replay, service), console)


def _fates(total: Course) -> str:
    parts = [f"{total.offered:,.1f} contacts per replication", f"{total.answered:,.1f} answered"]
    for name in ("abandoned", "turned_away", "left"):
        number = getattr(total, name)
        if number:
            said = {"turned_away": "turned away at closing", "left": "left over"}.get(name, name)
            parts.append(f"{number:,.1f} {said}")
    return ", ".join(parts)


def _print_days(days: Sequence[Course], measures: Sequence[Simulated], console: Console) -> None:
    """Print a row for each day; the first measure with its interval and the formula."""
    first, *others = measures
    rows = [
        (
            calendar_day(date.fromisoformat(day.when)),
            f"{day.offered:,.1f}",
            between(first, day.simulated[first]),
            amount(first, day.predicted[first]),
            *(amount(measure, day.simulated[measure].value) for measure in others),
        )
        for day in days
    ]
    heads = ("By day", "contacts", HEADS[first], "formula", *(HEADS[m] for m in others))
    print_table(heads, rows, console, numbers=range(1, len(heads)))
