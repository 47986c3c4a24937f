"""Commands of ``scheduler bench`` that are no runs of suites: studies that print one table each."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

_LIMIT = click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True, max=10**7),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Of each solve.",
)
_SEED = click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=0,
    show_default=True,
    help="Of everything random.",
)
_WORKERS = click.option(
    "--workers", type=click.IntRange(min=1), help="Threads; all cores, if left out."
)
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
_FILES = click.argument("files", nargs=-1, type=_EXISTING)


@click.command()
@_FILES
@click.option(
    "--calls", type=_EXISTING, metavar="FILE.csv", help="Counts of a bank: start,arrivals."
)
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    default="1999-05-02",
    show_default=True,
    metavar="DATE",
    help="Of the counts.",
)
@click.option(
    "--people", type=click.IntRange(min=1), default=30, show_default=True, help="Of the bank."
)
@_LIMIT
@_SEED
@_WORKERS
@click.option(
    "--engine",
    type=click.Choice(["auto", "exact", "columns"]),
    default="auto",
    show_default=True,
    help="How to solve.",
)
def savings(
    files: tuple[Path, ...], calls: Path | None, day: datetime, people: int, **options: Any
) -> None:
    """Compare promises over a day with the same ones rounded up in every interval.

    Of instance FILES; if none are given, of generated centres, and of the bank's day. Both
    schedules are played.

    Exit codes: 0 done; 2 bad input.
    """
    from .terminal.bench_studies import print_savings

    print_savings(files, calls, day.date(), people, sys.stdout, **options)


@click.command()
@click.option("--people", type=click.IntRange(min=1), default=60, show_default=True, help="Agents.")
@click.option(
    "--replications",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="How often the week is played.",
)
@_SEED
@_WORKERS
def replays(**options: Any) -> None:
    """Replay a generated week, and measure how many contacts a second are played.

    Exit codes: 0 done; 2 bad input.
    """
    from .terminal.bench_studies import print_replays

    print_replays(sys.stdout, **options)


@click.command()
@_FILES
@click.option(
    "--no-shows",
    default="0,0.05",
    show_default=True,
    metavar="LIST",
    help="Chances that somebody stays away.",
)
@_LIMIT
@_SEED
@_WORKERS
def verified(files: tuple[Path, ...], **options: Any) -> None:
    """Tell what it costs that promises hold in a replay, too.

    Of instance FILES; if none are given, of generated days.

    Exit codes: 0 done; 2 bad input.
    """
    from .terminal.bench_studies import print_verified

    print_verified(files, sys.stdout, **options)


@click.command()
@click.argument("files", nargs=-1, required=True, type=_EXISTING)
@_LIMIT
@_SEED
@_WORKERS
@click.option("--plain", is_flag=True, help="Give the plain model in CP-SAT the same time.")
def design(files: tuple[Path, ...], **options: Any) -> None:
    """Design the shifts of FILES: design problems, or shift design files (.dzn).

    The suite `shift-design` runs the same files with rows, courses and best known results; this
    table has the number of shifts, and the plain model beside it.

    Exit codes: 0 done; 2 bad input.
    """
    from .terminal.bench_studies import print_designs

    print_designs(files, sys.stdout, **options)


STUDIES = (savings, replays, verified, design)
"""Every study."""
