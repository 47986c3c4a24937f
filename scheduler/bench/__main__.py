"""Benchmarks on the command line; every table in docs/benchmarks.md is made here."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import click

from ..io.files import read
from ..models.instance import Instance
from ..solving import ENGINES, Engine
from . import designs, measure, replays, savings, verifying
from .days import generated, of_calls
from .generator import contact_centre

_LIMIT = click.option("--time-limit", default=60.0, show_default=True, help="Seconds for each.")
_SEED = click.option("--seed", default=0, show_default=True)
_WORKERS = click.option(
    "--workers", type=click.IntRange(min=1), help="Threads; all cores, if left out."
)
_ENGINE = click.option("--engine", type=click.Choice(list(ENGINES)), default="auto")


@click.group()
def main() -> None:
    """Measure the engines; each command prints a Markdown table."""


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path), required=True)
@_LIMIT
@_SEED
@_WORKERS
@_ENGINE
def files(
    files: tuple[Path, ...], time_limit: float, seed: int, workers: int | None, engine: Engine
) -> None:
    """Solve instance FILES, such as instances/*.json."""
    _table([read(path) for path in files], time_limit, seed, workers, engine)


@main.command()
@click.option("--people", default="5,10,15,20,30", show_default=True, help="Team sizes.")
@click.option("--days", default="1,7", show_default=True, help="Horizons.")
@click.option("--interval", default=15, show_default=True, help="Minutes.")
@_LIMIT
@_SEED
@_WORKERS
@_ENGINE
def sizes(
    people: str,
    days: str,
    interval: int,
    time_limit: float,
    seed: int,
    workers: int | None,
    engine: Engine,
) -> None:
    """Solve generated contact centres of growing size."""
    instances = [
        contact_centre(team, horizon, interval, seed)
        for horizon in map(int, days.split(","))
        for team in map(int, people.split(","))
    ]
    _table(instances, time_limit, seed, workers, engine)


@main.command(name="savings")
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--calls", type=click.Path(exists=True, path_type=Path), help="Counts of a bank.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), default="1999-05-02", show_default=True)
@click.option("--people", default=30, show_default=True, help="Employees of the bank.")
@_LIMIT
@_SEED
@_WORKERS
@_ENGINE
def over_the_day(
    files: tuple[Path, ...],
    calls: Path | None,
    day: datetime,
    people: int,
    time_limit: float,
    seed: int,
    workers: int | None,
    engine: Engine,
) -> None:
    """Compare promises over a day with the same ones rounded up in every interval.

    Of instance FILES; if none are given, of generated centres, and of the bank's day.
    """
    instances = [read(path) for path in files]
    if not files:
        centres = [*generated(), *([of_calls(calls, day.date(), people)] if calls else [])]
        instances = [centre.instance() for centre in centres]
    rows = savings.savings(instances, time_limit, seed, workers, engine)
    _print(savings.COLUMNS, rows, time_limit, seed, workers, engine)


@main.command()
@click.option("--people", default=60, show_default=True, help="Agents.")
@click.option("--replications", default=100, show_default=True)
@_SEED
@_WORKERS
def replay(people: int, replications: int, seed: int, workers: int | None) -> None:
    """Replay a generated week, and measure how many contacts a second are played."""
    click.echo(f"seed {seed}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    click.echo(measure.markdown(replays.COLUMNS))
    click.echo(measure.markdown(("---",) * len(replays.COLUMNS)))
    for cells in replays.replays(people, replications, seed, workers):
        click.echo(measure.markdown(tuple(cells)))


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--no-shows", default="0,0.05", show_default=True, help="Chances.")
@_LIMIT
@_SEED
@_WORKERS
def verified(
    files: tuple[Path, ...], no_shows: str, time_limit: float, seed: int, workers: int | None
) -> None:
    """Close the loop on instance FILES, or on generated days: what it costs that promises hold."""
    instances = [read(path) for path in files] or [c.instance() for c in generated()[:4]]
    shares = map(float, no_shows.split(","))
    click.echo(f"{time_limit:g} s, seed {seed}, {os.cpu_count()} cores\n")
    click.echo(measure.markdown(verifying.COLUMNS))
    click.echo(measure.markdown(("---",) * len(verifying.COLUMNS)))
    for cells in verifying.verifying(instances, shares, time_limit, seed, workers):
        click.echo(measure.markdown(cells))


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path), required=True)
@_LIMIT
@_SEED
@_WORKERS
@click.option("--plain", is_flag=True, help="Give the plain model in CP-SAT the same time.")
def design(
    files: tuple[Path, ...], time_limit: float, seed: int, workers: int | None, plain: bool
) -> None:
    """Design the shifts of FILES: design problems, or shift design files (.dzn)."""
    problems = [designs.read_any(path) for path in files]
    rows = designs.designs(problems, time_limit, seed, workers, plain=plain)
    _print(designs.COLUMNS, rows, time_limit, seed, workers, "design")


def _table(
    instances: list[Instance], time_limit: float, seed: int, workers: int | None, engine: Engine
) -> None:
    rows = measure.measure(instances, time_limit, seed, workers, engine)
    _print(measure.COLUMNS, rows, time_limit, seed, workers, engine)


def _print(
    columns: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    time_limit: float,
    seed: int,
    workers: int | None,
    engine: str,
) -> None:
    cores = os.cpu_count() or 1
    click.echo(
        f"engine {engine}, {time_limit:g} s, seed {seed}, {workers or cores} workers on {cores} "
        f"cores; OR-Tools {version('ortools')}, Python {platform.python_version()}\n"
    )
    click.echo(measure.markdown(columns))
    click.echo(measure.markdown(("---",) * len(columns)))
    for cells in rows:
        click.echo(measure.markdown(cells))


if __name__ == "__main__":
    main()
