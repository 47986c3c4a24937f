"""The options of ``scheduler solve``: their defaults are those of `scheduler.solve`."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce
from typing import Any

import click


def _a_number(ctx: click.Context, param: click.Parameter, value: float) -> float:  # noqa: ARG001
    if math.isnan(value):
        raise click.BadParameter("expected a number")
    return value


_OPTIONS = (
    click.option(
        "-o", "--output", metavar="SCHEDULE.json", help="Write the schedule; - to stdout."
    ),
    click.option(
        "--time-limit",
        type=click.FloatRange(min=0, min_open=True),
        default=60.0,
        show_default=True,
        callback=_a_number,
        metavar="SECONDS",
        help="Stop after so long with the best so far.",
    ),
    click.option(
        "--gap",
        type=click.FloatRange(min=0),
        default=0.0,
        show_default=True,
        callback=_a_number,
        metavar="SHARE",
        help="Stop once the cost is proved within this share of the best possible: 0.01 is 1 %.",
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, 2**31 - 1),
        default=0,
        show_default=True,
        help="Seed of the search.",
    ),
    click.option("--workers", type=click.IntRange(min=1), help="Threads; all cores, if left out."),
    click.option(
        "--engine",
        type=click.Choice(["auto", "exact"]),
        default="auto",
        show_default=True,
        help="How to solve: everything in one model, or what suits the instance.",
    ),
    click.option("--deterministic", is_flag=True, help="Give the same file twice."),
    click.option("--report", metavar="FILE.html", help="Write a page to keep."),
    click.option("--csv", metavar="DIR", help="Write shifts.csv and coverage.csv."),
    click.option("--trace", metavar="FILE.csv", help="Write cost and bound over time."),
    click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
)


def solve_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add all options, in the order of the help."""
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)
