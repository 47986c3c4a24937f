"""Benchmarks on the command line; every table in docs/benchmarks.md is made here."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

import click

from ..io.files import read
from ..models.instance import Instance
from ..solving import Engine
from .generator import contact_centre
from .measure import COLUMNS, markdown, measure

_LIMIT = click.option("--time-limit", default=60.0, show_default=True, help="Seconds for each.")
_SEED = click.option("--seed", default=0, show_default=True)
_WORKERS = click.option(
    "--workers", type=click.IntRange(min=1), help="Threads; all cores, if left out."
)
_ENGINE = click.option("--engine", type=click.Choice(["auto", "exact"]), default="auto")


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


def _table(
    instances: list[Instance], time_limit: float, seed: int, workers: int | None, engine: Engine
) -> None:
    cores = os.cpu_count() or 1
    click.echo(
        f"engine {engine}, {time_limit:g} s, seed {seed}, {workers or cores} workers on {cores} "
        f"cores; OR-Tools {version('ortools')}, Python {platform.python_version()}\n"
    )
    click.echo(markdown(COLUMNS))
    click.echo(markdown(("---",) * len(COLUMNS)))
    for cells in measure(instances, time_limit, seed, workers, engine):
        click.echo(markdown(cells))


if __name__ == "__main__":
    main()
