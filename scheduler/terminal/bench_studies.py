"""Studies of ``scheduler bench``: a line on how it was made, and a Markdown table, row by row."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ..errors import Fault, InputError
from ..io.files import read

if TYPE_CHECKING:
    from ..solving import Engine


def print_savings(
    files: Sequence[Path],
    calls: Path | None,
    day: date,
    people: int,
    stream: IO[str],
    *,
    time_limit: float,
    seed: int,
    workers: int | None,
    engine: Engine,
) -> None:
    """Print what promises over a day save; see `savings.savings`."""
    from ..bench import days, savings

    instances = [read(path) for path in files]
    if not files:
        centres = [*days.generated(), *([days.of_calls(calls, day, people)] if calls else [])]
        instances = [centre.instance() for centre in centres]
    rows = savings.savings(instances, time_limit, seed, workers, engine)
    _print(savings.COLUMNS, rows, stream, f"engine {engine}, {time_limit:g} s", seed, workers)


def print_replays(
    stream: IO[str], *, people: int, replications: int, seed: int, workers: int | None
) -> None:
    """Print how fast replays are; see `replays.replays`."""
    from ..bench import replays

    rows = replays.replays(people, replications, seed, workers)
    _print(replays.COLUMNS, rows, stream, "replays", seed, workers)


def print_verified(
    files: Sequence[Path],
    stream: IO[str],
    *,
    no_shows: str,
    time_limit: float,
    seed: int,
    workers: int | None,
) -> None:
    """Print what it costs that promises hold in a replay; see `verifying.verifying`."""
    from ..bench import days, verifying

    shares = _shares(no_shows)
    instances = [read(path) for path in files] or [c.instance() for c in days.generated()[:4]]
    rows = verifying.verifying(instances, shares, time_limit, seed, workers)
    _print(verifying.COLUMNS, rows, stream, f"{time_limit:g} s", seed, workers)


def _shares(text: str) -> list[float]:
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        found = [-1.0]
    if not all(0 <= share < 1 for share in found):
        message = f"expected chances below 1, such as 0,0.05, found '{text}'"
        raise InputError("--no-shows", [Fault("", message)])
    return found


def print_designs(
    files: Sequence[Path],
    stream: IO[str],
    *,
    time_limit: float,
    seed: int,
    workers: int | None,
    plain: bool,
) -> None:
    """Print what designs come to; see `designs.designs`."""
    from ..bench import designs

    problems = [designs.read_any(path) for path in files]
    rows = designs.designs(problems, time_limit, seed, workers, plain=plain)
    _print(designs.COLUMNS, rows, stream, f"design, {time_limit:g} s", seed, workers)


def _print(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    stream: IO[str],
    what: str,
    seed: int,
    workers: int | None,
) -> None:
    cores = os.cpu_count() or 1
    stream.write(
        f"{what}, seed {seed}, {workers or cores} workers on {cores} cores; "
        f"OR-Tools {version('ortools')}, Python {platform.python_version()}\n\n"
    )
    for position, cells in enumerate(_with_rule(heads, rows)):
        stream.write(f"| {' | '.join(cells)} |\n")
        if position > 1:
            stream.flush()  # rows take long: each is seen when it is there


def _with_rule(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[Sequence[str]]:
    yield heads
    yield ["---"] * len(heads)
    yield from rows
